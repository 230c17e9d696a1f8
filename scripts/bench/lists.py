"""What is measured of the lists: which pages, and what they are held against."""

from collections.abc import Callable

from django.db import connections
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from housing.views.register import DwellingListView
from housing.views.vacancies import VacancyListView
from partners.models import Municipality
from scripts.bench.fill import COMMON, RARE
from scripts.bench.site import Site

# One query by hand that brings the rows of the first page, as somebody would write it in psql.
ROWS = """
SELECT v.id, v.available_from, v.net_rent, v.state, v.verdict, d.street, d.number, d.addition,
    d.kind, d.bedrooms, village.name, municipality.name
FROM housing_vacancy v
JOIN housing_dwelling d ON d.id = v.dwelling_id
JOIN partners_village village ON village.id = d.village_id
LEFT JOIN partners_villagebelonging b ON b.village_id = village.id
    AND b.valid_from <= %(on)s AND (b.valid_to IS NULL OR b.valid_to > %(on)s)
LEFT JOIN partners_municipality municipality ON municipality.id = b.municipality_id
WHERE village.region_id = 1
ORDER BY v.available_from DESC, v.id DESC LIMIT 50
"""
FILTERS = {
    "no filter": "",
    "verdict": "verdict=awaiting",
    "state": "state=open",
    "municipality": "municipality={municipality}",
    "street, found often": f"q={COMMON}",
    "street, found seldom": f"q={RARE}",
}
PLACES = ("first", "middle", "last")
FIGURES = {
    "start page": "today",
    "region overview": "quota:overview",
    "reports": "reports:run_list",
}


def list_cases(sites: list[Site]) -> list[dict[tuple, Callable[[], str]]]:
    """(filter, place, rows) → the page of the list of vacated dwellings; a group per page."""
    groups: dict[tuple, dict] = {(label, place): {} for label in FILTERS for place in PLACES}
    for site in sites:
        site.use()
        municipality = Municipality.objects.get(cbs_code="GM0025").pk
        for label, pattern in FILTERS.items():
            params = pattern.format(municipality=municipality)
            pages = site.pages(VacancyListView, "housing:vacancy_list", params)
            for place in PLACES:
                groups[label, place][label, place, site.rows] = site.ask(pages[place])
    return list(groups.values())


def figure_cases(sites: list[Site]) -> list[dict[tuple, Callable[[], str]]]:
    """(page, rows) → a page whose figures are counted from the facts; a group per page."""
    return [
        {(label, site.rows): site.ask(reverse(name)) for site in sites}
        for label, name in FIGURES.items()
    ]


def others(site: Site, on) -> dict[str, Callable[[], object]]:
    """What the first page is held against, on the same database."""
    admin = reverse("admin:housing_vacancy_changelist")

    def rows() -> list[tuple]:
        site.use()
        with connections["default"].connection.cursor() as cursor:
            return cursor.execute(ROWS, {"on": on}).fetchall()

    page = site.ask(reverse("housing:vacancy_list"))
    return {"page": page, "rows": rows, "hello": site.ask("/hello/"), "admin": site.ask(admin)}


def same_rows(acts: dict[str, Callable[[], object]]) -> None:
    """Holds that the three really show the same dwellings."""
    page, rows, admin = acts["page"](), acts["rows"](), acts["admin"]()
    for row in rows:
        address = f">{row[5]} {row[6]}{row[7]}<"
        if address not in page or address not in admin:
            raise RuntimeError(f"{address} is not on every page that is compared")


def query_counts(site: Site) -> dict[str, int]:
    """Statements per page, by the title of the list."""
    counts = {}
    for view, name in (
        (VacancyListView, "housing:vacancy_list"),
        (DwellingListView, "housing:dwelling_list"),
    ):
        with translation.override("en"):
            title = str(view.title)
        counts[title] = site.queries(reverse(name))
        site.use()
        after = site.pages(view, name, QueryDict("").urlencode())["middle"]
        counts[f"{title}, halfway"] = site.queries(after)
    with translation.override("en"):
        counts["To judge"] = site.queries(reverse("housing:inbox"))
    return counts
