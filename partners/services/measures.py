"""The register of the covenant's measures: what is expected of them and what came of it."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partners.models import Covenant, CovenantMeasure, MeasureResult, User
from partners.policies import can_add_measure, can_add_result, can_change_measure
from partners.services.journal import record
from westerkwartier.web.refusals import Refused

# Somebody who sends the same line again within this time has pressed a button twice.
TWICE = timedelta(minutes=10)
TERMS = ("since", "until", "expected_dwellings")


CODE_LENGTH = 50


def _locked(pk: int) -> CovenantMeasure:
    """The measure, locked; refused when it was withdrawn while the page was open."""
    measure = (
        CovenantMeasure.objects.select_for_update(of=["self"])
        .select_related("covenant__region")
        .filter(pk=pk)
        .first()
    )
    if measure is None:
        raise Refused(_("This measure has been withdrawn."))
    return measure


def _in_order(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Refused(_("The last day comes before the first day."))


def _free_code(title: str, taken: set[str]) -> str:
    """A short name after the title, followed by a number when there is one like it."""
    base = slugify(title)[: CODE_LENGTH - 4].strip("-") or "measure"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code


@transaction.atomic
def add_measure(
    *,
    by: User,
    covenant: Covenant,
    title: str,
    since: date | None = None,
    until: date | None = None,
    expected_dwellings: int | None = None,
    source: str = "",
    now: datetime,
) -> CovenantMeasure:
    """Add something that the partners agreed to do later on; it comes after the others.

    None is not known. The same measure of the same person within ten minutes is a button pressed
    twice: it gives the one that is there. Refused when the covenant has one of that name, and when
    the last day comes first.
    """
    covenant = Covenant.objects.select_for_update(of=["self"]).get(pk=covenant.pk)
    if not can_add_measure(by, covenant):
        raise PermissionDenied
    _in_order(since, until)
    values = {
        "since": since,
        "until": until,
        "expected_dwellings": expected_dwellings,
        "source": source,
    }
    same = covenant.measures.filter(title__iexact=title)
    again = same.filter(title=title, added_by=by, added_at__gt=now - TWICE, **values).first()
    if again is not None:
        return again
    if same.exists():
        raise Refused(_("The covenant already has a measure with this name."), field="title")
    last = covenant.measures.aggregate(last=Max("number", default=0))["last"]
    measure = CovenantMeasure.objects.create(
        covenant=covenant,
        number=last + 1,
        code=_free_code(title, set(covenant.measures.values_list("code", flat=True))),
        title=title,
        added_by=by,
        added_at=now,
        **values,
    )
    record(by=by, action="measure.add", obj=measure, region=covenant.region, detail=measure.code)
    return measure


@transaction.atomic
def withdraw_measure(*, by: User, measure: CovenantMeasure) -> bool:
    """Take away a measure that was added by mistake; False when it was gone already.

    Its row history keeps it. Refused for a measure of the region folder, which would come back
    with the next load, and once something was told about it: it then ends on its last day.
    """
    found = CovenantMeasure.objects.select_for_update(of=["self"]).select_related(
        "covenant__region"
    )
    measure = found.filter(pk=measure.pk).first()
    if measure is None:
        return False
    if not can_change_measure(by, measure):
        raise PermissionDenied
    if measure.added_at is None:
        raise Refused(_("This measure came with the covenant. Give it a last day instead."))
    if measure.results.exists():
        raise Refused(_("Results have been told about this measure. Give it a last day instead."))
    record(
        by=by,
        action="measure.withdraw",
        obj=measure,
        region=measure.covenant.region,
        detail=measure.code,
    )
    measure.delete()
    return True


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
    _in_order(since, until)
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
