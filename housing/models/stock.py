"""Stock: dwellings of the corporation, the times they fall vacant and the verdicts on them."""

from datetime import date

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    LET_STATES,
    OPEN_STATES,
    RECORDED_CAUSES,
    REGION_READERS,
    VACANCY_TRANSITIONS,
    Accessibility,
    DwellingKind,
    DwellingLabel,
    EnergyLabel,
    TemporaryReason,
    VacancyState,
    Verdict,
    WaitCause,
)
from housing.models.reasons import WithdrawalReason
from partners.choices import Role
from partners.models import Municipality, Organisation, Village, VillageBelonging
from westerkwartier.web.history import allowed_transitions, facts
from westerkwartier.web.models import choice_check, in_order, no_overlap

OPEN = sorted(state.value for state in OPEN_STATES)
LET = sorted(state.value for state in LET_STATES)
CLOSED_STATES = sorted(set(VacancyState.values) - {state.value for state in OPEN_STATES})


def municipality_of(village: str, on: date, field: str) -> Subquery:
    """Subquery: a field of the municipality in which the village lay on ``on``."""
    return Subquery(
        VillageBelonging.objects.on(on)
        .filter(village=OuterRef(village))
        .values(f"municipality__{field}")[:1]
    )


class DwellingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Region-wide for coordinator and officers; the own stock for corporation staff."""
        reach = user.reach
        return self.filter(
            Q(village__region__in=reach.regions_as(*REGION_READERS))
            | Q(corporation__in=reach.organisations_as(Role.CORPORATION_STAFF))
        )

    def in_stock(self, on: date):
        """Let by the corporation on ``on``: not sold or pulled down by then."""
        return self.filter(Q(left_stock_on__isnull=True) | Q(left_stock_on__gt=on))

    def with_municipality(self, on: date):
        """Adds ``municipality_name``: where the dwelling lies on ``on``."""
        return self.annotate(municipality_name=municipality_of("village", on, "name"))

    def in_municipality(self, municipality: Municipality, on: date):
        return self.filter(
            Exists(
                VillageBelonging.objects.on(on).filter(
                    village=OuterRef("village"), municipality=municipality
                )
            )
        )


@facts
class Dwelling(models.Model):
    """A dwelling that the corporation lets. Floor area in m²; the ground floor is 0.

    ``bag_id`` is the object's identification in the national register of addresses (BAG, sixteen
    digits). ``vera_kind`` is the finer kind by VERA (EENHEIDDETAILSOORT) where the corporation
    told it. ``label`` is for whom the dwelling is set apart now; a vacancy keeps the label of its
    own time.
    """

    corporation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="dwellings"
    )
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="dwellings")
    street = models.CharField(_("street"), max_length=80)
    number = models.PositiveIntegerField(_("number"))
    addition = models.CharField(_("addition"), max_length=10, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7)
    bag_id = models.CharField(_("BAG object id"), max_length=16, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DwellingKind)
    vera_kind = models.CharField(_("kind by VERA"), max_length=5, blank=True)
    label = models.CharField(_("label"), max_length=10, choices=DwellingLabel, blank=True)
    rooms = models.PositiveSmallIntegerField(_("rooms"))
    bedrooms = models.PositiveSmallIntegerField(_("bedrooms"))
    floor_area = models.PositiveSmallIntegerField(_("floor area in m²"), null=True, blank=True)
    floor = models.SmallIntegerField(_("floor"), default=0)
    lift = models.BooleanField(_("lift"), default=False)
    step_free = models.BooleanField(_("step-free"), default=False)
    accessibility = models.CharField(
        _("accessibility"), max_length=3, choices=Accessibility, blank=True
    )
    adaptations = models.CharField(_("adaptations"), max_length=200, blank=True)
    energy_label = models.CharField(
        _("energy label"), max_length=3, choices=EnergyLabel, blank=True
    )
    build_year = models.PositiveSmallIntegerField(_("built in"), null=True, blank=True)
    regulated = models.BooleanField(_("let in the regulated sector (DAEB)"), default=True)
    temporary_until = models.DateField(_("temporary until"), null=True, blank=True)
    temporary_reason = models.CharField(
        _("temporary because"), max_length=12, choices=TemporaryReason, blank=True
    )
    left_stock_on = models.DateField(_("no longer let from"), null=True, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = DwellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dwelling")
        verbose_name_plural = _("dwellings")
        ordering = ["street", "number", "addition"]
        constraints = [
            choice_check("kind", DwellingKind, name="dwelling_kind_known"),
            choice_check("label", DwellingLabel, name="dwelling_label_known", blank=True),
            choice_check(
                "accessibility", Accessibility, name="dwelling_accessibility_known", blank=True
            ),
            choice_check("energy_label", EnergyLabel, name="dwelling_energy_known", blank=True),
            choice_check(
                "temporary_reason", TemporaryReason, name="dwelling_temporary_known", blank=True
            ),
            models.CheckConstraint(
                name="dwelling_temporary_with_reason",
                condition=Q(temporary_until__isnull=True, temporary_reason="")
                | Q(temporary_until__isnull=False) & ~Q(temporary_reason=""),
                violation_error_message=_("A temporary dwelling has a last day and a reason."),
            ),
            models.CheckConstraint(
                name="dwelling_bag_id_form",
                condition=Q(bag_id="") | Q(bag_id__regex=r"^[0-9]{16}$"),
                violation_error_message=_("A BAG object id has sixteen digits."),
            ),
            models.UniqueConstraint(
                fields=["bag_id"],
                condition=~Q(bag_id=""),
                name="dwelling_bag_id_once",
                violation_error_message=_("There is already a dwelling with this BAG object id."),
            ),
            models.CheckConstraint(
                name="dwelling_bedrooms_within_rooms",
                condition=Q(bedrooms__lte=models.F("rooms")),
                violation_error_message=_("A dwelling has no more bedrooms than rooms."),
            ),
            models.UniqueConstraint(
                fields=["postcode", "number", "addition"],
                name="dwelling_address_once",
                violation_error_message=_("There is already a dwelling at this address."),
            ),
        ]
        indexes = [
            models.Index(fields=["street", "number", "addition"], name="vacancy_list_street"),
            models.Index(fields=["village", "street"], name="dwelling_neighbours"),
            # Looking for a word: each part of the search box has its own, see ``matching``.
            GinIndex(OpClass(Upper("street"), name="gin_trgm_ops"), name="dwelling_search_street"),
            models.Index(
                OpClass(Upper("postcode"), name="text_pattern_ops"),
                name="dwelling_search_postcode",
            ),
            models.Index(fields=["number"], name="dwelling_search_number"),
        ]

    def __str__(self):
        return self.address

    @property
    def address(self) -> str:
        return f"{self.street} {self.number}{self.addition}"


class VacancyQuerySet(models.QuerySet):
    def visible_to(self, user):
        reach = user.reach
        return self.filter(
            Q(dwelling__village__region__in=reach.regions_as(*REGION_READERS))
            | Q(dwelling__corporation__in=reach.organisations_as(Role.CORPORATION_STAFF))
        )

    def open(self):
        # Said by the closing date too, which is what the partial indexes know.
        return self.filter(state__in=OPEN_STATES, closed_on__isnull=True)

    def awaiting_verdict(self):
        """Open vacancies without a verdict: not judged yet, or the verdict was taken back."""
        return self.open().filter(verdict="")

    def assessable_by(self, user):
        """Those that ``user`` may judge, open or not: see ``can_assess_vacancy``."""
        reach = user.reach
        return self.filter(
            Q(dwelling__village__region__in=reach.regions_as(Role.COORDINATOR))
            | Q(dwelling__corporation__in=reach.organisations_as(Role.CORPORATION_STAFF))
        )

    def with_municipality(self, on: date):
        """Adds ``municipality_name``: where the dwelling lies on ``on``."""
        return self.annotate(municipality_name=municipality_of("dwelling__village", on, "name"))

    def in_municipality(self, municipality: Municipality, on: date):
        return self.filter(
            Exists(
                VillageBelonging.objects.on(on).filter(
                    village=OuterRef("dwelling__village"), municipality=municipality
                )
            )
        )


@facts
class Vacancy(models.Model):
    """A time that a dwelling falls vacant, from notice to new tenancy or withdrawal.

    Amounts are in euro a month. A dwelling has at most one open vacancy; history stays.
    ``label`` and ``internal_move`` are those of this vacancy: a label may be taken off a dwelling
    later. ``empty_from`` is the first day without the old tenant; where it is not known the
    dwelling counts as empty from ``available_from``. ``let_from`` is the first day of the new
    tenancy.

    ``verdict`` and ``judged_at`` repeat the newest assessment, so that lists can filter and sort
    on them; a trigger on the assessments keeps them and another refuses any other hand.
    """

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="vacancies")
    notice_on = models.DateField(_("notice given on"))
    available_from = models.DateField(_("available from"))
    net_rent = models.DecimalField(_("net rent"), max_digits=7, decimal_places=2)
    service_costs = models.DecimalField(
        _("service costs"), max_digits=6, decimal_places=2, default=0
    )
    label = models.CharField(_("label"), max_length=10, choices=DwellingLabel, blank=True)
    internal_move = models.BooleanField(
        _("kept for a tenant who moves within the corporation"), default=False
    )
    empty_from = models.DateField(_("empty from"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=VacancyState, default=VacancyState.ANNOUNCED
    )
    withdrawn_because = models.ForeignKey(
        WithdrawalReason,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("withdrawn because"),
    )
    let_from = models.DateField(_("let from"), null=True, blank=True)
    verdict = models.CharField(
        _("verdict"), max_length=12, choices=Verdict, blank=True, editable=False
    )
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacated dwelling")
        verbose_name_plural = _("vacated dwellings")
        ordering = ["-available_from", "-pk"]
        constraints = [
            choice_check("state", VacancyState, name="vacancy_state_known"),
            choice_check("label", DwellingLabel, name="vacancy_label_known", blank=True),
            choice_check("verdict", Verdict, name="vacancy_verdict_known", blank=True),
            in_order("empty_from", "available_from", name="vacancy_empty_before_available"),
            models.CheckConstraint(
                name="vacancy_withdrawn_has_reason",
                condition=Q(state=VacancyState.WITHDRAWN, withdrawn_because__isnull=False)
                | (~Q(state=VacancyState.WITHDRAWN) & Q(withdrawn_because__isnull=True)),
                violation_error_message=_("A withdrawn dwelling has a reason, another has none."),
            ),
            models.CheckConstraint(
                name="vacancy_let_has_first_day",
                condition=Q(state__in=LET, let_from__isnull=False)
                | (~Q(state__in=LET) & Q(let_from__isnull=True)),
                violation_error_message=_("A let dwelling has a first day, another has none."),
            ),
            models.CheckConstraint(
                name="vacancy_verdict_has_moment",
                condition=Q(verdict="", judged_at__isnull=True)
                | (~Q(verdict="") & Q(judged_at__isnull=False)),
            ),
            in_order("notice_on", "available_from", name="vacancy_dates_in_order"),
            in_order("notice_on", "closed_on", name="vacancy_closed_after_notice"),
            # What a tenancy's foreign key holds on to: see the migration beside it.
            models.UniqueConstraint(
                fields=["id", "dwelling", "let_from"], name="vacancy_with_dwelling"
            ),
            models.CheckConstraint(
                name="vacancy_closed_has_date",
                condition=Q(state__in=CLOSED_STATES, closed_on__isnull=False)
                | Q(state__in=OPEN, closed_on__isnull=True),
                violation_error_message=_("A closed vacancy has a closing date, an open one not."),
            ),
            models.CheckConstraint(
                name="vacancy_amounts_not_negative",
                condition=Q(net_rent__gte=0, service_costs__gte=0),
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(closed_on__isnull=True),
                name="vacancy_one_open_per_dwelling",
                violation_error_message=_("This dwelling is already reported as vacant."),
            ),
        ]
        indexes = [
            models.Index(fields=["-available_from", "-id"], name="vacancy_list_available"),
            models.Index(
                fields=["-available_from", "-id"],
                condition=Q(closed_on__isnull=True),
                name="vacancy_list_open",
            ),
            models.Index(fields=["-notice_on", "-id"], name="vacancy_list_notice"),
            models.Index(fields=["net_rent", "id"], name="vacancy_list_rent"),
            models.Index(
                fields=["notice_on", "id"],
                condition=Q(closed_on__isnull=True, verdict=""),
                name="vacancy_inbox_oldest",
            ),
            models.Index(
                fields=["let_from"],
                include=["dwelling"],
                condition=Q(state=VacancyState.LET_PERMIT),
                name="vacancy_share_let",
            ),
        ]
        triggers = [
            allowed_transitions("state", VACANCY_TRANSITIONS),
            pgtrigger.Trigger(
                name="verdict_from_assessments",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("verdict", "judged_at"),
                func="""
                    IF TG_OP = 'INSERT' THEN
                        NEW.verdict := '';
                        NEW.judged_at := NULL;
                    ELSIF pg_trigger_depth() < 2
                        AND (NEW.verdict, NEW.judged_at)
                            IS DISTINCT FROM (OLD.verdict, OLD.judged_at)
                    THEN
                        RAISE EXCEPTION 'A verdict is given by adding an assessment';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return str(self.dwelling)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class VacancyWaitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(vacancy__in=Vacancy.objects.visible_to(user))


@facts
class VacancyWait(models.Model):
    """Days on which an empty dwelling waited for something that somebody told us.

    Waiting for a verdict or a match needs no row: it follows from the verdict and from the days
    that no row covers. ``ends_on`` is the first day it waits no longer.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="waits")
    cause = models.CharField(_("waits for"), max_length=10, choices=WaitCause)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = VacancyWaitQuerySet.as_manager()

    class Meta:
        verbose_name = _("wait")
        verbose_name_plural = _("waits")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="wait_cause_known",
                condition=Q(cause__in=sorted(cause.value for cause in RECORDED_CAUSES)),
                violation_error_message=_("This value is not one of the choices."),
            ),
            in_order("starts_on", "ends_on", name="wait_in_order"),
            no_overlap(
                name="wait_one_cause_at_a_time",
                fields=["vacancy"],
                start="starts_on",
                end="ends_on",
                message=_("This dwelling already waits for something else on these days."),
            ),
        ]

    def __str__(self):
        return self.get_cause_display()
