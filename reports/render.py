"""From frozen figures to a page or a PDF. The report is in Dutch, whoever reads it."""

import base64
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reports.body import body, chart, picture_text
from reports.figures import MonthlyFigures, from_json
from westerkwartier.web.pdf import Document, render_pdf

LANGUAGE = "nl"
PAPER_WIDTH, PAPER_HEIGHT = 640, 225  # pixels of 1/96 inch; A4 leaves 658 between the margins
SCREEN_WIDTH, SCREEN_HEIGHT = 760, 280
PHONE_WIDTH, PHONE_HEIGHT = 340, 260


def report_pdf(figures: dict, *, version: int, made_at: datetime) -> Document:
    """The PDF of a report, from the JSON its run keeps: the same input gives the same bytes."""
    with translation.override(LANGUAGE):
        return render_pdf(report_paper(figures, version=version, made_at=made_at), made_at=made_at)


def report_paper(figures: dict, *, version: int, made_at: datetime) -> SafeString:
    """The HTML that goes to paper."""
    with translation.override(LANGUAGE):
        known = from_json(figures)
        context = body(known) | {
            "version": version,
            "made_at": made_at,
            "picture": _printed_picture(known),
        }
        return render_to_string("reports/monthly_paper.html", context)


def report_screen(figures: dict) -> SafeString:
    """The same body as part of a page."""
    with translation.override(LANGUAGE):
        known = from_json(figures)
        return render_to_string(
            "reports/monthly_body.html", body(known) | {"picture": _screen_picture(known)}
        )


def _printed_picture(figures: MonthlyFigures) -> SafeString:
    """As an image with an alternative text, from which the PDF gets a figure with the same text."""
    svg = chart(figures, width=PAPER_WIDTH, height=PAPER_HEIGHT, paper=True)
    return format_html(
        '<img alt="{}" width="{}" height="{}" src="data:image/svg+xml;base64,{}">',
        picture_text(figures),
        PAPER_WIDTH,
        PAPER_HEIGHT,
        base64.b64encode(svg.encode()).decode(),
    )


def _screen_picture(figures: MonthlyFigures) -> SafeString:
    wide = chart(figures, width=SCREEN_WIDTH, height=SCREEN_HEIGHT, paper=False)
    narrow = chart(figures, width=PHONE_WIDTH, height=PHONE_HEIGHT, paper=False)
    return mark_safe(  # both made by our own chart renderer
        f'<div class="chart__picture chart__picture--wide">{wide}</div>'
        f'<div class="chart__picture chart__picture--narrow">{narrow}</div>'
    )
