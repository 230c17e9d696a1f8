"""Every text in the code has Dutch: none missing, empty or unsure, and none left over.

With ``--update`` it writes the catalogue instead: new texts are added with an empty translation,
vanished ones go. The texts in the code are English; locale/en only holds better words for the
texts of allauth (westerkwartier/web/account_texts.py), and is kept by hand.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")
SOURCES = ("westerkwartier", "partners", "housing", "quota", "reports", "templates")


def main() -> None:
    update = "--update" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        collect(work, begin_with=ROOT / CATALOGUE if update else None)
        if update:
            write_catalogue((work / CATALOGUE).read_text())
            return
        faults = compare(read(work / CATALOGUE), read(ROOT / CATALOGUE)) + formats()
    for fault in faults:
        print(f"   {fault}")
    if faults:
        sys.exit(f"{len(faults)} texts need attention in {CATALOGUE}: 'make messages' adds them.")


def collect(work: Path, *, begin_with: Path | None) -> None:
    """Have Django gather the texts of a copy of the code, so that the original stays untouched."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
    (work / CATALOGUE).parent.mkdir(parents=True)
    if begin_with and begin_with.exists():
        shutil.copy(begin_with, work / CATALOGUE)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "nl"]
    command += ["--add-location", "file", "--no-obsolete", "--no-wrap"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The texts could not be gathered:\n{done.stderr}")


def write_catalogue(text: str) -> None:
    """Keep the date of gathering out: it would change the file each time."""
    lines = [line for line in text.splitlines() if not line.startswith('"POT-Creation-Date')]
    (ROOT / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    (ROOT / CATALOGUE).write_text("\n".join(lines) + "\n")


def compare(code: Catalog, dutch: Catalog) -> list[str]:
    """A line for each text that is not as it should be."""
    faults = []
    wanted = {(message.id, message.context) for message in code if message.id}
    known = {(message.id, message.context): message for message in dutch if message.id}
    for key in sorted(wanted, key=str):
        message = known.get(key)
        if message is None:
            faults.append(f"missing: {key[0]!r}")
        elif not all(message.string if isinstance(message.id, tuple) else [message.string]):
            faults.append(f"empty: {key[0]!r}")
        elif message.fuzzy:
            faults.append(f"unsure (fuzzy): {key[0]!r}")
    faults += [f"left over: {key[0]!r}" for key in sorted(known.keys() - wanted, key=str)]
    faults += [f"left over: {message.id!r}" for message in dutch.obsolete.values()]
    return faults


def formats() -> list[str]:
    """Places to fill in that differ between the text and its translation."""
    command = ["msgfmt", "--check-format", "--output-file=-", str(ROOT / CATALOGUE)]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stderr.decode().splitlines() if done.returncode else []


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl")


if __name__ == "__main__":
    main()
