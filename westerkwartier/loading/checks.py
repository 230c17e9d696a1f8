"""Checks between the files of a folder: what one file names, another must know."""

from decimal import Decimal

from django.utils.translation import gettext as _

from housing.choices import DispersalLevel
from partners.choices import OrganisationKind, RoundingMode
from quota.arithmetic import statutory_quota
from westerkwartier.loading.case_checks import check_cases
from westerkwartier.loading.folder import RegionFolder
from westerkwartier.web.models import Certainty

DENOMINATORS = ("available", "unlabelled", "let")
TOLERANCE = 1  # persons by which a municipality's figure may differ from the formula


def check(folder: RegionFolder) -> list[str]:
    """All mistakes, those of reading included; empty when the folder can be loaded.

    Later checks need rows that could be read, so they run only on a folder without mistakes.
    """
    if not folder.mistakes:
        _codes(folder)
        _villages(folder)
        _successions(folder)
        _organisations(folder)
        _covenant(folder)
        _periods(folder)
        _inhabitants(folder)
        _quota(folder)
        _balances(folder)
        _reasons(folder)
        _limits(folder)
        _terms(folder)
        _thresholds(folder)
        check_cases(folder)
    return folder.mistakes


def _codes(folder: RegionFolder) -> None:
    known = {row["cbs_code"] for row in folder.rows("municipalities")}
    columns = {
        "inhabitants": ("cbs_code",),
        "village_municipalities": ("cbs_code",),
        "succession": ("predecessor_code", "successor_code"),
        "municipal_quota": ("cbs_code",),
        "opening_balance": ("cbs_code",),
    }
    for table, names in columns.items():
        for row in folder.rows(table):
            for name in names:
                if row[name] not in known:
                    folder.wrong_row(
                        table,
                        row,
                        _("%(code)s is not in municipalities.csv.") % {"code": row[name]},
                    )
    names = {row["cbs_code"]: row["name"] for row in folder.rows("municipalities")}
    for table in ("municipal_quota", "opening_balance"):
        for row in folder.rows(table):
            if row["municipality"] != names.get(row["cbs_code"], row["municipality"]):
                folder.wrong_row(
                    table,
                    row,
                    _("%(code)s is %(name)s, not %(other)s.")
                    % {
                        "code": row["cbs_code"],
                        "name": names[row["cbs_code"]],
                        "other": row["municipality"],
                    },
                )
    for table in ("municipalities", "village_municipalities"):
        for row in folder.rows(table):
            if row["valid_to"] and row["valid_to"] <= row["valid_from"]:
                folder.wrong_row(table, row, _("valid_to does not lie after valid_from."))


def _villages(folder: RegionFolder) -> None:
    known = {row["village"] for row in folder.rows("villages")}
    for table in ("village_municipalities", "facilities", "streets"):
        for row in folder.rows(table):
            if row["village"] not in known:
                folder.wrong_row(
                    table, row, _("%(name)s is not in villages.csv.") % {"name": row["village"]}
                )
    belongs = {row["village"] for row in folder.rows("village_municipalities")}
    for row in folder.rows("villages"):
        if row["village"] not in belongs:
            folder.wrong_row(
                "villages",
                row,
                _("%(name)s is not in village_municipalities.csv.") % {"name": row["village"]},
            )
    postcodes: dict[str, dict] = {}
    for row in folder.rows("streets"):
        other = postcodes.setdefault(row["postcode"], row)
        if other is not row:
            folder.wrong_row(
                "streets",
                row,
                _("%(street)s already has postcode %(postcode)s.")
                % {"street": other["street"], "postcode": row["postcode"]},
            )
    last: dict[str, dict] = {}
    for row in sorted(folder.rows("village_municipalities"), key=lambda row: row["valid_from"]):
        before = last.get(row["village"])
        if before and (before["valid_to"] is None or before["valid_to"] > row["valid_from"]):
            folder.wrong_row(
                "village_municipalities",
                row,
                _("%(name)s already lies in %(code)s on that day.")
                % {"name": row["village"], "code": before["cbs_code"]},
            )
        last[row["village"]] = row


