"""Writing quotas and opening balances from files; calling again with the same rows does nothing."""

from datetime import date

from django.db import transaction

from partners.models import Municipality, Region
from partners.services.journal import record
from partners.services.putting import Changes, put_rows
from quota.models import (
    NationalInhabitants,
    Obligation,
    OpeningBalance,
    QuotaPeriod,
    ScheduleThreshold,
)
from westerkwartier.web.models import Certainty


@transaction.atomic
def load_periods(*, by, rows: list[dict]) -> Changes:
    """Half-years with the national quota; the row of an unknown quota keeps it empty."""
    wanted = []
    for row in rows:
        year, half = row["period"].split("-")
        first = half == "I"
        wanted.append(
            {
                "code": row["period"],
                "starts_on": date(int(year), 1 if first else 7, 1),
                "ends_on": date(int(year), 6, 30) if first else date(int(year), 12, 31),
                "national_quota": row["net_quota"],
                "first_announced": row["first_announced"],
                "source": row["source"],
                "certainty": row["certainty"],
                "note": row["note"],
            }
        )
    _objects, changes = put_rows(QuotaPeriod.objects.all(), ("code",), wanted)
    if changes:
        record(by=by, action="quota_period.load", detail=str(changes))
    return changes


@transaction.atomic
def load_national_inhabitants(*, by, rows: list[dict]) -> Changes:
    """Inhabitants of the Netherlands on 1 January."""
    wanted = [
        {
            "on": row["reference_date"],
            "number": row["inhabitants"],
            "source": row["source"],
            "certainty": row["certainty"],
        }
        for row in rows
    ]
    _objects, changes = put_rows(NationalInhabitants.objects.all(), ("on",), wanted)
    if changes:
        record(by=by, action="national_inhabitants.load", detail=str(changes))
    return changes


@transaction.atomic
def load_obligations(
    *, by, region: Region, municipalities: dict[str, Municipality], rows: list[dict]
) -> Changes:
    """Net quota per municipality and half-year, in persons; ``municipalities`` by CBS code.

    A row that is not official leaves an official one as it is.
    """
    periods = {period.code: period for period in QuotaPeriod.objects.all()}
    wanted = [
        {
            "period_id": periods[row["period"]].pk,
            "municipality_id": municipalities[row["cbs_code"]].pk,
            "net_quota": row["net_quota"],
            "source": row["source"],
            "certainty": row["certainty"],
            "note": row["note"],
        }
        for row in rows
    ]
    existing = Obligation.objects.filter(municipality__in=municipalities.values())
    official = set(
        existing.filter(certainty=Certainty.OFFICIAL).values_list("period_id", "municipality_id")
    )
    # An official figure, imported since, is never replaced by a calculated one of the file.
    wanted = [
        row
        for row in wanted
        if row["certainty"] == Certainty.OFFICIAL
        or (row["period_id"], row["municipality_id"]) not in official
    ]
    _objects, changes = put_rows(existing, ("period_id", "municipality_id"), wanted)
    if changes:
        record(by=by, action="obligation.load", obj=region, region=region, detail=str(changes))
    return changes


@transaction.atomic
def load_opening_balances(
    *, by, region: Region, municipalities: dict[str, Municipality], rows: list[dict]
) -> Changes:
    """Backlog (above zero) or lead (below) on the first day of the first period kept."""
    periods = {period.starts_on: period for period in QuotaPeriod.objects.all()}
    wanted = [
        {
            "period_id": periods[row["date"]].pk,
            "municipality_id": municipalities[row["cbs_code"]].pk,
            "backlog": row["balance"],
            "source": row["source"],
            "certainty": row["certainty"],
        }
        for row in rows
    ]
    existing = OpeningBalance.objects.filter(municipality__in=municipalities.values())
    _objects, changes = put_rows(existing, ("municipality_id",), wanted)
    if changes:
        record(by=by, action="opening_balance.load", obj=region, region=region, detail=str(changes))
    return changes


@transaction.atomic
def load_thresholds(*, by, region: Region, rows: list[dict]) -> Changes:
    """The border between slightly and far behind, per region and period."""
    wanted = [
        {
            "region_id": region.pk,
            "slightly_behind_from": row["slightly_behind_from"],
            "valid_from": row["valid_from"],
            "valid_to": row.get("valid_to"),
            "source": row["source"],
        }
        for row in rows
    ]
    existing = ScheduleThreshold.objects.filter(region=region)
    _objects, changes = put_rows(existing, ("region_id", "valid_from"), wanted)
    if changes:
        record(
            by=by, action="schedule_threshold.load", obj=region, region=region, detail=str(changes)
        )
    return changes
