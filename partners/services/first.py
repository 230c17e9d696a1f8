"""The first administrator of a region: nobody is there yet to invite them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from partners.choices import OrganisationKind, Role
from partners.models import Membership, Organisation, Region, User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused


@transaction.atomic
def put_first_administrator(*, by, region: Region, email: str, name: str, today: date) -> User:
    """A user without a password, who administers the region from its regional office.

    Asked again for the same person it changes nothing. Refused when somebody else administers the
    region already, or when the region has no regional office.
    """
    # The region's row is the lock: two commands at a time leave one administrator.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    email = email.strip().lower()
    there = Membership.objects.on(today).filter(
        organisation__region=region, role=Role.ADMINISTRATOR
    )
    if there.exclude(user__email__iexact=email).exists():
        raise Refused(_("This region has an administrator already, who can invite others."))
    office = Organisation.objects.filter(
        region=region, kind=OrganisationKind.REGIONAL_OFFICE
    ).first()
    if office is None:
        raise Refused(_("This region has no regional office in region.toml."))
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, None, name=name.strip())
        record(by=by, action="user.create", obj=user, region=region)
    if not there.filter(user=user).exists():
        membership = Membership.objects.create(
            user=user, organisation=office, role=Role.ADMINISTRATOR, valid_from=today
        )
        record(by=by, action="membership.create", obj=membership, region=region)
    return user
