"""Pictures of figures: Vega-Lite specifications rendered to SVG on the server.

The same picture serves screen and paper: it is readable in grey (line against dashes, shape and
word beside colour), carries its meaning as text alternative, and holds nothing that a strict
Content-Security-Policy refuses. Texts stand at the lines themselves; there is no legend to match.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from itertools import pairwise

import vl_convert
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from westerkwartier.web.labels import GLYPH, Box, place_label
from westerkwartier.web.templatetags.ui import date_written, number, percent

FONT = "'Source Sans 3', sans-serif"  # quoted: an unquoted name may not hold a bare 3
INK, SOFT, EDGE, LINE, ACCENT = "#1d2b2f", "#4f6065", "#75858a", "#dfe6e4", "#0f5360"


def ticks(highest: float) -> list[int]:
    """Round whole numbers from 0 up to ``highest``, at most six."""
    for power in (1, 10, 100, 1_000, 10_000, 100_000):
        for step in (power, 2 * power, 5 * power):
            if highest / step <= 5.5:
                return list(range(0, int(highest) + 1, step))
    return [0, int(highest)]


def line_against_schedule(
    realised: Sequence[tuple[date, int]],
    schedule: Sequence[tuple[date, float]],
    *,
    realised_label: str,
    schedule_label: str,
    axis_label: str,
    alt: str,
    width: int = 760,
    height: int = 280,
    paper: bool = False,
    stairs: bool | None = None,
) -> SafeString:
    """Counts so far (a line) against the schedule (dashes), over the days of one period.

    ``realised`` and ``schedule``: (day, cumulative count), in order of day; ``schedule`` spans the
    period. Up to ten realised points are joined by straight lines and shown as dots; more are
    drawn as the stairs that counts are, unless ``stairs`` says otherwise: a share is no count.
    Over more than a year the axis names months with their year. ``alt`` says in a sentence what
    the picture shows. Size in pixels of the whole picture; ``paper`` makes text fit for A4.
    """
    size = 12 if paper else 14
    start = min(day for day, _count in (*realised, *schedule))
    end = max(day for day, _count in (*realised, *schedule))
    days = max((end - start).days, 1)
    highest = max([count for _day, count in (*realised, *schedule)] + [1])
    digits = len(number(highest)) * size * GLYPH
    left, right, above, below = digits + 12, size * 1.6, size * 2, size * 2.1
    plot = (width - left - right, height - above - below)
    top_value = highest * plot[1] / (plot[1] - 2.1 * size)  # room for a text above the highest

    def spot(day: date, count: float) -> tuple[float, float]:
        return (
            (day - start).days / days * plot[0],
            plot[1] - float(count) / top_value * plot[1],
        )

    many = len(realised) > 10
    stairs = many if stairs is None else stairs
    realised_line = [spot(*point) for point in realised]
    if stairs:
        realised_line = [
            corner
            for before, after in pairwise(realised_line)
            for corner in (before, (after[0], before[1]))
        ] + realised_line[-1:]
    schedule_line = [spot(*point) for point in schedule]
    lines = [realised_line, schedule_line]
    labels = []
    if realised:
        labels.append(place_label(realised_label, realised_line[-1], lines, [], size, plot))
    if schedule:
        taken = [label.box for label in labels]
        if realised:
            x, y = realised_line[-1]
            taken.append(Box(x - 6, y - 6, x + 6, y + 6))
        labels.append(place_label(schedule_label, schedule_line[-1], lines, taken, size, plot))

    months = _month_starts(start, end)
    form, letters = ("M Y", 9) if days > 400 else ("j M", 7)
    room = plot[0] / max(len(months), 1)
    every = next((k for k in (1, 2, 3, 6, 12) if k * room >= size * GLYPH * letters), 12)
    # Whole quarters, half-years and years begin where people expect them.
    months = (
        [month for month in months if (month.month - 1) % every == 0]
        if every > 2
        else (months[::every])
    )
    x = {
        "field": "day",
        "type": "quantitative",
        "scale": {"domain": [0, days], "nice": False},
        "axis": {
            "values": [(month - start).days for month in months],
            "labelExpr": json.dumps(
                {str((month - start).days): date_written(month, form) for month in months}
            )
            + "[datum.value]",
            "title": None,
            "grid": False,
            "labelFlush": False,
            "labelOverlap": False,
        },
    }
    y = {
        "field": "count",
        "type": "quantitative",
        "scale": {"domain": [0, top_value], "nice": False},
        "axis": {
            "title": axis_label,
            "values": ticks(highest),
            "domain": False,
            "ticks": False,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleBaseline": "bottom",
            "titleX": -left + 2,
            "titleY": -6,
        },
    }
    dots = realised[-1:] if many else list(realised)
    layers = [
        _points(schedule, start, {"type": "line", "stroke": SOFT, "strokeDash": [5, 4]}, x, y, 1.5),
        _points(
            realised,
            start,
            {"type": "line", "interpolate": "step-after" if stairs else "linear", "stroke": ACCENT},
            x,
            y,
            2.5,
        ),
        _points(
            dots,
            start,
            {"type": "point", "filled": True, "fill": ACCENT, "size": 45, "opacity": 1},
            x,
            y,
        ),
    ]
    for label, weight, colour in zip(labels, (600, 400), (ACCENT, SOFT), strict=False):
        # A white rim keeps the text readable where it has to lie on a line.
        text = {
            "type": "text",
            "text": label.text,
            "x": label.x,
            "y": label.y,
            "align": label.align,
            "baseline": "middle",
            "fontSize": size,
            "fontWeight": weight,
        }
        for rim in ({"stroke": "#ffffff", "strokeWidth": 4}, {}):
            layers.append(_mark({**text, "color": colour, **rim}))
    spec = {
        "width": plot[0],
        "height": plot[1],
        "padding": {"left": left, "right": right, "top": above, "bottom": below},
        "autosize": "none",
        "layer": layers,
        "config": _config(size),
    }
    return picture(spec, alt, (width, height))


def bars(
    rows: Sequence[tuple[str, float | Decimal]],
    *,
    alt: str,
    width: int = 760,
    goal: float | None = None,
    goal_label: str = "",
    paper: bool = False,
) -> SafeString:
    """Horizontal bars for shares: ``rows`` of (label, ratio), with a line at the ``goal`` ratio.

    The values stand in a column on the right; the order of ``rows`` is kept, the first on top.
    """
    size = 12 if paper else 14
    step = size * 2
    most_letters = int(width * 0.45 / (size * GLYPH))
    rows = [(Truncator(label).chars(most_letters), share) for label, share in rows]
    left = max((len(label) for label, _share in rows), default=0) * size * GLYPH + 10
    above = size * 1.7 if goal is not None else 4
    end = size * GLYPH * 7
    plot = (width - left - end, step * max(len(rows), 1))
    most = max([float(share) for _label, share in rows] + [float(goal or 0), 0.01])
    values = [
        {"label": label, "share": float(share), "text": percent(share, 1)} for label, share in rows
    ]
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "scale": {"paddingInner": 0.4, "paddingOuter": 0.2},
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 0},
    }
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, most], "nice": False},
        "axis": None,
    }
    layers = [
        {
            "data": {"values": values},
            "mark": {"type": "bar", "color": ACCENT},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": values},
            "mark": {"type": "text", "align": "right", "color": INK, "fontSize": size},
            "encoding": {"x": {"value": plot[0] + end}, "y": y, "text": {"field": "text"}},
        },
    ]
    if goal is not None:
        place = float(goal) / most * plot[0]
        ends = {"x": {"value": place}, "y": {"value": -2}, "y2": {"value": plot[1]}}
        text_width = len(goal_label) * size * GLYPH
        layers += [
            _mark({"type": "rule", "color": "#ffffff", "strokeWidth": 5}, ends),
            _mark({"type": "rule", "color": INK, "strokeWidth": 1.5}, ends),
            _mark(
                {
                    "type": "text",
                    "text": goal_label,
                    "x": min(max(place, text_width / 2 - left), plot[0] + end - text_width / 2),
                    "y": -size * 0.8,
                    "fontSize": size,
                    "color": SOFT,
                }
            ),
        ]
    spec = {
        "width": plot[0],
        "height": plot[1],
        "padding": {"left": left, "right": end, "top": above, "bottom": 4},
        "autosize": "none",
        "layer": layers,
        "config": _config(size),
    }
    return picture(spec, alt, (width, round(plot[1] + above + 4)))


def picture(spec: dict, alt: str, size: tuple[int, int]) -> SafeString:
    """A Vega-Lite specification as an inline SVG of ``size`` pixels with ``alt`` as its meaning."""
    svg = _svg(json.dumps(spec, sort_keys=True, ensure_ascii=False))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alt)}" '
        f'width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}">'
    )
    return mark_safe(opening + svg + "</svg>")  # made here, of our own specification


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(settings.FONT_DIR))


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    """The drawing without its outer element, cleaned of what a page must not contain."""
    _register_font()
    svg = vl_convert.vegalite_to_svg(spec, vl_version="5.20", allowed_base_urls=[])
    inner = re.sub(r"^.*?<svg[^>]*>", "", svg, count=1, flags=re.DOTALL).rsplit("</svg>", 1)[0]
    # The marks are described by the picture as a whole; Vega's own English names would be read too.
    inner = re.sub(r'\s(?:role|aria-[a-z]+|style|pointer-events)="[^"]*"', "", inner)
    # Several pictures may share a page: identifiers carry a mark of their own specification.
    prefix = "c" + sha256(spec.encode()).hexdigest()[:8]
    inner = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', inner)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", inner)


def _month_starts(start: date, end: date) -> list[date]:
    """The first days of months from ``start`` up to and including ``end``, and the day after."""
    months = []
    month = start.replace(day=1)
    while (month - end).days <= 1:
        if month >= start:
            months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months


def _points(points, start: date, mark: dict, x: dict, y: dict, stroke: float = 0) -> dict:
    return {
        "data": {
            "values": [{"day": (day - start).days, "count": float(count)} for day, count in points]
        },
        "mark": {**mark, "strokeWidth": stroke} if stroke else mark,
        "encoding": {"x": x, "y": y},
    }


def _mark(mark: dict, encoding: dict | None = None) -> dict:
    """A layer with one mark at a fixed place in the plot."""
    return {"data": {"values": [{}]}, "mark": mark, "encoding": encoding or {}}


def _config(size: float) -> dict:
    return {
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFont": FONT,
            "titleFont": FONT,
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": 400,
            "labelColor": SOFT,
            "titleColor": SOFT,
            "gridColor": LINE,
            "domainColor": EDGE,
            "tickColor": EDGE,
            "labelPadding": 5,
        },
        "text": {"font": FONT},
    }
