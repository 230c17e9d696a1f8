"""What COA told of households, how that differs from the register, and what explains it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.choices import SAID_OF_ANOTHER, DifferenceKind, StatementAbout
from housing.models import erased
from housing.models.cases import Case
from partners.choices import Role
from partners.models import ImportBatch, Municipality, Region, User
from westerkwartier.web.history import facts
from westerkwartier.web.models import choice_check, in_order, together
from westerkwartier.web.sealed import SealedTextField


def own_region(user) -> Q:
    return Q(region__in=user.reach.regions_as(Role.COORDINATOR))


class CoaStatementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The coordinator sees what COA tells of the region, an officer of the own municipality."""
        own = user.reach.organisations_as(Role.MUNICIPAL_OFFICER)
        return self.filter(own_region(user) | Q(municipality__organisation__in=own))


@facts(erased=erased.of_reference())
class CoaStatement(models.Model):
    """The last that COA told of a household's link or sign-off; what it told before is history.

    ``on`` is the day of the link or the sign-off, ``persons`` how many are linked or signed off.
    ``reported_on`` is the day on which the file came in, ``batch`` that file.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=20)
    about = models.CharField(_("about"), max_length=8, choices=StatementAbout)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    on = models.DateField(_("on"))
    persons = models.PositiveSmallIntegerField(_("persons"))
    unlinked_on = models.DateField(_("unlinked on"), null=True, blank=True)
    reported_on = models.DateField(_("told on"))
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")

    objects = CoaStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of COA")
        verbose_name_plural = _("statements of COA")
        ordering = ["reference", "about"]
        constraints = [
            choice_check("about", StatementAbout, name="coa_statement_about_known"),
            models.UniqueConstraint(
                fields=["region", "reference", "about"], name="coa_statement_once"
            ),
            in_order("on", "unlinked_on", name="coa_statement_link_in_order"),
            models.CheckConstraint(
                name="coa_statement_only_links_end",
                condition=Q(unlinked_on__isnull=True) | Q(about=StatementAbout.LINK),
            ),
            models.CheckConstraint(name="coa_statement_of_somebody", condition=Q(persons__gte=1)),
        ]
        indexes = [
            models.Index(fields=["municipality", "about", "on"], name="coa_statement_counted"),
            models.Index(fields=["batch"], name="coa_statement_of_batch"),
        ]

    def __str__(self):
        return f"{self.reference} · {self.get_about_display()}"


class CoaExplanationQuerySet(models.QuerySet):
    def visible_to(self, user):
        own = user.reach.organisations_as(Role.MUNICIPAL_OFFICER)
        return self.filter(own_region(user) | Q(municipality__organisation__in=own))

    def standing(self):
        """Those that were not taken back."""
        return self.filter(undone_at=None)


@facts(erased=erased.of_reference())
class CoaExplanation(models.Model):
    """Why a difference with COA is as it is, told once for what both said then.

    When either of them says something else the difference is a new one, without an explanation.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    reference = models.CharField(_("reference"), max_length=20)
    kind = models.CharField(_("difference"), max_length=20, choices=DifferenceKind)
    ours = models.CharField(_("here"), max_length=100, blank=True)
    theirs = models.CharField(_("at COA"), max_length=100, blank=True)
    reason = SealedTextField(_("explanation"), label="coa_explanation.reason", max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("told at"))
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = CoaExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation of a difference")
        verbose_name_plural = _("explanations of differences")
        ordering = ["-pk"]
        constraints = [
            choice_check("kind", DifferenceKind, name="coa_explanation_kind_known"),
            together(
                "undone_at",
                "undone_by",
                name="coa_explanation_undone_who_and_when",
                message=_("Taking back has a date and a name."),
            ),
            models.UniqueConstraint(
                fields=["region", "reference", "kind", "ours", "theirs"],
                condition=Q(undone_at__isnull=True),
                name="coa_explanation_one_standing",
                violation_error_message=_("This difference has an explanation already."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} · {self.get_kind_display()}"


class CoaDifferenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The coordinator sees the region; an officer the own municipality's households, and of
        another's only that COA says it is theirs."""
        own = user.reach.organisations_as(Role.MUNICIPAL_OFFICER)
        return self.filter(
            own_region(user)
            | Q(municipality__organisation__in=own)
            | Q(coa_municipality__organisation__in=own, kind__in=SAID_OF_ANOTHER)
        )

    def unexplained(self):
        return self.filter(explanation=None)

    def opened_by(self, user):
        """Adds ``may_open``: whether ``user`` may see the page of the household."""
        there = Case.objects.visible_to(user).filter(pk=models.OuterRef("case"))
        return self.annotate(may_open=models.Exists(there))

    def of(self, municipality: Municipality):
        """Of a municipality, by the register or by COA."""
        return self.filter(Q(municipality=municipality) | Q(coa_municipality=municipality))

    def in_order(self):
        return self.order_by(F("reference"), "rank")


class CoaDifference(models.Model):
    """One difference between the register and what COA told last: a view of the database.

    ``ours`` and ``theirs`` are what each says: a day (ISO), a number or a name, empty where there
    is nothing. ``on`` is the day of the link or sign-off it is about. ``municipality`` is the one
    linked here, or COA's where the household is not known here.

    COA's files need not be complete. A household is missing in them only when its link lies between
    the first link that they name for its municipality and the day of the newest file; a sign-off
    when it lies between the first day of the half-year of the first sign-off they name and the day
    of the newest file. Links are compared until the case has ended, sizes until it is signed off.
    """

    id = models.BigIntegerField(primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.DO_NOTHING, related_name="+")
    reference = models.CharField(_("reference"), max_length=20)
    kind = models.CharField(_("difference"), max_length=20, choices=DifferenceKind)
    rank = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="+", null=True)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.DO_NOTHING,
        related_name="+",
        verbose_name=_("municipality"),
    )
    coa_municipality = models.ForeignKey(
        Municipality, on_delete=models.DO_NOTHING, related_name="+", null=True
    )
    on = models.DateField(_("on"))
    ours = models.CharField(_("here"), max_length=100)
    theirs = models.CharField(_("at COA"), max_length=100)
    reported_on = models.DateField(_("told on"), null=True)
    explanation = models.ForeignKey(
        CoaExplanation, on_delete=models.DO_NOTHING, related_name="+", null=True
    )

    objects = CoaDifferenceQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "housing_coadifference"
        verbose_name = _("difference with COA")
        verbose_name_plural = _("differences with COA")
        ordering = ["rank", "reference"]

    def __str__(self):
        return f"{self.reference} · {self.get_kind_display()}"
