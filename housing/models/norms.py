"""Norms, as rows with a source: rent limits, bedrooms per household, how many in one street."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing import arithmetic
from housing.arithmetic import Limits
from housing.choices import DispersalLevel
from partners.models import Region
from partners.models.regions import InForce
from westerkwartier.web.history import facts
from westerkwartier.web.models import Certainty, choice_check, in_order, no_overlap


class RentLimitQuerySet(models.QuerySet):
    def of(self, day: date) -> "RentLimit | None":
        """The limits of the year of ``day``; None when they are not known."""
        return self.filter(year=day.year).first()


@facts
class RentLimit(models.Model):
    """The year's rent limits in euro a month (Wet op de huurtoeslag art. 13 and 20).

    Somebody younger than ``young_below`` who lives alone gets no allowance above the quality
    discount limit. ``max_is_condition``: above the highest rent there is no allowance at all, as
    the act said until 2026.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    quality_limit = models.DecimalField(_("quality discount limit"), max_digits=7, decimal_places=2)
    low_cap = models.DecimalField(_("cap for 1 or 2 persons"), max_digits=7, decimal_places=2)
    high_cap = models.DecimalField(_("cap for 3 or more"), max_digits=7, decimal_places=2)
    max_rent = models.DecimalField(_("highest rent"), max_digits=7, decimal_places=2)
    young_below = models.PositiveSmallIntegerField(_("young until the age of"), default=23)
    max_is_condition = models.BooleanField(_("no allowance above the highest rent"), default=True)
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

    @property
    def limits(self) -> Limits:
        """For ``arithmetic.rent_verdict``."""
        return Limits(
            quality_limit=self.quality_limit,
            low_cap=self.low_cap,
            high_cap=self.high_cap,
            max_rent=self.max_rent,
            young_below=self.young_below,
            max_is_condition=self.max_is_condition,
        )


@facts
class BedroomNorm(models.Model):
    """How many bedrooms a household of ``persons_from`` or more needs, until the next row."""

    persons_from = models.PositiveSmallIntegerField(_("persons, from"))
    bedrooms = models.PositiveSmallIntegerField(_("bedrooms needed"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("bedroom norm")
        verbose_name_plural = _("bedroom norms")
        ordering = ["valid_from", "persons_from"]
        constraints = [
            choice_check("certainty", Certainty, name="bedroom_norm_certainty_known"),
            in_order("valid_from", "valid_to", name="bedroom_norm_period_in_order"),
            models.CheckConstraint(
                name="bedroom_norm_positive", condition=Q(persons_from__gt=0, bedrooms__gt=0)
            ),
            no_overlap(
                name="bedroom_norm_one_at_a_time",
                fields=["persons_from"],
                start="valid_from",
                end="valid_to",
                message=_("Another norm already holds in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.persons_from}+: {self.bedrooms}"


class DispersalThresholdQuerySet(InForce):
    def visible_to(self, user):
        return self.filter(region__in=user.reach.region_ids)


@facts
class DispersalThreshold(models.Model):
    """From which share of a street, postcode or village a further placement gets a warning.

    Counts of dwellings only, never a ban: people decide. Below ``at_least`` households nothing is
    said, whatever the share.
    """

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="dispersal_thresholds"
    )
    level = models.CharField(_("level"), max_length=10, choices=DispersalLevel)
    share = models.DecimalField(_("share"), max_digits=4, decimal_places=3)
    at_least = models.PositiveSmallIntegerField(_("at least"), default=2)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)

    objects = DispersalThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("threshold for dispersal")
        verbose_name_plural = _("thresholds for dispersal")
        ordering = ["level", "valid_from"]
        constraints = [
            choice_check("level", DispersalLevel, name="dispersal_level_known"),
            in_order("valid_from", "valid_to", name="dispersal_period_in_order"),
            models.CheckConstraint(
                name="dispersal_share_between_0_and_1",
                condition=Q(share__gt=0, share__lte=1),
                violation_error_message=_("A share lies between 0 and 1."),
            ),
            no_overlap(
                name="dispersal_one_threshold_at_a_time",
                fields=["region", "level"],
                start="valid_from",
                end="valid_to",
                message=_("Another threshold already holds in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}: {self.share:.0%}"


@facts
class SharingRule(models.Model):
    """Who may share a bedroom; ages in years, up to and not including them."""

    couple_shares = models.BooleanField(_("a couple shares a bedroom"), default=True)
    same_sex_below = models.PositiveSmallIntegerField(
        _("brothers, or sisters, share below the age of")
    )
    any_sex_below = models.PositiveSmallIntegerField(
        _("a brother and a sister share below the age of")
    )
    max_per_room = models.PositiveSmallIntegerField(_("most children in a bedroom"), default=2)
    unknown_age_as_adult = models.BooleanField(
        _("a child of unknown age has a bedroom alone"), default=True
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("rule for sharing bedrooms")
        verbose_name_plural = _("rules for sharing bedrooms")
        ordering = ["valid_from"]
        constraints = [
            choice_check("certainty", Certainty, name="sharing_certainty_known"),
            in_order("valid_from", "valid_to", name="sharing_period_in_order"),
            models.CheckConstraint(
                name="sharing_ages_in_order",
                condition=Q(any_sex_below__lte=models.F("same_sex_below"), max_per_room__gte=1),
            ),
            no_overlap(
                name="sharing_one_rule_at_a_time",
                fields=[],
                start="valid_from",
                end="valid_to",
                message=_("Another rule already holds in this period."),
            ),
        ]

    def __str__(self):
        return str(self.valid_from)

    @property
    def rule(self) -> arithmetic.SharingRule:
        """For ``arithmetic.bedrooms_needed_for``."""
        return arithmetic.SharingRule(
            couple_shares=self.couple_shares,
            same_sex_below=self.same_sex_below,
            any_sex_below=self.any_sex_below,
            max_per_room=self.max_per_room,
            unknown_age_as_adult=self.unknown_age_as_adult,
        )
