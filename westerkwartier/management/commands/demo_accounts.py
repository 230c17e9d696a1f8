"""``manage.py demo_accounts``: one sign-in per role, in demo mode only; prints them as a table."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partners.choices import Role
from partners.models import Organisation, Region
from partners.services.demonstration import put_demo_account
from westerkwartier.story.anchors import COVENANT_FROM

SLUG = "westerkwartier"
DOMAIN = "westerkwartier.example"
PASSWORD = "een-thuis-voor-iedereen"

# Role, part of the address before the @, name, organisation. All names are obviously invented.
ACCOUNTS = (
    (Role.COORDINATOR, "coordinator", "Voorbeeld Coördinator", "Regionaal bureau Westerkwartier"),
    (Role.MUNICIPAL_OFFICER, "marum", "Voorbeeld Marum", "Gemeente Marum"),
    (Role.MUNICIPAL_OFFICER, "leek", "Voorbeeld Leek", "Gemeente Leek"),
    (Role.CORPORATION_STAFF, "corporatie", "Voorbeeld Verhuur", "Wold & Waard"),
    (Role.GUIDANCE_WORKER, "begeleider", "Voorbeeld Begeleider", "VluchtelingenWerk"),
    (Role.PROVINCIAL_SUPERVISOR, "provincie", "Voorbeeld Toezicht", "Provincie Groningen"),
    (Role.TENANTS_READER, "huurders", "Voorbeeld Huurder", "Huurdersplatform"),
    (Role.ADMINISTRATOR, "beheerder", "Voorbeeld Beheerder", "Regionaal bureau Westerkwartier"),
)


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
        organisations = {o.name: o for o in Organisation.objects.filter(region=region)}
        head = (_("Role"), _("E-mail"), _("Password"))
        lines = []
        for role, local, name, organisation in ACCOUNTS:
            address = f"{local}@{DOMAIN}"
            put_demo_account(
                by=None,
                email=address,
                name=name,
                password=PASSWORD,
                organisation=organisations[organisation],
                role=role,
                since=COVENANT_FROM,
            )
            lines.append((f"{role.label} · {organisation}", address, PASSWORD))
        self._table([head, *lines])

    def _table(self, lines: list[tuple[str, ...]]) -> None:
        widths = [max(len(str(line[column])) for line in lines) for column in range(3)]
        for number, line in enumerate(lines):
            row = "  ".join(str(c).ljust(w) for c, w in zip(line, widths, strict=True))
            self.stdout.write(row.rstrip())
            if number == 0:
                self.stdout.write("  ".join("-" * width for width in widths))
