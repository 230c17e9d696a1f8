"""Taking over official quotas from a file of the ministry or the province."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Municipality, Region, User
from partners.services.journal import record
from partners.services.putting import Changes, put_rows
from quota.models import Obligation, QuotaPeriod
from westerkwartier.web.models import Certainty
from westerkwartier.web.refusals import Refused


@transaction.atomic
def import_obligations(*, by: User | None, region: Region, rows: list[dict]) -> Changes:
    """Net quota per municipality and half-year, in persons; all rows or none.

    A row has ``period`` (2017-I), ``cbs_code``, ``net_quota``, ``source``, ``certainty`` and
    ``note``. An official figure replaces a calculated one and is itself only replaced by an
    official one. The same rows a second time change nothing. Raises ``Refused`` with a sentence
    for each thing to mend.
    """
    periods = {period.code: period for period in QuotaPeriod.objects.all()}
    municipalities = {
        municipality.cbs_code: municipality
        for municipality in Municipality.objects.filter(region=region)
    }
    existing = Obligation.objects.filter(municipality__region=region)
    official = set(
        existing.filter(certainty=Certainty.OFFICIAL).values_list("period", "municipality")
    )
    mistakes, wanted, seen = [], [], set()
    for row in rows:
        period = periods.get(row["period"])
        municipality = municipalities.get(row["cbs_code"])
        mistake = _mistake(row, region, period, municipality, official, seen)
        if mistake:
            mistakes.append(mistake)
            continue
        seen.add((period.pk, municipality.pk))
        wanted.append(
            {
                "period_id": period.pk,
                "municipality_id": municipality.pk,
                "net_quota": row["net_quota"],
                "source": row["source"],
                "certainty": row["certainty"],
                "note": row["note"],
            }
        )
    if mistakes:
        raise Refused("\n".join(mistakes))
    _objects, changes = put_rows(existing, ("period_id", "municipality_id"), wanted)
    if changes:
        record(by=by, action="obligation.import", obj=region, region=region, detail=str(changes))
    return changes


def _mistake(row, region, period, municipality, official: set, seen: set) -> str:
    """What is wrong with a row, as a sentence; empty when nothing is."""
    words = {"period": row["period"], "code": row["cbs_code"], "region": region.name}
    if period is None:
        return _("%(period)s was not set up.") % words
    if municipality is None:
        return _("%(code)s is not a municipality of %(region)s.") % words
    if not _exists_in(municipality, period):
        return _("%(code)s does not exist in %(period)s.") % words
    key = (period.pk, municipality.pk)
    if key in seen:
        return _("%(code)s has two figures for %(period)s.") % words
    if row["net_quota"] < 0:
        return _("The quota of %(code)s for %(period)s is below zero.") % words
    if key in official and row["certainty"] != Certainty.OFFICIAL:
        return _("%(code)s already has an official figure for %(period)s.") % words
    return ""


def _exists_in(municipality: Municipality, period: QuotaPeriod) -> bool:
    return municipality.valid_from <= period.ends_on and (
        municipality.valid_to is None or municipality.valid_to > period.starts_on
    )
