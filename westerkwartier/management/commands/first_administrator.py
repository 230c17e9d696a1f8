"""``manage.py first_administrator ADDRESS NAME``: lets the first person in; once per region."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Region
from partners.services.first import put_first_administrator
from westerkwartier.web.clock import today
from westerkwartier.web.refusals import Refused


class Command(BaseCommand):
    help = "Make the first administrator of a region, who then invites everybody else."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--region", help="short name of the region; may be left out if one")

    def handle(self, *, email, name, region, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        regions = Region.objects.filter(slug=region) if region else Region.objects.all()
        if len(regions) != 1:
            raise CommandError(
                _("Name one region with --region: %(names)s.")
                % {"names": ", ".join(Region.objects.values_list("slug", flat=True)) or "–"}
            )
        try:
            user = put_first_administrator(
                by=None, region=regions[0], email=email, name=name, today=today()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        address = settings.SITE_URL.rstrip("/") + reverse("account_reset_password")
        self.stdout.write(
            _("%(name)s is the administrator of %(region)s. Choose a password at %(address)s.")
            % {"name": user.name, "region": regions[0], "address": address}
        )
