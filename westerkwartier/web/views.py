"""Base pages. Each names its policy; rows come from ``visible_to``; writing is up to services.

Somebody out of reach gets 404, also when a list is not theirs: the address then does not exist
for them. Somebody who may see an object but not act on it gets 403.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from westerkwartier.web.clock import today
from westerkwartier.web.exports import EXPORT_LIMIT, FORMATS, export_response
from westerkwartier.web.paging import keyset_page
from westerkwartier.web.refusals import Refused
from westerkwartier.web.tables import PageRows


class Page(TemplateView):
    """A page with a title. ``policy(user)`` false means that the page does not exist for them.

    ``menu`` names the list in the menu that the page belongs to, where its address does not begin
    with the address of that list.
    """

    policy = None
    menu = ""
    title = ""
    subtitle = ""

    def dispatch(self, request, *args, **kwargs):
        self.check_policy()
        return super().dispatch(request, *args, **kwargs)

    def check_policy(self) -> None:
        if not type(self).policy(self.request.user):
            raise Http404

    def get_title(self) -> str:
        return self.title

    def get_breadcrumb(self) -> list[tuple[str, str | None]]:
        """Labels and addresses of the pages above this one; the page itself comes last."""
        return []

    def get_actions(self) -> list:
        return []

    def get_context_data(self, **kwargs):
        above = self.get_breadcrumb()
        return super().get_context_data(
            **{
                "title": self.get_title(),
                "subtitle": self.subtitle,
                "actions": self.get_actions(),
                "breadcrumb": [*above, (self.get_title(), None)] if above else [],
                **kwargs,
            }
        )


class ListPage(Page):
    """A list: ``table_class``, ``filterset_class``, ``get_queryset()``, and it is done.

    One filtered queryset feeds page, fragment and export.
    """

    template_name = "pages/list.html"
    table_class = None
    filterset_class = None
    export_name = ""
    empty_title = ""
    empty_text = ""

    def exported(self, format: str, count: int) -> None:
        """Called after an export was made; a list of personal data journals it here."""

    def get(self, request, *args, **kwargs):
        queryset, filterset = self.filtered()
        asked = request.GET.get("sort", "")
        aliases, order = self.table_class.sort_fields(asked)
        queryset = queryset.select_related(*self.table_class.related)
        if self.export_name and request.GET.get("export") in FORMATS:
            return self.export(request.GET["export"], queryset, order)
        page = keyset_page(queryset, order=order, params=request.GET)
        table = self.table_class(
            PageRows(page.rows), order_by=aliases if asked else (), request=request
        )
        context = self.get_context_data(
            table=table,
            filter=filterset,
            page=page,
            export_urls=self.export_urls(),
            empty_title=self.empty_title,
            empty_text=self.empty_text,
        )
        if request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request:
            return self.response_class(request, ["pages/list_fragment.html"], context)
        return self.render_to_response(context)

    def filtered(self):
        queryset = self.get_queryset()
        if self.filterset_class is None:
            return queryset, None
        filterset = self.filterset_class(self.request.GET, queryset=queryset, request=self.request)
        return filterset.qs, filterset

    def export_urls(self) -> list[tuple[str, str]]:
        if not self.export_name:
            return []
        query = self.request.GET.copy()
        for name in ("after", "before", "export"):
            query.pop(name, None)
        urls = []
        for format, (_type, label) in FORMATS.items():
            query["export"] = format
            urls.append((label, f"?{query.urlencode()}"))
        return urls

    def export(self, format: str, queryset, order: list[str]):
        rows = list(queryset.order_by(*order, "pk")[: EXPORT_LIMIT + 1])
        if len(rows) > EXPORT_LIMIT:
            messages.error(
                self.request, _("These are too many rows for one file. Filter the list first.")
            )
            query = self.request.GET.copy()
            del query["export"]
            return HttpResponseRedirect(f"{self.request.path}?{query.urlencode()}")
        table = self.table_class(PageRows(rows), request=self.request)
        response = export_response(
            format=format,
            name=f"{slugify(self.export_name)}-{today().isoformat()}",
            header=table.export_header(),
            rows=(table.export_row(record) for record in rows),
        )
        self.exported(format, len(rows))
        return response


class ObjectPage(Page):
    """A page about one object; ``get_queryset()`` of the page starts with ``visible_to``."""

    object = None

    def get_object(self):
        return get_object_or_404(self.get_queryset(), **self.kwargs)

    def check_policy(self) -> None:
        self.object = self.get_object()
        if not type(self).policy(self.request.user, self.object):
            raise PermissionDenied

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"object": self.object, **kwargs})


class DetailPage(ObjectPage):
    """Shows an object. ``opened()`` is where the reading of personal data is journalled."""

    template_name = "pages/detail.html"

    def opened(self) -> None:
        """Called once the reader may see the object."""

    def get(self, request, *args, **kwargs):
        self.opened()
        return super().get(request, *args, **kwargs)


class FormMixin:
    """A form that ends in one call of a service. A refusal is shown in the form itself.

    A page gives ``perform(form)``, which calls the service and returns its answer,
    ``get_success_url(outcome)`` and ``get_cancel_url()``.
    """

    template_name = "pages/form.html"
    form_class = None
    submit_label = ""
    success_message = ""
    intro = ""

    def get_success_message(self, outcome) -> str:
        return self.success_message

    def get_success_tags(self, outcome) -> str:
        """Extra tags of the message, such as ``undo:<address>``."""
        return ""

    def get_form_kwargs(self) -> dict:
        return {}

    def get_form(self, data=None):
        return self.form_class(data, **self.get_form_kwargs())

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form() if self.form_class else None)
        return super().get_context_data(
            **{
                "submit_label": self.submit_label,
                "cancel_url": self.get_cancel_url(),
                "intro": self.intro,
                **kwargs,
            }
        )

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if form.is_valid():
            try:
                outcome = self.perform(form)
            except Refused as refusal:
                field = refusal.field if refusal.field in form.fields else None
                form.add_error(field, str(refusal))
            else:
                messages.success(
                    request,
                    self.get_success_message(outcome),
                    extra_tags=self.get_success_tags(outcome),
                )
                return HttpResponseRedirect(self.get_success_url(outcome))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class FormPage(FormMixin, Page):
    """A form that makes something new."""


class ObjectFormPage(FormMixin, ObjectPage):
    """A form about an object."""


class ActionPage(ObjectPage):
    """A deed on an object without a form: GET asks for confirmation, POST does it.

    With ``confirm = False`` nothing is asked (what can be undone needs no question), and GET leads
    to where the button stands: that is where somebody lands who had to sign in again first. A page
    gives ``perform()``, which calls the service, and ``get_success_url()``.
    """

    template_name = "pages/confirm.html"
    confirm = True
    text = ""
    submit_label = ""
    success_message = ""
    danger = False

    def get(self, request, *args, **kwargs):
        if not self.confirm:
            return back_to_the_button(request, self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_text(self) -> str:
        return self.text

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "text": self.get_text(),
                "submit_label": self.submit_label,
                "cancel_url": self.get_cancel_url(),
                "danger": self.danger,
                **kwargs,
            }
        )

    def post(self, request, *args, **kwargs):
        try:
            self.perform()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.success_message)
        return HttpResponseRedirect(self.get_success_url())


def back_to_the_button(request, url: str) -> HttpResponseRedirect:
    """The answer to GET at an address that only does something with POST."""
    messages.info(request, _("Nothing has been changed yet. Press the button on this page again."))
    return HttpResponseRedirect(url)


def next_page(request, otherwise: str) -> str:
    """The address in ``?next=``, when it is one of this site; else ``otherwise``."""
    asked = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else otherwise


def page_link(label: str, name: str, *args) -> tuple[str, str]:
    """A breadcrumb entry."""
    return (label, reverse(name, args=args))