def _successions(folder: RegionFolder) -> None:
    shares: dict[tuple, Decimal] = {}
    for row in folder.rows("succession"):
        key = (row["predecessor_code"], row["date"])
        shares[key] = shares.get(key, Decimal(0)) + row["share"]
    for (code, day), share in shares.items():
        if abs(share - 1) > Decimal("0.00001"):
            folder.wrong(
                "succession.csv",
                None,
                _("the shares of %(code)s on %(day)s add up to %(share)s, not 1.")
                % {"code": code, "day": day, "share": share},
            )


def _organisations(folder: RegionFolder) -> None:
    organisations = folder.words["organisation"]
    keys = {item["key"] for item in organisations}
    if min(len(keys), len({item["name"] for item in organisations})) < len(organisations):
        folder.wrong("region.toml", None, _("two organisations have the same key or name."))
    regional = {r["cbs_code"] for r in folder.rows("municipalities") if r["in_region"]}
    for item in organisations:
        if item["kind"] == OrganisationKind.MUNICIPALITY and item.get("cbs_code") not in regional:
            folder.wrong(
                "region.toml",
                None,
                _("%(name)s has no CBS code of a municipality in the region.")
                % {"name": item["name"]},
            )
    for item in organisations:
        if item["kind"] not in OrganisationKind.values:
            folder.wrong(
                "region.toml",
                None,
                _("“%(kind)s” is not a kind of organisation.") % {"kind": item["kind"]},
            )
    for row in folder.rows("contacts"):
        if row["organisation"] not in keys:
            folder.wrong_row(
                "contacts",
                row,
                _("%(name)s is not an organisation in region.toml.")
                % {"name": row["organisation"]},
            )
    if folder.words["region"]["rounding_mode"] not in RoundingMode.values:
        folder.wrong("region.toml", None, _("rounding_mode is not nearest or up."))


def _covenant(folder: RegionFolder) -> None:
    covenant = folder.words["covenant"]
    keys = {item["key"] for item in folder.words["organisation"]}
    for party in covenant["parties"]:
        if party not in keys:
            folder.wrong(
                "region.toml",
                None,
                _("%(name)s is a party to the covenant but no organisation.") % {"name": party},
            )
    if covenant["certainty"] not in Certainty.values:
        folder.wrong("region.toml", None, _("the certainty of the covenant is not known."))
    if covenant["ends_on"] < covenant["signed_on"]:
        folder.wrong("region.toml", None, _("the covenant ends before it was signed."))
    for share in covenant.get("share", []):
        if share["denominator"] not in DENOMINATORS:
            folder.wrong(
                "region.toml",
                None,
                _("denominator is none of %(values)s.") % {"values": ", ".join(DENOMINATORS)},
            )
        if share["certainty"] not in Certainty.values:
            folder.wrong("region.toml", None, _("the certainty of the share is not known."))
        if not 0 <= share["target"] <= 1:
            folder.wrong("region.toml", None, _("target is not between 0 and 1."))


def _periods(folder: RegionFolder) -> None:
    """Rows that hold during a period may not overlap."""
    for name, rows in (
        ("covenant.share", folder.words["covenant"].get("share", [])),
        ("schedule_threshold", folder.words.get("schedule_threshold", [])),
        *(
            (
                f"dispersal_threshold, {level}",
                [
                    row
                    for row in folder.words.get("dispersal_threshold", [])
                    if row["level"] == level
                ],
            )
            for level in DispersalLevel.values
        ),
    ):
        before = None
        for row in sorted(rows, key=lambda row: row["valid_from"]):
            if before and ("valid_to" not in before or before["valid_to"] > row["valid_from"]):
                folder.wrong(
                    "region.toml",
                    None,
                    _("two parts [%(name)s] hold on %(day)s.")
                    % {"name": name, "day": row["valid_from"]},
                )
            before = row


def _inhabitants(folder: RegionFolder) -> None:
    """The national lists add up to the country, and the region says the same as they do."""
    country = {
        r["reference_date"]: r["inhabitants"] for r in folder.rows("inhabitants_netherlands")
    }
    for table in ("inhabitants_2016", "inhabitants_2024"):
        rows = folder.rows(table)
        national = {(row["cbs_code"], row["reference_date"]): row["inhabitants"] for row in rows}
        for day in {row["reference_date"] for row in rows}:
            total = sum(row["inhabitants"] for row in rows if row["reference_date"] == day)
            if total != country.get(day, total):
                folder.wrong(
                    f"{table}.csv",
                    None,
                    _("the municipalities add up to %(total)s, not %(country)s.")
                    % {"total": total, "country": country[day]},
                )
        for row in folder.rows("inhabitants"):
            other = national.get((row["cbs_code"], row["reference_date"]))
            if other is not None and other != row["inhabitants"]:
                folder.wrong_row(
                    "inhabitants",
                    row,
                    _("%(code)s has %(number)s inhabitants in %(table)s.csv.")
                    % {"code": row["cbs_code"], "number": other, "table": table},
                )


