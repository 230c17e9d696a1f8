"""Tables of figures on a phone and a tablet: nothing scrolls sideways, the share is seen first."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import WIDTHS

TOO_WIDE = """() => [...document.querySelectorAll('main .table-scroll')]
    .filter(box => box.offsetParent && !box.closest('details'))
    .filter(box => box.scrollWidth > box.clientWidth)
    .map(box => box.querySelector('caption').textContent)"""


@pytest.mark.parametrize("path", ["/region/share/", "/region/dispersal/", "/covenant/"])
def test_no_table_scrolls_and_the_share_stands_beside_the_name(path, visit):
    page = visit("coordinator")
    for width in ("phone", "tablet"):
        wide, high = WIDTHS[width]
        page.set_viewport_size({"width": wide, "height": high})
        page.goto(path)
        assert page.evaluate(TOO_WIDE) == [], width
        if path == "/covenant/":
            continue
        row = page.locator("main tbody tr:has(td.lead)").first
        name, lead = row.locator(".row-head"), row.locator(".lead")
        expect(lead).to_contain_text("%")
        share, head = lead.bounding_box(), name.bounding_box()
        assert abs(share["y"] - head["y"]) < 8, width
        assert share["x"] + share["width"] <= wide, width
