"""What proposals, steps and fits are called on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from housing.arithmetic import Check
from housing.choices import (
    LIVE_PROPOSALS,
    Accessibility,
    DwellingLabel,
    FitRule,
    ProposalState,
    RentVerdict,
    StepCode,
)
from housing.models import Case, FunctionalNeed, Proposal
from housing.selectors.candidates import Candidate
from housing.selectors.placing import Difference
from housing.views.advice import RENT_TONES, warning_sentence
from westerkwartier.web.templatetags.ui import date_long, euro, number, pill

# The road of a proposal, in order.
ROAD = (*LIVE_PROPOSALS, ProposalState.SIGNED_OFF)
# What comes next at each of them, and what else may be done.
NEXT = {
    ProposalState.PROPOSED: StepCode.AGREE,
    ProposalState.AGREED: StepCode.OFFER,
    ProposalState.OFFERED: StepCode.ACCEPT,
    ProposalState.ACCEPTED: StepCode.SIGN,
    ProposalState.SIGNED: StepCode.MOVE_IN,
    ProposalState.MOVED_IN: StepCode.REGISTER,
    ProposalState.REGISTERED: StepCode.SIGN_OFF,
    ProposalState.REFUSED: StepCode.JUDGE,
}
OTHERS = (StepCode.REFUSE, StepCode.DECLINE, StepCode.SIGN_OFF, StepCode.WITHDRAW)
TONES = {
    ProposalState.REFUSED: "bad",
    ProposalState.WITHDRAWN: "neutral",
    ProposalState.SIGNED_OFF: "good",
}


@dataclass(frozen=True)
class StepWords:
    """``deed``: on the button and above the page; ``intro``: what follows; ``done``: afterwards."""

    deed: str
    intro: str
    done: str


def step_words(code: str) -> StepWords:
    return {
        StepCode.AGREE: StepWords(
            _("Agree to the proposal"),
            _("From then on the corporation sees the name of the household."),
            _("The corporation agrees."),
        ),
        StepCode.OFFER: StepWords(
            _("Offer the dwelling"),
            _("The dwelling is offered to the household."),
            _("The dwelling has been offered."),
        ),
        StepCode.ACCEPT: StepWords(
            _("Household accepts"),
            _("The household takes the dwelling; the contract can be signed."),
            _("The household accepts the dwelling."),
        ),
        StepCode.REFUSE: StepWords(
            _("Household refuses"),
            _("The dwelling is free for another household at once. COA judges the refusal."),
            _("The refusal has been noted. The dwelling is free again."),
        ),
        StepCode.DECLINE: StepWords(
            _("Turn down"),
            _("The proposal ends. The dwelling is free for another household at once."),
            _("The proposal has been turned down. The dwelling is free again."),
        ),
        StepCode.WITHDRAW: StepWords(
            _("Withdraw the proposal"),
            _("The proposal ends. The dwelling is free for another household at once."),
            _("The proposal has been withdrawn. The dwelling is free again."),
        ),
        StepCode.JUDGE: StepWords(
            _("Note COA's judgement"),
            _(
                "What COA thinks of the refusal. After a justified refusal another dwelling is "
                "looked for."
            ),
            _("The judgement has been noted."),
        ),
        StepCode.SIGN: StepWords(
            _("Contract signed"),
            _("The dwelling is let to the household and is no longer vacant."),
            _("The contract has been noted."),
        ),
        StepCode.MOVE_IN: StepWords(
            _("Moved in"),
            _("Everybody of the household who is here lives there from this day on."),
            _("The move has been noted."),
        ),
        StepCode.REGISTER: StepWords(
            _("Registered (BRP)"),
            _("The household is registered at its new address."),
            _("The registration has been noted."),
        ),
        StepCode.SIGN_OFF: StepWords(
            _("Signed off by COA"),
            _("From this day on the persons count for the quota."),
            _("The signing off has been noted."),
        ),
    }[code]


def step_url(proposal: Proposal, code: str) -> str:
    return reverse(f"proposals:proposal_{code}", args=[proposal.pk])


def not_now(case: Case) -> str:
    """That the household is at another step."""
    return _("That cannot be done now: this household is at “%(status)s”.") % {
        "status": case.get_status_display()
    }


def state_pill(state: str):
    return pill(TONES.get(state, "neutral"), ProposalState(state).label)


def persons_words(here: int, expected: int) -> str:
    """ "1 person, 3 follow"."""
    words = ngettext("%(count)s person", "%(count)s persons", here) % {"count": number(here)}
    if not expected:
        return words
    follow = ngettext("%(count)s follows", "%(count)s follow", expected) % {
        "count": number(expected)
    }
    return f"{words}, {follow}"


def days_at_step(days: int) -> str:
    if days == 0:
        return _("since today")
    return ngettext("for %(days)s day", "for %(days)s days", days) % {"days": number(days)}


def needs_by_code() -> dict[str, FunctionalNeed]:
    """The needs by their code. One query."""
    return {need.code: need for need in FunctionalNeed.objects.all()}


def check_words(check: Check, needs: dict[str, FunctionalNeed]) -> str:
    """Why a dwelling does not fit, or what should be looked at."""
    if check.rule == FitRule.BEDROOMS:
        if check.asked is None:
            return _("It is not known how many bedrooms the household needs.")
        return _("%(offered)s of the %(asked)s bedrooms that are needed") % {
            "offered": number(check.offered),
            "asked": number(check.asked),
        }
    if check.rule == FitRule.NEED:
        need = needs.get(check.asked, check.asked)
        if check.outcome == "fail":
            return _("Not: %(need)s") % {"need": need}
        return _("Look into: %(need)s") % {"need": need}
    if check.rule == FitRule.LABEL:
        return _("Meant for: %(label)s") % {"label": DwellingLabel(check.offered).label}
    return _("Temporary until %(day)s") % {"day": date_long(check.offered)}


@dataclass(frozen=True)
class CandidateWords:
    """A candidate as a page shows it; ``url`` is where it is proposed; ``deadline``: the days that
    the household has left, in a list of households."""

    candidate: Candidate
    needs: dict[str, FunctionalNeed]
    url: str = ""
    deadline: str = ""

    @property
    def rents(self) -> list:
        """The verdict on the rent now and, where family follow, later."""
        rent = self.candidate.fit.rent
        if not self.candidate.asked.followers:
            return [pill(RENT_TONES[rent.now], RentVerdict(rent.now).label)]
        return [
            pill(RENT_TONES[verdict], f"{when}: {RentVerdict(verdict).label}")
            for when, verdict in ((_("Now"), rent.now), (_("Later"), rent.after))
        ]

    @property
    def extra(self) -> str:
        """Rent above the cap a month, as long as it lasts."""
        above = self.candidate.fit.rent.above_cap
        if not above:
            return ""
        amount = {"amount": euro(above)}
        if self.candidate.asked.followers:
            return _("%(amount)s a month above the cap until the family is there") % amount
        return _("%(amount)s a month above the cap") % amount

    @property
    def size(self) -> str:
        return persons_words(self.candidate.asked.persons_now, self.candidate.asked.followers)

    @property
    def bedrooms_asked(self) -> str:
        asked = self.candidate.asked.bedrooms
        if asked is None:
            return _("Bedrooms needed: not known")
        return ngettext("%(count)s bedroom needed", "%(count)s bedrooms needed", asked) % {
            "count": number(asked)
        }

    @property
    def bedrooms_offered(self) -> str:
        offered = self.candidate.vacancy.dwelling.bedrooms
        return ngettext("%(count)s bedroom", "%(count)s bedrooms", offered) % {
            "count": number(offered)
        }

    @property
    def ahead(self) -> str:
        """That it is taken ahead of the family, and for how many."""
        if not self.candidate.fit.ahead_of_family:
            return ""
        count = self.candidate.asked.followers
        return ngettext(
            "Ahead of %(count)s person who follows", "Ahead of %(count)s persons who follow", count
        ) % {"count": number(count)}

    @property
    def empty(self) -> str:
        days = self.candidate.days_empty
        if days is None:
            return _("from %(day)s") % {"day": date_long(self.candidate.vacancy.available_from)}
        return ngettext("empty for %(days)s day", "empty for %(days)s days", days) % {
            "days": number(days)
        }

    @property
    def obstacles(self) -> list[str]:
        return [check_words(check, self.needs) for check in self.candidate.fit.obstacles]

    @property
    def cautions(self) -> list[str]:
        return [
            *(check_words(check, self.needs) for check in self.candidate.fit.cautions),
            *(warning_sentence(around) for around in self.candidate.warnings),
        ]


# -- what changed since ----------------------------------------------------------------------------


def difference_label(difference: Difference) -> str:
    labels = {
        ("household", "persons"): _("Persons here"),
        ("household", "expected"): _("Persons who follow"),
        ("household", "bedrooms"): _("Bedrooms needed"),
        ("household", "needs"): _("Needs"),
        ("dwelling", "bedrooms"): _("Bedrooms"),
        ("dwelling", "floor"): _("Floor"),
        ("dwelling", "lift"): _("Lift"),
        ("dwelling", "step_free"): _("Step-free"),
        ("dwelling", "accessibility"): _("Accessibility"),
        ("dwelling", "net_rent"): _("Net rent"),
        ("dwelling", "service_costs"): _("Service costs"),
        ("dwelling", "available_from"): _("Available from"),
        ("rules", "year"): _("Year of the rent limits"),
        ("rules", "limits"): _("Rent limits"),
        ("rules", "norms"): _("Bedroom norms"),
    }
    return labels.get((difference.part, difference.name), difference.name)


def difference_value(name: str, value, needs: dict[str, FunctionalNeed]) -> str:
    """A kept value in words."""
    if name == "needs":
        return ", ".join(str(needs.get(code, code)) for code in value) or "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, "", {}):
        return "–"
    if name in ("net_rent", "service_costs"):
        return euro(Decimal(value))
    if name == "available_from":
        return date_long(date.fromisoformat(value))
    if name == "accessibility":
        return str(Accessibility(value).label)
    if name == "limits":
        return pgettext("rent", "%(low)s and %(high)s") % {
            "low": euro(Decimal(value["low_cap"])),
            "high": euro(Decimal(value["high_cap"])),
        }
    if name == "norms":
        return ", ".join(
            _("%(persons)s+ persons: %(bedrooms)s") % {"persons": persons, "bedrooms": bedrooms}
            for persons, bedrooms in value.items()
        )
    return str(value)


def needs_of(found: Iterable[Difference]) -> dict[str, FunctionalNeed]:
    """The needs by their code where one of these differences is about them. At most one query."""
    return needs_by_code() if any(one.name == "needs" for one in found) else {}


def difference_rows(
    found: list[Difference], needs: dict[str, FunctionalNeed] | None = None
) -> list[tuple[str, str, str]]:
    """What, how it was kept and how it is now. ``needs`` where several lists share them."""
    needs = needs_of(found) if needs is None else needs
    return [
        (
            capfirst(difference_label(one)),
            difference_value(one.name, one.kept, needs),
            difference_value(one.name, one.now, needs),
        )
        for one in found
    ]
