"""``manage.py import_quota quota.csv``: takes over official quotas from a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partners.models import Region
from quota.services.importing import import_obligations
from westerkwartier.loading.folder import LoadError
from westerkwartier.loading.quota_file import read_quota_file
from westerkwartier.web.refusals import Refused


class Command(BaseCommand):
    help = (
        "Take over the net quota per municipality and half-year from a CSV file with the columns "
        "period, cbs_code, net_quota, source and, if you like, certainty and note."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--region", default="", help="short name; needed with several regions")

    def handle(self, *, file, region, **options):
        try:
            rows = read_quota_file(file)
            changes = import_obligations(by=None, region=self._region(region), rows=rows)
        except (LoadError, Refused) as error:
            for mistake in str(error).splitlines():
                self.stderr.write(mistake)
            raise CommandError(_("Nothing was imported.")) from None
        self.stdout.write(
            _("%(added)s figures added, %(changed)s changed.")
            % {"added": changes.added, "changed": changes.changed}
        )

    def _region(self, slug: str) -> Region:
        regions = Region.objects.filter(slug=slug) if slug else Region.objects.all()
        if len(regions) == 1:
            return regions[0]
        if slug:
            raise CommandError(_("There is no region “%(name)s”.") % {"name": slug})
        raise CommandError(_("Say which region is meant with --region."))
