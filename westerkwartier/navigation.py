"""The main menu and what every page knows: role, date of a demonstration, languages."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from housing.policies import can_list_vacancies
from partners.policies import can_list_memberships, can_list_partners
from quota.policies import can_view_overview
from reports.policies import can_list_runs
from westerkwartier import __version__

MENU = [
    ("today", _("Today"), lambda user: True),
    ("quota:overview", _("Region"), can_view_overview),
    ("housing:vacancy_list", _("Dwellings"), can_list_vacancies),
    ("reports:run_list", _("Reports"), can_list_runs),
    ("partners:partner_list", _("Partners"), can_list_partners),
    ("partners:membership_list", _("People"), can_list_memberships),
]


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool


def page(request) -> dict:
    """Context processor: ``navigation``, ``clock_date``, ``version`` and ``own_memberships``."""
    user = getattr(request, "user", None)
    context = {
        "clock_date": settings.CLOCK,
        "demo": settings.DEMO,
        "version": __version__,
        "navigation": [],
    }
    if user is None or not user.is_authenticated:
        return context
    context["own_memberships"] = user.reach.memberships
    entries = [(label, reverse(name)) for name, label, may in MENU if may(user)]
    # The page belongs to the entry whose address is the longest part of its own.
    here = [url for _label, url in entries if request.path.startswith(url)]
    current = max(here, key=len, default="")
    context["navigation"] = [
        MenuItem(label, url, url == current and (url != "/" or request.path == "/"))
        for label, url in entries
    ]
    return context
