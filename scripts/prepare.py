"""Brings the demonstration's database and static files up to date; run by demo.py.

Fills the database only when it is empty, all or nothing, so that a start that was cut off is
simply done again by the next one.
"""

import contextlib
import hashlib
import io
import logging
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.INFO)
    with step("Database up to date"):
        call_command("migrate", interactive=False, verbosity=0)
    fill_when_empty()
    collect_static(Path(settings.STATIC_ROOT), settings.STATICFILES_DIRS)
    table = io.StringIO()
    call_command("demo_accounts", stdout=table)
    (Path(settings.VAR_DIR) / "sign-in.txt").write_text(table.getvalue())


def fill_when_empty() -> None:
    from django.apps import apps
    from django.core.management import call_command
    from django.db import transaction

    if apps.get_model("partners", "Region").objects.exists():
        return
    with transaction.atomic():
        with step("Region Westerkwartier"):
            call_command("load_region", "westerkwartier", stdout=io.StringIO())
        with step("Its story, March 2016 to November 2017"):
            call_command("load_story", stdout=io.StringIO())
        with step("Accounts to sign in with"):
            call_command("demo_accounts", stdout=io.StringIO())


def collect_static(target: Path, sources: list[Path]) -> None:
    from django.core.management import call_command

    total = hashlib.sha256((ROOT / "requirements.txt").read_bytes())  # packages bring files too
    for source in sources:
        for path in sorted(p for p in Path(source).rglob("*") if p.is_file()):
            status = path.stat()
            total.update(f"{path}:{status.st_size}:{status.st_mtime_ns};".encode())
    stamp = target / ".made-from"
    if stamp.exists() and stamp.read_text() == total.hexdigest():
        return
    with step("Static files"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(total.hexdigest())


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Say what happens and how long it took."""
    start = time.monotonic()
    print(f"  {what} … ", end="", flush=True)
    yield
    print(f"done in {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    import os

    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "westerkwartier.settings")
    try:
        main()
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration: {error}")
    except DatabaseError as error:
        sys.exit(f"\nThe database refused: {error}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
