"""Proposals of a vacated dwelling to a household, and the steps of a case one by one."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    LIVE_PROPOSALS,
    NOT_UNDONE,
    STATE_AT,
    STEPS,
    CaseStatus,
    Consequence,
    Judgement,
    ProposalState,
    StepCode,
    StepReason,
)
from housing.models import erased
from housing.models.cases import Case, OfCase
from housing.models.reasons import RefusalReason
from housing.models.stock import Vacancy
from partners.choices import Role
from partners.models import User
from westerkwartier.web.history import append_only, facts, kept_by_triggers
from westerkwartier.web.models import choice_check, in_order
from westerkwartier.web.sealed import SealedTextField, filled

LIVE = sorted(state.value for state in LIVE_PROPOSALS)
GONE = sorted([ProposalState.REFUSED.value, ProposalState.WITHDRAWN.value])
BEFORE_ACCEPTED = sorted(
    state.value for state in (ProposalState.PROPOSED, ProposalState.AGREED, ProposalState.OFFERED)
)


class ProposalQuerySet(OfCase):
    def visible_to(self, user):
        """With the household; the corporation also what became of its own dwellings."""
        own = user.reach.organisations_as(Role.CORPORATION_STAFF)
        return self.filter(
            Q(case__in=Case.objects.visible_to(user)) | Q(vacancy__dwelling__corporation__in=own)
        )

    def live(self):
        """Under way, up to and including the registration."""
        return self.filter(state__in=LIVE)

    def current(self):
        """Under way or done: neither refused nor withdrawn."""
        return self.exclude(state__in=GONE)

    def agreed(self):
        """From the corporation's yes on."""
        return self.exclude(state__in=[ProposalState.PROPOSED, *GONE])

    def accepted(self):
        """From the household's yes on."""
        return self.exclude(state__in=[*BEFORE_ACCEPTED, *GONE])


