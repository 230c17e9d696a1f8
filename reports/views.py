"""Pages of the reports app."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices import Role
from partners.models import Region
from reports import services
from reports.choices import RunState
from reports.forms import ReportRunForm
from reports.models import ReportRun
from reports.policies import (
    can_list_runs,
    can_renew_run,
    can_request_some_run,
    can_retry_run,
    can_view_run,
)
from reports.render import report_screen
from reports.selectors import first_reference_date
from reports.tables import ReportRunTable, state_pill
from westerkwartier.web.clock import now, today
from westerkwartier.web.refusals import Refused
from westerkwartier.web.templatetags.ui import NO_FIGURE, date_long, moment, number
from westerkwartier.web.views import ActionPage, FormPage, ListPage, ObjectPage, page_link

UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)


def detail_url(run: ReportRun) -> str:
    return reverse("reports:run_detail", args=[run.pk])


def named(run: ReportRun) -> str:
    """What a run is called in a heading: kind and date."""
    return _("%(kind)s, position on %(day)s") % {
        "kind": run.get_kind_display(),
        "day": date_long(run.reference_date),
    }


class RunListView(ListPage):
    """Reports, and a way to ask for one."""

    policy = can_list_runs
    title = gettext_lazy("Reports")
    table_class = ReportRunTable
    export_name = gettext_lazy("reports")
    empty_title = gettext_lazy("No report has been made yet")
    empty_text = gettext_lazy(
        "The monthly report is made on the 1st, or when the coordinator asks."
    )

    def get_queryset(self):
        return ReportRun.objects.visible_to(self.request.user)

    def get_actions(self):
        if not can_request_some_run(self.request.user):
            return []
        return [
            {
                "label": _("Request a report"),
                "url": reverse("reports:run_request"),
                "primary": True,
            }
        ]


class RunRequestView(FormPage):
    """Ask for a report."""

    policy = can_request_some_run
    title = gettext_lazy("Request a report")
    form_class = ReportRunForm
    submit_label = gettext_lazy("Make report")

    def get_breadcrumb(self):
        return [page_link(_("Reports"), "reports:run_list")]

    def get_cancel_url(self):
        return reverse("reports:run_list")

    def get_form_kwargs(self):
        regions = Region.objects.filter(pk__in=self.request.user.reach.regions_as(Role.COORDINATOR))
        first = [day for day in map(first_reference_date, regions) if day]
        return {"regions": regions, "first": min(first, default=None), "today": today()}

    def perform(self, form) -> ReportRun:
        return services.request_run(by=self.request.user, now=now(), **form.cleaned_data)

    def get_success_message(self, outcome):
        if outcome.state in UNDER_WAY:
            return _("The report is being made.")
        return _("This report had already been requested.")

    def get_success_url(self, outcome):
        return detail_url(outcome)


class RunPage:
    """What the pages about one run share."""

    def get_queryset(self):
        return ReportRun.objects.visible_to(self.request.user).select_related(
            "region", "requested_by"
        )

    def get_title(self):
        return named(self.object)

    def get_breadcrumb(self):
        return [page_link(_("Reports"), "reports:run_list")]

    def get_success_url(self):
        return detail_url(self.object)


class RunDetailView(RunPage, ObjectPage):
    """One report: how far it is, or the report itself with its file."""

    policy = can_view_run
    template_name = "reports/run_detail.html"

    def get_actions(self):
        run, user, actions = self.object, self.request.user, []
        if run.state == RunState.DONE:
            actions.append(
                {
                    "label": _("Download PDF"),
                    "url": reverse("reports:run_download", args=[run.pk]),
                    "primary": True,
                }
            )
            if can_renew_run(user, run):
                actions.append(
                    {
                        "label": _("Make a new version"),
                        "url": reverse("reports:run_renew", args=[run.pk]),
                        "primary": False,
                    }
                )
        return actions

    def get_context_data(self, **kwargs):
        run = self.object
        return super().get_context_data(
            subtitle=f"{run.region} · " + _("version %(version)s") % {"version": run.version},
            items=run_facts(run),
            job=job_of(run),
            report=report_screen(run.figures) if run.state == RunState.DONE else "",
            may_retry=run.state == RunState.FAILED and can_retry_run(self.request.user, run),
            **kwargs,
        )


class RunProgressView(RunPage, ObjectPage):
    """How far a run is, as the fragment that its page asks for every few seconds."""

    policy = can_view_run
    template_name = "components/job.html"

    def get(self, request, *args, **kwargs):
        if not request.htmx:
            return HttpResponseRedirect(detail_url(self.object))
        response = render(request, self.template_name, job_of(self.object))
        if self.object.state not in UNDER_WAY:
            response.headers["HX-Refresh"] = "true"  # the whole page: it shows the report now
        return response


class RunDownloadView(RunPage, ObjectPage):
    """The PDF, with its checksum proven and a line in the journal."""

    policy = can_view_run

    def get(self, request, *args, **kwargs):
        run = self.object
        if run.state != RunState.DONE:
            messages.info(request, _("This report is not ready yet."))
            return HttpResponseRedirect(detail_url(run))
        try:
            content = services.open_run(by=request.user, run=run)
        except Refused as refusal:
            context = self.get_context_data(
                text=str(refusal), next_url=detail_url(run), next_label=_("Back to the report")
            )
            return render(request, "pages/message.html", context, status=410)
        return FileResponse(
            BytesIO(content),
            as_attachment=True,
            filename=file_name(run),
            content_type="application/pdf",
        )


class RunRetryView(RunPage, ActionPage):
    """Try a failed report again."""

    policy = can_retry_run
    confirm = False
    success_message = gettext_lazy("The report is being made again.")

    def perform(self):
        services.retry_run(by=self.request.user, run=self.object)


class RunRenewView(RunPage, ActionPage):
    """A new version of a finished report; the old one stays as it is."""

    policy = can_renew_run
    text = gettext_lazy(
        "The figures are counted anew, with everything that was corrected since. "
        "This version stays as it is."
    )
    submit_label = gettext_lazy("Make a new version")
    success_message = gettext_lazy("The new version is being made.")

    def get_title(self):
        return _("Make a new version")

    def get_breadcrumb(self):
        return [*super().get_breadcrumb(), (named(self.object), detail_url(self.object))]

    def perform(self):
        run = self.object
        self.object = services.request_run(
            by=self.request.user,
            region=run.region,
            kind=run.kind,
            reference_date=run.reference_date,
            now=now(),
            again=True,
        )


def file_name(run: ReportRun) -> str:
    """ "maandrapport-westerkwartier-2017-11-01-v1.pdf": Dutch, as the report itself is."""
    kind = {"monthly": "maandrapport"}[run.kind]
    return f"{kind}-{run.region.slug}-{run.reference_date.isoformat()}-v{run.version}.pdf"


def run_facts(run: ReportRun) -> list[tuple[str, str]]:
    """Who asked for it and when; for a finished report also what its file is."""
    by = run.requested_by.name if run.requested_by else _("Monthly schedule")
    facts = [
        (_("Requested by"), by),
        (_("Requested at"), moment(run.requested_at)),
    ]
    if run.state == RunState.DONE:
        facts += [
            (_("State"), state_pill(run.state)),
            (_("Ready at"), moment(run.finished_at)),
            (_("Pages"), number(run.pages)),
            (_("Size"), filesizeformat(run.size)),
            (_("Checksum (SHA-256)"), run.sha256),
        ]
    return facts


def job_of(run: ReportRun) -> dict:
    """The context of ``components/job.html`` for a run."""
    texts = {
        RunState.QUEUED: _("The report is waiting its turn."),
        RunState.RUNNING: _("The report is being made; this takes a few seconds."),
        RunState.FAILED: run.get_error_display() or NO_FIGURE,
    }
    return {
        "state": run.state,
        "title": "",
        "text": texts.get(RunState(run.state), ""),
        "poll_url": reverse("reports:run_progress", args=[run.pk]),
        "page_url": detail_url(run),
        "done_url": reverse("reports:run_download", args=[run.pk]),
        "done_label": _("Download PDF"),
    }
