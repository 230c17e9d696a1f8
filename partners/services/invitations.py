"""The way in: an administrator invites, the person accepts once.

The secret in the link is an HMAC, under the key of this place, over a random nonce in the row. So
it can be made again when the letter leaves, while the table alone opens nothing: that holds the
nonce and the secret's SHA-256, and neither yields the link without ``SECRET_KEY``.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.choices import ROLE_KINDS, InvitationState
from partners.models import Invitation, Membership, Organisation, User
from partners.models.people import new_nonce
from partners.policies import can_invite_person, can_manage_invitation
from partners.services.bell import ring_after_commit
from partners.services.journal import record
from westerkwartier.web.refusals import Refused

VALID_FOR = timedelta(days=14)


def invitation_token(invitation: Invitation) -> str:
    """The secret of the link: 256 bits in hexadecimal."""
    return salted_hmac("partners.invitation", invitation.nonce, algorithm="sha256").hexdigest()


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(
    *,
    by: User,
    email: str,
    name: str,
    organisation: Organisation,
    role: str,
    now: datetime,
    language: str = "nl",
) -> Invitation:
    """Invite somebody for a role, valid for 14 days. Inviting again renews the same row.

    Refused when the role does not belong to that kind of organisation or the person has it
    already; PermissionDenied for who does not administer the region.
    """
    if not can_invite_person(by, organisation.region):
        raise PermissionDenied
    if organisation.kind not in ROLE_KINDS[role]:
        raise Refused(_("This role does not belong to this kind of organisation."))
    # The organisation's row is the lock: two clicks at a time leave one invitation.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    email = email.strip().lower()
    held = Membership.objects.on(now.date()).filter(
        user__email__iexact=email, organisation=organisation, role=role
    )
    if held.exists():
        raise Refused(_("This person already has this role at this organisation."))
    invitation = Invitation.objects.filter(
        email__iexact=email,
        organisation=organisation,
        role=role,
        accepted_at=None,
        withdrawn_at=None,
    ).first()
    action = "invitation.create" if invitation is None else "invitation.renew"
    invitation = invitation or Invitation(email=email, organisation=organisation, role=role)
    invitation.name = name.strip()
    invitation.language = language
    _renew(invitation, by=by, now=now)
    record(by=by, action=action, obj=invitation, region=organisation.region, detail=role)
    return invitation


def _renew(invitation: Invitation, *, by: User, now: datetime) -> None:
    """A new link; the old one opens nothing any more."""
    invitation.nonce = new_nonce()
    invitation.token_hash = hashed(invitation_token(invitation))
    invitation.invited_by = by
    invitation.invited_at = now
    invitation.expires_at = now + VALID_FOR
    invitation.sent_at = None
    invitation.save()
    ring_after_commit("partners.tasks.send_invitation", invitation.pk)


@transaction.atomic
def resend_invitation(*, by: User, invitation: Invitation, now: datetime) -> Invitation:
    """Send a new link, valid for 14 days from now. Refused once accepted or withdrawn."""
    invitation = _locked(invitation)
    if not can_manage_invitation(by, invitation):
        raise PermissionDenied
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("This invitation is no longer open."))
    _renew(invitation, by=by, now=now)
    record(by=by, action="invitation.renew", obj=invitation, region=invitation.organisation.region)
    return invitation


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation, now: datetime) -> Invitation:
    """Make the link useless. Again changes nothing; Refused once it was accepted."""
    invitation = _locked(invitation)
    if not can_manage_invitation(by, invitation):
        raise PermissionDenied
    if invitation.accepted_at:
        raise Refused(_("This invitation has been accepted. End the membership instead."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])
        record(
            by=by,
            action="invitation.withdraw",
            obj=invitation,
            region=invitation.organisation.region,
        )
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("organisation__region")
        .get(pk=invitation.pk)
    )


@transaction.atomic
def accept_invitation(
    *, token: str, now: datetime, by: User | None = None, name: str = "", password: str = ""
) -> User:
    """Give the invited person the role; again changes nothing.

    Somebody new gets an account with ``name`` and ``password``. Who has an account must be signed
    in to it (``by``) and just gets the membership. Refused for a link that does not open (any
    more); ValidationError for a password that is too weak.
    """
    invitation = (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("organisation__region", "accepted_by")
        .filter(token_hash=hashed(token))
        .first()
    )
    if invitation is None:
        raise Refused(_("This link is not valid. Ask your administrator for a new one."))
    if invitation.accepted_at:
        return invitation.accepted_by
    if invitation.state(now) in (InvitationState.WITHDRAWN, InvitationState.EXPIRED):
        raise Refused(_("This link is no longer valid. Ask your administrator for a new one."))
    user = User.objects.filter(email__iexact=invitation.email).first()
    if user is None:
        user = User(email=invitation.email, name=name.strip() or invitation.name)
        validate_password(password, user)
        user.set_password(password)
        user.save()
    elif by is None or by.pk != user.pk:
        raise Refused(_("You already have an account. Sign in and open the link again."))
    elif not user.is_active:
        raise ValidationError(_("This account is closed."))
    today = now.date()
    held = Membership.objects.on(today).filter(
        user=user, organisation=invitation.organisation, role=invitation.role
    )
    if not held.exists():
        Membership.objects.create(
            user=user,
            organisation=invitation.organisation,
            role=invitation.role,
            valid_from=today,
        )
    invitation.accepted_at = now
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        by=user,
        action="invitation.accept",
        obj=invitation,
        region=invitation.organisation.region,
        detail=invitation.role,
    )
    return user


@transaction.atomic
def send_invitation(*, invitation_id: int, now: datetime) -> bool:
    """Send the letter if that is still due; True when it left now.

    The row is locked while the letter leaves, so of two workers one sends it. When the mail server
    refuses, the exception passes on and the row stays due.
    """
    invitation = (
        Invitation.objects.to_send(now)
        .select_for_update(of=["self"], skip_locked=True)
        .select_related("organisation__region", "invited_by")
        .filter(pk=invitation_id)
        .first()
    )
    if invitation is None:
        return False
    token = invitation_token(invitation)
    # After a change of SECRET_KEY the secret is another one: the row follows the letter.
    invitation.token_hash = hashed(token)
    invitation.sent_at = now
    invitation.save(update_fields=["sent_at", "token_hash"])
    address = settings.SITE_URL.rstrip("/") + reverse("partners:invitation_accept", args=[token])
    with override(invitation.language):
        context = {"invitation": invitation, "url": address}
        body = render_to_string("partners/mail/invitation.txt", context)
        subject = _("Invitation: housing of permit holders in %(region)s") % {
            "region": invitation.organisation.region
        }
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    return True


@transaction.atomic
def forget_invitations(*, now: datetime) -> int:
    """Delete invitations never used and a month past their end (retention); how many."""
    gone, _per_model = Invitation.objects.to_forget(now).delete()
    if gone:
        record(by=None, action="invitation.forget", detail=str(gone))
    return gone
