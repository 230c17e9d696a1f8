"""Counting: which accommodation counts for whom, and who was counted when."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from housing.choices import CorrectionReason, CountEvent, CreditedTo, PersonCategory
from housing.models import erased
from housing.models.cases import Case, OfCase, Person
from housing.models.proposals import CaseStep
from partners.models import Municipality, User
from partners.models.regions import InForce
from westerkwartier.web.history import append_only, facts
from westerkwartier.web.models import Certainty, choice_check, in_order, no_overlap
from westerkwartier.web.sealed import SealedTextField


@facts
class AccommodationType(models.Model):
    """A kind of housing or shelter. ``regular``: a dwelling with a tenancy."""

    code = models.SlugField(_("code"), unique=True)
    label_nl = models.CharField(_("label in Dutch"), max_length=120)
    label_en = models.CharField(_("label in English"), max_length=120)
    regular = models.BooleanField(_("a dwelling with a tenancy"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("kind of accommodation")
        verbose_name_plural = _("kinds of accommodation")
        ordering = ["label_nl"]
        constraints = [
            choice_check("certainty", Certainty, name="accommodation_certainty_known"),
            in_order("valid_from", "valid_to", name="accommodation_period_in_order"),
        ]

    def __str__(self):
        return self.label_en if get_language() == "en" else self.label_nl


@facts
class CountingRule(models.Model):
    """Whether a category of person counts in an accommodation, from when and for whom.

    After Huisvestingswet 2014 art. 1 and the explanations of COA; each row has its source.
    """

    category = models.CharField(_("category"), max_length=10, choices=PersonCategory)
    accommodation = models.ForeignKey(
        AccommodationType, on_delete=models.PROTECT, related_name="rules"
    )
    from_event = models.CharField(_("counts from"), max_length=10, choices=CountEvent)
    credited_to = models.CharField(_("counts for"), max_length=6, choices=CreditedTo)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)
    note = models.CharField(_("note"), max_length=250, blank=True)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("counting rule")
        verbose_name_plural = _("counting rules")
        ordering = ["accommodation", "category", "valid_from"]
        constraints = [
            choice_check("category", PersonCategory, name="counting_category_known"),
            choice_check("from_event", CountEvent, name="counting_event_known"),
            choice_check("credited_to", CreditedTo, name="counting_credit_known"),
            choice_check("certainty", Certainty, name="counting_certainty_known"),
            in_order("valid_from", "valid_to", name="counting_period_in_order"),
            models.CheckConstraint(
                name="counting_event_and_credit_together",
                condition=Q(from_event=CountEvent.NONE, credited_to=CreditedTo.NONE)
                | (~Q(from_event=CountEvent.NONE) & ~Q(credited_to=CreditedTo.NONE)),
            ),
            no_overlap(
                name="counting_one_rule_at_a_time",
                fields=["category", "accommodation"],
                start="valid_from",
                end="valid_to",
                message=_("Another rule already holds in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.get_category_display()} · {self.accommodation}"


@facts(erased=erased.of_case())
class Stay(models.Model):
    """A household in accommodation other than a dwelling of its own: a hotel, small-scale
    reception, a transit location."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stays")
    accommodation = models.ForeignKey(AccommodationType, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = OfCase.as_manager()

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        ordering = ["starts_on"]
        constraints = [
            in_order("starts_on", "ends_on", name="stay_in_order"),
            no_overlap(
                name="stay_one_at_a_time",
                fields=["case"],
                start="starts_on",
                end="ends_on",
                message=_("This household already stays somewhere in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.accommodation}"


class CountingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))


class Counting(models.Model):
    """A person counted for the quota, or a counting reversed. Appended, never edited.

    The database counts a person once: counting again needs a reversal first, with its reason.
    ``on`` is the day from which the person counts; of a reversal the day it was found.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="countings")
    on = models.DateField(_("on"))
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("counts for")
    )
    rule = models.ForeignKey(
        CountingRule, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    step = models.ForeignKey(
        CaseStep, on_delete=models.PROTECT, related_name="countings", null=True, blank=True
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="reversed_by", null=True, blank=True
    )
    reason = models.CharField(_("reason"), max_length=20, choices=CorrectionReason, blank=True)
    remark = SealedTextField(_("remark"), label="counting.remark", max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(_("told at"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = CountingQuerySet.as_manager()

    class Meta:
        verbose_name = _("counting")
        verbose_name_plural = _("countings")
        ordering = ["pk"]
        constraints = [
            choice_check("reason", CorrectionReason, name="correction_reason_known", blank=True),
            models.CheckConstraint(
                name="counting_reversal_has_reason",
                condition=Q(reverses__isnull=True, reason="")
                | (Q(reverses__isnull=False) & ~Q(reason="")),
                violation_error_message=_("A correction has a reason."),
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="counting_newest")]
        triggers = [
            *append_only(
                erased=f"{erased.of_person()} AND (TG_OP = 'UPDATE' OR NOT {erased.COUNTS_NOW})",
                emptied={"remark": "''::bytea"},
            ),
            pgtrigger.Trigger(
                name="count_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("standing", "housing_person"), ("counted", "housing_counting")],
                func="""
                    SELECT * INTO STRICT standing FROM housing_person
                    WHERE id = NEW.person_id FOR NO KEY UPDATE;
                    IF NEW.reverses_id IS NULL THEN
                        IF standing.counted_on IS NOT NULL THEN
                            RAISE EXCEPTION 'This person counts already';
                        END IF;
                        UPDATE housing_person SET counted_on = NEW."on",
                            credited_municipality_id = NEW.municipality_id
                        WHERE id = NEW.person_id;
                    ELSE
                        SELECT * INTO STRICT counted FROM housing_counting
                        WHERE id = NEW.reverses_id;
                        IF counted.person_id <> NEW.person_id
                            OR counted.municipality_id <> NEW.municipality_id
                            OR counted.reverses_id IS NOT NULL
                            OR standing.counted_on IS DISTINCT FROM counted."on"
                        THEN
                            RAISE EXCEPTION 'Only what counts can be reversed';
                        END IF;
                        UPDATE housing_person SET counted_on = NULL,
                            credited_municipality_id = NULL
                        WHERE id = NEW.person_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.on}"