@facts(erased=erased.of_case())
class Proposal(models.Model):
    """A vacated dwelling proposed to a household, across municipalities.

    ``state`` and ``ended_on`` repeat what the newest step says; triggers keep them. ``kept`` is
    how household, dwelling and rules were on ``proposed_on`` (see ``selectors.placing.snapshot``),
    without anything personal, and the state that the vacancy had. ``ahead_of_family``: a dwelling
    for the family who follow, taken by who is here already. A refusal has a coded reason that says
    who refused; COA judges a refusal by the household.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ProposalState,
        default=ProposalState.PROPOSED,
        editable=False,
    )
    proposed_on = models.DateField(_("proposed on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    ahead_of_family = models.BooleanField(_("ahead of the family who follow"), default=False)
    kept = models.JSONField(default=dict)
    refusal_reason = models.ForeignKey(
        RefusalReason,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("reason for refusal"),
    )
    judgement = models.CharField(
        _("judgement of COA"), max_length=12, choices=Judgement, blank=True
    )
    judged_on = models.DateField(_("judged on"), null=True, blank=True)
    consequence = models.CharField(_("consequence"), max_length=16, choices=Consequence, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            choice_check("state", ProposalState, name="proposal_state_known"),
            choice_check("judgement", Judgement, name="proposal_judgement_known", blank=True),
            choice_check("consequence", Consequence, name="proposal_consequence_known", blank=True),
            in_order("proposed_on", "ended_on", name="proposal_dates_in_order"),
            models.UniqueConstraint(
                fields=["vacancy"],
                condition=Q(state__in=LIVE),
                name="proposal_one_live_per_vacancy",
                violation_error_message=_("This dwelling has already been proposed to somebody."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=LIVE),
                name="proposal_one_live_per_case",
                violation_error_message=_("This household already has a proposal under way."),
            ),
            models.CheckConstraint(
                name="proposal_judgement_complete",
                condition=Q(judgement="", judged_on__isnull=True, consequence="")
                | (~Q(judgement="") & Q(judged_on__isnull=False) & ~Q(consequence="")),
                violation_error_message=_("A judgement has a day and a consequence."),
            ),
            models.CheckConstraint(
                name="proposal_only_refusals_are_judged",
                condition=Q(judgement="") | Q(state=ProposalState.REFUSED),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-proposed_on"], name="proposal_of_case"),
            models.Index(fields=["vacancy", "-proposed_on"], name="proposal_of_vacancy"),
        ]
        triggers = [
            kept_by_triggers(
                "state",
                "ended_on",
                first={"state": f"'{ProposalState.PROPOSED}'", "ended_on": "NULL"},
            )
        ]

    def __str__(self):
        return f"{self.case} · {self.vacancy}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_PROPOSALS


def allowed_steps_sql() -> str:
    """The table of steps as SQL values: code, status before and after, the proposal's state before
    and after; '' for none."""
    return ", ".join(
        f"('{code.value}', '{before.value}', '{rule.after or ''}', "
        f"'{_state_before(code, before)}', '{rule.proposal or ''}')"
        for code, rule in STEPS.items()
        for before in rule.before
    )


def _state_before(code: str, status: str) -> str:
    """A new proposal starts as proposed; any other is where its household stands."""
    if not STEPS[code].on_proposal:
        return ""
    return ProposalState.PROPOSED if code == StepCode.PROPOSE else STATE_AT[status]


def reasons_check() -> models.CheckConstraint:
    """A step has one of its own reasons, and none where the table names none."""
    condition = Q(reason="", code__in=sorted(c.value for c in StepCode if not _reasons(c)))
    for code in StepCode:
        if _reasons(code):
            condition |= Q(code=code.value, reason__in=sorted(_reasons(code)))
    return models.CheckConstraint(
        name="step_reason_goes_with_it",
        condition=condition,
        violation_error_message=_("Choose a reason that goes with this step."),
    )


def _reasons(code: str) -> list[str]:
    return [reason.value for reason in STEPS[code].reasons] if code in STEPS else []


class CaseStep(models.Model):
    """A line of a case: what was done, from when it holds, by whom. Appended, never edited.

    A trigger looks the step up in the table ``STEPS``, refuses what it does not allow, fills in
    status before and after, and tells case and proposal. Taking the last step back is a line too
    (``undoes``, with the reason in ``remark``). A remark is sealed: people type names there.
    ``kept`` is how household, dwelling and rules were, where the step is about a proposal; of a
    birth or departure the key of the person. It also holds the keys of the rows that came or ended
    with the step, to take it back by. ``effective_on`` is when it happened, ``at`` when it
    was told.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )
    code = models.CharField(_("step"), max_length=16, choices=StepCode)
    status_before = models.CharField(max_length=16, choices=CaseStatus, editable=False)
    since_before = models.DateField(editable=False)
    status_after = models.CharField(max_length=16, choices=CaseStatus, editable=False)
    proposal_before = models.CharField(
        max_length=12, choices=ProposalState, blank=True, editable=False
    )
    effective_on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=16, choices=StepReason, blank=True)
    remark = SealedTextField(_("remark"), label="step.remark", max_length=500, blank=True)
    kept = models.JSONField(default=dict, blank=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(_("told at"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OfCase.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]
        constraints = [
            choice_check("code", StepCode, name="step_code_known"),
            choice_check("reason", StepReason, name="step_reason_known", blank=True),
            choice_check("status_before", CaseStatus, name="step_before_known"),
            choice_check("status_after", CaseStatus, name="step_after_known"),
            choice_check("proposal_before", ProposalState, name="step_proposal_known", blank=True),
            models.CheckConstraint(
                name="step_undo_names_what",
                condition=Q(code=StepCode.UNDO, undoes__isnull=False)
                | (~Q(code=StepCode.UNDO) & Q(undoes__isnull=True)),
            ),
            models.CheckConstraint(
                name="step_undo_has_reason",
                condition=~Q(code=StepCode.UNDO) | filled("remark"),
                violation_error_message=_("Say why this step is taken back."),
            ),
            reasons_check(),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="step_newest"),
            models.Index(fields=["proposal", "id"], name="step_of_proposal"),
        ]
        triggers = [
            *append_only(
                erased=erased.of_case(), emptied={"remark": "''::bytea", "kept": "'{}'::jsonb"}
            ),
            pgtrigger.Trigger(
                name="take_step",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("standing", "housing_case"),
                    ("undone", "housing_casestep"),
                    ("status_next", "text"),
                    ("proposal_now", "text"),
                    ("proposal_next", "text"),
                ],
                func=f"""
                    SELECT * INTO STRICT standing FROM housing_case
                    WHERE id = NEW.case_id FOR NO KEY UPDATE;
                    IF standing.erased_on IS NOT NULL THEN
                        RAISE EXCEPTION 'The personal data of this household were erased';
                    END IF;
                    NEW.status_before := standing.status;
                    NEW.since_before := standing.status_since;
                    NEW.proposal_before := COALESCE(
                        (SELECT state FROM housing_proposal WHERE id = NEW.proposal_id), '');
                    IF NEW.code = '{StepCode.UNDO}' THEN
                        SELECT * INTO STRICT undone FROM housing_casestep WHERE id = NEW.undoes_id;
                        IF undone.case_id <> NEW.case_id
                            OR undone.code IN ({", ".join(f"'{c}'" for c in NOT_UNDONE)})
                            OR undone.proposal_id IS DISTINCT FROM NEW.proposal_id
                            OR EXISTS (
                                SELECT 1 FROM housing_casestep later
                                WHERE later.case_id = NEW.case_id AND later.id > undone.id
                                    AND later.code <> '{StepCode.UNDO}'
                                    AND NOT EXISTS (SELECT 1 FROM housing_casestep back
                                        WHERE back.undoes_id = later.id))
                        THEN
                            RAISE EXCEPTION 'Only the last step of a case can be taken back';
                        END IF;
                        status_next := undone.status_before;
                        proposal_next := CASE
                            WHEN undone.code = '{StepCode.PROPOSE}'
                                THEN '{ProposalState.WITHDRAWN}'
                            WHEN undone.proposal_before = NEW.proposal_before THEN ''
                            ELSE undone.proposal_before END;
                    ELSE
                        SELECT NULLIF(t.after, ''), t.state_now, t.state_next
                        INTO status_next, proposal_now, proposal_next
                        FROM (VALUES {allowed_steps_sql()})
                            AS t(code, before, after, state_now, state_next)
                        WHERE t.code = NEW.code AND t.before = standing.status;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'Step % is not allowed from %',
                                NEW.code, standing.status;
                        END IF;
                        IF proposal_now <> NEW.proposal_before
                            OR (NEW.code = '{StepCode.PROPOSE}' AND EXISTS (
                                SELECT 1 FROM housing_casestep WHERE proposal_id = NEW.proposal_id))
                            OR (NEW.code = '{StepCode.JUDGE}' AND EXISTS (
                                SELECT 1 FROM housing_proposal
                                WHERE case_id = NEW.case_id AND id > NEW.proposal_id))
                        THEN
                            RAISE EXCEPTION 'Step % and its proposal do not go together', NEW.code;
                        END IF;
                        IF NEW.code = '{StepCode.LINK}' AND EXISTS (
                            SELECT 1 FROM housing_casestep WHERE case_id = NEW.case_id)
                        THEN
                            RAISE EXCEPTION 'A household is linked once';
                        END IF;
                        IF status_next IS NOT NULL AND NEW.effective_on < standing.status_since THEN
                            RAISE EXCEPTION 'A step cannot lie before the one it follows';
                        END IF;
                    END IF;
                    NEW.status_after := COALESCE(status_next, standing.status);
                    IF NEW.status_after <> standing.status THEN
                        UPDATE housing_case SET status = NEW.status_after,
                            status_since = CASE WHEN NEW.code = '{StepCode.UNDO}'
                                THEN undone.since_before ELSE NEW.effective_on END
                        WHERE id = NEW.case_id;
                    END IF;
                    IF proposal_next <> '' THEN
                        UPDATE housing_proposal SET state = proposal_next,
                            ended_on = CASE WHEN proposal_next
                                IN ({", ".join(f"'{s}'" for s in GONE)})
                                THEN COALESCE(
                                    ended_on, GREATEST(NEW.effective_on, proposed_on)) END
                        WHERE id = NEW.proposal_id AND case_id = NEW.case_id;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'The proposal belongs to another case';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.get_code_display()}"
