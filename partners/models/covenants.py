"""The covenant: what the partners promised each other, and how its share is counted."""

from django.db import models
from django.db.models import Case, Deferrable, IntegerField, Q, Sum, When
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from partners.choices import Role, ShareDenominator
from partners.models.people import User
from partners.models.regions import InForce, Organisation, Region
from westerkwartier.web.history import append_only, facts
from westerkwartier.web.models import Certainty, choice_check, in_order, no_overlap, together


class CovenantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody in the region sees what the partners agreed."""
        return self.filter(region__in=user.reach.region_ids)

    def coordinated_by(self, user):
        """Covenants of the regions that the user coordinates."""
        return self.filter(region__in=user.reach.regions_as(Role.COORDINATOR))


@facts
class Covenant(models.Model):
    """An agreement between the partners of a region, for a term."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="covenants")
    name = models.CharField(_("name"), max_length=150)
    signed_on = models.DateField(_("signed on"))
    ends_on = models.DateField(_("last day"))
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = CovenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("covenant")
        verbose_name_plural = _("covenants")
        constraints = [
            choice_check("certainty", Certainty, name="covenant_certainty_known"),
            in_order("signed_on", "ends_on", name="covenant_term_in_order"),
            models.UniqueConstraint(fields=["region", "name"], name="covenant_once_per_region"),
        ]

    def __str__(self):
        return self.name


@facts
class CovenantParty(models.Model):
    """An organisation that signed the covenant."""

    covenant = models.ForeignKey(Covenant, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("party to the covenant")
        verbose_name_plural = _("parties to the covenant")
        constraints = [
            models.UniqueConstraint(fields=["covenant", "organisation"], name="party_signs_once")
        ]

    def __str__(self):
        return str(self.organisation)


class CovenantMeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody in the region sees what the partners promised and what came of it."""
        return self.filter(covenant__region__in=user.reach.region_ids)

    def with_realised(self):
        """Adds ``realised``: the dwellings that the measure gave, the sum of its results.

        None for a measure of which no dwellings are expected and nothing was told: guidance gives
        none, and "0" would read as a failure.
        """
        nothing_yet = Case(When(expected_dwellings__gt=0, then=0), output_field=IntegerField())
        return self.annotate(realised=Coalesce(Sum("results__dwellings"), nothing_yet))


@facts
class CovenantMeasure(models.Model):
    """One of the things the partners agreed to do, and the dwellings it should give.

    ``until`` is the last day it holds. What it gave is the sum of its results. Most come with the
    region folder; ``added_by`` and ``added_at`` are filled for what was added on a page.
    """

    covenant = models.ForeignKey(Covenant, on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(_("code"))
    title = models.CharField(_("title"), max_length=150)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    expected_dwellings = models.PositiveSmallIntegerField(
        _("dwellings expected"), null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    added_at = models.DateTimeField(_("added at"), null=True, blank=True)

    objects = CovenantMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["number"]
        constraints = [
            in_order("since", "until", name="measure_dates_in_order"),
            together(
                "added_by",
                "added_at",
                name="measure_added_by_and_at",
                message=_("Who added a measure and when go together."),
            ),
            # Looked at when all is written, so that measures can change places.
            models.UniqueConstraint(
                fields=["covenant", "number"],
                name="measure_number_once",
                deferrable=Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["covenant", "code"], name="measure_code_once"),
        ]

    def __str__(self):
        return self.title


class MeasureResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(measure__in=CovenantMeasure.objects.visible_to(user))


class MeasureResult(models.Model):
    """Dwellings that a measure gave on a day: appended, never edited.

    A mistake is put right by a line with the opposite number, which says what it ``undoes``; a line
    is undone once.
    """

    measure = models.ForeignKey(CovenantMeasure, on_delete=models.PROTECT, related_name="results")
    on = models.DateField(_("on"))
    dwellings = models.SmallIntegerField(_("dwellings"))
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(_("told at"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = MeasureResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a measure")
        verbose_name_plural = _("results of measures")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_result_not_zero",
                condition=~Q(dwellings=0),
                violation_error_message=_("Tell how many dwellings, more or fewer."),
            ),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.measure}: {self.dwellings:+d}"


@facts
class ShareDefinition(models.Model):
    """How the covenant's share of dwellings is counted during a period.

    The numerator is always the dwellings let to a household of permit holders; joining an existing
    tenancy takes no dwelling. The covenant's text was not found, so the denominator is a choice
    with a source, and a new choice is a new row.
    """

    covenant = models.ForeignKey(
        Covenant, on_delete=models.CASCADE, related_name="share_definitions"
    )
    target = models.DecimalField(_("target share"), max_digits=4, decimal_places=3)
    denominator = models.CharField(_("share of"), max_length=1, choices=ShareDenominator)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("definition of the share")
        verbose_name_plural = _("definitions of the share")
        constraints = [
            choice_check("denominator", ShareDenominator, name="share_denominator_known"),
            choice_check("certainty", Certainty, name="share_certainty_known"),
            in_order("valid_from", "valid_to", name="share_period_in_order"),
            models.CheckConstraint(
                name="share_target_between_0_and_1",
                condition=Q(target__gte=0, target__lte=1),
                violation_error_message=_("A share lies between 0 and 1."),
            ),
            no_overlap(
                name="share_one_definition_at_a_time",
                fields=["covenant"],
                start="valid_from",
                end="valid_to",
                message=_("Another definition already holds in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.covenant}: {self.target:.1%} ({self.denominator})"
