"""Gives rows back as a file that ``reading.open_sheet`` opens with the same values."""

from collections.abc import Iterable

from django.http import HttpResponse

from westerkwartier.web.exports import export_response


def sheet_response(
    format: str, name: str, headers: list[str], rows: Iterable[list]
) -> HttpResponse:
    """A download ``name.format``; ``format`` is "csv", "xlsx" or "ods"."""
    return export_response(format=format, name=name, header=headers, rows=rows)
