"""What an administrator does with people who already have an account."""

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partners.choices import NoticeKind, Role
from partners.models import Membership, Region, User
from partners.policies import can_manage_membership, can_reset_second_factor
from partners.services.journal import record
from partners.services.letters import ask_letter
from westerkwartier.web.refusals import Refused


def _locked(membership: Membership) -> Membership:
    return (
        Membership.objects.select_for_update(of=["self"])
        .select_related("organisation__region", "user")
        .get(pk=membership.pk)
    )


@transaction.atomic
def end_membership(*, by: User, membership: Membership, on: date) -> Membership:
    """``on`` is the first day without the role; it works at once, also in open sessions.

    Ending what has ended changes nothing. Refused for the last administrator of a region.
    """
    region = Region.objects.filter(organisations=membership.organisation_id)
    # The region's row is the lock: two administrators cannot end each other at the same moment.
    region = region.select_for_update(no_key=True).get()
    membership = _locked(membership)
    if not can_manage_membership(by, membership):
        raise PermissionDenied
    if membership.valid_to is not None and membership.valid_to <= on:
        return membership
    if membership.role == Role.ADMINISTRATOR:
        others = (
            Membership.objects.on(on)
            .filter(organisation__region=region, role=Role.ADMINISTRATOR, user__is_active=True)
            .filter(valid_to=None)
            .exclude(pk=membership.pk)
        )
        if not others.exists():
            raise Refused(
                _("This is the last administrator of the region. Invite another one first.")
            )
    membership.valid_to = max(on, membership.valid_from)
    membership.save(update_fields=["valid_to"])
    record(by=by, action="membership.end", obj=membership, region=region, detail=membership.role)
    return membership


@transaction.atomic
def review_memberships(*, by: User, memberships: list[Membership], on: date) -> int:
    """Note that these roles are still right (yearly, BIO2 5.18.02); how many were noted now."""
    keys = sorted(membership.pk for membership in memberships)
    rows = (
        Membership.objects.select_for_update(of=["self"])
        .select_related("organisation__region")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    count = 0
    for membership in rows:
        if not can_manage_membership(by, membership):
            raise PermissionDenied
        if membership.reviewed_on == on or not membership.is_active(on):
            continue
        membership.reviewed_on = on
        membership.reviewed_by = by
        membership.save(update_fields=["reviewed_on", "reviewed_by"])
        record(
            by=by,
            action="membership.review",
            obj=membership,
            region=membership.organisation.region,
        )
        count += 1
    return count


@transaction.atomic
def reset_second_factor(*, by: User, user: User, now: datetime) -> bool:
    """Remove somebody's second factors, end their sessions and write them; True when done now.

    For a lost phone or key. Somebody without a second factor is left as they are. The own one is
    refused: whoever holds a stolen session could otherwise do without it.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if by.pk == user.pk:
        raise Refused(_("You change your own second factor on the page of your account."))
    if not can_reset_second_factor(by, user):
        raise PermissionDenied
    gone, _per_model = Authenticator.objects.filter(user=user).delete()
    if not gone:
        return False
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    ask_letter(user=user, kind=NoticeKind.SECOND_FACTOR_RESET, now=now)
    for region in Region.objects.filter(
        pk__in=by.reach.regions_as(Role.ADMINISTRATOR), organisations__memberships__user=user
    ).distinct():
        record(by=by, action="user.reset_second_factor", obj=user, region=region)
    return True
