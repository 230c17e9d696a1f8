"""Section: what is kept of a household besides its persons."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import Occupation
from housing.models import Case
from housing.policies import can_change_case
from housing.selectors.bedrooms import current_tenancies, occupation_of, with_needs
from housing.views.sections.section import Section
from westerkwartier.web.templatetags.ui import data_text, date_long

UNKNOWN = "–"
OCCUPATION_TONES = {Occupation.OVER: "warning", Occupation.UNDER: "info"}


def facts(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    """Link, permit, who handles and guides; needs, preferences and bedrooms."""
    changes = can_change_case(user, case)
    return Section(
        title=_("Facts"),
        template="housing/sections/facts.html",
        id="facts",
        size="8",
        values={
            "case": case,
            "items": [(label, value) for field, label, value in rows(case) if field in fields],
            "needs": data_text(", ".join(str(row) for row in case.needs.select_related("need"))),
            "wishes": list(case.preferences.select_related("village"))
            if "case.preferences" in fields
            else None,
            "bedrooms": bedrooms(case),
            "by_hand_outdated": case.by_hand_outdated,
            "misfit": misfit(case, today),
            "stays": stays(case) if "case.stays" in fields else [],
            "edit_url": reverse("cases:case_edit", args=[case.pk]) if changes else "",
        },
    )


def rows(case: Case) -> list[tuple]:
    """Field of the policy, label and value."""
    found = [
        ("case.linked_municipality", _("Linked to"), case.linked_municipality.name),
        ("case.linked_on", _("Linked on"), date_long(case.linked_on)),
        ("case.permit_on", _("Permit of"), case.permit_on and date_long(case.permit_on)),
        ("case.handler", _("Handled by"), case.handler and case.handler.name),
        ("case.guidance", _("Guided by"), case.guidance and case.guidance.name),
    ]
    if case.unlinked_on:
        found.append(("case.unlinked_on", _("Unlinked on"), date_long(case.unlinked_on)))
    if case.split_from_id:
        found.append(("case.steps", _("Split from"), case.split_from.reference))
    if case.merged_into_id:
        found.append(("case.steps", _("Taken together with"), case.merged_into.reference))
    return [(field, label, value or UNKNOWN) for field, label, value in found]


def bedrooms(case: Case) -> list[tuple[str, object]]:
    """What is asked of a dwelling, and what was reckoned where somebody set it by hand."""
    found = []
    if case.bedrooms_by_hand is not None:
        found.append((_("Bedrooms, set by hand"), case.bedrooms_by_hand))
    found.append((_("Bedrooms for who is here"), case.bedrooms_now or UNKNOWN))
    if case.bedrooms_later != case.bedrooms_now:
        found.append((_("Bedrooms with the family who follow"), case.bedrooms_later or UNKNOWN))
    return found


def misfit(case: Case, today: date) -> dict | None:
    """The dwelling they live in, where it is too small or too large for them."""
    tenancy = (
        with_needs(case.tenancies.filter(current_tenancies(today)))
        .select_related("dwelling")
        .first()
    )
    if tenancy is None or tenancy.needed_later is None:
        return None
    verdict = occupation_of(tenancy)
    if verdict.kind not in OCCUPATION_TONES:
        return None
    return {
        "kind": OCCUPATION_TONES[verdict.kind],
        "over": verdict.kind == Occupation.OVER,
        "rooms": verdict.rooms,
        "address": tenancy.dwelling.address,
    }


def stays(case: Case) -> list:
    return list(case.stays.select_related("accommodation", "municipality").order_by("starts_on"))
