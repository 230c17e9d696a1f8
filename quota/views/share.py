"""The share of the covenant, and the dwellings behind each of its figures."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import REGION_READERS
from housing.selectors import covenant_in_force
from housing.selectors.register import having_dwellings
from housing.selectors.stock import NUMERATOR, SHARE_PARTS
from partners.choices import ShareDenominator
from partners.models import Covenant, Municipality, Village, VillageBelonging
from quota.charts import month_label, share_chart
from quota.filters import ShareRowsFilter
from quota.policies import (
    SHARE_READERS,
    can_list_share_rows,
    can_view_share,
    can_view_small_counts,
)
from quota.selectors import (
    ShareOverview,
    Span,
    SpanShare,
    counted_dwellings,
    half_years_of,
    months_of,
    share_overview,
    term_of,
)
from quota.share_tables import PART_LABELS, ShareRow, ShareRowsTable, ShareTable
from quota.views.common import Choice, QuotaPage
from quota.views.share_words import (
    OUTLOOK_TONES,
    definition_parts,
    expected_text,
    needed_text,
)
from westerkwartier.web.tables import PageRows
from westerkwartier.web.templatetags.ui import date_long, percent
from westerkwartier.web.views import ListPage, Page, page_link


def half_year_name(code: str) -> str:
    """ "first half of 2017", of "2017-I"."""
    year, half = code.split("-")
    words = {"I": _("first half of %(year)s"), "II": _("second half of %(year)s")}
    return words[half] % {"year": year}


def span_name(span: Span) -> str:
    """The span in words: since when, which half-year, which month."""
    if span.is_term:
        return _("since %(day)s") % {"day": date_long(span.starts_on)}
    if span.is_month:
        return month_label(span.starts_on, span.until, span.complete)
    return half_year_name(span.code)


class SharePage(QuotaPage):
    """What the pages about the share have in common: covenant, day and span."""

    readers = SHARE_READERS

    @cached_property
    def covenant(self) -> Covenant | None:
        return covenant_in_force(self.region, on=self.on)

    @cached_property
    def until(self) -> date:
        """The last day that counts."""
        return term_of(self.covenant, on=self.on).until

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Everything that can be asked for with ``?period=``, newest first; "" is the term."""
        months = months_of(self.covenant, on=self.on)
        spans = [
            term_of(self.covenant, on=self.on),
            *reversed(half_years_of(months, self.covenant)),
            *reversed(months),
        ]
        return {span.code: span for span in spans}

    @cached_property
    def span(self) -> Span:
        try:
            return self.spans[self.request.GET.get("period", "")]
        except KeyError:
            raise Http404 from None

    def rows_url(self, part: str, span: Span, **place) -> str:
        """The address of the rows behind a figure."""
        asked = {
            "region": self.request.GET.get("region"),
            "on": self.request.GET.get("on"),
            "period": span.code,
            "part": part,
            **place,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('quota:share_rows')}?{query}"


