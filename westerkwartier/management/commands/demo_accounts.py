"""``manage.py demo_accounts``: one sign-in per role, in demo mode only; prints them as a table."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partners.choices import Role
from partners.models import Region
from westerkwartier.story.people import put_accounts

SLUG = "westerkwartier"
PASSWORD = "een-thuis-voor-iedereen"


class Command(BaseCommand):
    help = "Make one sign-in per role for a demonstration and print them."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError(_("Demo accounts exist in demo mode only (DEMO=1)."))
        region = Region.objects.filter(slug=SLUG).first()
        if region is None:
            raise CommandError(
                _("Load the region first: manage.py load_region %(name)s.") % {"name": SLUG}
            )
        head = (_("Role"), _("E-mail"), _("Password"))
        lines = [
            (f"{Role(role).label} · {organisation}", user.email, PASSWORD)
            for role, organisation, user in put_accounts(region, by=None, password=PASSWORD)
        ]
        self._table([head, *lines])

    def _table(self, lines: list[tuple[str, ...]]) -> None:
        widths = [max(len(str(line[column])) for line in lines) for column in range(3)]
        for number, line in enumerate(lines):
            row = "  ".join(str(c).ljust(w) for c, w in zip(line, widths, strict=True))
            self.stdout.write(row.rstrip())
            if number == 0:
                self.stdout.write("  ".join("-" * width for width in widths))
