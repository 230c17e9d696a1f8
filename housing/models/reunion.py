"""Reunification: what is known of family who follow, and the check before they join."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from housing.choices import ReunionState
from housing.models.cases import Case, Person
from housing.models.placing import Tenancy
from partners.models import User
from westerkwartier.web.history import append_only, facts
from westerkwartier.web.models import choice_check, together


class OfPerson(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__case__in=Case.objects.visible_to(user))


class ReunionFact(models.Model):
    """A dated fact about somebody who follows. Appended, never edited; the newest counts.

    ``expected_on`` goes with planned travel and with a grant: when the person is expected.
    Taking the newest fact back is a line too: ``undoes`` names it, ``state`` is that of the line
    before it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reunion_facts")
    state = models.CharField(_("what"), max_length=16, choices=ReunionState, blank=True)
    on = models.DateField(_("on"))
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(_("told at"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OfPerson.as_manager()

    class Meta:
        verbose_name = _("fact about reunification")
        verbose_name_plural = _("facts about reunification")
        ordering = ["pk"]
        constraints = [
            choice_check("state", ReunionState, name="reunion_fact_known", blank=True),
            models.CheckConstraint(
                name="reunion_fact_empty_only_when_undoing",
                condition=~Q(state="") | Q(undoes__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="reunion_newest")]
        triggers = append_only()

    def __str__(self):
        return f"{self.person} · {self.get_state_display()}"


@facts
class DwellingCheck(models.Model):
    """Whether somebody may join an existing tenancy straight away (mycoa.nl, "uitstromen naar de
    woning van mijn referent"): approved dwelling, registered (BRP), BSN present, mvv.

    Of the BSN only whether there is one, never the number.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="dwelling_check")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="checks")
    approved_on = models.DateField(_("dwelling approved on"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    registered = models.BooleanField(_("registered (BRP)"), default=False)
    number_present = models.BooleanField(_("has a citizen service number (BSN)"), default=False)
    mvv = models.BooleanField(_("has an entry permit (mvv)"), default=False)

    objects = OfPerson.as_manager()

    class Meta:
        verbose_name = _("dwelling check")
        verbose_name_plural = _("dwelling checks")
        constraints = [
            together(
                "approved_on",
                "approved_by",
                name="check_approved_who_and_when",
                message=_("An approval has a day and a name."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.tenancy.dwelling}"

    @property
    def is_complete(self) -> bool:
        return bool(self.approved_on and self.registered and self.number_present and self.mvv)
