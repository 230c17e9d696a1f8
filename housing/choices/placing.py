"""Placing: the statuses of a case, the states of a proposal, and the one table of allowed steps."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.choices import Role


class CaseStatus(models.TextChoices):
    """Where a household stands, from COA's link to the end."""

    LINKED = "linked", _("Linked")
    IN_PREPARATION = "in_preparation", _("In preparation")
    ON_HOLD = "on_hold", _("On hold")
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Corporation agrees")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    REFUSAL_REVIEW = "refusal_review", _("Refusal waits for COA's judgement")
    CONTRACT_SIGNED = "contract_signed", _("Contract signed")
    MOVED_IN = "moved_in", _("Moved in")
    REGISTERED = "registered", _("Registered (BRP)")
    SIGNED_OFF = "signed_off", _("Signed off by COA")
    CLOSED = "closed", _("Closed")
    UNLINKED = "unlinked", _("Unlinked")
    RELINKED = "relinked", _("Linked elsewhere")


# A dwelling is still to be found; a proposal may be made in the first two.
SEARCHING = (
    CaseStatus.LINKED,
    CaseStatus.IN_PREPARATION,
    CaseStatus.ON_HOLD,
    CaseStatus.REFUSAL_REVIEW,
)
# A proposal is under way, without a contract yet.
PLACING = (CaseStatus.PROPOSED, CaseStatus.AGREED, CaseStatus.OFFERED, CaseStatus.ACCEPTED)
# There is a contract; COA has not signed off.
HOUSING = (CaseStatus.CONTRACT_SIGNED, CaseStatus.MOVED_IN, CaseStatus.REGISTERED)
ENDED = (CaseStatus.CLOSED, CaseStatus.UNLINKED, CaseStatus.RELINKED)
# Work for somebody.
OPEN_CASES = (*SEARCHING, *PLACING, *HOUSING)


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Corporation agrees")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    SIGNED = "signed", _("Contract signed")
    MOVED_IN = "moved_in", _("Moved in")
    REGISTERED = "registered", _("Registered (BRP)")
    SIGNED_OFF = "signed_off", _("Signed off by COA")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# A dwelling and a household have one proposal at a time in one of these.
LIVE_PROPOSALS = (
    ProposalState.PROPOSED,
    ProposalState.AGREED,
    ProposalState.OFFERED,
    ProposalState.ACCEPTED,
    ProposalState.SIGNED,
    ProposalState.MOVED_IN,
    ProposalState.REGISTERED,
)


class RefusalOwner(models.TextChoices):
    """Who said no."""

    HOUSEHOLD = "household", _("Household")
    CORPORATION = "corporation", _("Corporation")
    MUNICIPALITY = "municipality", _("Municipality")
    COA = "coa", _("COA")


class Judgement(models.TextChoices):
    """COA's opinion of a refusal (Regeling verstrekkingen asielzoekers art. 7)."""

    JUSTIFIED = "justified", _("Justified")
    UNJUSTIFIED = "unjustified", _("Not justified")


class Consequence(models.TextChoices):
    """What follows from COA's judgement."""

    NEW_DWELLING = "new_dwelling", _("Another dwelling is looked for")
    ACCEPTS = "accepts", _("The household accepts after all")
    RECEPTION_ENDS = "reception_ends", _("Reception by COA ends")


class StepReason(models.TextChoices):
    """Why a case is on hold, ended or changed. ``STEPS`` says which go with which step."""

    AWAITS_FAMILY = "awaits_family", _("Waits for family who follow")
    AWAITS_CARE = "awaits_care", _("Waits for care or support")
    AWAITS_COA = "awaits_coa", _("Waits for COA")
    ELSEWHERE = "elsewhere", _("Linked to another municipality")
    SELF_HOUSED = "self_housed", _("Found a dwelling without help")
    JOINED_FAMILY = "joined_family", _("Moved in with family")
    LEFT = "left", _("Left without telling where to")
    PERMIT_WITHDRAWN = "permit_withdrawn", _("Permit withdrawn")
    DECEASED = "deceased", _("Died")
    COA_ERROR = "coa_error", _("Mistake by COA")
    RECEPTION_ENDED = "reception_ended", _("Reception ended after a refusal")
    MERGED = "merged", _("Taken together with another household")


