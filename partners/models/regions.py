"""The region, its organisations, its municipalities over time and their villages."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.choices import FacilityKind, OrganisationKind, RoundingMode
from westerkwartier.web.history import facts
from westerkwartier.web.models import Certainty, choice_check, in_order, no_overlap


class InForce(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to`` (the first day they are no longer valid)."""

    def on(self, day: date):
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class RegionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=user.reach.region_ids)


@facts
class Region(models.Model):
    """Municipalities that carry out their quota together (Huisvestingswet 2014 art. 29 lid 2)."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    rounding_mode = models.CharField(
        _("rounding of the formula"),
        max_length=10,
        choices=RoundingMode,
        default=RoundingMode.UP,
    )
    rounding_source = models.CharField(_("source of the rounding"), max_length=200, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]
        constraints = [choice_check("rounding_mode", RoundingMode, name="region_rounding_known")]

    def __str__(self):
        return self.name


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody in a region sees which organisations take part in it."""
        return self.filter(region__in=user.reach.region_ids)


@facts
class Organisation(models.Model):
    """A partner in the region."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    name = models.CharField(_("name"), max_length=120)
    website = models.URLField(_("website"), blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            choice_check("kind", OrganisationKind, name="organisation_kind_known"),
            models.UniqueConstraint(
                fields=["region", "name"],
                name="organisation_once_per_region",
                violation_error_message=_("This region already has an organisation of that name."),
            ),
        ]

    def __str__(self):
        return self.name


@facts
class ContactPerson(models.Model):
    """Whom to call at an organisation. Kept as long as the person has the job."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contact_persons"
    )
    name = models.CharField(_("name"), max_length=100)
    job = models.CharField(_("job"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="contact_once_per_organisation"
            )
        ]

    def __str__(self):
        return self.name


@facts
class Municipality(models.Model):
    """A municipality as long as it exists; ``region`` is empty for a neighbour that gave land."""

    cbs_code = models.CharField(_("CBS code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=100)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="municipalities", null=True, blank=True
    )
    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        related_name="municipality",
        null=True,
        blank=True,
    )
    valid_from = models.DateField(_("exists from"))
    valid_to = models.DateField(_("no longer exists from"), null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]
        constraints = [
            in_order("valid_from", "valid_to", name="municipality_period_in_order"),
            models.CheckConstraint(
                name="municipality_cbs_code_form",
                condition=Q(cbs_code__regex=r"^GM\d{4}$"),
                violation_error_message=_("A CBS code looks like GM0025."),
            ),
        ]

    def __str__(self):
        return self.name


@facts
class Inhabitants(models.Model):
    """Inhabitants of a municipality on 1 January, by CBS; the base of the statutory formula."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="inhabitants"
    )
    on = models.DateField(_("on"))
    number = models.PositiveIntegerField(_("inhabitants"))
    source = models.CharField(_("source"), max_length=200)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    class Meta:
        verbose_name = _("inhabitants")
        verbose_name_plural = _("inhabitants")
        constraints = [
            choice_check("certainty", Certainty, name="inhabitants_certainty_known"),
            models.UniqueConstraint(
                fields=["municipality", "on"], name="inhabitants_once_per_date"
            ),
        ]

    def __str__(self):
        return f"{self.municipality} {self.on:%Y}: {self.number}"


@facts
class Succession(models.Model):
    """Who became whom: ``share`` of the predecessor's addresses passed on ``date`` (Wet arhi)."""

    predecessor = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="successions_from"
    )
    successor = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="successions_to"
    )
    date = models.DateField(_("date"))
    share = models.DecimalField(_("share of the addresses"), max_digits=7, decimal_places=6)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "date"], name="succession_once"
            ),
            models.CheckConstraint(
                name="succession_share_between_0_and_1",
                condition=Q(share__gt=0, share__lte=1),
                violation_error_message=_("A share lies between 0 and 1."),
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"


class VillageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(region__in=user.reach.region_ids)


@facts
class Village(models.Model):
    """A village (kern); ``VillageBelonging`` says which municipality it lies in, and when."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="villages")
    name = models.CharField(_("name"), max_length=60)
    postcode4 = models.CharField(_("postcode area"), max_length=4)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    inhabitants_on = models.DateField(_("inhabitants on"), null=True, blank=True)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="village_once_per_region")
        ]

    def __str__(self):
        return self.name


class VillageFacilityQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(village__in=Village.objects.visible_to(user))


@facts
class VillageFacility(models.Model):
    """How far a facility is from a village, in kilometres; 0 is in the village itself."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="facilities")
    kind = models.CharField(_("facility"), max_length=20, choices=FacilityKind)
    distance_km = models.DecimalField(_("distance in km"), max_digits=4, decimal_places=1)
    source = models.CharField(_("source"), max_length=200)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = VillageFacilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("facility near a village")
        verbose_name_plural = _("facilities near villages")
        ordering = ["village", "kind"]
        constraints = [
            choice_check("kind", FacilityKind, name="facility_kind_known"),
            choice_check("certainty", Certainty, name="facility_certainty_known"),
            models.UniqueConstraint(fields=["village", "kind"], name="facility_once_per_village"),
            models.CheckConstraint(
                name="facility_distance_not_negative", condition=Q(distance_km__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.village}: {self.get_kind_display()}"


@facts
class VillageBelonging(models.Model):
    """The municipality a village lies in during a period."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="belongings")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="village_belongings"
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("municipality of a village")
        verbose_name_plural = _("municipalities of villages")
        constraints = [
            in_order("valid_from", "valid_to", name="belonging_period_in_order"),
            no_overlap(
                name="village_in_one_municipality_at_a_time",
                fields=["village"],
                start="valid_from",
                end="valid_to",
                message=_("A village lies in one municipality at a time."),
            ),
        ]

    def __str__(self):
        return f"{self.village} ({self.municipality})"
