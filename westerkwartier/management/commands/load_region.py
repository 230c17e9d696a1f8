"""``manage.py load_region westerkwartier``: loads a region from its folder of data files."""

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from westerkwartier.loading.folder import LoadError, find_folder, read_folder
from westerkwartier.loading.load import load_folder


class Command(BaseCommand):
    help = "Load a region from a folder; a second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", help="a folder, or the name of one in data/regions")

    def handle(self, *, folder, **options):
        try:
            region, changes = load_folder(read_folder(find_folder(folder)), by=None, say=self._say)
        except LoadError as error:
            for mistake in error.mistakes:
                self.stderr.write(mistake)
            raise CommandError(
                _("Nothing was loaded. Mistakes found: %(number)s.")
                % {"number": len(error.mistakes)}
            ) from None
        except IntegrityError as error:
            raise CommandError(
                _("Nothing was loaded. The database refuses: %(error)s") % {"error": error}
            ) from error
        self.stdout.write(
            _("%(region)s is loaded: %(added)s rows added, %(changed)s changed.")
            % {"region": region, "added": changes.added, "changed": changes.changed}
        )

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"  {sentence} …")
        self.stdout.flush()
