"""From a file to the share in one walk: import stock and vacancies, judge, let, see it move.

Once by touch on a phone, once by keyboard alone (only choosing a file is the system's own window).
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

STOCK = """Postcode;Huisnummer;Straat;Dorp;Soort woning;Kamers;Slaapkamers
{postcode};1;{street};Leek;Eengezinswoning;4;3
{postcode};2;{street};Leek;Eengezinswoning;4;3
"""
# Notice long ago, so that they stand before all others in the inbox.
VACATED = """Postcode;Huisnummer;Huuropzegging;Beschikbaar vanaf;Kale huur;Status
{postcode};1;1-9-2016;1-11-2016;565,40;beschikbaar
{postcode};2;2-9-2016;1-11-2016;565,40;beschikbaar
"""
MONTH = "/region/share/?period=2017-11"
TABS = 150


def by_keyboard(target: Locator) -> None:
    """Go there with Tab from the beginning of the page's content, and press Enter."""
    target.wait_for()
    page, handle = target.page, target.element_handle()
    page.locator("#main").focus()
    for _step in range(TABS):
        page.keyboard.press("Tab")
        if handle.evaluate("node => node.contains(document.activeElement)"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{target} cannot be reached by keyboard")


def judge_by_tap(page: Page, address: str) -> None:
    card = page.locator("[data-card]").first
    expect(card).to_contain_text(address)
    card.get_by_role("button", name="Geschikt", exact=True).tap()


def judge_by_key(page: Page, address: str) -> None:
    first = page.locator("[data-card]").first
    page.keyboard.press("g")  # the first key goes there and does no more
    expect(first).to_be_focused()
    expect(first).to_contain_text(address)
    expect(page.locator("[data-done]")).to_have_count(0)
    page.keyboard.press("g")


def bring_in(page: Page, go: Callable[[Locator], None], kind: str, content: str) -> None:
    """The wizard: choose a file, look at what it does, approve."""
    page.goto("/imports/new/")
    choice = page.get_by_label(kind, exact=True)
    if go is by_keyboard:
        choice.focus()
        page.keyboard.press("Space")
    else:
        choice.tap()
    page.get_by_label("Bestand").set_input_files(
        {"name": "bestand.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    main = page.get_by_role("main")
    go(main.get_by_role("button", name="Versturen en controleren"))
    go(main.get_by_role("link", name="Goedkeuren"))
    page.wait_for_url("**/approve/")
    if (seen := page.get_by_label("Ik heb de waarschuwingen gezien")).count():
        seen.press("Space")
    go(main.get_by_role("button", name="Deze rijen inlezen"))
    page.get_by_text("Ingelezen", exact=True).wait_for()


def let_in(page: Page) -> tuple[int, Locator]:
    """The number let in November, all municipalities together, and the link to its rows."""
    page.goto(MONTH)
    cell = page.locator("#municipalities tfoot td[data-label='C']")
    return int(re.sub(r"\D", "", cell.inner_text())), cell.get_by_role("link")


@pytest.mark.parametrize(
    ("width", "go", "judge", "street", "postcode"),
    [
        ("phone", Locator.tap, judge_by_tap, "Wandelpad", "9351ZY"),
        ("desk", by_keyboard, judge_by_key, "Toetsenpad", "9351ZX"),
    ],
    ids=["by tap on a phone", "by keyboard"],
)
def test_from_a_file_to_the_share(visit, width, go, judge, street, postcode):
    page = visit("corporatie", width, has_touch=width == "phone")
    before, _link = let_in(page)
    bring_in(page, go, "Woningen", STOCK.format(street=street, postcode=postcode))
    bring_in(page, go, "Vrijgekomen woningen", VACATED.format(postcode=postcode))

    page.goto("/vacancies/inbox/")
    judge(page, f"{street} 1")
    expect(page.locator("[data-done]")).to_contain_text([f"{street} 1: Geschikt"])

    page.goto(f"/vacancies/?q={street}")
    main = page.get_by_role("main")
    go(main.get_by_role("link", name=f"{street} 1", exact=True))
    go(main.get_by_role("link", name="Regulier verhuren"))
    go(main.get_by_role("button", name="Afsluiten als verhuurd"))
    expect(page.locator("#messages")).to_contain_text("De woning is verhuurd.")

    after, rows = let_in(page)
    assert after == before + 1
    if width == "phone":
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    go(rows)
    page.wait_for_url("**/region/share/rows/**")
    expect(page.locator("#list")).to_contain_text(f"{street} 1")
