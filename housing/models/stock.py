"""Stock: dwellings of the corporation, the times they fall vacant and the verdicts on them."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    OPEN_STATES,
    REGION_READERS,
    VACANCY_TRANSITIONS,
    DwellingKind,
    DwellingLabel,
    VacancyState,
    Verdict,
)
from partners.choices import Role
from partners.models import Municipality, Organisation, User, Village, VillageBelonging
from westerkwartier.web.history import allowed_transitions, append_only, facts
from westerkwartier.web.models import Certainty, choice_check, in_order

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


@facts
class Dwelling(models.Model):
    """A dwelling that the corporation lets."""

    corporation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="dwellings"
    )
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="dwellings")
    street = models.CharField(_("street"), max_length=80)
    number = models.PositiveIntegerField(_("number"))
    addition = models.CharField(_("addition"), max_length=10, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7)
    kind = models.CharField(_("kind"), max_length=10, choices=DwellingKind)
    label = models.CharField(_("label"), max_length=10, choices=DwellingLabel, blank=True)
    rooms = models.PositiveSmallIntegerField(_("rooms"))
    bedrooms = models.PositiveSmallIntegerField(_("bedrooms"))
    floor_area = models.PositiveSmallIntegerField(_("floor area in m²"), null=True, blank=True)
    floor = models.SmallIntegerField(_("floor"), default=0)
    lift = models.BooleanField(_("lift"), default=False)
    step_free = models.BooleanField(_("step-free"), default=False)
    build_year = models.PositiveSmallIntegerField(_("built in"), null=True, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = DwellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dwelling")
        verbose_name_plural = _("dwellings")
        ordering = ["street", "number", "addition"]
        constraints = [
            choice_check("kind", DwellingKind, name="dwelling_kind_known"),
            models.CheckConstraint(
                name="dwelling_label_known",
                condition=Q(label__in=["", *sorted(DwellingLabel.values)]),
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
        return self.filter(state__in=OPEN_STATES)

    def with_verdict(self):
        """Adds ``verdict``, ``assessed_at`` (newest assessment; None where there is none yet)."""
        newest = Assessment.objects.filter(vacancy=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            verdict=Subquery(newest.values("verdict")[:1]),
            assessed_at=Subquery(newest.values("at")[:1]),
        )

    def awaiting_verdict(self):
        """Open vacancies that nobody has judged yet."""
        return self.open().filter(~Exists(Assessment.objects.filter(vacancy=OuterRef("pk"))))

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
    """

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="vacancies")
    notice_on = models.DateField(_("notice given on"))
    available_from = models.DateField(_("available from"))
    net_rent = models.DecimalField(_("net rent"), max_digits=7, decimal_places=2)
    service_costs = models.DecimalField(
        _("service costs"), max_digits=6, decimal_places=2, default=0
    )
    state = models.CharField(
        _("state"), max_length=12, choices=VacancyState, default=VacancyState.ANNOUNCED
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacated dwelling")
        verbose_name_plural = _("vacated dwellings")
        ordering = ["-available_from", "-pk"]
        constraints = [
            choice_check("state", VacancyState, name="vacancy_state_known"),
            in_order("notice_on", "available_from", name="vacancy_dates_in_order"),
            in_order("notice_on", "closed_on", name="vacancy_closed_after_notice"),
            # What a tenancy's foreign key holds on to: see the migration beside it.
            models.UniqueConstraint(fields=["id", "dwelling"], name="vacancy_with_dwelling"),
            models.CheckConstraint(
                name="vacancy_closed_has_date",
                condition=Q(state__in=CLOSED_STATES, closed_on__isnull=False)
                | Q(state__in=[s.value for s in OPEN_STATES], closed_on__isnull=True),
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
            models.Index(fields=["-notice_on", "-id"], name="vacancy_list_notice"),
            models.Index(fields=["net_rent", "id"], name="vacancy_list_rent"),
            models.Index(
                fields=["notice_on", "id"],
                condition=Q(closed_on__isnull=True),
                name="vacancy_open_oldest",
            ),
        ]
        triggers = [allowed_transitions("state", VACANCY_TRANSITIONS)]

    def __str__(self):
        return str(self.dwelling)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


@facts
class AssessmentReason(models.Model):
    """A coded reason for a verdict, in force during a period; VERA code where VERA has one."""

    code = models.SlugField(_("code"), unique=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    label_nl = models.CharField(_("label in Dutch"), max_length=120)
    label_en = models.CharField(_("label in English"), max_length=120)
    vera_code = models.CharField(_("VERA code"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("reason for a verdict")
        verbose_name_plural = _("reasons for verdicts")
        ordering = ["label_nl"]
        constraints = [
            choice_check("verdict", Verdict, name="reason_verdict_known"),
            in_order("valid_from", "valid_to", name="reason_period_in_order"),
        ]

    def __str__(self):
        return self.label_en if get_language() == "en" else self.label_nl


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(vacancy__in=Vacancy.objects.visible_to(user))


class Assessment(models.Model):
    """A verdict on a vacancy: appended, never edited; the newest counts."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="assessments")
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    reason = models.ForeignKey(
        AssessmentReason, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("reason")
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(_("assessed at"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-pk"]
        constraints = [
            choice_check("verdict", Verdict, name="assessment_verdict_known"),
            models.CheckConstraint(
                name="assessment_refusal_has_reason",
                condition=Q(verdict=Verdict.SUITABLE) | Q(reason__isnull=False),
                violation_error_message=_("Choose a reason."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["vacancy", "-id"], include=["verdict", "at"], name="assessment_newest"
            )
        ]
        triggers = append_only()

    def __str__(self):
        return self.get_verdict_display()


class RentLimitQuerySet(models.QuerySet):
    def of(self, day: date) -> "RentLimit | None":
        """The limits of the year of ``day``; None when they are not known."""
        return self.filter(year=day.year).first()


@facts
class RentLimit(models.Model):
    """The year's rent limits in euro a month (Wet op de huurtoeslag art. 13 and 20)."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    quality_limit = models.DecimalField(_("quality discount limit"), max_digits=7, decimal_places=2)
    low_cap = models.DecimalField(_("cap for 1 or 2 persons"), max_digits=7, decimal_places=2)
    high_cap = models.DecimalField(_("cap for 3 or more"), max_digits=7, decimal_places=2)
    max_rent = models.DecimalField(_("highest rent"), max_digits=7, decimal_places=2)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)
    note = models.CharField(_("note"), max_length=250, blank=True)

    objects = RentLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("rent limits")
        verbose_name_plural = _("rent limits")
        ordering = ["year"]
        constraints = [
            choice_check("certainty", Certainty, name="rent_limit_certainty_known"),
            models.CheckConstraint(
                name="rent_limits_ascend",
                condition=Q(
                    quality_limit__lte=models.F("low_cap"),
                    low_cap__lte=models.F("high_cap"),
                    high_cap__lte=models.F("max_rent"),
                ),
            ),
        ]

    def __str__(self):
        return str(self.year)
