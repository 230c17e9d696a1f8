"""Whether a dwelling suits a household, rule by rule, with the values that were compared."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from housing.arithmetic.rent import Limits, TwoMoments, rent_verdict_around_reunification
from housing.choices import Accessibility, FitRule, NeedCode, Outcome, RentVerdict

# What a dwelling was made fit for (VERA) meets these needs as well: who can get in with a
# wheelchair meets no stairs.
ON_WHEELS = frozenset(
    {Accessibility.WALKER, Accessibility.WHEELCHAIR, Accessibility.WIDE_WHEELCHAIR}
)
ZERO_STEP = ON_WHEELS | {Accessibility.ZERO_STEP}
ONE_FLOOR = ZERO_STEP | {Accessibility.GROUND_FLOOR}
FOR_WHEELCHAIR = frozenset({Accessibility.WHEELCHAIR, Accessibility.WIDE_WHEELCHAIR})
MET_BY: dict[str, frozenset[str]] = {
    NeedCode.GROUND_FLOOR: ONE_FLOOR,
    NeedCode.ENTRANCE_FLOOR: ONE_FLOOR,
    NeedCode.STEP_FREE: ZERO_STEP,
    NeedCode.WALKING_FRAME: ON_WHEELS | {Accessibility.WALKER_WITH_STEPS},
    NeedCode.WHEELCHAIR: FOR_WHEELCHAIR,
    NeedCode.LARGE_WHEELCHAIR: frozenset({Accessibility.WIDE_WHEELCHAIR}),
    NeedCode.ADAPTED_BATHROOM: FOR_WHEELCHAIR,
}
# A dwelling is kept out by these; a rent or a label is weighed by people.
HARD = frozenset({FitRule.BEDROOMS, FitRule.NEED})


@dataclass(frozen=True)
class Asked:
    """What a household asks of a dwelling, without anything that tells who it is.

    ``persons_now`` are here, ``persons_later`` with the family who follow. ``bedrooms_now`` are
    needed by who is here, ``bedrooms`` in the end; None where that is not known. ``needs`` are
    codes. ``young``: who is here lives alone and is too young for the ordinary cap.
    """

    persons_now: int
    persons_later: int
    bedrooms_now: int | None
    bedrooms: int | None
    needs: frozenset[str] = frozenset()
    young: bool = False

    @property
    def followers(self) -> int:
        return self.persons_later - self.persons_now


@dataclass(frozen=True)
class Offered:
    """What a vacated dwelling offers; rent in euro a month."""

    bedrooms: int
    net_rent: Decimal
    floor: int = 0
    lift: bool = False
    step_free: bool = False
    accessibility: str = ""
    adaptations: str = ""
    label: str = ""
    temporary_until: date | None = None

    @property
    def exempt(self) -> bool:
        """Adapted to a handicap: no highest rent holds (Wet op de huurtoeslag art. 13)."""
        return bool(self.adaptations) or self.accessibility in FOR_WHEELCHAIR


@dataclass(frozen=True)
class Check:
    """One rule: what it says, what was asked and what is offered. Of a need ``asked`` is its
    code; of a rent ``offered`` is the verdict."""

    rule: FitRule
    outcome: Outcome
    asked: object
    offered: object

    @property
    def keeps_out(self) -> bool:
        return self.rule in HARD and self.outcome == Outcome.FAIL


@dataclass(frozen=True)
class Fit:
    """All rules for one household and one dwelling. ``spare_now``: bedrooms more than who is here
    needs; None where that need is not known."""

    checks: tuple[Check, ...]
    rent: TwoMoments
    spare_now: int | None
    ahead_of_family: bool

    @property
    def fits(self) -> bool:
        return not any(check.keeps_out for check in self.checks)

    @property
    def obstacles(self) -> tuple[Check, ...]:
        """Why it does not fit."""
        return tuple(check for check in self.checks if check.keeps_out)

    @property
    def cautions(self) -> tuple[Check, ...]:
        """What people should look at, though it keeps nobody out; the rent is told by itself."""
        return tuple(
            check
            for check in self.checks
            if check.outcome != Outcome.PASS
            and not check.keeps_out
            and check.rule not in (FitRule.RENT, FitRule.RENT_LATER)
        )


def fit(asked: Asked, offered: Offered, limits: Limits | None) -> Fit:
    """Judges one dwelling for one household by every rule."""
    rent = rent_verdict_around_reunification(
        offered.net_rent,
        asked.persons_now,
        asked.persons_later,
        limits,
        young=asked.young,
        exempt=offered.exempt,
    )
    checks = [
        _bedrooms(asked, offered),
        *(_need(code, offered) for code in sorted(asked.needs)),
        _rent(FitRule.RENT, rent.now, offered),
    ]
    if asked.followers:
        checks.append(_rent(FitRule.RENT_LATER, rent.after, offered))
    if offered.label:
        checks.append(Check(FitRule.LABEL, Outcome.UNKNOWN, None, offered.label))
    if offered.temporary_until is not None:
        checks.append(Check(FitRule.TEMPORARY, Outcome.UNKNOWN, None, offered.temporary_until))
    spare = None if asked.bedrooms_now is None else offered.bedrooms - asked.bedrooms_now
    return Fit(
        checks=tuple(checks),
        rent=rent,
        spare_now=spare,
        ahead_of_family=bool(asked.followers) and spare is not None and spare > 0,
    )


def _bedrooms(asked: Asked, offered: Offered) -> Check:
    if asked.bedrooms is None:
        outcome = Outcome.UNKNOWN
    else:
        outcome = Outcome.PASS if offered.bedrooms >= asked.bedrooms else Outcome.FAIL
    return Check(FitRule.BEDROOMS, outcome, asked.bedrooms, offered.bedrooms)


def _need(code: str, offered: Offered) -> Check:
    return Check(FitRule.NEED, _meets(code, offered), code, offered.accessibility)


def _meets(code: str, offered: Offered) -> Outcome:
    """Whether the register says that a need is met. What it does not tell is not known: a
    dwelling without a label for accessibility may be fit for anybody."""
    if code == NeedCode.LIFT:
        return Outcome.PASS if offered.lift or offered.floor <= 0 else Outcome.FAIL
    if code not in MET_BY:
        return Outcome.UNKNOWN
    if offered.accessibility in MET_BY[code]:
        return Outcome.PASS
    if code == NeedCode.STEP_FREE:
        return Outcome.PASS if offered.step_free else Outcome.FAIL
    if code == NeedCode.ADAPTED_BATHROOM:
        return Outcome.UNKNOWN if offered.adaptations else Outcome.FAIL
    return Outcome.FAIL if offered.accessibility else Outcome.UNKNOWN


def _rent(rule: FitRule, verdict: RentVerdict, offered: Offered) -> Check:
    outcome = {RentVerdict.FITS: Outcome.PASS, RentVerdict.UNKNOWN: Outcome.UNKNOWN}.get(
        verdict, Outcome.FAIL
    )
    return Check(rule, outcome, offered.net_rent, verdict)
