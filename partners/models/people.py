"""People who sign in: user, membership (who, where, as what, when) and invitation."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partners.choices import Role
from partners.models.regions import InForce, Organisation
from westerkwartier.web.clock import today
from westerkwartier.web.history import facts
from westerkwartier.web.models import choice_check, in_order, no_overlap, together


@dataclass(frozen=True)
class Reach:
    """How far somebody's memberships of today go: the base of every ``visible_to``."""

    memberships: tuple["Membership", ...]

    def has(self, *roles: str) -> bool:
        return any(m.role in roles for m in self.memberships)

    def regions_as(self, *roles: str) -> list[int]:
        """Ids of the regions in which one of these roles is held."""
        return sorted({m.organisation.region_id for m in self.memberships if m.role in roles})

    def organisations_as(self, *roles: str) -> list[int]:
        """Ids of the organisations at which one of these roles is held."""
        return sorted({m.organisation_id for m in self.memberships if m.role in roles})

    @property
    def region_ids(self) -> list[int]:
        return self.regions_as(*Role.values)


class UserManager(BaseUserManager):
    """Addresses are compared without regard to case, as mail servers do."""

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@facts
class User(AbstractBaseUser):
    """Somebody who may sign in. What they may see follows from their memberships alone."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=100)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is already an account with this address."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    @cached_property
    def reach(self) -> Reach:
        """Read once per request; a right therefore holds or ends at midnight, not mid-page."""
        if not self.is_active:
            return Reach(())
        return Reach(
            tuple(
                self.memberships.on(today())
                .select_related("organisation__region")
                .order_by("organisation__name", "role")
            )
        )


class MembershipQuerySet(InForce):
    def visible_to(self, user):
        """An administrator sees the people of the own region; everybody sees themselves."""
        return self.filter(
            Q(organisation__region__in=user.reach.regions_as(Role.ADMINISTRATOR)) | Q(user=user)
        )


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
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
        )


@facts
class Invitation(models.Model):
    """The only way in: sent by an administrator, used once, before it expires.

    The link holds the secret; the table holds its SHA-256 only. Unused rows go after a month.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
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
