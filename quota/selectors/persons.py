"""The persons behind a figure, without names, and the three municipalities each may have."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from housing.models import Occupancy, Person
from partners.models import Municipality, Region, VillageBelonging
from quota.models import QuotaPeriod


def realised_persons(
    user, region: Region, *, period: QuotaPeriod, on: date, credited: str = ""
) -> QuerySet:
    """The persons that ``region_overview`` counts, as far as ``user`` may see them; newest first.

    ``credited`` is the CBS code of the municipality for which they count. Adds ``reference``,
    ``credited_name`` and ``linked_name``.
    """
    persons = (
        Person.objects.visible_to(user)
        .counted(start=period.starts_on, end=min(on, period.ends_on))
        .filter(
            Q(credited_municipality__valid_to__isnull=True)
            | Q(credited_municipality__valid_to__gt=period.starts_on),
            credited_municipality__region=region,
            credited_municipality__valid_from__lte=period.ends_on,
        )
        .annotate(
            reference=F("case__reference"),
            credited_name=F("credited_municipality__name"),
            linked_name=F("case__linked_municipality__name"),
        )
    )
    if credited:
        persons = persons.filter(credited_municipality__cbs_code=credited)
    return persons.order_by("-counted_on", "-pk")


@dataclass(frozen=True)
class CountsByRole:
    """Persons counted in a period, by what a municipality is to them; the three need not agree."""

    credited: int
    linked: int
    housed: int


def counts_by_role(municipality: Municipality, *, period: QuotaPeriod, on: date) -> CountsByRole:
    """Of the persons counted in the region in ``period`` up to ``on``: for whom, linked to whom,
    living where on the day they counted. One query.
    """
    lives_here = Occupancy.objects.filter(
        Q(moved_out_on__isnull=True) | Q(moved_out_on__gt=OuterRef("counted_on")),
        Exists(
            VillageBelonging.objects.filter(
                Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef(OuterRef("counted_on"))),
                village=OuterRef("tenancy__dwelling__village"),
                municipality=municipality,
                valid_from__lte=OuterRef(OuterRef("counted_on")),
            )
        ),
        person=OuterRef("pk"),
        moved_in_on__lte=OuterRef("counted_on"),
    )
    found = (
        Person.objects.counted(start=period.starts_on, end=min(on, period.ends_on))
        .filter(case__region=municipality.region_id)
        .annotate(lives_here=Exists(lives_here))
        .aggregate(
            credited=Count("pk", filter=Q(credited_municipality=municipality)),
            linked=Count("pk", filter=Q(case__linked_municipality=municipality)),
            housed=Count("pk", filter=Q(lives_here=True)),
        )
    )
    return CountsByRole(**found)
