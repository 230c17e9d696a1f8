"""Django's own checks with production settings: no missing migration, no deployment warning.

The settings are those of .env.example, so the example is proven to be enough to start with.
"""

import base64
import os
import secrets
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def example_environment() -> dict[str, str]:
    """The variables that .env.example sets; the secrets, which it leaves empty, are made up."""
    settings = {}
    for line in (ROOT / ".env.example").read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            settings[name.strip()] = value.strip()
    settings["SECRET_KEY"] = secrets.token_urlsafe(50)
    settings["PERSONAL_DATA_KEYS"] = base64.b64encode(secrets.token_bytes(32)).decode()
    return settings


def main() -> None:
    os.environ.update(example_environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = "westerkwartier.settings"
    # Neither check needs a database; an address without one makes sure that none is asked.
    os.environ["DATABASE_URL"] = "postgres://nobody@/none?host=/nonexistent"
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration")

    import django
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        call_command("makemigrations", check=True, dry_run=True)
        call_command("check", deploy=True, fail_level="WARNING")
    except CommandError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
