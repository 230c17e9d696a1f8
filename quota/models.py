"""How many: half-year periods, obligations, opening balances. Realisation is counted, not kept."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Municipality, Region
from partners.models.regions import InForce
from westerkwartier.web.history import facts
from westerkwartier.web.models import Certainty, choice_check, in_order, no_overlap


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date) -> "QuotaPeriod | None":
        """The half-year in which ``day`` lies, or None when it was not set up."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).first()


@facts
class QuotaPeriod(models.Model):
    """A half-year, ``2017-I`` (January to June) or ``2017-II``, with the national quota.

    The minister announces the national number in the Staatscourant at least 13 weeks ahead
    (Huisvestingswet 2014 art. 29); it is empty where no source was found.
    """

    code = models.CharField(_("period"), max_length=7, unique=True)
    starts_on = models.DateField(_("first day"), unique=True)
    ends_on = models.DateField(_("last day"))
    national_quota = models.PositiveIntegerField(_("national quota"), null=True, blank=True)
    first_announced = models.PositiveIntegerField(_("first announced"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    certainty = models.CharField(
        _("certainty"), max_length=12, choices=Certainty, default=Certainty.UNKNOWN
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["starts_on"]
        constraints = [
            choice_check("certainty", Certainty, name="period_certainty_known"),
            models.CheckConstraint(
                name="period_is_a_half_year",
                condition=Q(
                    code__endswith="-I",
                    starts_on__month=1,
                    starts_on__day=1,
                    ends_on__month=6,
                    ends_on__day=30,
                )
                | Q(
                    code__endswith="-II",
                    starts_on__month=7,
                    starts_on__day=1,
                    ends_on__month=12,
                    ends_on__day=31,
                ),
                violation_error_message=_("A period is the first or second half of a year."),
            ),
            models.CheckConstraint(
                name="period_within_one_year",
                condition=Q(ends_on__year=models.F("starts_on__year")),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def half(self) -> int:
        """1 or 2."""
        return 1 if self.starts_on.month == 1 else 2


@facts
class NationalInhabitants(models.Model):
    """Inhabitants of the Netherlands on 1 January, by CBS; the other half of the formula's base."""

    on = models.DateField(_("on"), unique=True)
    number = models.PositiveIntegerField(_("inhabitants"))
    source = models.CharField(_("source"), max_length=200)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    class Meta:
        verbose_name = _("inhabitants of the Netherlands")
        verbose_name_plural = _("inhabitants of the Netherlands")
        ordering = ["on"]
        constraints = [
            choice_check("certainty", Certainty, name="national_certainty_known"),
            models.CheckConstraint(name="country_has_people", condition=Q(number__gt=0)),
        ]

    def __str__(self):
        return f"{self.on:%Y}: {self.number}"


@facts
class Obligation(models.Model):
    """The net quota of a municipality in a half-year, in persons (Huisvestingswet 2014 art. 28-29).

    Official figures are imported; where none is known the formula's figure stands, marked derived.
    """

    period = models.ForeignKey(QuotaPeriod, on_delete=models.PROTECT, related_name="obligations")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="obligations"
    )
    net_quota = models.PositiveIntegerField(_("net quota"))
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("quota of a municipality")
        verbose_name_plural = _("quotas of municipalities")
        constraints = [
            choice_check("certainty", Certainty, name="obligation_certainty_known"),
            models.UniqueConstraint(
                fields=["period", "municipality"],
                name="obligation_once",
                violation_error_message=_("This municipality already has a quota in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.municipality} {self.period}: {self.net_quota}"


@facts
class OpeningBalance(models.Model):
    """Backlog (above zero) or lead (below) with which a municipality enters the ledger, in persons.

    Given once, for the first period kept; each later opening follows by counting.
    """

    period = models.ForeignKey(
        QuotaPeriod, on_delete=models.PROTECT, related_name="opening_balances"
    )
    municipality = models.OneToOneField(
        Municipality, on_delete=models.PROTECT, related_name="opening_balance"
    )
    backlog = models.IntegerField(_("backlog, or lead below zero"))
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        constraints = [choice_check("certainty", Certainty, name="opening_certainty_known")]

    def __str__(self):
        return f"{self.municipality} {self.period}: {self.backlog:+d}"


@facts
class ScheduleThreshold(models.Model):
    """From which part of the scheduled number a municipality is slightly, not far, behind.

    On schedule means realised ≥ corrected × m/6 after m whole months (programme Opnieuw Thuis,
    Land in beeld). The border between the two classes behind was not published: it is a setting.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="thresholds")
    slightly_behind_from = models.DecimalField(
        _("slightly behind from this part of the schedule"), max_digits=4, decimal_places=3
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("threshold of the schedule")
        verbose_name_plural = _("thresholds of the schedule")
        constraints = [
            in_order("valid_from", "valid_to", name="threshold_period_in_order"),
            models.CheckConstraint(
                name="threshold_between_0_and_1",
                condition=Q(slightly_behind_from__gte=0, slightly_behind_from__lte=1),
            ),
            no_overlap(
                name="threshold_one_at_a_time",
                fields=["region"],
                start="valid_from",
                end="valid_to",
                message=_("Another threshold already holds in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.region}: {self.slightly_behind_from:.0%}"
