"""Writing the national lists about households: needs, refusals, what counts, who does what.

Each service takes plain rows, adds one journal line when it changed something, and does nothing
when called again with the same rows. ``by`` is None for the machine itself.
"""

from django.db import transaction
from django.db.models import QuerySet

from housing.models import (
    AccommodationType,
    CountingRule,
    FunctionalNeed,
    GuidanceTemplate,
    RefusalReason,
    SharingRule,
)
from partners.services.journal import record
from partners.services.putting import Changes, put_rows


@transaction.atomic
def load_functional_needs(*, by, rows: list[dict]) -> Changes:
    """What a household may need of a dwelling, by code."""
    return _load(by, "functional_need.load", FunctionalNeed.objects.all(), ("code",), rows)


@transaction.atomic
def load_refusal_reasons(*, by, rows: list[dict]) -> Changes:
    """Why an offer ends, by code, with who says no."""
    return _load(by, "refusal_reason.load", RefusalReason.objects.all(), ("code",), rows)


@transaction.atomic
def load_accommodation_types(*, by, rows: list[dict]) -> Changes:
    """Kinds of places where somebody may live, by code."""
    return _load(by, "accommodation_type.load", AccommodationType.objects.all(), ("code",), rows)


@transaction.atomic
def load_counting_rules(*, by, rows: list[dict]) -> Changes:
    """Who counts where, from when and for whom; ``accommodation`` is a code that is there."""
    kinds = {kind.code: kind.pk for kind in AccommodationType.objects.all()}
    wanted = [
        {
            "accommodation_id": kinds[row["accommodation"]],
            **{name: value for name, value in row.items() if name != "accommodation"},
        }
        for row in rows
    ]
    key = ("category", "accommodation_id", "valid_from")
    return _load(by, "counting_rule.load", CountingRule.objects.all(), key, wanted)


@transaction.atomic
def load_sharing_rules(*, by, rows: list[dict]) -> Changes:
    """Who may share a bedroom, by the first day."""
    return _load(by, "sharing_rule.load", SharingRule.objects.all(), ("valid_from",), rows)


@transaction.atomic
def load_guidance_templates(*, by, rows: list[dict]) -> Changes:
    """The tasks of the checklist after a contract, by code and first day."""
    key = ("code", "valid_from")
    return _load(by, "guidance_template.load", GuidanceTemplate.objects.all(), key, rows)


def _load(by, action: str, existing: QuerySet, key: tuple[str, ...], rows: list[dict]) -> Changes:
    """The rows, and one journal line when something changed."""
    _objects, changes = put_rows(existing, key, rows)
    if changes:
        record(by=by, action=action, detail=str(changes))
    return changes
