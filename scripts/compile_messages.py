"""Compiles locale/*/LC_MESSAGES/*.po with Babel, so that no gettext is needed to run."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        try:
            with source.open("rb") as file:
                catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        except PoFileError as error:
            sys.exit(f"{source.relative_to(ROOT)} cannot be read: {error}")
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    main()