class ShareView(SharePage, Page):
    """The share in the term, a half-year or a month: by place, and its course."""

    policy = can_view_share
    template_name = "quota/share.html"
    title = gettext_lazy("Share of dwellings for permit holders")

    def get_context_data(self, **kwargs):
        regions = [
            Choice(region.name, f"{self.request.path}?region={region.slug}", region is self.region)
            for region in self.regions
        ]
        if self.covenant is None:
            return super().get_context_data(regions=regions, **kwargs)
        overview = share_overview(self.region, self.covenant, self.span, on=self.on)
        return super().get_context_data(
            **{
                "subtitle": self.get_subtitle(overview),
                "regions": regions,
                "periods": self.period_choices(),
                "overview": overview,
                **self.figures(overview),
                "chart": share_chart(overview),
                "municipalities": self.municipality_table(overview),
                "villages": self.village_table(overview),
                "half_years": self.time_table(
                    overview.half_years, _("Share per half-year"), _("Half-year")
                ),
                "months": self.time_table(overview.months, _("Share per month"), _("Month")),
                "definitions": definition_parts(overview),
                **kwargs,
            }
        )

    def get_subtitle(self, overview: ShareOverview) -> str:
        return _("%(span)s. Position on %(day)s") % {
            "span": capfirst(span_name(self.span)),
            "day": date_long(overview.until),
        }

    def period_choices(self) -> list[Choice]:
        """The term and the half-years; a month only while it is shown."""
        return [
            Choice(
                _("Since the covenant began") if span.is_term else self.tab_label(span),
                self.request.path + self.query(period=span.code or None),
                span is self.span,
            )
            for span in self.spans.values()
            if not span.is_month or span is self.span
        ]

    def tab_label(self, span: Span) -> str:
        return span_name(span) if span.is_month else span.code

    def opened(self, span: Span, **place) -> dict[str, str]:
        """Addresses of the rows behind the figures of a line; none for who sees no dwellings."""
        if not can_list_share_rows(self.request.user, self.region):
            return {}
        return {part: self.rows_url(part, span, **place) for part in SHARE_PARTS}

    def figures(self, overview: ShareOverview) -> dict:
        """The key figures of the span, and what is still needed."""
        definition, needed = overview.definition, overview.needed()
        opened = self.opened(self.span)
        context = {
            "share": overview.share,
            "let_url": opened.get(NUMERATOR),
            "needed": needed,
            "needed_text": needed_text(overview, needed),
            "expected_text": expected_text(needed),
            "outlook_tone": needed and OUTLOOK_TONES[needed.outlook],
        }
        if definition is not None:
            denominator = ShareDenominator(definition.denominator)
            context |= {
                "dwellings": overview.total.of(denominator),
                "dwellings_label": capfirst(denominator.label),
                "dwellings_url": opened.get(denominator),
                "reached": overview.share is not None and overview.share >= definition.target,
                "target": percent(definition.target),
            }
        return context

    def row(self, place, overview: ShareOverview, **where) -> ShareRow:
        letter = overview.definition.denominator if overview.definition else ""
        return ShareRow(
            name=place.name or _("Not in a municipality"),
            count=place.count,
            in_force=letter,
            opened=self.opened(self.span, **where),
            municipality=place.municipality,
        )

    def municipality_table(self, overview: ShareOverview) -> ShareTable:
        letter = overview.definition.denominator if overview.definition else ""
        rows = [
            self.row(place, overview, municipality=place.code) for place in overview.municipalities
        ]
        total = ShareRow(_("Whole region"), overview.total, letter, self.opened(self.span))
        return ShareTable(
            PageRows(rows),
            caption=_("Share per municipality"),
            head=_("Municipality"),
            total=total,
            exclude=("municipality", "so_far"),
            request=self.request,
        )

    def village_table(self, overview: ShareOverview) -> ShareTable | None:
        """The villages in which anything was counted; None for who sees sums only."""
        if not can_view_small_counts(self.request.user, self.region):
            return None
        rows = [
            self.row(place, overview, village=place.village_id)
            for place in overview.villages
            if not place.count.empty
        ]
        return ShareTable(
            PageRows(rows),
            caption=_("Share per village"),
            head=_("Village"),
            exclude=("so_far",),
            show_footer=False,
            request=self.request,
        )

    def time_table(self, spans: tuple[SpanShare, ...], caption: str, head: str) -> ShareTable:
        """Newest first; a line's name shows the page for that month or half-year."""
        rows = [
            ShareRow(
                name=capfirst(span_name(line.span)),
                count=line.count,
                in_force=line.definition.denominator if line.definition else "",
                opened=self.opened(line.span),
                url=self.request.path + self.query(period=line.span.code),
                so_far=line.share_so_far(),
            )
            for line in reversed(spans)
        ]
        return ShareTable(
            PageRows(rows),
            caption=caption,
            head=head,
            exclude=("municipality",),
            show_footer=False,
            request=self.request,
        )


class ShareRowsView(SharePage, ListPage):
    """The dwellings that a figure of the share counts."""

    policy = can_list_share_rows
    title = gettext_lazy("Dwellings behind the share")
    table_class = ShareRowsTable
    filterset_class = ShareRowsFilter
    export_name = "share"
    empty_title = gettext_lazy("No dwelling counts here")
    empty_text = gettext_lazy("Choose another period or another place.")

    def get(self, request, *args, **kwargs):
        if self.covenant is None or not can_list_share_rows(request.user, self.region):
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_breadcrumb(self):
        return [page_link(_("Share of dwellings for permit holders"), "quota:share")]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"intro": self.own_only(), **kwargs})

    def own_only(self) -> str:
        """Says so where the figure may count dwellings that this reader does not see."""
        if self.region.pk in self.request.user.reach.regions_as(*REGION_READERS):
            return ""
        return _("You see the dwellings of your own corporation; the share counts all of them.")

    def get_queryset(self):
        part = self.request.GET.get("part") or NUMERATOR
        if part not in SHARE_PARTS:
            raise Http404
        return counted_dwellings(self.request.user, self.region, part, self.span, on=self.until)

    def filtered(self):
        day = self.span.until
        lying = VillageBelonging.objects.on(day).filter(village__region=self.region)
        filterset = ShareRowsFilter(
            self.request.GET,
            queryset=self.get_queryset(),
            request=self.request,
            day=day,
            parts=list(PART_LABELS.items()),
            periods=[(one.code, capfirst(span_name(one))) for one in self.spans.values()][1:],
            municipalities=Municipality.objects.filter(village_belongings__in=lying).distinct(),
            villages=having_dwellings(Village.objects.filter(region=self.region)),
            regions=[(region.slug, region.name) for region in self.regions],
        )
        return filterset.qs, filterset
