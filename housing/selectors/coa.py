"""What COA counts beside what we count, by municipality."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from housing.arithmetic import HalfYear
from housing.choices import StatementAbout
from housing.models import CoaStatement, Person
from partners.choices import Role
from partners.models import Municipality, User


@dataclass(frozen=True)
class CountedPersons:
    """Persons who count in a half-year for one municipality, here and by COA's sign-offs.

    ``theirs`` is None as long as COA told of no sign-off there. ``links_on`` and ``sign_offs_on``
    are the days of its newest files.
    """

    municipality: str
    ours: int
    theirs: int | None
    links_on: date | None
    sign_offs_on: date | None

    @property
    def difference(self) -> int | None:
        return None if self.theirs is None else self.ours - self.theirs


def own_municipalities(user: User):
    """Those of which somebody sees the differences: the coordinator all of the region's."""
    reach = user.reach
    return Municipality.objects.filter(
        region__in=reach.regions_as(Role.COORDINATOR)
    ) | Municipality.objects.filter(organisation__in=reach.organisations_as(Role.MUNICIPAL_OFFICER))


def counted_persons(user: User, *, half_year: HalfYear) -> list[CountedPersons]:
    """Both counts for each municipality that existed in the half-year. One query."""
    spoken = CoaStatement.objects.filter(municipality=OuterRef("pk")).order_by()
    offs, links = (
        spoken.filter(about=about) for about in (StatementAbout.SIGN_OFF, StatementAbout.LINK)
    )
    ours = Person.objects.counted(start=half_year.start, end=half_year.end)
    theirs = offs.filter(on__gte=half_year.start, on__lte=half_year.end)

    def one(rows, group: str, aggregate):
        return Subquery(rows.values(group).annotate(n=aggregate).values("n"))

    own = own_municipalities(user).filter(valid_from__lte=half_year.end)
    found = own.exclude(valid_to__lte=half_year.start).annotate(
        ours=Coalesce(
            one(
                ours.filter(credited_municipality=OuterRef("pk")).order_by(),
                "credited_municipality",
                Count("pk"),
            ),
            0,
            output_field=IntegerField(),
        ),
        theirs=one(theirs, "municipality", Sum("persons")),
        links_on=one(links, "municipality", Max("reported_on")),
        sign_offs_on=one(offs, "municipality", Max("reported_on")),
        told=Exists(offs),
    )
    return [
        CountedPersons(
            municipality=row.name,
            ours=row.ours,
            theirs=(row.theirs or 0) if row.told else None,
            links_on=row.links_on,
            sign_offs_on=row.sign_offs_on,
        )
        for row in found.order_by("name")
    ]