def _quota(folder: RegionFolder) -> None:
    """A figure of a municipality differs at most one person from the statutory formula."""
    national = {row["period"]: row["net_quota"] for row in folder.rows("national_quota")}
    for row in folder.rows("municipal_quota"):
        if row["period"] not in national:
            folder.wrong_row(
                "municipal_quota",
                row,
                _("%(period)s is not in national_quota.csv.") % {"period": row["period"]},
            )
            continue
        expected = formula(folder, row["period"], row["cbs_code"], national[row["period"]])
        if expected is not None and abs(expected - row["net_quota"]) > TOLERANCE:
            folder.wrong_row(
                "municipal_quota",
                row,
                _("%(given)s persons is not plausible: the formula of the law gives %(expected)s.")
                % {"given": row["net_quota"], "expected": expected},
            )


def _balances(folder: RegionFolder) -> None:
    known = {row["period"] for row in folder.rows("national_quota")}
    for row in folder.rows("opening_balance"):
        day = row["date"]
        period = f"{day.year}-{'I' if day.month == 1 else 'II'}"
        if (day.day, day.month) not in ((1, 1), (1, 7)) or period not in known:
            folder.wrong_row(
                "opening_balance",
                row,
                _("%(day)s is not the first day of a half-year in national_quota.csv.")
                % {"day": day},
            )


def formula(folder: RegionFolder, period: str, code: str, national: int | None) -> int | None:
    """Outcome of art. 29(1) Huisvestingswet 2014 in persons; None where a figure is not known.

    The law takes the inhabitants of 1 January of the year before. Where those are not in the
    folder, the nearest date known for both municipality and country stands in.
    """
    wanted = int(period[:4]) - 1
    country = {
        r["reference_date"]: r["inhabitants"] for r in folder.rows("inhabitants_netherlands")
    }
    local = {
        row["reference_date"]: row["inhabitants"]
        for row in folder.rows("inhabitants")
        if row["cbs_code"] == code
    }
    dates = sorted(country.keys() & local.keys(), key=lambda day: (abs(day.year - wanted), day))
    if national is None or not dates:
        return None
    rounding = folder.words["region"]["rounding_mode"]
    return statutory_quota(national, local[dates[0]], country[dates[0]], rounding)


def _reasons(folder: RegionFolder) -> None:
    known = {(row["kind"], row["code"]) for row in folder.rows("vera_codes")}
    for table in (
        "assessment_reasons",
        "withdrawal_reasons",
        "refusal_reasons",
        "functional_needs",
    ):
        for row in folder.rows(table):
            vera = (row["vera_kind"], row["vera_code"])
            if any(vera) and vera not in known:
                folder.wrong_row(
                    table,
                    row,
                    _("%(code)s is not in vera_codes.csv.") % {"code": ".".join(vera)},
                )


def _terms(folder: RegionFolder) -> None:
    for row in folder.rows("terms"):
        if bool(row["weeks"]) == bool(row["working_days"]):
            folder.wrong_row("terms", row, _("a term is told in weeks or in working days."))


def _thresholds(folder: RegionFolder) -> None:
    for row in folder.words.get("dispersal_threshold", []):
        if row["level"] not in DispersalLevel.values:
            folder.wrong(
                "region.toml",
                None,
                _("“%(level)s” is none of street, postcode and village.") % {"level": row["level"]},
            )
        if not 0 < row["share"] <= 1:
            folder.wrong("region.toml", None, _("share is not between 0 and 1."))


def _limits(folder: RegionFolder) -> None:
    for row in folder.rows("rent_limits"):
        limits = [row[n] for n in ("quality_discount_limit", "low_cap", "high_cap", "max_rent")]
        if limits != sorted(limits):
            folder.wrong_row("rent_limits", row, _("the limits do not ascend."))
