"""Lists on paper: what is printed is the whole table, and no controls."""

import pikepdf
import pytest
from playwright.sync_api import expect

A4 = {"width": 718, "height": 1047}  # CSS pixels between the margins of an upright A4


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("coordinator", "/vacancies/"),
        ("coordinator", "/region/"),
        ("coordinator", "/region/share/"),
        ("coordinator", "/region/dispersal/"),
        ("coordinator", "/covenant/"),
        ("beheerder", "/people/"),
        ("beheerder", "/people/journal/"),
    ],
)
def test_no_table_is_wider_than_an_upright_page(visit, who, path):
    page = visit(who)
    page.goto(path)
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    widths = page.evaluate(
        """() => [...document.querySelectorAll('.table-scroll')].filter(e => e.clientWidth)
            .map(e => [e.querySelector('table').offsetWidth, e.clientWidth])"""
    )
    assert widths
    assert [pair for pair in widths if pair[0] > pair[1]] == []
    heads = page.locator(".table-scroll thead th")
    expect(heads.last).to_be_visible()
    box = heads.last.bounding_box()
    assert box["x"] + box["width"] <= A4["width"]
    expect(page.get_by_role("button")).to_have_count(0)


def test_a_wide_list_lies_on_its_side(visit, tmp_path):
    page = visit("coordinator")
    page.goto("/vacancies/")
    printed = tmp_path / "list.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    with pikepdf.open(printed) as document:
        _left, _bottom, width, height = map(float, document.pages[0].mediabox)
    assert (round(width), round(height)) == (842, 595)
