"""The register of dwellings: adding, changing, taking out of stock."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from housing.models import Dwelling
from housing.policies import can_change_dwelling, can_keep_stock
from partners.choices import OrganisationKind
from partners.models import Organisation, User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused, refused_by_constraints
from westerkwartier.web.versions import Changed, version_of

# What people keep of a dwelling; the corporation stays the same as long as the dwelling is here.
DWELLING_FIELDS = (
    "street",
    "number",
    "addition",
    "postcode",
    "village",
    "bag_id",
    "kind",
    "vera_kind",
    "label",
    "rooms",
    "bedrooms",
    "floor_area",
    "floor",
    "lift",
    "step_free",
    "accessibility",
    "adaptations",
    "energy_label",
    "build_year",
    "regulated",
    "temporary_until",
    "temporary_reason",
)

# Where in a form the sentence of a constraint belongs.
FIELD_OF_CONSTRAINT = {
    "dwelling_address_once": "number",
    "dwelling_bag_id_once": "bag_id",
    "dwelling_bag_id_form": "bag_id",
    "dwelling_bedrooms_within_rooms": "bedrooms",
    "dwelling_temporary_with_reason": "temporary_until",
}


def dwelling_version(dwelling: Dwelling) -> str:
    """Carried by a form: another text once anybody changed the dwelling."""
    return version_of(dwelling, DWELLING_FIELDS)


@transaction.atomic
def add_dwelling(*, by: User, corporation: Organisation, values: Mapping) -> Dwelling:
    """Add a dwelling to a corporation's stock; ``values`` by ``DWELLING_FIELDS``.

    The same dwelling sent twice is added once. ``Refused`` when another dwelling stands at the
    address, and for whatever else the table does not take.
    """
    if not can_keep_stock(by, corporation):
        raise PermissionDenied
    if corporation.kind != OrganisationKind.CORPORATION:
        raise Refused(_("Only a housing corporation has dwellings."), field="corporation")
    _check_village(values["village"], corporation)
    # Locked, so that the second of two clicks waits and then finds the dwelling of the first.
    Organisation.objects.select_for_update(no_key=True).get(pk=corporation.pk)
    there = Dwelling.objects.filter(
        corporation=corporation,
        postcode=values["postcode"],
        number=values["number"],
        addition=values.get("addition", ""),
    ).first()
    if there is not None and not _differing(there, values):
        return there
    with refused_by_constraints(Dwelling, FIELD_OF_CONSTRAINT):
        dwelling = Dwelling.objects.create(corporation=corporation, **values)
    _record(by, "dwelling.add", dwelling)
    return dwelling


@transaction.atomic
def change_dwelling(*, by: User, dwelling: Dwelling, values: Mapping, version: str) -> Dwelling:
    """Change a dwelling's facts; ``version`` is the one that the form was opened with.

    ``Changed`` when somebody else changed the dwelling in the meantime; values that are there
    already change nothing. The label of a vacancy stays that of its own time.
    """
    dwelling = _locked(dwelling, by)
    differing = _differing(dwelling, values)
    if not differing:
        return dwelling
    if version != dwelling_version(dwelling):
        raise Changed(
            _("Somebody else changed this dwelling while you were at it."), current=dwelling
        )
    if "village" in values:
        _check_village(values["village"], dwelling.corporation)
    for name in differing:
        setattr(dwelling, name, values[name])
    with refused_by_constraints(Dwelling, FIELD_OF_CONSTRAINT):
        dwelling.save(update_fields=differing)
    _record(by, "dwelling.change", dwelling)
    return dwelling


@transaction.atomic
def take_out_of_stock(*, by: User, dwelling: Dwelling, on: date) -> Dwelling:
    """Let no longer from ``on``: sold, pulled down. Refused while the dwelling is reported vacant.

    Saying it again with the same day changes nothing.
    """
    dwelling = _locked(dwelling, by)
    if dwelling.left_stock_on == on:
        return dwelling
    if dwelling.left_stock_on is not None:
        raise Refused(_("This dwelling has already been taken out of stock."))
    if dwelling.vacancies.open().exists():
        raise Refused(
            _(
                "This dwelling is reported as vacant. First let it or withdraw the report, then "
                "take it out of stock."
            )
        )
    latest = dwelling.vacancies.order_by("-closed_on").first()
    if latest and max(latest.let_from or latest.closed_on, latest.notice_on) > on:
        raise Refused(
            _("This dwelling was still let or vacant after that day. Choose a later day."),
            field="left_stock_on",
        )
    _set_left(dwelling, on)
    _record(by, "dwelling.take_out", dwelling, detail=on.isoformat())
    return dwelling


@transaction.atomic
def put_back_in_stock(*, by: User, dwelling: Dwelling) -> Dwelling:
    """Take back that a dwelling left the stock; one that never left stays as it is."""
    dwelling = _locked(dwelling, by)
    if dwelling.left_stock_on is not None:
        _set_left(dwelling, None)
        _record(by, "dwelling.put_back", dwelling)
    return dwelling


def _locked(dwelling: Dwelling, by: User) -> Dwelling:
    """The row as it is now, held until the end; ``PermissionDenied`` for who may not change it."""
    # By itself first: its village or corporation may have changed while this waited.
    Dwelling.objects.select_for_update(no_key=True).values("pk").get(pk=dwelling.pk)
    dwelling = Dwelling.objects.select_related("village__region", "corporation").get(pk=dwelling.pk)
    if not can_change_dwelling(by, dwelling):
        raise PermissionDenied
    return dwelling


def _differing(dwelling: Dwelling, values: Mapping) -> list[str]:
    return [name for name, value in values.items() if getattr(dwelling, name) != value]


def _check_village(village, corporation: Organisation) -> None:
    if village.region_id != corporation.region_id:
        raise Refused(_("This village lies in another region."), field="village")


def _set_left(dwelling: Dwelling, on: date | None) -> None:
    dwelling.left_stock_on = on
    dwelling.save(update_fields=["left_stock_on"])


def _record(by: User, action: str, dwelling: Dwelling, detail: str = "") -> None:
    record(by=by, action=action, obj=dwelling, region=dwelling.village.region, detail=detail)
