"""The main menu and what every page knows: role, date of a demonstration, languages."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from housing.policies import (
    can_list_cases,
    can_list_differences,
    can_list_dwellings,
    can_list_family,
    can_list_mentions,
    can_list_proposals,
    can_list_tasks,
    can_list_vacancies,
    can_open_inbox,
)
from partners.policies import (
    can_list_imports,
    can_list_measures,
    can_list_memberships,
    can_list_partners,
)
from quota.policies import can_view_overview, can_view_share
from reports.policies import can_list_runs
from westerkwartier import __version__

Entry = tuple[str, object, Callable]  # name of the address, label, who may

# An entry of the main menu, and the entries of the second row that its pages share.
MENU: list[tuple[Entry, list[Entry]]] = [
    (("today", _("Today"), lambda user: True), []),
    (
        ("quota:overview", _("Region"), can_view_overview),
        [
            ("quota:overview", _("Quota"), can_view_overview),
            ("quota:share", _("Share of dwellings"), can_view_share),
            ("quota:dispersal", _("Dispersal"), can_view_share),
            ("covenant:measure_list", _("Measures"), can_list_measures),
            ("cases:difference_list", _("Differences with COA"), can_list_differences),
        ],
    ),
    (
        ("cases:case_list", _("Households"), can_list_cases),
        [
            ("cases:case_list", _("Households"), can_list_cases),
            ("cases:family_list", _("Family who follow"), can_list_family),
            ("cases:task_list", _("My tasks"), can_list_tasks),
            ("cases:mention_list", _("Asked of me"), can_list_mentions),
            ("proposals:board", _("Proposals"), can_list_proposals),
        ],
    ),
    (
        ("housing:vacancy_list", _("Dwellings"), can_list_vacancies),
        [
            ("housing:inbox", _("To judge"), can_open_inbox),
            ("housing:vacancy_list", _("Vacated dwellings"), can_list_vacancies),
            ("housing:dwelling_list", _("All dwellings"), can_list_dwellings),
            ("housing:empty_days", _("Empty days"), can_list_vacancies),
            ("imports:batch_list", _("Import"), can_list_imports),
        ],
    ),
    (("reports:run_list", _("Reports"), can_list_runs), []),
    (("partners:partner_list", _("Partners"), can_list_partners), []),
    (("partners:membership_list", _("People"), can_list_memberships), []),
]


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool


def page(request) -> dict:
    """Context processor: ``navigation``, ``subnavigation``, ``clock_date``, ``version`` and
    ``own_memberships``. A second row with one entry is no choice, so it is left out."""
    user = getattr(request, "user", None)
    context = {
        "clock_date": settings.CLOCK,
        "demo": settings.DEMO,
        "version": __version__,
        "navigation": [],
        "subnavigation": [],
    }
    if user is None or not user.is_authenticated:
        return context
    context["own_memberships"] = user.reach.memberships
    menu = [(item(entry), allowed(user, below)) for entry, below in MENU if entry[2](user)]
    entries = [one.url for top, below in menu for one in [top, *below]]
    here = longest(place_of(request), entries)
    for top, below in menu:
        inside = here in {top.url, *(one.url for one in below)}
        context["navigation"].append(replace(top, current=inside))
        if inside and len(below) > 1:
            context["subnavigation"] = [replace(one, current=one.url == here) for one in below]
    return context


def place_of(request) -> str:
    """Where in the menu a page belongs: its own address, or the list that its view names in
    ``menu`` where the address does not begin with that."""
    match = request.resolver_match
    named = getattr(getattr(match and match.func, "view_class", None), "menu", "")
    return reverse(named) if named else request.path


def allowed(user, entries: list[Entry]) -> list[MenuItem]:
    return [item(entry) for entry in entries if entry[2](user)]


def item(entry: Entry) -> MenuItem:
    name, label, _may = entry
    return MenuItem(label, reverse(name), current=False)


def longest(path: str, urls: list[str]) -> str:
    """The address that is the longest part of ``path``; the start page is only itself."""
    parts = [url for url in urls if path.startswith(url) and (url != "/" or path == "/")]
    return max(parts, key=len, default="")
