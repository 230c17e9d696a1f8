"""The inbox: dwellings that wait for a verdict, judged with one tap, one key, or many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_htmx.http import HttpResponseClientRedirect

from housing.arithmetic import working_days
from housing.choices import Verdict
from housing.inbox_forms import InboxForm
from housing.models import Assessment, AssessmentReason, Vacancy
from housing.policies import can_open_inbox
from housing.selectors.advice import advise
from housing.selectors.stock import AwaitingVerdict, awaiting_within, verdict_rules
from housing.services.assessing import Judged, assess_vacancies, undo_assessment
from housing.views.advice import AdviceWords
from westerkwartier.web.clock import now, today
from westerkwartier.web.paging import is_key, keyset_page
from westerkwartier.web.refusals import Refused
from westerkwartier.web.templatetags.ui import number
from westerkwartier.web.views import Page, back_to_the_button

CARDS = 30  # on a page; on a phone more would be a long way down
NAMED = 3  # dwellings that were skipped are named up to here, then counted


@dataclass(frozen=True)
class Card:
    """One dwelling that waits, and what helps to judge it."""

    vacancy: Vacancy
    waiting_days: int
    overdue: bool
    words: AdviceWords


class InboxPage(Page):
    """What the inbox and its acts share: the rows, the cards, where to go back to."""

    policy = can_open_inbox
    title = gettext_lazy("To judge")

    def own(self) -> QuerySet[Vacancy]:
        """What this user may judge, waiting or not."""
        user = self.request.user
        return (
            Vacancy.objects.visible_to(user)
            .assessable_by(user)
            .select_related("dwelling__village", "dwelling__corporation")
        )

    @cached_property
    def rules(self) -> tuple[int | None, list[AssessmentReason]]:
        return verdict_rules(on=today())

    @cached_property
    def waiting(self) -> AwaitingVerdict:
        term, _reasons = self.rules
        return awaiting_within(term, self.own(), on=today())

    def cards(self, vacancies: Iterable[Vacancy]) -> list[Card]:
        day, vacancies = today(), list(vacancies)
        advice = advise(vacancies, on=day)
        term = self.waiting.term_days
        cards = []
        for vacancy in vacancies:
            days = working_days(vacancy.notice_on, day)
            late = term is not None and days > term
            words = AdviceWords(vacancy, advice[vacancy.pk])
            cards.append(Card(vacancy, days, late, words))
        return cards

    def shared_context(self) -> dict:
        """What a card needs, on the page and in an answer to htmx."""
        _term, reasons = self.rules
        return {
            "waiting": self.waiting,
            "reasons": reasons_by_verdict(reasons),
            "inbox_url": reverse("housing:inbox"),
        }


class InboxView(InboxPage):
    """The dwellings that wait, oldest notice first; a POST judges one or several of them."""

    template_name = "housing/inbox.html"

    def get(self, request, *args, **kwargs):
        page = keyset_page(
            self.own().awaiting_verdict(),
            order=["notice_on"],
            params=request.GET,
            size=CARDS,
            counted=False,
        )
        if not page.has_rows and request.GET:
            # The place in the list was the last one; what was skipped before it still waits.
            return HttpResponseRedirect(request.path)
        return self.render_to_response(
            self.get_context_data(
                page=page,
                cards=self.cards(page.rows),
                shows_corporation=len({v.dwelling.corporation_id for v in page.rows}) > 1,
                **self.shared_context(),
            )
        )

    def post(self, request, *args, **kwargs):
        form = InboxForm(request.POST, vacancies=self.own(), on=today())
        if not form.is_valid():
            return self.back_with(next(iter(form.errors.values()))[0])
        try:
            judged = assess_vacancies(by=request.user, now=now(), **form.cleaned_data)
        except Refused as refusal:
            return self.back_with(str(refusal))
        if request.htmx and len(form.cleaned_data["vacancies"]) == 1:
            return self.one_done(judged)
        for level, text, tags in said(judged):
            messages.add_message(request, level, text, extra_tags=tags)
        return HttpResponseRedirect(request.get_full_path())

    def back_with(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        target = self.request.get_full_path()
        if self.request.htmx:
            return HttpResponseClientRedirect(target)
        return HttpResponseRedirect(target)

    def one_done(self, judged: Judged) -> HttpResponse:
        """The line that takes the place of a card."""
        (_level, text, tags) = said(judged)[0]
        vacancy = judged.given[0].vacancy if judged.given else judged.skipped[0][0]
        return render(
            self.request,
            "housing/inbox_done.html",
            {
                "vacancy": vacancy,
                "text": text,
                "undo_url": tags.removeprefix("undo:"),
                "waiting": self.waiting,
            },
        )


class InboxUndoView(InboxPage):
    """Takes back the verdicts named in the address: ``?of=12,13``."""

    def get(self, request, *args, **kwargs):
        return back_to_the_button(request, reverse("housing:inbox"))

    def post(self, request: HttpRequest, *args, **kwargs):
        keys = [key for key in request.GET.get("of", "").split(",") if is_key(key)]
        if not keys:
            raise Http404
        given = list(
            Assessment.objects.visible_to(request.user)
            .filter(pk__in=keys, vacancy__in=self.own())
            .select_related("vacancy__dwelling")
            .order_by("vacancy")
        )
        if not given:
            raise Http404
        refused = []
        for assessment in given:
            try:
                undo_assessment(by=request.user, assessment=assessment, now=now())
            except Refused as refusal:
                refused.append((assessment.vacancy.dwelling.address, str(refusal)))
        if request.htmx and len(given) == 1 and not refused:
            (vacancy,) = self.own().filter(pk=given[0].vacancy_id)
            if not vacancy.verdict:
                return self.card_again(vacancy)
        for address, sentence in refused:
            messages.error(request, f"{address}: {sentence}")
        if done := len(given) - len(refused):
            messages.success(
                request,
                ngettext(
                    "%(count)s verdict has been taken back.",
                    "%(count)s verdicts have been taken back.",
                    done,
                )
                % {"count": number(done)},
            )
        target = reverse("housing:inbox")
        return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)

    def card_again(self, vacancy: Vacancy) -> HttpResponse:
        (card,) = self.cards([vacancy])
        context = {**self.shared_context(), "card": card, "again": True}
        return render(self.request, "housing/inbox_card.html", context)


def reasons_by_verdict(
    reasons: Iterable[AssessmentReason],
) -> list[tuple[str, str, list[AssessmentReason]]]:
    """The verdicts that need a reason: value, label, and the reasons that go with it."""
    found: dict[str, list[AssessmentReason]] = {}
    for reason in reasons:
        found.setdefault(reason.verdict, []).append(reason)
    needing = (Verdict.UNSUITABLE, Verdict.CONDITIONAL)
    return [(verdict.value, verdict.label, found.get(verdict, [])) for verdict in needing]


def said(judged: Judged) -> list[tuple[int, str, str]]:
    """What is told after judging: level, text and tags (how to undo) of each message."""
    told = []
    if judged.given:
        keys = ",".join(str(line.pk) for line in judged.given)
        undo = f"undo:{reverse('housing:inbox_undo')}?of={keys}"
        told.append((messages.SUCCESS, summary(judged), undo))
    elif judged.skipped:
        told.append((messages.WARNING, skipped(judged), ""))
    return told


def summary(judged: Judged) -> str:
    """ "Kerkstraat 12: Suitable", or "12 dwellings judged. 1 skipped: Kerkstraat 3 (let)." """
    first = judged.given[0]
    if len(judged.given) == 1 and not judged.skipped:
        return f"{first.vacancy.dwelling.address}: {verdict_in_words(first)}"
    count = len(judged.given)
    text = ngettext(
        "%(count)s dwelling judged: %(verdict)s.", "%(count)s dwellings judged: %(verdict)s.", count
    ) % {"count": number(count), "verdict": verdict_in_words(first)}
    return f"{text} {skipped(judged)}" if judged.skipped else text


def verdict_in_words(assessment: Assessment) -> str:
    label = Verdict(assessment.verdict).label
    return f"{label} ({assessment.reason})" if assessment.reason else str(label)


def skipped(judged: Judged) -> str:
    """ "2 skipped: Kerkstraat 3 (already let), Dorpsweg 1 (withdrawn)." """
    count = len(judged.skipped)
    named = [f"{vacancy.dwelling.address} ({why})" for vacancy, why in judged.skipped[:NAMED]]
    if count > NAMED:
        named.append(_("and %(count)s more") % {"count": number(count - NAMED)})
    return ngettext("%(count)s skipped: %(which)s.", "%(count)s skipped: %(which)s.", count) % {
        "count": number(count),
        "which": ", ".join(named),
    }
