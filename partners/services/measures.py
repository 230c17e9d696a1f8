"""The register of the covenant's measures: what is expected of them and what came of it."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import CovenantMeasure, MeasureResult, User
from partners.policies import can_add_result, can_change_measure
from partners.services.journal import record
from westerkwartier.web.refusals import Refused

# Somebody who sends the same line again within this time has pressed a button twice.
TWICE = timedelta(minutes=10)
TERMS = ("since", "until", "expected_dwellings")


def _locked(pk: int) -> CovenantMeasure:
    return (
        CovenantMeasure.objects.select_for_update(of=["self"])
        .select_related("covenant__region")
        .get(pk=pk)
    )


@transaction.atomic
def change_measure(
    *,
    by: User,
    measure: CovenantMeasure,
    since: date | None,
    until: date | None,
    expected_dwellings: int | None,
) -> CovenantMeasure:
    """Say from when until when the measure holds, both days included, and what it should give.

    None is not known. The same again changes nothing. Refused when the last day comes first.
    """
    measure = _locked(measure.pk)
    if not can_change_measure(by, measure):
        raise PermissionDenied
    if since and until and until < since:
        raise Refused(_("The last day comes before the first day."))
    values = (since, until, expected_dwellings)
    before = tuple(getattr(measure, name) for name in TERMS)
    if values == before:
        return measure
    for name, value in zip(TERMS, values, strict=True):
        setattr(measure, name, value)
    measure.save(update_fields=TERMS)
    told = [" ".join("–" if one is None else str(one) for one in row) for row in (before, values)]
    record(
        by=by,
        action="measure.change",
        obj=measure,
        region=measure.covenant.region,
        detail=f"{measure.code}: {told[0]} → {told[1]}",
    )
    return measure


@transaction.atomic
def add_result(
    *,
    by: User,
    measure: CovenantMeasure,
    on: date,
    dwellings: int,
    remark: str = "",
    now: datetime,
) -> MeasureResult:
    """Tell that the measure gave so many dwellings on a day; at least one.

    The same line of the same person within ten minutes is a button pressed twice: it gives the
    line that is there. Refused for a day to come and for one before the measure began.
    """
    measure = _locked(measure.pk)
    if not can_add_result(by, measure):
        raise PermissionDenied
    if on > now.date():
        raise Refused(_("This day has yet to come."))
    if measure.since and on < measure.since:
        raise Refused(_("This day comes before the measure began."))
    if dwellings < 1:
        raise Refused(_("Tell about one dwelling or more. A mistake is undone at its own line."))
    again = measure.results.filter(
        by=by,
        on=on,
        dwellings=dwellings,
        remark=remark,
        at__gt=now - TWICE,
        undoes=None,
        undone_by=None,
    ).first()
    if again is not None:
        return again
    result = MeasureResult.objects.create(
        measure=measure, on=on, dwellings=dwellings, remark=remark, by=by, at=now
    )
    record(
        by=by,
        action="measure.add_result",
        obj=measure,
        region=measure.covenant.region,
        detail=f"{measure.code}: {on.isoformat()} +{dwellings}",
    )
    return result


@transaction.atomic
def undo_result(*, by: User, result: MeasureResult, now: datetime) -> MeasureResult:
    """Append the line with the opposite number on the same day; gives that line.

    Undoing what is undone gives the line that is there. What undoes another line is not undone
    itself: tell the result again.
    """
    measure = _locked(result.measure_id)
    if not can_add_result(by, measure):
        raise PermissionDenied
    if result.undoes_id is not None:
        raise Refused(_("This line undoes another one. Add the result again instead."))
    there = MeasureResult.objects.filter(undoes=result).first()
    if there is not None:
        return there
    opposite = MeasureResult.objects.create(
        measure=measure, on=result.on, dwellings=-result.dwellings, undoes=result, by=by, at=now
    )
    record(
        by=by,
        action="measure.undo_result",
        obj=measure,
        region=measure.covenant.region,
        detail=f"{measure.code}: {result.on.isoformat()} {opposite.dwellings}",
    )
    return opposite
