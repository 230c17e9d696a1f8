"""Cases: households that COA links to a municipality, and the persons in them.

No names, birth dates or numbers of persons are kept here: nothing in this version needs them.
"""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from housing.choices import PersonCategory
from partners.choices import Role
from partners.models import Municipality, Region
from westerkwartier.web.history import facts
from westerkwartier.web.models import choice_check, in_order, together


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The coordinator sees the region; an officer the households linked to the own place."""
        reach = user.reach
        return self.filter(
            Q(region__in=reach.regions_as(Role.COORDINATOR))
            | Q(
                linked_municipality__organisation__in=reach.organisations_as(Role.MUNICIPAL_OFFICER)
            )
        )

    def waiting(self, on: date):
        """Linked on ``on``, not unlinked, and by then without a signed tenancy or anybody counted.

        An unaccompanied minor counts on moving to small-scale reception, without a tenancy.
        """
        from housing.models.placing import Tenancy

        return self.filter(
            Q(unlinked_on__isnull=True) | Q(unlinked_on__gt=on), linked_on__lte=on
        ).filter(
            ~Exists(Tenancy.objects.filter(case=OuterRef("pk"), signed_on__lte=on)),
            ~Exists(Person.objects.filter(case=OuterRef("pk"), counted_on__lte=on)),
        )


@facts
class Case(models.Model):
    """A household, from COA's link on. Reference: as COA gives it, without personal data."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(_("reference"), max_length=20)
    linked_municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="linked_cases"
    )
    linked_on = models.DateField(_("linked on"))
    permit_on = models.DateField(_("permit of"), null=True, blank=True)
    unlinked_on = models.DateField(_("unlinked on"), null=True, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["linked_on", "pk"]
        constraints = [
            in_order("linked_on", "unlinked_on", name="case_link_in_order"),
            models.UniqueConstraint(
                fields=["region", "reference"],
                name="case_reference_once",
                violation_error_message=_("There is already a case with this reference."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "linked_on"], name="case_linked"),
        ]

    def __str__(self):
        return self.reference


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the household; an officer also sees who counts for the own municipality."""
        own = user.reach.organisations_as(Role.MUNICIPAL_OFFICER)
        return self.filter(
            Q(case__in=Case.objects.visible_to(user))
            | Q(credited_municipality__organisation__in=own)
        )

    def counted(self, *, start: date, end: date):
        """Persons that count for the quota from ``start`` up to and including ``end``."""
        return self.filter(counted_on__gte=start, counted_on__lte=end)

    def expected(self):
        """Reunifiers who have not arrived yet."""
        return self.filter(category=PersonCategory.REUNIFIER, arrived_on__isnull=True)


@facts
class Person(models.Model):
    """Somebody in a household. Counts once, for one municipality, on one date.

    ``counted_on`` is the date on which COA signed the person off; the municipality
    credited need not be the one linked, nor the one lived in.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="persons")
    category = models.CharField(_("category"), max_length=10, choices=PersonCategory)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    credited_municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="credited_persons",
        null=True,
        blank=True,
        verbose_name=_("counts for"),
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            choice_check("category", PersonCategory, name="person_category_known"),
            together(
                "counted_on",
                "credited_municipality",
                name="person_counted_when_and_for_whom",
                message=_("A person who counts has a date and a municipality."),
            ),
            models.CheckConstraint(
                name="person_counts_after_arrival",
                condition=Q(counted_on__isnull=True)
                | Q(arrived_on__isnull=False, counted_on__gte=models.F("arrived_on")),
                violation_error_message=_("A person counts from arrival on, not before."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["credited_municipality", "counted_on"],
                include=["category"],
                name="person_realised",
            )
        ]

    def __str__(self):
        return f"{self.case} · {self.get_category_display()}"
