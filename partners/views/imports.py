"""The import wizard: send a file, tell its columns, look, approve, undo."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.choices import ImportState, RowOutcome
from partners.import_forms import ApproveForm, MappingForm, UploadForm
from partners.import_tables import (
    OUTCOME_TONES,
    TWINS,
    WARNED,
    BatchTable,
    RowFilter,
    RowTable,
    kind_label,
    outcome_label,
    sentences,
    state_pill,
    writes,
)
from partners.models import ImportBatch, ImportRow
from partners.policies import can_list_imports, can_manage_import
from partners.services.imports import batches
from partners.services.imports.columns import EXAMPLE
from partners.services.imports.kinds import kind_named, kinds_for
from partners.services.imports.looking import samples, side_by_side
from partners.views.import_facts import (
    AT_WORK,
    batch_facts,
    detail_url,
    errors_urls,
    figures,
    has_rows,
    job_of,
    outcome_page,
    rows_url,
)
from westerkwartier.web.clock import now
from westerkwartier.web.exports import FORMATS
from westerkwartier.web.refusals import Refused
from westerkwartier.web.sheets.writing import sheet_response
from westerkwartier.web.templatetags.ui import number
from westerkwartier.web.views import (
    ActionPage,
    FormPage,
    ListPage,
    ObjectFormPage,
    ObjectPage,
    Page,
    page_link,
)

IMPORTS = gettext_lazy("Import")


class BatchListView(ListPage):
    """Files that were sent, and what became of them."""

    policy = can_list_imports
    title = IMPORTS
    subtitle = gettext_lazy("Bring dwellings, or what COA tells, in from a file.")
    table_class = BatchTable
    empty_title = gettext_lazy("Nothing has been imported yet")
    empty_text = gettext_lazy(
        "Send a file: nothing is changed before you have seen what it would do."
    )

    def get_queryset(self):
        return ImportBatch.objects.visible_to(self.request.user)

    def get_actions(self):
        return [{"label": _("Send a file"), "url": reverse("imports:upload"), "primary": True}]


class UploadView(FormPage):
    """Send a file, or get a template for one."""

    policy = can_list_imports
    title = gettext_lazy("Send a file")
    template_name = "imports/upload.html"
    form_class = UploadForm
    submit_label = gettext_lazy("Send and check")
    success_message = gettext_lazy("The file has been received.")

    def get_breadcrumb(self):
        return [page_link(str(IMPORTS), "imports:batch_list")]

    def get_cancel_url(self):
        return reverse("imports:batch_list")

    def get_form(self, data=None):
        request = self.request
        files = request.FILES if data is not None else None
        too_large = getattr(request, "upload_too_large", False)
        asked = request.GET.get("kind", "")
        return UploadForm(data, files, by=request.user, kind=asked, too_large_file=too_large)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            templates=[
                (
                    kind.label,
                    [
                        (label, f"{reverse('imports:template')}?kind={kind.name}&format={format}")
                        for format, (_type, label) in FORMATS.items()
                    ],
                )
                for kind in kinds_for(self.request.user)
            ],
            **kwargs,
        )

    def perform(self, form) -> ImportBatch:
        data = form.cleaned_data
        kind = kind_named(data["kind"])
        return batches.upload(
            by=self.request.user,
            kind=kind,
            organisation=data["organisation"],
            name=data["file"].name,
            chunks=data["file"].chunks(),
            now=now(),
        )

    def get_success_url(self, outcome):
        if outcome.state == ImportState.MAPPING:
            return reverse("imports:mapping", args=[outcome.pk])
        return detail_url(outcome)


class TemplateView(Page):
    """An empty file with the headers and one row that shows how to fill it in."""

    policy = can_list_imports

    def get(self, request, *args, **kwargs):
        kind, format = kind_named(request.GET.get("kind", "")), request.GET.get("format", "")
        if kind is None or kind not in kinds_for(request.user) or format not in FORMATS:
            raise Http404
        columns = [column for column in kind.columns if column.name in shown_columns(kind)]
        cells = [kind.example.get(column.name) for column in columns]
        cells = [str(cell) if hasattr(cell, "__proxy__") else cell for cell in cells]
        cells[0] = f"{EXAMPLE}: {cells[0]}"
        name = slugify(str(kind.label))
        return sheet_response(format, name, [str(column.label) for column in columns], [cells])


def shown_columns(kind) -> set[str]:
    """The columns of the template: those that an export has as well."""
    return {column.name for column in kind.columns if column.name != "letter"}


class BatchPage:
    """What the pages about one import share."""

    def get_queryset(self):
        return ImportBatch.objects.visible_to(self.request.user).select_related(
            "organisation__region", "uploaded_by", "approved_by", "undone_by"
        )

    def get_title(self):
        return self.title or self.object.file_name

    def get_breadcrumb(self):
        above = [page_link(str(IMPORTS), "imports:batch_list")]
        if self.title:
            above.append((self.object.file_name, detail_url(self.object)))
        return above

    def get_cancel_url(self):
        return detail_url(self.object)

    def get_success_url(self, outcome=None):
        return detail_url(self.object)


class BatchDetailView(BatchPage, ObjectPage):
    """One import: where it stands, what it would do or did, and what can be done now."""

    policy = can_manage_import
    template_name = "imports/batch_detail.html"

    def get_actions(self):
        batch, pk = self.object, self.object.pk
        actions = []
        if batch.state == ImportState.MAPPING:
            actions.append((_("Tell the columns"), "imports:mapping", True))
        if batch.state == ImportState.CHECKED and writes(batch):
            actions.append((_("Approve"), "imports:approve", True))
        if batch.state == ImportState.FAILED:
            actions.append((_("Try again"), "imports:retry", True))
        if batch.state == ImportState.DONE and batch.forgotten_at is None and writes(batch):
            actions.append((_("Undo this import"), "imports:undo", False))
        if batch.approved_at is None and batch.state not in (*AT_WORK, ImportState.ABANDONED):
            actions.append((_("Give up"), "imports:abandon", False))
        return [
            {"label": label, "url": reverse(name, args=[pk]), "primary": primary}
            for label, name, primary in actions
        ]

    def get_context_data(self, **kwargs):
        batch = self.object
        counted = batch.state in (ImportState.CHECKED, ImportState.DONE, ImportState.UNDONE)
        kind = kind_named(batch.kind)
        return super().get_context_data(
            subtitle=f"{kind_label(batch)} · {batch.organisation}",
            state=state_pill(batch),
            at_work=batch.state in AT_WORK,
            job=job_of(batch),
            figures=figures(batch) if counted else [],
            items=batch_facts(batch),
            refusal=batch.sentence.splitlines() if batch.state == ImportState.DONE else [],
            failure=batch.sentence or batch.get_error_display(),
            final=kind.final(set(batch.mapping.values())) if kind else "",
            writes=writes(batch),
            tells=bool(batch.counts.get("told")),
            outcome_page=outcome_page(batch, kind),
            errors_urls=errors_urls(batch),
            rows_url=rows_url(batch) if has_rows(batch) else "",
            warned_url=rows_url(batch, WARNED),
            **kwargs,
        )


class ProgressView(BatchPage, ObjectPage):
    """How far an import is, as the fragment that its page asks for every few seconds."""

    policy = can_manage_import
    template_name = "components/job.html"

    def get(self, request, *args, **kwargs):
        if not request.htmx:
            return HttpResponseRedirect(detail_url(self.object))
        response = render(request, self.template_name, job_of(self.object))
        if self.object.state not in AT_WORK:
            response.headers["HX-Refresh"] = "true"  # the whole page: it shows the outcome now
        return response


class MappingView(BatchPage, ObjectFormPage):
    """Tell which column of the file holds what."""

    policy = can_manage_import
    title = gettext_lazy("Tell the columns")
    form_class = MappingForm
    submit_label = gettext_lazy("Check the rows")
    success_message = gettext_lazy("The columns are remembered for the next file like this one.")
    intro = gettext_lazy(
        "Not every column of this file was recognised. Say what each holds; what the register "
        "does not keep can be left out."
    )

    def get(self, request, *args, **kwargs):
        if self.object.state != ImportState.MAPPING:
            return HttpResponseRedirect(detail_url(self.object))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        batch = self.object
        return {"batch": batch, "kind": batches.known(batch), "samples": samples(batch)}

    def perform(self, form) -> ImportBatch:
        return batches.tell_columns(
            by=self.request.user, batch=self.object, mapping=form.mapping(), now=now()
        )


class RowListView(ListPage):
    """The rows of a file and what each does, filtered by outcome."""

    policy = can_manage_import
    template_name = "imports/rows.html"
    table_class = RowTable
    filterset_class = RowFilter
    empty_title = gettext_lazy("No such rows")

    def check_policy(self) -> None:
        visible = ImportBatch.objects.visible_to(self.request.user)
        self.batch = get_object_or_404(visible, pk=self.kwargs["pk"])
        self.kind = kind_named(self.batch.kind)
        if not has_rows(self.batch) or self.kind is None:
            raise Http404

    def get(self, request, *args, **kwargs):
        planned = self.batch.state == ImportState.CHECKED
        self.table_class = type("BatchRowTable", (RowTable,), {})
        self.table_class.kind, self.table_class.planned = self.kind, planned
        return super().get(request, *args, **kwargs)

    def get_title(self):
        return _("Rows of the file")

    def get_breadcrumb(self):
        return [
            page_link(str(IMPORTS), "imports:batch_list"),
            (self.batch.file_name, detail_url(self.batch)),
        ]

    def get_queryset(self):
        return ImportRow.objects.visible_to(self.request.user).filter(batch=self.batch)


class RowDetailView(BatchPage, ObjectPage):
    """One row: the file beside the register, and beside the other row that speaks of the same."""

    policy = can_manage_import
    template_name = "imports/row.html"

    def get_object(self):
        batch = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        self.row = get_object_or_404(batch.rows, number=self.kwargs["number"])
        if kind_named(batch.kind) is None:
            raise Http404
        return batch

    def get_title(self):
        return self.row.label or _("Row %(row)s") % {"row": self.row.number}

    def get_breadcrumb(self):
        return [
            page_link(str(IMPORTS), "imports:batch_list"),
            (self.object.file_name, detail_url(self.object)),
            page_link(_("Rows of the file"), "imports:rows", self.object.pk),
        ]

    def get_context_data(self, **kwargs):
        batch, row = self.object, self.row
        kind = batches.known(batch)
        columns, rows = side_by_side(batch, kind, row)
        planned = batch.state == ImportState.CHECKED
        return super().get_context_data(
            subtitle=_("Row %(row)s of %(file)s") % {"row": row.number, "file": batch.file_name},
            row=row,
            outcome=outcome_label(row.outcome, planned=planned),
            tone=OUTCOME_TONES[row.outcome],
            problems=sentences(kind, row.problems),
            warnings=sentences(kind, row.warnings),
            columns=columns,
            rows=rows,
            twins_url=rows_url(batch, TWINS),
            **kwargs,
        )


class ApproveView(BatchPage, ObjectFormPage):
    """Have the rows written; warnings ask for one tick."""

    policy = can_manage_import
    title = gettext_lazy("Approve the import")
    template_name = "imports/approve.html"
    form_class = ApproveForm
    submit_label = gettext_lazy("Import these rows")
    success_message = gettext_lazy("The import has been approved and is being carried out.")

    def get(self, request, *args, **kwargs):
        if self.object.state != ImportState.CHECKED:
            return HttpResponseRedirect(detail_url(self.object))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {"batch": self.object}

    def get_context_data(self, **kwargs):
        batch = self.object
        kind = kind_named(batch.kind)
        return super().get_context_data(
            figures=figures(batch),
            warned=batch.counts.get("warned", 0),
            warned_url=rows_url(batch, WARNED),
            final=kind.final(set(batch.mapping.values())) if kind else "",
            **kwargs,
        )

    def perform(self, form) -> ImportBatch:
        seen = form.cleaned_data.get("warnings_seen", False)
        return batches.approve(
            by=self.request.user, batch=self.object, warnings_seen=seen, now=now()
        )


class ErrorsFileView(BatchPage, ObjectPage):
    """The rows that were not imported, to be mended and sent again."""

    policy = can_manage_import

    def get(self, request, *args, **kwargs):
        batch, format = self.object, request.GET.get("format", "csv")
        if format not in FORMATS or not batch.open_errors or not has_rows(batch):
            raise Http404
        try:
            headers, rows = batches.error_rows(by=request.user, batch=batch)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(detail_url(batch))
        name = slugify(batch.file_name.rpartition(".")[0]) or "import"
        return sheet_response(format, f"{name}-{_('errors')}", headers, rows)


class UndoView(BatchPage, ActionPage):
    """Take a whole import back, as long as nothing was built on it."""

    policy = can_manage_import
    title = gettext_lazy("Undo this import")
    submit_label = gettext_lazy("Undo")
    success_message = gettext_lazy("The import is being undone, if nothing was built on it.")
    danger = True

    def get_text(self):
        counts = self.object.counts
        added = counts.get(RowOutcome.ADD, 0)
        changed = counts.get(RowOutcome.CHANGE, 0)
        return " ".join(
            [
                ngettext(
                    "%(number)s added row goes out of the register again.",
                    "%(number)s added rows go out of the register again.",
                    added,
                )
                % {"number": number(added)},
                ngettext(
                    "%(number)s changed row becomes what it was.",
                    "%(number)s changed rows become what they were.",
                    changed,
                )
                % {"number": number(changed)},
                _("This is done for all rows or for none."),
            ]
        )

    def perform(self):
        batches.ask_undo(by=self.request.user, batch=self.object, now=now())


class RetryView(BatchPage, ActionPage):
    """Go on with an import that stopped."""

    policy = can_manage_import
    title = gettext_lazy("Try again")
    text = gettext_lazy("The import goes on where it stopped.")
    submit_label = gettext_lazy("Try again")
    success_message = gettext_lazy("The import goes on.")

    def perform(self):
        batches.retry(by=self.request.user, batch=self.object, now=now())


class AbandonView(BatchPage, ActionPage):
    """Give up a file that was not approved."""

    policy = can_manage_import
    title = gettext_lazy("Give up this import")
    text = gettext_lazy(
        "The file and its rows are deleted. Nothing of it was written to the register."
    )
    submit_label = gettext_lazy("Delete the file")
    success_message = gettext_lazy("The file has been deleted.")
    danger = True

    def perform(self):
        batches.abandon(by=self.request.user, batch=self.object, now=now())
