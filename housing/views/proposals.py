"""Proposals: the board, and a page for each step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import STATE_AT, STEPS, StepCode
from housing.filters.placing import ProposalFilter
from housing.forms.placing import ProposalStepForm, owners_asked
from housing.models import Case, Proposal
from housing.policies import (
    can_list_proposals,
    can_take_step,
    can_view_case,
    can_view_proposal,
    speaks_for,
)
from housing.selectors.board import Card, board
from housing.selectors.households import deadline_of
from housing.services import placing
from housing.services.steps import allow_step, last_step
from housing.tables.days import days_pill
from housing.views.placing_words import (
    NEXT,
    days_at_step,
    not_now,
    persons_words,
    step_url,
    step_words,
)
from westerkwartier.web.clock import now, today
from westerkwartier.web.views import ObjectFormPage, Page, page_link

BOARD = gettext_lazy("Proposals")

SERVICES = {
    StepCode.AGREE: placing.agree_to_proposal,
    StepCode.OFFER: placing.offer_dwelling,
    StepCode.ACCEPT: placing.accept_offer,
    StepCode.REFUSE: placing.refuse_offer,
    StepCode.DECLINE: placing.decline_proposal,
    StepCode.WITHDRAW: placing.withdraw_proposal,
    StepCode.JUDGE: placing.judge_refusal,
    StepCode.SIGN: placing.sign_contract,
    StepCode.MOVE_IN: placing.move_in,
    StepCode.REGISTER: placing.register_in_brp,
    StepCode.SIGN_OFF: placing.sign_off,
}


@dataclass(frozen=True)
class CardWords:
    """A card of the board: what it shows, and the next step for who may take it. ``deadline``:
    the days left, empty where there are none to know of."""

    card: Card
    deadline: str
    url: str
    next_url: str
    next_label: str

    @property
    def size(self) -> str:
        return persons_words(self.card.here, self.card.expected)

    @property
    def days(self) -> str:
        return days_at_step(self.card.days)


class BoardView(Page):
    """Live proposals, a column for each step."""

    policy = can_list_proposals
    template_name = "housing/board.html"
    title = BOARD

    def get_context_data(self, **kwargs):
        user = self.request.user
        visible = Proposal.objects.visible_to(user)
        filterset = ProposalFilter(self.request.GET, queryset=visible, request=self.request)
        columns = board(filterset.qs, user, on=today())
        return super().get_context_data(
            filter=filterset,
            columns=[(column, [self.words(card) for card in column.cards]) for column in columns],
            total=sum(column.count for column in columns),
            **kwargs,
        )

    def words(self, card: Card) -> CardWords:
        proposal = card.proposal
        code = NEXT[proposal.state]
        may = takes_step(card, code)
        return CardWords(
            card,
            deadline=days_pill(card.due_on, today()) if card.due_on else "",
            url=reverse("cases:case_detail", args=[proposal.case_id]) + "#placing",
            next_url=step_url(proposal, code) if may else "",
            next_label=step_words(code).deed,
        )


def takes_step(card: Card, code: str) -> bool:
    """As ``can_take_step``, of a card whose household was read with what the reader is to it."""
    return bool(card.acts_as & set(STEPS[code].who))


class ProposalStepView(ObjectFormPage):
    """A step on a proposal; ``code`` says which."""

    policy = can_view_proposal
    template_name = "housing/proposal_step.html"
    code = ""

    def get_queryset(self):
        return Proposal.objects.visible_to(self.request.user).select_related(
            "case__region",
            "case__linked_municipality__organisation",
            "vacancy__dwelling__village",
            "vacancy__dwelling__corporation",
            "refusal_reason",
        )

    def check_policy(self) -> None:
        super().check_policy()
        allow_step(by=self.request.user, case=self.object.case, code=self.code)

    @property
    def words(self):
        return step_words(self.code)

    def get_title(self):
        return self.words.deed

    def get_breadcrumb(self):
        proposal = self.object
        above = [page_link(BOARD, "proposals:board")]
        if can_view_case(self.request.user, proposal.case):
            above.append(page_link(proposal.case.reference, "cases:case_detail", proposal.case_id))
        return above

    def get(self, request, *args, **kwargs):
        proposal, case = self.object, self.object.case
        if case.status not in STEPS[self.code].before:
            messages.info(request, not_now(case))
        elif proposal.state != STATE_AT[case.status]:
            messages.info(request, _("This proposal has ended."))
        else:
            return super().get(request, *args, **kwargs)
        return HttpResponseRedirect(self.get_cancel_url())

    def get_form(self, data=None):
        proposal = self.object
        owners = owners_asked(self.code, speaks_for(self.request.user, proposal.case))
        if proposal.refusal_reason:  # a double click: who turned down speaks for nobody any more
            owners |= {proposal.refusal_reason.owner}
        initial = {"on": today()}
        if self.code == StepCode.SIGN:
            free = proposal.vacancy.empty_from or proposal.vacancy.available_from
            initial["starts_on"] = max(free, today())
        return ProposalStepForm(
            data,
            code=self.code,
            owners=owners,
            today=today(),
            initial=initial,
        )

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        dwelling = self.object.vacancy.dwelling
        due_on = deadline_of(self.object.case, self.request.user, on=today())
        return super().get_context_data(
            **{
                "days": days_pill(due_on, today()) if due_on else "",
                "subtitle": _("%(address)s for household %(reference)s")
                % {"address": dwelling.address, "reference": self.object.case.reference},
                "intro": self.words.intro,
                "submit_label": self.words.deed,
                "danger": self.code in (StepCode.REFUSE, StepCode.DECLINE, StepCode.WITHDRAW),
                **kwargs,
            }
        )

    def perform(self, form):
        return SERVICES[self.code](
            by=self.request.user, proposal=self.object, now=now(), **form.cleaned_data
        )

    def get_success_message(self, outcome):
        return self.words.done

    def get_success_tags(self, outcome):
        return f"undo:{reverse('cases:step_undo', args=[outcome.pk])}" if self.may_undo else ""

    @property
    def may_undo(self) -> bool:
        step = last_step(self.object.case)
        return step is not None and can_take_step(self.request.user, self.object.case, step.code)

    def get_success_url(self, outcome):
        return back_to(self.request.user, self.object.case)

    def get_cancel_url(self):
        return back_to(self.request.user, self.object.case)


def back_to(user, case: Case) -> str:
    """The household as long as the reader may know of it, else the board."""
    if can_view_case(user, case):
        return reverse("cases:case_detail", args=[case.pk]) + "#placing"
    return reverse("proposals:board")
