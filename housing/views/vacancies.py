"""Pages about vacated dwellings: the list, one vacancy, its verdict."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.arithmetic import working_days
from housing.choices import Verdict
from housing.filters import VacancyFilter
from housing.forms import VacancyAssessForm
from housing.models import Assessment, Vacancy
from housing.policies import can_assess_vacancy, can_list_vacancies, can_view_vacancy
from housing.selectors.advice import advise
from housing.selectors.ahead import rooms_kept
from housing.services.assessing import assess_vacancy, can_still_undo, undo_assessment
from housing.tables import STATE_TONES, VacancyTable, verdict_pill
from housing.views.advice import AdviceWords
from housing.views.empty_days import course
from housing.views.placing_history import vacancy_proposals
from westerkwartier.web.clock import now, today
from westerkwartier.web.paging import is_key
from westerkwartier.web.templatetags.ui import data_text, date_long, euro, pill
from westerkwartier.web.views import ActionPage, DetailPage, ListPage, ObjectFormPage, page_link

BUTTON_ORDER = (Verdict.SUITABLE, Verdict.UNSUITABLE, Verdict.CONDITIONAL)


class VacancyListView(ListPage):
    """Dwellings that fell vacant."""

    policy = can_list_vacancies
    title = _("Vacated dwellings")
    table_class = VacancyTable
    filterset_class = VacancyFilter
    export_name = "vacancies"
    empty_title = _("No dwelling has fallen vacant yet")
    empty_text = _("Dwellings appear here as soon as the corporation reports them.")

    def get_queryset(self):
        return Vacancy.objects.visible_to(self.request.user).with_municipality(today())

    def export(self, format, queryset, order):
        return super().export(format, queryset.select_related("withdrawn_because"), order)


class VacancyPage:
    """What the pages about one vacancy share."""

    def get_queryset(self):
        return (
            Vacancy.objects.visible_to(self.request.user)
            .with_municipality(today())
            .select_related("dwelling__village", "dwelling__corporation", "withdrawn_because")
        )

    def get_breadcrumb(self):
        return [page_link(_("Vacated dwellings"), "housing:vacancy_list")]


class VacancyDetailView(VacancyPage, DetailPage):
    """One vacated dwelling: what it is, what it costs, what was thought of it."""

    policy = can_view_vacancy
    template_name = "housing/vacancy_detail.html"

    def get_title(self):
        return self.object.dwelling.address

    def following(self) -> Vacancy | None:
        """The dwelling to judge next: the one that waits longest, for who judges dwellings."""
        if not can_assess_vacancy(self.request.user, self.object):
            return None
        waiting = Vacancy.objects.visible_to(self.request.user).awaiting_verdict()
        return (
            waiting.exclude(pk=self.object.pk)
            .select_related("dwelling")
            .order_by("notice_on", "pk")
            .first()
        )

    def get_context_data(self, **kwargs):
        vacancy, day = self.object, today()
        may_assess = vacancy.is_open and can_assess_vacancy(self.request.user, vacancy)
        lines = list(vacancy.assessments.select_related("reason", "by", "undoes"))
        newest = lines[0] if lines else None
        undoable = may_assess and can_still_undo(
            by=self.request.user, vacancy=vacancy, newest=newest, now=now()
        )
        return super().get_context_data(
            subtitle=f"{vacancy.dwelling.village}, {vacancy.municipality_name or ''}".strip(", "),
            items=vacancy_facts(vacancy),
            **vacancy_proposals(self.request.user, vacancy, day),
            words=AdviceWords(vacancy, advise([vacancy], on=day)[vacancy.pk]),
            verdict=verdict_pill(vacancy.verdict) if vacancy.is_open or vacancy.verdict else None,
            waiting_days=working_days(vacancy.notice_on, day) if not vacancy.verdict else None,
            assessments=verdict_lines(lines),
            undo_url=undo_url(newest) if undoable else "",
            may_assess=may_assess,
            assess_url=reverse("housing:vacancy_assess", args=[vacancy.pk]),
            choices=verdict_choices(vacancy) if may_assess else [],
            following=self.following(),
            kept=rooms_kept(self.request.user, vacancy.dwelling, on=day),
            **course(self.request.user, vacancy),
            **kwargs,
        )


class VacancyAssessView(VacancyPage, ObjectFormPage):
    """Mark a vacated dwelling suitable or not, with the reason."""

    policy = can_assess_vacancy
    title = _("Judge this dwelling")
    form_class = VacancyAssessForm
    submit_label = _("Save verdict")
    success_message = _("The verdict has been saved.")

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(self.object.dwelling.address, "housing:vacancy_detail", self.object.pk),
        ]

    def get_context_data(self, **kwargs):
        dwelling = self.object.dwelling
        return super().get_context_data(
            subtitle=f"{dwelling.address}, {dwelling.village}", **kwargs
        )

    def get(self, request, *args, **kwargs):
        if not self.object.is_open:
            messages.info(request, _("This dwelling is no longer vacant, so it needs no verdict."))
            return HttpResponseRedirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = {"on": today()}
        asked = self.request.GET.get("verdict")
        if asked in Verdict.values:
            kwargs["initial"] = {"verdict": asked}
        return kwargs

    def perform(self, form) -> Assessment:
        return assess_vacancy(
            by=self.request.user, vacancy=self.object, now=now(), **form.cleaned_data
        )

    def get_success_tags(self, outcome):
        return f"undo:{undo_url(outcome)}"

    def get_success_url(self, outcome):
        return reverse("housing:vacancy_detail", args=[self.object.pk])

    def get_cancel_url(self):
        return reverse("housing:vacancy_detail", args=[self.object.pk])


class VacancyUndoView(VacancyPage, ActionPage):
    """Take the verdict back that the address names: ``?of=55``."""

    policy = can_assess_vacancy
    confirm = False
    success_message = _("The verdict has been taken back.")

    def perform(self):
        asked = self.request.GET.get("of", "")
        if not is_key(asked):
            raise Http404
        assessment = get_object_or_404(self.object.assessments, pk=asked)
        undo_assessment(by=self.request.user, assessment=assessment, now=now())

    def get_success_url(self):
        return reverse("housing:vacancy_detail", args=[self.object.pk])


def undo_url(assessment: Assessment) -> str:
    """Where this verdict can be taken back."""
    address = reverse("housing:vacancy_undo", args=[assessment.vacancy_id])
    return f"{address}?of={assessment.pk}"


def postcode_written(postcode: str) -> str:
    """``9356XL`` as people write it: ``9356 XL``."""
    return f"{postcode[:4]} {postcode[4:].strip()}".strip()


def verdict_choices(vacancy: Vacancy) -> list[tuple[str, str, bool]]:
    """The verdicts one may give: value, label, and whether it is the first thing to do."""
    others = [verdict for verdict in Verdict if verdict != vacancy.verdict]
    return [
        (verdict.value, verdict.label, verdict == Verdict.SUITABLE and not vacancy.verdict)
        for verdict in sorted(others, key=list(BUTTON_ORDER).index)
    ]


def vacancy_facts(vacancy: Vacancy) -> list[tuple]:
    """Label and value of everything there is to know, in reading order."""
    dwelling = vacancy.dwelling
    facts = [
        (_("State"), pill(STATE_TONES[vacancy.state], vacancy.get_state_display())),
        (_("Available from"), date_long(vacancy.available_from)),
        (_("Notice given on"), date_long(vacancy.notice_on)),
        (_("Kind"), dwelling.get_kind_display()),
        (_("Bedrooms"), dwelling.bedrooms),
        (_("Rooms"), dwelling.rooms),
        (_("Net rent"), euro(vacancy.net_rent)),
        (_("Service costs"), euro(vacancy.service_costs)),
        (_("Postcode"), postcode_written(dwelling.postcode)),
        (_("Step-free"), _("Yes") if dwelling.step_free else _("No")),
    ]
    if dwelling.floor:
        lift = _("with lift") if dwelling.lift else _("without lift")
        facts.append((_("Floor"), f"{dwelling.floor}, {lift}"))
    if dwelling.floor_area:
        facts.append((_("Floor area"), f"{dwelling.floor_area} m²"))
    if dwelling.build_year:
        facts.append((_("Built in"), str(dwelling.build_year)))
    if dwelling.label:
        facts.append((_("Meant for"), dwelling.get_label_display()))
    if vacancy.closed_on:
        facts.append((_("Closed on"), date_long(vacancy.closed_on)))
    if vacancy.withdrawn_because:
        facts.append((_("Withdrawn because"), data_text(vacancy.withdrawn_because)))
    facts.append((_("Let by"), dwelling.corporation.name))
    return facts


@dataclass(frozen=True)
class VerdictLine:
    """A line of the history: what it says, and that it was taken back or takes one back."""

    assessment: Assessment
    text: str
    undone: bool


def verdict_lines(lines: list[Assessment]) -> list[VerdictLine]:
    """The history in plain words, newest first."""
    undone = {line.undoes_id for line in lines}
    return [VerdictLine(line, line_in_words(line), line.pk in undone) for line in lines]


def line_in_words(line: Assessment) -> str:
    """ "Suitable", or what was taken back and what holds since."""
    if line.undoes is None:
        return line.get_verdict_display()
    taken = {"verdict": line.undoes.get_verdict_display()}
    if not line.verdict:
        return gettext("Taken back: %(verdict)s. No verdict since then.") % taken
    return gettext("Taken back: %(verdict)s. What holds again: %(again)s") % {
        **taken,
        "again": line.get_verdict_display(),
    }