class StepCode(models.TextChoices):
    """What was done. In the order in which it mostly happens."""

    LINK = "link", _("Linked by COA")
    PREPARE = "prepare", _("Taken in hand")
    HOLD = "hold", _("Put on hold")
    RESUME = "resume", _("Taken up again")
    NO_DWELLING = "no_dwelling", _("No dwelling found")
    PROPOSE = "propose", _("Dwelling proposed")
    AGREE = "agree", _("Corporation agrees")
    OFFER = "offer", _("Offered to the household")
    ACCEPT = "accept", _("Accepted by the household")
    REFUSE = "refuse", _("Refused by the household")
    DECLINE = "decline", _("Turned down")
    WITHDRAW = "withdraw", _("Proposal withdrawn")
    JUDGE = "judge", _("Refusal judged by COA")
    SIGN = "sign", _("Contract signed")
    MOVE_IN = "move_in", _("Moved in")
    REGISTER = "register", _("Registered (BRP)")
    SIGN_OFF = "sign_off", _("Signed off by COA")
    STAY = "stay", _("Housed in other accommodation")
    LODGE = "lodge", _("Lodged elsewhere for the time being")
    JOIN = "join", _("Family joined")
    SIGN_OFF_JOINED = "sign_off_joined", _("Family signed off by COA")
    CORRECT_COUNT = "correct_count", _("Count corrected")
    CHANGE_LINK = "change_link", _("Linked to another municipality of the region")
    BIRTH = "birth", _("Child born")
    DEPART = "depart", _("Person left the household")
    SPLIT = "split", _("Household split")
    MERGE = "merge", _("Households taken together")
    CLOSE = "close", _("Case closed")
    UNLINK = "unlink", _("Unlinked by COA")
    RELINK = "relink", _("Linked elsewhere by COA")
    UNDO = "undo", _("Step taken back")


COORDINATOR, OFFICER, STAFF = (
    Role.COORDINATOR,
    Role.MUNICIPAL_OFFICER,
    Role.CORPORATION_STAFF,
)
ON_HOLD_BECAUSE = (StepReason.AWAITS_FAMILY, StepReason.AWAITS_CARE, StepReason.AWAITS_COA)
UNLINKED_BECAUSE = (
    StepReason.SELF_HOUSED,
    StepReason.JOINED_FAMILY,
    StepReason.LEFT,
    StepReason.PERMIT_WITHDRAWN,
    StepReason.DECEASED,
    StepReason.COA_ERROR,
    StepReason.RECEPTION_ENDED,
)
ALIVE = tuple(status for status in CaseStatus if status not in ENDED)


@dataclass(frozen=True)
class StepRule:
    """A step: from which statuses, to which (None: it stays), what becomes of the proposal, who
    may take it and with which reasons (none: no reason is asked).

    Roles only; whose household, whose dwelling is up to the policies.
    """

    before: tuple[CaseStatus, ...]
    after: CaseStatus | None
    who: tuple[Role, ...]
    proposal: ProposalState | None = None
    reasons: tuple[StepReason, ...] = ()

    @property
    def on_proposal(self) -> bool:
        """Whether the step is about a proposal."""
        return self.proposal is not None


C, P, S = CaseStatus, ProposalState, StepCode

