"""``manage.py load_story``: fills the region with the invented story of 2016 and 2017."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partners.models import Region
from westerkwartier.loading.checks import check
from westerkwartier.loading.folder import find_folder, read_folder
from westerkwartier.story.load import has_story, load_plan
from westerkwartier.story.plan import SEED, make_plan, places_of

SLUG = "westerkwartier"


class Command(BaseCommand):
    help = "Fill the region Westerkwartier with an invented story; does nothing a second time."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=SEED, help="another seed, another story")

    def handle(self, *, seed, **options):
        region = Region.objects.filter(slug=SLUG).first()
        if region is None:
            raise CommandError(
                _("Load the region first: manage.py load_region %(name)s.") % {"name": SLUG}
            )
        if has_story(region):
            self.stdout.write(_("The story is already there; nothing was changed."))
            return
        self.stdout.write(_("Loading the story …"))
        folder = read_folder(find_folder(SLUG))
        if mistakes := check(folder):
            raise CommandError("\n".join(mistakes))
        loaded = load_plan(make_plan(places_of(folder), seed), region, by=None, say=self._say)
        self.stdout.write(
            _("The story is loaded.")
            if loaded
            else _("The story is already there; nothing was changed.")
        )

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"  {sentence} …")
        self.stdout.flush()
