"""Family who follow: who they are, how far they have come, and what asks attention.

What asks attention is reckoned in SQL, so that lists filter and sort by it: the columns ``alarm``
(a ``ReunionAlarm`` or empty) and ``alarm_on`` (since when), beside ``told_on`` (the newest fact).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from housing.choices import (
    ENDED,
    NOT_COMING,
    STILL_EXPECTED,
    CaseStatus,
    PersonCategory,
    ReunionAlarm,
    ReunionState,
    TermCode,
)
from housing.models import (
    BedroomNorm,
    Case,
    DwellingCheck,
    Occupancy,
    Person,
    ReunionFact,
    Tenancy,
    Term,
)
from housing.selectors.cases import WITHIN_DAYS
from partners.models import Region

NOT_OURS = tuple(status for status in ENDED if status != CaseStatus.CLOSED)


def running_tenancy(case: Case, *, on: date) -> Tenancy | None:
    """The tenancy that a household has on ``on``, also when it has yet to begin."""
    return (
        Tenancy.objects.filter(running(on), case=case)
        .select_related("dwelling__village", "vacancy__dwelling__village")
        .order_by("starts_on")
        .last()
    )


def running(on: date) -> Q:
    """Tenancies signed by ``on`` that have not ended by then."""
    return Q(signed_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def followers(user) -> QuerySet[Person]:
    """Family who follow the households that ``user`` handles, and do not live with them.

    Those who joined or moved in with the household are no longer followers; those who were refused
    or do not come any more still are, until they are taken out of the household.
    """
    return _following(Person.objects.filter(case__in=Case.objects.handled_by(user)))


def _following(persons: QuerySet[Person]) -> QuerySet[Person]:
    return persons.filter(
        ~Exists(Occupancy.objects.filter(person=OuterRef("pk"))),
        category=PersonCategory.REUNIFIER,
        left_on=None,
        counted_on=None,
    ).exclude(case__status__in=NOT_OURS)


def watched(persons: QuerySet[Person], *, on: date) -> QuerySet[Person]:
    """Adds ``told_on``, ``checked``, ``alarm`` and ``alarm_on`` to followers.

    ``alarm`` is the most urgent one: arrived where the household rents a dwelling, not joined
    (since the arrival); expected within the term for the check and not checked (since the term
    began); not coming while the dwelling has more bedrooms than who is left needs (since that
    fact); nothing heard for longer than the term, unless the expected day is still to come.
    """
    persons = persons.annotate(told_on=_told_on(), checked=_checked()).alias(
        rented_bedrooms=_rented("dwelling__bedrooms", on),
        needed_bedrooms=_needed(on),
        check_from=_days(F("expected_on") - _term(TermCode.REUNION_CHECK, on)),
        silent_from=_days(
            Coalesce(_told_on(), "case__linked_on") + _term(TermCode.REUNION_SILENT, on)
        ),
    )
    return persons.annotate(
        alarm=Choose(
            *(When(wrong, then=Value(alarm.value)) for alarm, wrong, _since in _reasons(on)),
            default=Value(""),
            output_field=CharField(),
        ),
        alarm_on=Choose(
            *(When(wrong, then=F(since)) for _alarm, wrong, since in _reasons(on)),
            default=None,
            output_field=DateField(),
        ),
    )


def _reasons(on: date) -> list[tuple[ReunionAlarm, Q, str]]:
    """Alarm, when it holds, the column that says since when; the first that holds counts.

    Where a term is not known its columns are empty, and nothing is late.
    """
    coming = Q(arrived_on__isnull=True, reunion__in=STILL_EXPECTED)
    awaited = Q(expected_on__isnull=True) | Q(expected_on__lt=on)
    return [
        (
            ReunionAlarm.NOT_JOINED,
            Q(arrived_on__lte=on, rented_bedrooms__isnull=False),
            "arrived_on",
        ),
        (ReunionAlarm.UNCHECKED, coming & Q(check_from__lte=on, checked=False), "check_from"),
        (
            ReunionAlarm.TOO_LARGE,
            Q(reunion__in=NOT_COMING, rented_bedrooms__gt=F("needed_bedrooms")),
            "told_on",
        ),
        (ReunionAlarm.SILENT, coming & awaited & Q(silent_from__lt=on), "silent_from"),
    ]


def _term(code: TermCode, on: date) -> ExpressionWrapper:
    """The length of a term in force on ``on``; NULL where none is known."""
    weeks = Term.objects.on(on).filter(code=code).values("weeks")[:1]
    return ExpressionWrapper(
        Subquery(weeks, output_field=IntegerField())
        * Value(timedelta(weeks=1), output_field=DurationField()),
        output_field=DurationField(),
    )


def _days(moment) -> Cast:
    """PostgreSQL makes a timestamp of a day and an interval."""
    return Cast(ExpressionWrapper(moment, output_field=DateTimeField()), DateField())


def _told_on() -> Subquery:
    """The day of the newest fact about somebody."""
    facts = ReunionFact.objects.standing().filter(person=OuterRef("pk")).order_by("-pk")
    return Subquery(facts.values("on")[:1])


def _checked() -> Exists:
    """Whether the dwelling check is complete, for a tenancy that has not ended."""
    return Exists(
        DwellingCheck.objects.filter(
            person=OuterRef("pk"),
            approved_on__isnull=False,
            registered=True,
            number_present=True,
            mvv=True,
            tenancy__ends_on__isnull=True,
        )
    )


def _rented(field: str, on: date) -> Subquery:
    """A field of the tenancy that the household has on ``on``."""
    found = Tenancy.objects.filter(running(on), case=OuterRef("case")).order_by("-starts_on")
    return Subquery(found.values(field)[:1])


def _needed(on: date) -> Coalesce:
    """Bedrooms for who is here and who is still expected: as the case says, else by the norm."""
    size = (
        (Person.objects.here() | Person.objects.expected())
        .filter(case=OuterRef(OuterRef("case")))
        .order_by()
        .values("case")
        .annotate(persons=Count("pk"))
        .values("persons")
    )
    norm = (
        BedroomNorm.objects.on(on)
        .filter(persons_from__lte=Subquery(size, output_field=IntegerField()))
        .order_by("-persons_from")
    )
    by_hand = Choose(
        When(case__by_hand_for=F("case__bedrooms_later"), then=F("case__bedrooms_by_hand")),
        default=None,
        output_field=IntegerField(),
    )
    return Coalesce(by_hand, "case__bedrooms_later", Subquery(norm.values("bedrooms")[:1]))


@dataclass(frozen=True)
class FamilyDue:
    """Family of one household who ask attention for the same reason (``alarm``, and since when at
    the earliest), or are expected within three months (``alarm`` empty)."""

    case_id: int
    reference: str
    alarm: str
    persons: int
    since: date | None
    due_on: date | None


def due_family(user, region: Region, *, on: date) -> list[FamilyDue]:
    """Of the households of a region that ``user`` handles, by household and reason, the first due
    in front. One query.

    Due is: the arrival, for a dwelling check and for the arrival itself; the day since when it asks
    attention, for family not joined or of whom nothing was heard; nothing for a dwelling that is
    too large now.
    """
    rows = watched(followers(user).filter(case__region=region), on=on).alias(
        due=Choose(
            When(alarm=ReunionAlarm.TOO_LARGE, then=None),
            When(alarm__in=[ReunionAlarm.NOT_JOINED, ReunionAlarm.SILENT], then=F("alarm_on")),
            default=F("expected_on"),
            output_field=DateField(),
        )
    )
    soon = Q(
        arrived_on=None,
        reunion__in=STILL_EXPECTED,
        expected_on__lte=on + timedelta(days=WITHIN_DAYS),
    )
    found = (
        rows.filter(~Q(alarm="") | soon)
        .order_by()
        .values("case_id", "case__reference", "alarm")
        .annotate(persons=Count("pk"), since=Min("alarm_on"), due_on=Min("due"))
        .order_by(F("due_on").asc(nulls_last=True), "case_id")
    )
    return [FamilyDue(reference=row.pop("case__reference"), **row) for row in found]


@dataclass(frozen=True)
class AlarmCount:
    """How many persons and households share a reason for attention, and since when at the
    earliest."""

    alarm: ReunionAlarm
    persons: int
    households: int
    since: date


def alarm_counts(family: list[FamilyDue]) -> list[AlarmCount]:
    """What asks attention, by reason, the most urgent first; ``family`` as from ``due_family``."""
    by_alarm: dict[str, list[FamilyDue]] = {}
    for one in family:
        by_alarm.setdefault(one.alarm, []).append(one)
    return [
        AlarmCount(
            alarm,
            persons=sum(one.persons for one in rows),
            households=len(rows),
            since=min(one.since for one in rows),
        )
        for alarm in ReunionAlarm
        if (rows := by_alarm.get(alarm.value))
    ]


def family_of(case: Case, *, on: date) -> list[Person]:
    """Everybody of a household who follows or followed, with check and alarm; in order of entry.

    Each has ``told`` (the facts that stand, in order). Three queries.
    """
    following = set(_following(case.persons.all()).values_list("pk", flat=True))
    persons = watched(case.persons.filter(category=PersonCategory.REUNIFIER), on=on)
    persons = list(persons.select_related("dwelling_check__approved_by").order_by("pk"))
    facts: dict[int, list[ReunionFact]] = {}
    for fact in ReunionFact.objects.standing().filter(person__case=case).order_by("pk"):
        facts.setdefault(fact.person_id, []).append(fact)
    for person in persons:
        person.case = case
        person.told = facts.get(person.pk, [])
        person.follows = person.pk in following
        if not person.follows:
            person.alarm, person.alarm_on = "", None
    return persons


def could_join(case: Case) -> QuerySet[Person]:
    """Family who arrived and does not live with the household."""
    return _following(case.persons.filter(arrived_on__isnull=False)).order_by("pk")


def joined_uncounted(case: Case) -> QuerySet[Person]:
    """Family who joined and does not count yet."""
    return joined(case).filter(counted_on=None)


def joined(case: Case) -> QuerySet[Person]:
    """Family who joined the tenancy and has not left."""
    return case.persons.filter(
        category=PersonCategory.REUNIFIER, reunion=ReunionState.JOINED, left_on=None
    ).order_by("pk")
