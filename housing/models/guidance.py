"""Guidance: who does what after a contract, by when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from housing.choices import GuidanceEvent
from housing.models import erased
from housing.models.cases import Case, OfCase
from partners.choices import OrganisationKind, Role
from partners.models import Organisation, User
from partners.models.people import Reach
from partners.models.regions import InForce
from westerkwartier.web.history import facts
from westerkwartier.web.models import Certainty, choice_check, in_order, no_overlap


@facts
class GuidanceTemplate(models.Model):
    """A task that comes with every placement: by whom, and how many days after which event.

    ``only_for_family``: only when family joins an existing tenancy.
    """

    code = models.SlugField(_("code"))
    label_nl = models.CharField(_("label in Dutch"), max_length=160)
    label_en = models.CharField(_("label in English"), max_length=160)
    owner_kind = models.CharField(_("done by"), max_length=20, choices=OrganisationKind)
    event = models.CharField(_("after"), max_length=16, choices=GuidanceEvent)
    offset_days = models.SmallIntegerField(_("days after"), default=0)
    only_for_family = models.BooleanField(_("only when family joins"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("task of the checklist")
        verbose_name_plural = _("tasks of the checklist")
        ordering = ["event", "offset_days", "code"]
        constraints = [
            choice_check("owner_kind", OrganisationKind, name="guidance_owner_known"),
            choice_check("event", GuidanceEvent, name="guidance_event_known"),
            choice_check("certainty", Certainty, name="guidance_certainty_known"),
            in_order("valid_from", "valid_to", name="guidance_period_in_order"),
            no_overlap(
                name="guidance_one_at_a_time",
                fields=["code"],
                start="valid_from",
                end="valid_to",
                message=_("Another task with this code already holds in this period."),
            ),
        ]

    def __str__(self):
        return self.label_en if get_language() == "en" else self.label_nl


# Who does tasks for the own organisation.
DOERS = (
    Role.COORDINATOR,
    Role.MUNICIPAL_OFFICER,
    Role.CORPORATION_STAFF,
    Role.GUIDANCE_WORKER,
)
# Who answers for the whole checklist of a household.
HANDLERS = (Role.COORDINATOR, Role.MUNICIPAL_OFFICER)


@dataclass(frozen=True)
class ActingAs:
    """Somebody with some of their roles only, for ``visible_to``."""

    reach: Reach


class GuidanceTaskQuerySet(OfCase):
    def visible_to(self, user):
        """With the household, which a corporation that is only asked does not know yet; and those
        of the own organisation, whoever the household is."""
        own = user.reach.organisations_as(*DOERS)
        return self.filter(Q(case__in=Case.objects.known_to(user)) | Q(owner__in=own))

    def finishable_by(self, user):
        """Those of the own organisation, and all of a household that one handles."""
        handled = Case.objects.visible_to(ActingAs(user.reach.only(*HANDLERS)))
        own = user.reach.organisations_as(*DOERS)
        return self.filter(Q(owner__in=own) | Q(case__in=handled))

    def with_case_seen(self, user):
        """Adds ``case_seen``: whether the household's own page opens for ``user``."""
        seen = Case.objects.visible_to(user).filter(pk=models.OuterRef("case"))
        return self.annotate(case_seen=models.Exists(seen))

    def to_do(self):
        return self.filter(done_on=None, cancelled_on=None)

    def late(self, on: date):
        """Still to do, and the day is past."""
        return self.to_do().filter(due_on__lt=on)

    def due_within(self, on: date, days: int):
        """Still to do, from ``on`` up to and including so many days later."""
        return self.to_do().filter(due_on__gte=on, due_on__lte=on + timedelta(days=days))


@facts(erased=erased.of_case())
class GuidanceTask(models.Model):
    """A task of one placement. ``round`` tells the first placement (1) from each family that
    joined later. ``due_on`` is empty as long as the day of its event is not known; it moves with
    that day unless ``due_by_hand``. ``done_by`` is empty when a partner without an account
    confirmed it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="guidance_tasks")
    template = models.ForeignKey(GuidanceTemplate, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="guidance_tasks",
        verbose_name=_("done by"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_by_hand = models.BooleanField(_("due on a day set by hand"), default=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_by_link = models.BooleanField(_("confirmed through a link"), default=False)
    cancelled_on = models.DateField(_("not needed since"), null=True, blank=True)

    objects = GuidanceTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("guidance task")
        verbose_name_plural = _("guidance tasks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "template", "round"], name="guidance_task_once"
            ),
            models.CheckConstraint(
                name="guidance_task_done_by_whom",
                condition=Q(done_on__isnull=True, done_by__isnull=True, confirmed_by_link=False)
                | Q(done_on__isnull=False, done_by__isnull=False, confirmed_by_link=False)
                | Q(done_on__isnull=False, done_by__isnull=True, confirmed_by_link=True),
            ),
            models.CheckConstraint(
                name="guidance_task_done_or_cancelled",
                condition=Q(done_on__isnull=True) | Q(cancelled_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_on=None, cancelled_on=None),
                name="guidance_task_due",
            )
        ]

    def __str__(self):
        return f"{self.case} · {self.template}"

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.cancelled_on is None

    def is_late(self, on: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < on


FORGET_AFTER = timedelta(days=30)  # links, once they no longer work


class TaskLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who may do the task for the other knows whom a link was sent to."""
        return self.filter(task__in=GuidanceTask.objects.finishable_by(user))

    def open(self, now: datetime):
        """Still opens its page: neither used nor withdrawn, and in time."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)

    def to_send(self, now: datetime):
        """Open, and the letter has not left; after a day without success people look into it."""
        return self.open(now).filter(sent_at=None, made_at__gt=now - timedelta(days=1))

    def to_forget(self, now: datetime):
        """A month past their end (retention)."""
        return self.filter(expires_at__lt=now - FORGET_AFTER)


@facts(
    exclude=["nonce", "secret_hash"],
    # It holds an address. A day sooner than ``to_forget``: the clock of the database may differ.
    erased="OLD.expires_at < now() - interval '29 days'",
)
class TaskLink(models.Model):
    """A link by which a partner without an account confirms one date, once.

    The row keeps the nonce and the secret's SHA-256, as invitations do: a copy of the database
    opens nothing.
    """

    task = models.ForeignKey(GuidanceTask, on_delete=models.CASCADE, related_name="links")
    email = models.EmailField(_("e-mail"))
    nonce = models.CharField(max_length=32, unique=True)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = TaskLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to confirm")
        verbose_name_plural = _("links to confirm")
        ordering = ["-pk"]
        constraints = [in_order("made_at", "expires_at", name="task_link_in_order")]
        indexes = [
            models.Index(
                fields=["made_at"], condition=Q(sent_at=None, used_at=None), name="task_link_due"
            )
        ]

    def __str__(self):
        return f"{self.task} · {self.expires_at:%Y-%m-%d}"
