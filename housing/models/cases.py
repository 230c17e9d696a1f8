"""Cases: households that COA links to a municipality, the persons in them and what they need.

Of a person the least is kept that a page needs: ``data/national/personal_fields.csv`` tells why.
Names, birth dates, numbers and contact details are sealed (``westerkwartier.web.sealed``).
"""

from datetime import date

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    ENDED,
    OPEN_CASES,
    SEARCHING,
    STILL_EXPECTED,
    CaseStatus,
    Departure,
    PersonCategory,
    PreferenceReason,
    Relation,
    ReunionState,
    Sex,
)
from housing.models import erased
from housing.models.reasons import FunctionalNeed
from partners.choices import Role
from partners.models import Municipality, Organisation, Region, User, Village, VillageBelonging
from westerkwartier.web.blind import BlindTokensField
from westerkwartier.web.history import facts, kept_by_triggers
from westerkwartier.web.models import choice_check, in_order, together
from westerkwartier.web.sealed import SealedDateField, SealedTextField

OPEN = sorted(status.value for status in OPEN_CASES)
GONE = sorted(status.value for status in ENDED)


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The coordinator sees the region; an officer the households linked to or housed in the
        own municipality; the corporation those for whom one of its dwellings was proposed; a
        guidance worker those that the own organisation guides, once there is a dwelling."""
        return self.filter(self._seen_by(user, lambda proposals: proposals.current()))

    def known_to(self, user):
        """Of the households that ``user`` sees those of whom they know more than that a dwelling
        was proposed: a corporation has agreed to it."""
        return self.filter(self._seen_by(user, lambda proposals: proposals.agreed()))

    def _seen_by(self, user, told_to_corporation) -> Q:
        from housing.models.proposals import Proposal

        reach = user.reach
        staff = reach.organisations_as(Role.CORPORATION_STAFF)
        guidance = reach.organisations_as(Role.GUIDANCE_WORKER)
        found = self._handled_by(user)
        if staff:
            found |= Exists(
                told_to_corporation(Proposal.objects).filter(
                    case=OuterRef("pk"), vacancy__dwelling__corporation__in=staff
                )
            )
        if guidance:
            found |= Q(guidance__in=guidance) & Exists(
                Proposal.objects.current().accepted().filter(case=OuterRef("pk"))
            )
        return found

    def handled_by(self, user):
        """Of the households that ``user`` sees those of a coordinator or an officer."""
        return self.filter(self._handled_by(user))

    def _handled_by(self, user) -> Q:
        from housing.models.placing import Tenancy

        reach = user.reach
        officer = reach.organisations_as(Role.MUNICIPAL_OFFICER)
        found = Q(region__in=reach.regions_as(Role.COORDINATOR))
        if officer:
            lives_there = VillageBelonging.objects.filter(
                village=OuterRef("dwelling__village"),
                municipality__organisation__in=officer,
                valid_from__lte=OuterRef("starts_on"),
            ).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("starts_on")))
            found |= Q(linked_municipality__organisation__in=officer) | Exists(
                Tenancy.objects.filter(Exists(lives_there), case=OuterRef("pk"))
            )
        return found

    def open(self):
        """Households for whom something is still to be done before they count."""
        return self.filter(status__in=OPEN)

    def searching(self):
        """Households for whom a dwelling is still to be found."""
        return self.filter(status__in=SEARCHING)

    def housed_or_open(self):
        """Households that wait, or live in the dwelling they got: all but those that ended
        without one."""
        return self.filter(
            status__in=[*OPEN, CaseStatus.SIGNED_OFF, CaseStatus.CLOSED], erased_on=None
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


@facts(erased=erased.of_case("OLD.pgh_obj_id"))
class Case(models.Model):
    """A household, from COA's link on. Reference: as COA gives it, without personal data.

    ``status`` and ``status_since`` repeat what the newest step says; triggers keep them. The
    bedrooms the household needs are reckoned anew at each change and birthday: ``bedrooms_now``
    for who is here, ``bedrooms_later`` with the family who follow. ``bedrooms_by_hand`` goes
    before both and is never overwritten; ``by_hand_for`` is what was reckoned when it was set, so
    that a later difference shows.

    ``erased_on``: the day on which everything personal was deleted, by rule
    (``services.retention``). What is left keeps the figures of the past: which municipality, since
    when, who counted.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(_("reference"), max_length=20)
    linked_municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="linked_cases",
        verbose_name=_("linked municipality"),
    )
    linked_on = models.DateField(_("linked on"))
    permit_on = models.DateField(_("permit of"), null=True, blank=True)
    unlinked_on = models.DateField(_("unlinked on"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=CaseStatus,
        default=CaseStatus.LINKED,
        editable=False,
    )
    status_since = models.DateField(_("since"), editable=False, null=True)
    handler = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("handled by"),
    )
    guidance = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="guided_cases",
        null=True,
        blank=True,
        verbose_name=_("guided by"),
    )
    bedrooms_now = models.PositiveSmallIntegerField(
        _("bedrooms needed now"), null=True, blank=True, editable=False
    )
    bedrooms_later = models.PositiveSmallIntegerField(
        _("bedrooms needed with the family who follow"), null=True, blank=True, editable=False
    )
    bedrooms_by_hand = models.PositiveSmallIntegerField(
        _("bedrooms needed, by hand"), null=True, blank=True
    )
    by_hand_for = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="absorbed", null=True, blank=True
    )
    illustrative = models.BooleanField(_("illustrative"), default=False)
    erased_on = models.DateField(
        _("personal data deleted on"), null=True, blank=True, editable=False
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["linked_on", "pk"]
        constraints = [
            in_order("linked_on", "unlinked_on", name="case_link_in_order"),
            in_order("permit_on", "linked_on", name="case_permit_before_link"),
            choice_check("status", CaseStatus, name="case_status_known"),
            models.CheckConstraint(
                name="case_erased_only_when_ended",
                condition=Q(erased_on__isnull=True) | Q(status__in=GONE),
            ),
            in_order("status_since", "erased_on", name="case_erased_after_the_end"),
            models.UniqueConstraint(
                fields=["region", "reference"],
                name="case_reference_once",
                violation_error_message=_("There is already a case with this reference."),
            ),
            models.CheckConstraint(
                name="case_bedrooms_positive",
                condition=Q(bedrooms_by_hand__isnull=True)
                | Q(bedrooms_by_hand__gte=1, bedrooms_by_hand__lte=20),
                violation_error_message=_("A household needs 1 to 20 bedrooms."),
            ),
            models.CheckConstraint(
                name="case_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "linked_on"], name="case_linked"),
            models.Index(
                fields=["linked_on", "id"], condition=Q(status__in=OPEN), name="case_list_open"
            ),
            models.Index(fields=["linked_on", "id"], name="case_list_linked"),
            models.Index(fields=["status", "linked_on", "id"], name="case_list_status"),
            models.Index(
                fields=["status_since", "id"],
                condition=Q(status__in=GONE, erased_on__isnull=True),
                name="case_to_erase",
            ),
        ]
        triggers = [
            kept_by_triggers(
                "status",
                "status_since",
                first={"status": f"'{CaseStatus.LINKED}'", "status_since": "NEW.linked_on"},
            ),
            pgtrigger.Protect(
                name="erased_for_good",
                operation=pgtrigger.UpdateOf("erased_on"),
                condition=pgtrigger.Q(old__erased_on__isnull=False)
                & pgtrigger.Q(old__erased_on__df=pgtrigger.F("new__erased_on")),
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_CASES

    @property
    def bedrooms(self) -> int | None:
        """What is asked of a dwelling: by hand, else with the family who follow, else now."""
        return self.bedrooms_by_hand or self.bedrooms_later or self.bedrooms_now

    @property
    def by_hand_outdated(self) -> bool:
        """Whether the household changed since its bedrooms were set by hand."""
        return self.bedrooms_by_hand is not None and self.by_hand_for != self.bedrooms_later


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

    def here(self):
        """Part of the household and in the country: neither expected nor gone."""
        return self.filter(
            ~Q(category=PersonCategory.REUNIFIER) | Q(arrived_on__isnull=False), left_on=None
        )

    def expected(self):
        """Reunifiers for whom room is kept: not arrived yet, neither refused nor lapsed."""
        return self.filter(
            category=PersonCategory.REUNIFIER,
            arrived_on__isnull=True,
            left_on=None,
            reunion__in=STILL_EXPECTED,
        )


@facts(
    exclude=["name_tokens", "number_tokens"],  # they follow from what is kept
    # Of the household where the line was written, or of the one that the person came to since.
    erased=f"{erased.of_case()} OR {erased.of_person('OLD.pgh_obj_id')}",
)
class Person(models.Model):
    """Somebody in a household. Counts once, for one municipality, on one date.

    Name, birth date, V-number and contact are sealed; ``name_tokens`` and ``number_tokens`` find
    somebody by an exact part of the name or the whole number. Name what you write
    (``update_fields``): a sealed value that is saved again looks changed.

    ``counted_on`` and ``credited_municipality`` repeat what the newest counting says; triggers
    keep them. The municipality credited need not be the one linked, nor the one lived in.
    ``sex`` is asked only of children, for sharing a bedroom. ``reunion`` repeats the newest fact
    about somebody who follows; a trigger keeps it too.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="persons")
    category = models.CharField(_("category"), max_length=10, choices=PersonCategory)
    relation = models.CharField(
        _("relation"), max_length=8, choices=Relation, default=Relation.HOLDER
    )
    name = SealedTextField(_("name"), label="person.name", max_length=120, blank=True)
    name_tokens = BlindTokensField(label="person.name", of="name", kind="name")
    birth_date = SealedDateField(
        _("date of birth"), label="person.birth_date", null=True, blank=True
    )
    v_number = SealedTextField(_("V-number"), label="person.v_number", max_length=20, blank=True)
    number_tokens = BlindTokensField(label="person.v_number", of="v_number", kind="number")
    contact = SealedTextField(
        _("phone or e-mail"), label="person.contact", max_length=120, blank=True
    )
    sex = models.CharField(_("girl or boy"), max_length=1, choices=Sex, blank=True)
    reunion = models.CharField(
        _("reunification"), max_length=16, choices=ReunionState, blank=True, editable=False
    )
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)
    left_on = models.DateField(_("left the household on"), null=True, blank=True)
    left_because = models.CharField(_("left because"), max_length=10, choices=Departure, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True, editable=False)
    credited_municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="credited_persons",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("counts for"),
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            choice_check("category", PersonCategory, name="person_category_known"),
            # Empty once it was erased; everybody else is somebody to the holder.
            choice_check("relation", Relation, name="person_relation_known", blank=True),
            choice_check("sex", Sex, name="person_sex_known", blank=True),
            choice_check("reunion", ReunionState, name="person_reunion_known", blank=True),
            choice_check("left_because", Departure, name="person_departure_known", blank=True),
            models.CheckConstraint(
                name="person_sex_of_children_only",
                condition=Q(sex="") | Q(relation=Relation.CHILD),
                violation_error_message=_("This is asked of children only."),
            ),
            models.CheckConstraint(
                name="person_left_with_reason",
                condition=Q(left_on__isnull=True, left_because="")
                | Q(left_on__isnull=False) & ~Q(left_because=""),
                violation_error_message=_("Who left has a day and a reason."),
            ),
            models.CheckConstraint(
                name="person_only_reunifiers_follow",
                condition=Q(reunion="") | Q(category=PersonCategory.REUNIFIER),
            ),
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
            ),
            GinIndex(fields=["name_tokens"], name="person_by_name"),
            GinIndex(fields=["number_tokens"], name="person_by_number"),
        ]
        triggers = [
            kept_by_triggers(
                "counted_on",
                "credited_municipality_id",
                "reunion",
                first={
                    "counted_on": "NULL",
                    "credited_municipality_id": "NULL",
                    "reunion": "''",
                },
                unless="NEW.reunion = '' AND NEW.counted_on IS NOT DISTINCT FROM OLD.counted_on "
                "AND NEW.credited_municipality_id IS NOT DISTINCT FROM "
                f"OLD.credited_municipality_id AND {erased.of_case('NEW.case_id')}",
            )
        ]

    def __str__(self):
        return f"{self.case} · {self.get_category_display()}"

    @property
    def is_expected(self) -> bool:
        """As ``PersonQuerySet.expected`` says it."""
        return (
            self.category == PersonCategory.REUNIFIER
            and self.arrived_on is None
            and self.left_on is None
            and self.reunion in STILL_EXPECTED
        )


class OfCase(models.QuerySet):
    """Rows that belong to a case and are seen with it."""

    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


@facts(erased=erased.of_case())
class CaseNeed(models.Model):
    """Something that a household needs of its dwelling: what it must be able to do, not why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needs")
    need = models.ForeignKey(
        FunctionalNeed, on_delete=models.PROTECT, related_name="+", verbose_name=_("need")
    )

    objects = OfCase.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["need__label_nl"]
        constraints = [models.UniqueConstraint(fields=["case", "need"], name="case_need_once")]

    def __str__(self):
        return str(self.need)


@facts(erased=erased.of_case())
class CasePreference(models.Model):
    """Where a household would like to live and why; a wish, never a right."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="preferences")
    reason = models.CharField(_("because of"), max_length=10, choices=PreferenceReason)
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="+", verbose_name=_("village")
    )

    objects = OfCase.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["village__name"]
        constraints = [
            choice_check("reason", PreferenceReason, name="preference_reason_known"),
            models.UniqueConstraint(
                fields=["case", "reason", "village"], name="case_preference_once"
            ),
        ]

    def __str__(self):
        return f"{self.village} ({self.get_reason_display()})"
