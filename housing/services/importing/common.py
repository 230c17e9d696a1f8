"""What importing dwellings and importing vacancies share."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from housing.choices import (
    Accessibility,
    DwellingKind,
    DwellingLabel,
    EnergyLabel,
    TemporaryReason,
    VacancyState,
    Verdict,
)
from housing.models import Dwelling, WithdrawalReason
from partners.choices import OrganisationKind, Role
from partners.models import Organisation, User, Village
from partners.services.imports.kinds import CheckedRow
from westerkwartier.web.templatetags.ui import date_short, euro

CHOICES = {
    "kind": DwellingKind,
    "label": DwellingLabel,
    "accessibility": Accessibility,
    "energy_label": EnergyLabel,
    "temporary_reason": TemporaryReason,
    "state": VacancyState,
    "verdict": Verdict,
}
DAYS = {
    *("temporary_until", "left_stock_on"),
    *("notice_on", "empty_from", "available_from", "let_from", "closed_on"),
}
AMOUNTS = {"net_rent", "service_costs"}


def corporations(user: User):
    """The corporations for which somebody imports: the own, or those of the region."""
    corporations = Organisation.objects.filter(kind=OrganisationKind.CORPORATION)
    reach = user.reach
    return corporations.filter(
        pk__in=reach.organisations_as(Role.CORPORATION_STAFF)
    ) | corporations.filter(region__in=reach.regions_as(Role.COORDINATOR))


def own_stock(organisation: Organisation):
    return Dwelling.objects.filter(corporation=organisation)


def filled(row: CheckedRow, names, values: dict[str, Any] | None = None) -> bool:
    """Whether the row has these values; blocks it for each that it has not."""
    values = row.given if values is None else values
    unread = {column for column, _sentence in row.problems}
    for name in names:
        if values.get(name) in (None, "") and name not in unread:
            row.block(name, _("This may not be empty."))
    return not any(values.get(name) in (None, "") for name in names)


def show_value(name: str, value: Any) -> str:
    """A value of a record as people read it."""
    if value in (None, ""):
        return "–"
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in DAYS:
        return date_short(date.fromisoformat(value))
    if name in AMOUNTS:
        return euro(Decimal(value))
    if name == "village_id":
        return named(Village, value)
    if name == "withdrawn_because_id":
        return named(WithdrawalReason, value)
    return str(value)


def named(model, key: int) -> str:
    found = model.objects.filter(pk=key).first()
    return str(found) if found else "–"
