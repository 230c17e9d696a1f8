"""Placing: which household lives in which dwelling, and who moved in when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing.models import erased
from housing.models.cases import Case, Person
from housing.models.stock import Dwelling, Vacancy
from partners.choices import Role
from westerkwartier.web.history import facts
from westerkwartier.web.models import in_order, no_overlap


class TenancyQuerySet(models.QuerySet):
    def visible_to(self, user):
        reach = user.reach
        return self.filter(
            Q(case__in=Case.objects.visible_to(user))
            | Q(dwelling__corporation__in=reach.organisations_as(Role.CORPORATION_STAFF))
        )


@facts
class Tenancy(models.Model):
    """A household's contract for a dwelling. Two tenancies of a dwelling never overlap.

    ``dwelling`` and ``starts_on`` are those of the vacancy, repeated for the exclusion constraint;
    a foreign key over the three columns, made in a migration, keeps them the same.
    """

    vacancy = models.OneToOneField(Vacancy, on_delete=models.PROTECT, related_name="tenancy")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="tenancies")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tenancies")
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = TenancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenancy")
        verbose_name_plural = _("tenancies")
        constraints = [
            in_order("signed_on", "starts_on", name="tenancy_signed_before_start"),
            in_order("starts_on", "ends_on", name="tenancy_dates_in_order"),
            no_overlap(
                name="tenancy_dwelling_one_at_a_time",
                fields=["dwelling"],
                start="starts_on",
                end="ends_on",
                message=_("This dwelling is already let in this period."),
            ),
            no_overlap(
                name="tenancy_household_one_at_a_time",
                fields=["case"],
                start="starts_on",
                end="ends_on",
                message=_("This household already rents a dwelling in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.dwelling}"


@facts(erased=erased.of_person())
class Occupancy(models.Model):
    """A person living in a dwelling of the household. Joining later is a later row."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="occupancies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="occupancies")
    moved_in_on = models.DateField(_("moved in on"))
    moved_out_on = models.DateField(_("moved out on"), null=True, blank=True)

    class Meta:
        verbose_name = _("occupancy")
        verbose_name_plural = _("occupancies")
        constraints = [
            in_order("moved_in_on", "moved_out_on", name="occupancy_dates_in_order"),
            no_overlap(
                name="person_lives_in_one_place",
                fields=["person"],
                start="moved_in_on",
                end="moved_out_on",
                message=_("This person already lives elsewhere in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.tenancy.dwelling}"
