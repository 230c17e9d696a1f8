"""The PDF: readable by a screen reader, the same each time, made of bundled files only."""

from datetime import UTC, datetime
from io import BytesIO

import outloud
import pdfua
import pikepdf
import pytest
from django.utils import translation

from reports.figures import as_json
from reports.render import report_paper, report_pdf, report_screen
from reports.selectors import monthly_figures
from tests.stage import FIRST
from westerkwartier.web.pdf import BUNDLE, BundleFetcher, NotBundled, elements, render_pdf

MADE_AT = datetime(2017, 11, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def figures(covenant):
    return as_json(monthly_figures(covenant.region, FIRST))


@pytest.fixture
def document(figures):
    return report_pdf(figures, version=1, made_at=MADE_AT)


def test_checkers_find_nothing(document, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(document.content)
    assert list(pdfua.validate(str(path)).findings) == []
    checked = outloud.check(str(path))
    assert (checked.errors, checked.warnings) == (0, 0)


def test_structure(document):
    with pikepdf.open(BytesIO(document.content)) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "2017" in str(pdf.docinfo.Title)
        assert pdf.open_outline().root
        assert len(pdf.pages) == document.pages
        found = list(elements(pdf))
        kinds = [str(element["/S"]) for element, _above in found]
        assert kinds.count("/H1") == 1
        assert kinds.count("/H2") == 5
        assert kinds.count("/Table") == 5
        figures = [element for element, _above in found if element["/S"] == "/Figure"]
        assert len(figures) == 1
        assert "4" in str(figures[0]["/Alt"])
        heads = [(element, above) for element, above in found if element["/S"] == "/TH"]
        scopes = {str(element["/A"]["/Scope"]) for element, above in heads if "/THead" in above}
        assert scopes == {"/Column"}
        scopes = {str(element["/A"]["/Scope"]) for element, above in heads if "/TBody" in above}
        assert scopes == {"/Row"}


def test_paper_is_a4(document):
    with pikepdf.open(BytesIO(document.content)) as pdf:
        for page in pdf.pages:
            assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]


def test_the_same_figures_give_the_same_bytes(figures, document):
    assert report_pdf(figures, version=1, made_at=MADE_AT).content == document.content
    assert report_pdf(figures, version=2, made_at=MADE_AT).content != document.content


def test_the_report_is_dutch_whoever_reads_it(figures):
    with translation.override("en"):
        assert "1 november 2017" in report_screen(figures)
        assert "Stand van de taakstelling" in report_paper(figures, version=1, made_at=MADE_AT)


def test_what_is_not_official_is_marked(figures):
    screen = report_screen(figures)
    assert '6<sup class="sign">b</sup>' in screen  # Marum's net quota is made up
    assert "12</td>" in screen  # Leek's is official


def test_no_names_and_no_references_of_households(figures):
    assert "C0" not in report_screen(figures).replace("CO", "")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        f"{BUNDLE}../../etc/passwd",
        f"{BUNDLE}%2e%2e/%2e%2e/manage.py",
        f"{BUNDLE}fonts/../static/report.css/../../manage.py",
        "http://localhost/",
        "https://example.com/a.css",
        "ftp://example.com/a",
    ],
)
def test_only_bundled_files_are_fetched(address):
    with pytest.raises((NotBundled, ValueError)):
        BundleFetcher().fetch(address)


def test_bundled_files_and_data_are_fetched():
    assert b"@page" in BundleFetcher().fetch(f"{BUNDLE}paper.css").read()
    assert BundleFetcher().fetch("data:text/plain,hello").read() == b"hello"


def test_a_picture_from_elsewhere_stops_the_document(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    html = f'<html lang="nl"><title>x</title><img alt="x" src="file://{secret}"></html>'
    with pytest.raises(NotBundled):
        render_pdf(html, made_at=MADE_AT)
