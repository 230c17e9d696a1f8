"""Checks between the national files about households."""

from django.utils.translation import gettext as _

from housing.choices import CountEvent, CreditedTo
from westerkwartier.loading.folder import RegionFolder

LONGEST_OFFSET = 3660  # days; the database keeps a small number


def check_cases(folder: RegionFolder) -> None:
    """Adds to ``folder.mistakes`` what the database would refuse without saying where."""
    _periods(folder)
    _counting(folder)
    _sharing(folder)
    _guidance(folder)


def _periods(folder: RegionFolder) -> None:
    """``valid_to`` lies after ``valid_from``, and rows with one key do not overlap."""
    keys = {
        "functional_needs": ("code",),
        "refusal_reasons": ("code",),
        "accommodation_types": ("code",),
        "counting_rules": ("category", "accommodation"),
        "sharing_rules": (),
        "guidance_tasks": ("code",),
    }
    for table, key in keys.items():
        before: dict[tuple, dict] = {}
        for row in sorted(folder.rows(table), key=lambda row: row["valid_from"]):
            if row["valid_to"] and row["valid_to"] <= row["valid_from"]:
                folder.wrong_row(table, row, _("valid_to does not lie after valid_from."))
            same = tuple(row[name] for name in key)
            other = before.get(same)
            if other and (other["valid_to"] is None or other["valid_to"] > row["valid_from"]):
                folder.wrong_row(
                    table,
                    row,
                    _("an earlier row still holds on %(day)s.") % {"day": row["valid_from"]},
                )
            before[same] = row


def _counting(folder: RegionFolder) -> None:
    known = {row["code"] for row in folder.rows("accommodation_types")}
    for row in folder.rows("counting_rules"):
        if row["accommodation"] not in known:
            folder.wrong_row(
                "counting_rules",
                row,
                _("%(code)s is not in accommodation_types.csv.") % {"code": row["accommodation"]},
            )
        told = {
            row["counts"],
            row["from_event"] != CountEvent.NONE,
            row["credited_to"] != CreditedTo.NONE,
        }
        if len(told) > 1:
            folder.wrong_row(
                "counting_rules",
                row,
                _("who counts has an event and a municipality, who does not has neither."),
            )


def _sharing(folder: RegionFolder) -> None:
    for row in folder.rows("sharing_rules"):
        if row["any_sex_below"] > row["same_sex_below"]:
            folder.wrong_row("sharing_rules", row, _("any_sex_below is above same_sex_below."))
        if not 1 <= row["max_per_room"] <= 20:
            folder.wrong_row("sharing_rules", row, _("max_per_room is not between 1 and 20."))


def _guidance(folder: RegionFolder) -> None:
    for row in folder.rows("guidance_tasks"):
        if abs(row["offset_days"]) > LONGEST_OFFSET:
            folder.wrong_row("guidance_tasks", row, _("offset_days is more than ten years."))
