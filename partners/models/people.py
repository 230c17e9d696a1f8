"""People who sign in: user, membership (who, where, as what, when) and invitation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from secrets import token_hex

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partners.choices import InvitationState, Language, MailRhythm, Role
from partners.models.regions import InForce, Organisation, Region
from westerkwartier.web.clock import now, today
from westerkwartier.web.history import facts
from westerkwartier.web.models import choice_check, in_order, no_overlap, together

# Kinds of allauth's Authenticator, which cannot be imported while models are being made.
SECOND_FACTORS = ("totp", "webauthn")


@dataclass(frozen=True)
class Reach:
    """How far somebody's memberships of today go: the base of every ``visible_to``.

    ``has_second_factor`` comes along because every page asks for it.
    """

    memberships: tuple["Membership", ...]
    has_second_factor: bool = False

    def has(self, *roles: str) -> bool:
        return any(m.role in roles for m in self.memberships)

    def regions_as(self, *roles: str) -> list[int]:
        """Ids of the regions in which one of these roles is held."""
        return sorted({m.organisation.region_id for m in self.memberships if m.role in roles})

    def named_regions_as(self, *roles: str) -> list[Region]:
        """The regions in which one of these roles is held, by name; read with the memberships."""
        regions = {m.organisation.region for m in self.memberships if m.role in roles}
        return sorted(regions, key=lambda region: region.name)

    def organisations_as(self, *roles: str) -> list[int]:
        """Ids of the organisations at which one of these roles is held."""
        return sorted({m.organisation_id for m in self.memberships if m.role in roles})

    def only(self, *roles: str) -> "Reach":
        """How far these roles alone go."""
        return Reach(tuple(m for m in self.memberships if m.role in roles))

    @property
    def region_ids(self) -> list[int]:
        return self.regions_as(*Role.values)


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An administrator sees the people of the own region, everybody sees themselves."""
        regions = user.reach.regions_as(Role.ADMINISTRATOR)
        theirs = Membership.objects.filter(user=OuterRef("pk"), organisation__region__in=regions)
        return self.filter(Q(pk=user.pk) | Exists(theirs))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Addresses are compared without regard to case, as mail servers do."""

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@facts(exclude=["password", "last_login", "session_round"])
class User(AbstractBaseUser):
    """Somebody who may sign in. What they may see follows from their memberships alone.

    No history is kept of the password's hash, nor of each sign-in: the journal has those.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("for a demonstration"), default=False)
    created_at = models.DateTimeField(_("added at"), default=now, editable=False)
    mail_rhythm = models.CharField(
        _("news by e-mail"), max_length=8, choices=MailRhythm, default=MailRhythm.DAILY
    )
    # One higher ends every session of this person at once.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name"]
        constraints = [
            choice_check("mail_rhythm", MailRhythm, name="user_mail_rhythm_known"),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is already an account with this address."),
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """A session holds this; it no longer fits after a new password or a new round."""
        return f"{super().get_session_auth_hash()}{self.session_round}"

    def get_session_auth_fallback_hash(self):
        for fallback in super().get_session_auth_fallback_hash():
            yield f"{fallback}{self.session_round}"

    @cached_property
    def reach(self) -> Reach:
        """Read once per request; a right therefore holds or ends at midnight, not mid-page."""
        if not self.is_active:
            return Reach(())
        memberships = tuple(
            self.memberships.on(today())
            .with_second_factor()
            .select_related("organisation__region")
            .order_by("organisation__name", "role")
        )
        return Reach(memberships, any(one.has_second_factor for one in memberships))


class MembershipQuerySet(InForce):
    def visible_to(self, user):
        """An administrator sees the people of the own region; everybody sees themselves."""
        return self.filter(
            Q(organisation__region__in=user.reach.regions_as(Role.ADMINISTRATOR)) | Q(user=user)
        )

    def with_second_factor(self):
        """Adds ``has_second_factor``: an app or a passkey; recovery codes alone are none."""
        factors = apps.get_model("mfa", "Authenticator").objects.filter(
            user=OuterRef("user"), type__in=SECOND_FACTORS
        )
        return self.annotate(has_second_factor=Exists(factors))

    def administered_by(self, user):
        """Those that ``user`` may end or review."""
        return self.filter(organisation__region__in=user.reach.regions_as(Role.ADMINISTRATOR))

    def review_due(self, on: date):
        """In force on ``on`` and not looked at for a year (BIO2 5.18.02)."""
        return self.on(on).filter(
            Q(reviewed_on__isnull=True, valid_from__lte=a_year_before(on))
            | Q(reviewed_on__lte=a_year_before(on))
        )


def a_year_before(day: date) -> date:
    """The same date a year earlier; 28 February for a leap day."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


@facts
class Membership(models.Model):
    """A person's role at an organisation during a period; ``valid_to`` is the first day without.

    Reviewed each year by an administrator (BIO2 5.18.02); kept for the journal's sake.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__name", "pk"]
        constraints = [
            choice_check("role", Role, name="membership_role_known"),
            in_order("valid_from", "valid_to", name="membership_period_in_order"),
            together(
                "reviewed_on",
                "reviewed_by",
                name="membership_review_who_and_when",
                message=_("A review has a date and a name."),
            ),
            no_overlap(
                name="membership_once_at_a_time",
                fields=["user", "organisation", "role"],
                start="valid_from",
                end="valid_to",
                message=_("This person already has this role in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    def is_active(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(organisation__region__in=user.reach.regions_as(Role.ADMINISTRATOR))

    def open(self, now):
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)

    def to_send(self, now):
        """Open, and the letter has not left; after a day without success people look into it."""
        return self.open(now).filter(sent_at__isnull=True, invited_at__gt=now - timedelta(days=1))

    def to_forget(self, now):
        """Never used, and a month past its end."""
        return self.filter(accepted_at__isnull=True, expires_at__lt=now - timedelta(days=30))


def new_nonce() -> str:
    return token_hex(16)


@facts(exclude=["nonce", "token_hash"])
class Invitation(models.Model):
    """The only way in: sent by an administrator, used once, before it expires.

    The link holds the secret; the table holds its SHA-256 only, and a nonce from which the secret
    follows together with the key of this place (docs/decisions). Unused rows go a month after they
    expire.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.NL)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            choice_check("role", Role, name="invitation_role_known"),
            choice_check("language", Language, name="invitation_language_known"),
            together(
                "accepted_at",
                "accepted_by",
                name="invitation_accepted_who_and_when",
                message=_("An acceptance has a date and a name."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                "role",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
                violation_error_message=_("This person has already been invited."),
            ),
        ]

    def __str__(self):
        return f"{self.email} · {self.get_role_display()}"

    def state(self, now: datetime) -> str:
        """One of ``InvitationState``, at a moment."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        if self.expires_at <= now:
            return InvitationState.EXPIRED
        return InvitationState.SENT if self.sent_at else InvitationState.TO_SEND
