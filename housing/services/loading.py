"""Writing many facts at once: the dated lists of a region folder and the history of a story.

Each service takes plain rows, adds one journal line for the batch, and does nothing when called
again with the same rows. ``by`` is None for the machine itself.
"""

from django.db import transaction

from housing.models import (
    Assessment,
    AssessmentReason,
    BedroomNorm,
    DispersalThreshold,
    Dwelling,
    RentLimit,
    Term,
    Vacancy,
    VacancyWait,
    WithdrawalReason,
)
from partners.models import Organisation, Region
from partners.services.journal import record
from partners.services.putting import Changes, put_rows

BATCH = 2000


@transaction.atomic
def load_rent_limits(*, by, rows: list[dict]) -> Changes:
    """The yearly rent limits, in EUR a month (Wet op de huurtoeslag art. 13 and 20)."""
    _objects, changes = put_rows(RentLimit.objects.all(), ("year",), rows)
    _tell(by, "rent_limit.load", None, changes)
    return changes


@transaction.atomic
def load_terms(*, by, rows: list[dict]) -> Changes:
    """How long each step may take, by code and first day."""
    names = ("code", "weeks", "working_days", "valid_from", "valid_to", "source", "certainty")
    wanted = [{name: row[name] for name in names} for row in rows]
    _objects, changes = put_rows(Term.objects.all(), ("code", "valid_from"), wanted)
    _tell(by, "term.load", None, changes)
    return changes


@transaction.atomic
def load_reasons(*, by, rows: list[dict]) -> Changes:
    """The coded reasons for a verdict on a dwelling."""
    _objects, changes = put_rows(AssessmentReason.objects.all(), ("code",), rows)
    _tell(by, "assessment_reason.load", None, changes)
    return changes


@transaction.atomic
def load_withdrawals(*, by, rows: list[dict]) -> Changes:
    """The coded reasons why a dwelling that fell vacant is not let after all."""
    _objects, changes = put_rows(WithdrawalReason.objects.all(), ("code",), rows)
    _tell(by, "withdrawal_reason.load", None, changes)
    return changes


@transaction.atomic
def load_bedroom_norms(*, by, rows: list[dict]) -> Changes:
    """How many bedrooms a household needs, by its number of persons and the first day."""
    names = ("persons_from", "bedrooms", "valid_from", "valid_to", "source", "certainty")
    wanted = [{name: row[name] for name in names} for row in rows]
    _objects, changes = put_rows(BedroomNorm.objects.all(), ("persons_from", "valid_from"), wanted)
    _tell(by, "bedroom_norm.load", None, changes)
    return changes


@transaction.atomic
def load_dispersal_thresholds(*, by, region: Region, rows: list[dict]) -> Changes:
    """From which share of a street, postcode or village people are warned, by the first day."""
    wanted = [{"region_id": region.pk, "valid_to": None, **row} for row in rows]
    _objects, changes = put_rows(
        DispersalThreshold.objects.filter(region=region),
        ("region_id", "level", "valid_from"),
        wanted,
    )
    _tell(by, "dispersal_threshold.load", region, changes)
    return changes


@transaction.atomic
def load_dwellings(
    *, by, corporation: Organisation, rows: list[dict]
) -> tuple[list[Dwelling], Changes]:
    """Stock of a corporation, by postcode, number and addition; objects in row order."""
    wanted = [{"corporation_id": corporation.pk, "addition": "", **row} for row in rows]
    objects, changes = put_rows(
        Dwelling.objects.filter(corporation=corporation),
        ("postcode", "number", "addition"),
        wanted,
    )
    _tell(by, "dwelling.load", corporation.region, changes)
    return objects, changes


@transaction.atomic
def load_vacancies(*, by, region: Region, rows: list[dict]) -> tuple[list[Vacancy], Changes]:
    """Vacancies by dwelling and day of notice; objects in row order."""
    objects, changes = put_rows(
        Vacancy.objects.filter(dwelling__village__region=region),
        ("dwelling_id", "notice_on"),
        rows,
    )
    _tell(by, "vacancy.load", region, changes)
    return objects, changes


@transaction.atomic
def load_assessments(*, by, region: Region, rows: list[dict]) -> Changes:
    """Verdicts; ``reason`` is a code or empty. Appended only where a vacancy has none yet."""
    reasons = {reason.code: reason for reason in AssessmentReason.objects.all()}
    judged = set(
        Assessment.objects.filter(vacancy__dwelling__village__region=region).values_list(
            "vacancy_id", flat=True
        )
    )
    new = [
        Assessment(
            vacancy_id=row["vacancy_id"],
            verdict=row["verdict"],
            reason=reasons[row["reason"]] if row["reason"] else None,
            at=row["at"],
            by=by,
        )
        for row in rows
        if row["vacancy_id"] not in judged
    ]
    Assessment.objects.bulk_create(new, batch_size=BATCH)
    changes = Changes(added=len(new))
    _tell(by, "assessment.load", region, changes)
    return changes


@transaction.atomic
def load_waits(*, by, region: Region, rows: list[dict]) -> Changes:
    """What empty dwellings waited for, by vacancy and first day."""
    existing = VacancyWait.objects.filter(vacancy__dwelling__village__region=region)
    _objects, changes = put_rows(existing, ("vacancy_id", "starts_on"), rows)
    _tell(by, "wait.load", region, changes)
    return changes


def _tell(by, action: str, region: Region | None, changes: Changes) -> None:
    """One journal line, and none when nothing changed."""
    if changes:
        record(by=by, action=action, obj=region, region=region, detail=str(changes))
