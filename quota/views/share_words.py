"""The share in words: what is still needed, and what is counted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.choices import ShareDenominator
from partners.models import ShareDefinition
from quota.arithmetic import Needed
from quota.choices import Outlook
from quota.selectors import ShareOverview
from westerkwartier.web.templatetags.ui import date_long, number, percent

OUTLOOK_TONES = {
    Outlook.UNKNOWN: "neutral",
    Outlook.SECURED: "good",
    Outlook.WITHIN_REACH: "warn",
    Outlook.OUT_OF_REACH: "bad",
    Outlook.MET: "good",
    Outlook.MISSED: "bad",
}


def needed_text(overview: ShareOverview, needed: Needed | None) -> str:
    """How many of the next dwellings must go to permit holders; or why that is no question."""
    if needed is None:
        return _("Nobody has laid down yet how the share is counted.")
    values = {
        "target": percent(overview.now.target),
        "day": date_long(overview.covenant.ends_on),
        "needed": number(needed.needed),
        "expected": number(needed.expected),
        "share": percent(overview.months[-1].share_so_far(), 1),
    }
    texts = {
        Outlook.UNKNOWN: _("No dwelling has been counted since the covenant began."),
        Outlook.SECURED: _(
            "Also when none of the next %(expected)s dwellings goes to permit holders, the share "
            "is at least %(target)s on %(day)s."
        ),
        Outlook.WITHIN_REACH: _(
            "%(needed)s of the next %(expected)s dwellings must go to permit holders to have "
            "%(target)s on %(day)s."
        ),
        Outlook.OUT_OF_REACH: _(
            "%(target)s on %(day)s can no longer be reached: that would take %(needed)s dwellings, "
            "and about %(expected)s more are to be expected."
        ),
        Outlook.MET: _("The covenant ended on %(day)s with a share of %(share)s."),
        Outlook.MISSED: _(
            "The covenant ended on %(day)s with a share of %(share)s; %(needed)s dwellings were "
            "missing."
        ),
    }
    return texts[needed.outlook] % values


def expected_text(needed: Needed | None) -> str:
    """How the number of dwellings still to come was reckoned; empty when none come."""
    if needed is None or not needed.expected:
        return ""
    return _(
        "Reckoned with %(per_month)s dwellings a month, as many as so far, and %(months)s months "
        "to go."
    ) % {
        "per_month": number(needed.per_month, 1),
        "months": number(needed.months_left, 1),
    }


@dataclass(frozen=True)
class DefinitionPart:
    """One of the denominators, explained; ``laid_down`` are the definitions that use it."""

    letter: str
    label: str
    text: str
    in_force: bool
    laid_down: list[ShareDefinition]


def definition_parts(overview: ShareOverview) -> list[DefinitionPart]:
    """A, B and C in plain words, each with when and by what source it was chosen."""
    texts = {
        ShareDenominator.AVAILABLE: _(
            "Every dwelling that came free for letting in the period, after a notice or newly "
            "built. What was withdrawn afterwards, for sale or demolition, does not count."
        ),
        ShareDenominator.UNLABELLED: _(
            "As A, without the dwellings that not everybody can get: those with a label (for "
            "seniors, care, students), those outside the regulated sector and those kept for a "
            "tenant who moves within the corporation."
        ),
        ShareDenominator.LET: _(
            "Every dwelling of which a new tenancy began in the period, to whomever it was let."
        ),
    }
    return [
        DefinitionPart(
            letter=denominator.value,
            label=denominator.label,
            text=text,
            in_force=overview.definition is not None
            and overview.definition.denominator == denominator,
            laid_down=[one for one in overview.definitions if one.denominator == denominator],
        )
        for denominator, text in texts.items()
    ]
