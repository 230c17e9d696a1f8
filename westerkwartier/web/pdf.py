"""HTML to a tagged PDF (PDF/UA-1) on the server: same input, same bytes; bundled files only."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# Relative addresses in a document start here; no file of this machine has such a name.
BUNDLE = "file:///bundled/"
FONTS = "fonts/"


class NotBundled(ValueError):
    """A document asked for something that is not part of the product."""


@dataclass(frozen=True)
class Document:
    """A PDF and its number of pages."""

    content: bytes
    pages: int


def bundled_file(address: str) -> Path:
    """The file behind a relative address: a static file, or a font in ``fonts/``.

    Raises ``NotBundled`` for anything outside those folders.
    """
    if address.startswith(FONTS):
        roots, name = [settings.FONT_DIR], address.removeprefix(FONTS)
    else:
        roots, name = settings.STATICFILES_DIRS, address
    for root in map(Path, roots):
        path = (root / name).resolve()
        if path.is_file() and path.is_relative_to(root.resolve()):
            return path
    raise NotBundled(f"{address} is not a bundled file.")


class BundleFetcher(URLFetcher):
    """Fetches bundled files and ``data:`` addresses; nothing else of the machine or the network.

    What WeasyPrint fetches by itself has been a way in before (CVE-2025-68616, CVE-2026-49452).
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url, headers=None):
        if not url.startswith(BUNDLE):
            return super().fetch(url, headers)
        path = bundled_file(unquote(urlsplit(url).path.removeprefix(urlsplit(BUNDLE).path)))
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def render_pdf(html: str, *, made_at: datetime) -> Document:
    """A whole HTML document (with ``lang`` and ``title``) as PDF/UA-1.

    ``made_at`` (aware) goes into the metadata, so that the bytes depend on the arguments alone.
    Raises ``NotBundled`` rather than leave out a style, font or picture.
    """
    created = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        rendered = HTML(string=html, base_url=BUNDLE, url_fetcher=BundleFetcher()).render(
            font_config=FontConfiguration(), pdf_variant="pdf/ua-1"
        )
    except FatalURLFetchingError as error:  # not an Exception: it would end a worker
        raise NotBundled(str(error)) from error
    rendered.metadata.created = rendered.metadata.modified = created
    tagged = _tidied(rendered.write_pdf(pdf_variant="pdf/ua-1"))
    return Document(content=tagged, pages=len(rendered.pages))


def _tidied(content: bytes) -> bytes:
    """Says of each header cell whether it heads a row or a column, and drops empty elements.

    WeasyPrint ties cells to headers by id only; PDF/UA readers ask for the scope as well. A shape
    that CSS draws before a word leaves an element without content, which nobody can read.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        for element, above in list(elements(pdf)):
            if element["/S"] == "/TH":
                attributes = element.get("/A", pikepdf.Dictionary(O=pikepdf.Name("/Table")))
                attributes["/Scope"] = pikepdf.Name("/Column" if "/THead" in above else "/Row")
                element["/A"] = attributes
            elif "/K" in element and isinstance(element["/K"], pikepdf.Array):
                element["/K"] = pikepdf.Array([kid for kid in element["/K"] if not _empty(kid)])
        result = BytesIO()
        streams = pikepdf.ObjectStreamMode.generate
        pdf.save(result, deterministic_id=True, object_stream_mode=streams)  # not the database
    return result.getvalue()


def _empty(kid) -> bool:
    """Whether an element holds nothing and means nothing; an empty table cell keeps its place."""
    return (
        isinstance(kid, pikepdf.Dictionary)
        and kid.get("/S") in ("/Span", "/NonStruct", "/Div")
        and "/Alt" not in kid
        and len(kid.get("/K", [])) == 0
    )


def elements(pdf: pikepdf.Pdf):
    """All elements of the structure tree in reading order, each with the types above it."""
    waiting = [(pdf.Root.StructTreeRoot, ())]
    while waiting:
        node, above = waiting.pop()
        if above:
            yield node, above[:-1]
        kids = node.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        for kid in reversed(kids):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append((kid, (*above, str(kid["/S"]))))