STEPS: dict[str, StepRule] = {
    S.LINK: StepRule((C.LINKED,), None, (COORDINATOR, OFFICER)),
    S.PREPARE: StepRule((C.LINKED,), C.IN_PREPARATION, (COORDINATOR, OFFICER)),
    S.HOLD: StepRule(
        (C.LINKED, C.IN_PREPARATION), C.ON_HOLD, (COORDINATOR, OFFICER), reasons=ON_HOLD_BECAUSE
    ),
    S.RESUME: StepRule((C.ON_HOLD,), C.IN_PREPARATION, (COORDINATOR, OFFICER)),
    S.NO_DWELLING: StepRule((C.LINKED, C.IN_PREPARATION), None, (COORDINATOR, OFFICER)),
    S.PROPOSE: StepRule((C.LINKED, C.IN_PREPARATION), C.PROPOSED, (COORDINATOR,), P.PROPOSED),
    S.AGREE: StepRule((C.PROPOSED,), C.AGREED, (COORDINATOR, STAFF), P.AGREED),
    S.OFFER: StepRule((C.AGREED,), C.OFFERED, (COORDINATOR, OFFICER), P.OFFERED),
    S.ACCEPT: StepRule((C.OFFERED,), C.ACCEPTED, (COORDINATOR, OFFICER), P.ACCEPTED),
    S.REFUSE: StepRule(
        (C.OFFERED, C.ACCEPTED), C.REFUSAL_REVIEW, (COORDINATOR, OFFICER), P.REFUSED
    ),
    S.DECLINE: StepRule(PLACING, C.IN_PREPARATION, (COORDINATOR, OFFICER, STAFF), P.REFUSED),
    S.WITHDRAW: StepRule(PLACING, C.IN_PREPARATION, (COORDINATOR,), P.WITHDRAWN),
    S.JUDGE: StepRule((C.REFUSAL_REVIEW,), C.IN_PREPARATION, (COORDINATOR, OFFICER), P.REFUSED),
    S.SIGN: StepRule((C.ACCEPTED,), C.CONTRACT_SIGNED, (COORDINATOR, STAFF), P.SIGNED),
    S.MOVE_IN: StepRule((C.CONTRACT_SIGNED,), C.MOVED_IN, (COORDINATOR, OFFICER), P.MOVED_IN),
    S.REGISTER: StepRule((C.MOVED_IN,), C.REGISTERED, (COORDINATOR, OFFICER), P.REGISTERED),
    S.SIGN_OFF: StepRule(
        (C.MOVED_IN, C.REGISTERED), C.SIGNED_OFF, (COORDINATOR, OFFICER), P.SIGNED_OFF
    ),
    S.STAY: StepRule((C.LINKED, C.IN_PREPARATION), C.SIGNED_OFF, (COORDINATOR, OFFICER)),
    S.LODGE: StepRule((C.LINKED, C.IN_PREPARATION), None, (COORDINATOR, OFFICER)),
    S.JOIN: StepRule(
        (C.MOVED_IN, C.REGISTERED, C.SIGNED_OFF, C.CLOSED), None, (COORDINATOR, OFFICER)
    ),
    S.SIGN_OFF_JOINED: StepRule((C.SIGNED_OFF, C.CLOSED), None, (COORDINATOR, OFFICER)),
    S.CORRECT_COUNT: StepRule(tuple(CaseStatus), None, (COORDINATOR,)),
    S.CHANGE_LINK: StepRule((*SEARCHING, *PLACING), None, (COORDINATOR,)),
    S.BIRTH: StepRule(ALIVE, None, (COORDINATOR, OFFICER)),
    S.DEPART: StepRule(ALIVE, None, (COORDINATOR, OFFICER)),
    S.SPLIT: StepRule((*SEARCHING, *HOUSING, C.SIGNED_OFF), None, (COORDINATOR,)),
    S.MERGE: StepRule((*SEARCHING, *HOUSING, C.SIGNED_OFF), None, (COORDINATOR,)),
    S.CLOSE: StepRule((C.SIGNED_OFF,), C.CLOSED, (COORDINATOR, OFFICER)),
    S.UNLINK: StepRule(
        SEARCHING, C.UNLINKED, (COORDINATOR,), reasons=(*UNLINKED_BECAUSE, StepReason.MERGED)
    ),
    S.RELINK: StepRule(SEARCHING, C.RELINKED, (COORDINATOR,), reasons=(StepReason.ELSEWHERE,)),
}

# In which state the proposal of a household is, as long as the household is at a status. A step on
# a proposal is a step on this one; only a new proposal has nothing before it.
STATE_AT: dict[str, ProposalState] = {
    C.PROPOSED: P.PROPOSED,
    C.AGREED: P.AGREED,
    C.OFFERED: P.OFFERED,
    C.ACCEPTED: P.ACCEPTED,
    C.REFUSAL_REVIEW: P.REFUSED,
    C.CONTRACT_SIGNED: P.SIGNED,
    C.MOVED_IN: P.MOVED_IN,
    C.REGISTERED: P.REGISTERED,
}

# Who speaks for whom when a proposal is turned down; a household's own no is a refusal.
SPEAKS_FOR: dict[str, tuple[RefusalOwner, ...]] = {
    COORDINATOR: (RefusalOwner.CORPORATION, RefusalOwner.MUNICIPALITY, RefusalOwner.COA),
    OFFICER: (RefusalOwner.MUNICIPALITY, RefusalOwner.COA),
    STAFF: (RefusalOwner.CORPORATION,),
}

# What may not be taken back: the first line, what took something back itself, and a correction,
# which is mended by the next one.
NOT_UNDONE = (
    StepCode.LINK,
    StepCode.UNDO,
    StepCode.CORRECT_COUNT,
)


def case_transitions() -> dict[str, set[str]]:
    """From each status to where, as the steps say."""
    table: dict[str, set[str]] = {status: set() for status in CaseStatus}
    for rule in STEPS.values():
        for status in rule.before:
            if rule.after is not None:
                table[status].add(rule.after)
    return table


def steps_from(status: str) -> list[StepCode]:
    """The steps that a case with this status may take, in order."""
    return [StepCode(code) for code, rule in STEPS.items() if status in rule.before]
