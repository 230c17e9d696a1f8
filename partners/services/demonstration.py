"""Accounts for a demonstration: everybody knows their password, so it works nowhere else."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from partners.choices import ROLE_KINDS
from partners.models import Membership, Organisation, User
from partners.services.journal import record


@transaction.atomic
def put_demo_account(
    *,
    by,
    email: str,
    name: str,
    password: str | None,
    organisation: Organisation,
    role: str,
    since: date,
) -> User:
    """A user who may sign in with ``password``, and one membership; again changes nothing.

    With None somebody who only acts: a new account has no password, one that is there keeps its
    own. PermissionDenied for a password outside demo mode, where no account of a demonstration can
    sign in (see ``partners.backends``); ValueError when the role does not belong to that kind of
    organisation.
    """
    if password is not None and not settings.DEMO:
        raise PermissionDenied("Demo accounts exist in demo mode only.")
    if organisation.kind not in ROLE_KINDS[role]:
        raise ValueError(f"{role} is no role at a {organisation.kind}")
    # The organisation's row is the lock: two starts at a time leave one account.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name, is_demo=True)
        record(by=by, action="user.create_demo", obj=user, region=organisation.region)
    elif password is not None and not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
        record(by=by, action="user.reset_demo", obj=user, region=organisation.region)
    _membership, new = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"valid_from": since}
    )
    if new:
        record(by=by, action="membership.create_demo", obj=user, region=organisation.region)
    return user
