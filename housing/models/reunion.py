"""Reunification: what is known of family who follow, and the check before they join."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    NOT_COMING,
    REUNION_TRANSITIONS,
    SAYS_WHEN,
    PersonCategory,
    ReunionState,
)
from housing.models import erased
from housing.models.cases import Case, Person
from housing.models.placing import Tenancy
from housing.models.proposals import CaseStep
from partners.models import User
from westerkwartier.web.history import append_only, facts
from westerkwartier.web.models import choice_check, together


class OfPerson(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__case__in=Case.objects.visible_to(user))


class ReunionFactQuerySet(OfPerson):
    def standing(self):
        """Neither taken back nor the line that took something back."""
        return self.filter(undoes=None, undone_by=None)


def allowed_facts_sql() -> str:
    """The table of what may follow what as SQL values: state before, state after."""
    return ", ".join(
        f"('{before}', '{after.value}')"
        for before, targets in REUNION_TRANSITIONS.items()
        for after in sorted(targets)
    )


class ReunionFact(models.Model):
    """A dated fact about somebody who follows. Appended, never edited; the newest counts.

    A trigger looks the fact up in the table ``REUNION_TRANSITIONS``, refuses what it does not
    allow, keeps how the person stood before (``state_before`` and so on) and tells the person.
    ``expected_on`` goes with planned travel and with a grant: when the person is expected.
    Taking the newest fact back is a line too: ``undoes`` names it, ``state`` is that of the line
    before it, and the person stands again as before. ``step``: with which step of the case family
    joined.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reunion_facts")
    state = models.CharField(_("what"), max_length=16, choices=ReunionState, blank=True)
    on = models.DateField(_("on"))
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )
    step = models.ForeignKey(
        CaseStep, on_delete=models.PROTECT, related_name="reunion_facts", null=True, blank=True
    )
    state_before = models.CharField(
        max_length=16, choices=ReunionState, blank=True, default="", editable=False
    )
    expected_before = models.DateField(null=True, editable=False)
    arrived_before = models.DateField(null=True, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(_("told at"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ReunionFactQuerySet.as_manager()

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
            choice_check(
                "state_before", ReunionState, name="reunion_fact_before_known", blank=True
            ),
            models.CheckConstraint(
                name="reunion_fact_says_when",
                condition=Q(expected_on__isnull=True)
                | Q(
                    state__in=sorted(state.value for state in SAYS_WHEN),
                    undoes__isnull=True,
                    expected_on__gte=models.F("on"),
                ),
                violation_error_message=_("Somebody is expected on the day itself or later."),
            ),
            models.CheckConstraint(
                name="reunion_travel_has_a_day",
                condition=~Q(state=ReunionState.TRAVEL_PLANNED, undoes__isnull=True)
                | Q(expected_on__isnull=False),
                violation_error_message=_("Say on which day the person is expected."),
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="reunion_newest")]
        triggers = [
            *append_only(erased=erased.of_person()),
            pgtrigger.Trigger(
                name="tell_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("standing", "housing_person"), ("newest", "housing_reunionfact")],
                func=f"""
                    SELECT * INTO STRICT standing FROM housing_person
                    WHERE id = NEW.person_id FOR NO KEY UPDATE;
                    SELECT * INTO newest FROM housing_reunionfact fact
                    WHERE fact.person_id = NEW.person_id AND fact.undoes_id IS NULL
                        AND NOT EXISTS (SELECT 1 FROM housing_reunionfact back
                            WHERE back.undoes_id = fact.id)
                    ORDER BY fact.id DESC LIMIT 1;
                    NEW.state_before := standing.reunion;
                    NEW.expected_before := standing.expected_on;
                    NEW.arrived_before := standing.arrived_on;
                    IF NEW.undoes_id IS NOT NULL THEN
                        IF NEW.undoes_id IS DISTINCT FROM newest.id THEN
                            RAISE EXCEPTION 'Only the newest fact can be taken back';
                        END IF;
                        NEW.state := newest.state_before;
                        UPDATE housing_person SET reunion = newest.state_before,
                            expected_on = newest.expected_before,
                            arrived_on = newest.arrived_before
                        WHERE id = NEW.person_id;
                        RETURN NEW;
                    END IF;
                    IF standing.category <> '{PersonCategory.REUNIFIER}'
                        OR (standing.reunion, NEW.state) NOT IN (VALUES {allowed_facts_sql()})
                    THEN
                        RAISE EXCEPTION 'Fact % is not allowed after %',
                            NEW.state, standing.reunion;
                    END IF;
                    IF NEW."on" < newest."on" THEN
                        RAISE EXCEPTION 'A fact cannot lie before the one it follows';
                    END IF;
                    UPDATE housing_person SET reunion = NEW.state,
                        expected_on = CASE
                            WHEN NEW.state IN ({", ".join(f"'{s}'" for s in sorted(NOT_COMING))})
                                THEN NULL
                            ELSE COALESCE(NEW.expected_on, expected_on) END,
                        arrived_on = CASE NEW.state
                            WHEN '{ReunionState.ARRIVED}' THEN NEW."on"
                            WHEN '{ReunionState.LAPSED}' THEN NULL
                            ELSE arrived_on END
                    WHERE id = NEW.person_id;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.get_state_display()}"


@facts(erased=erased.of_person())
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
