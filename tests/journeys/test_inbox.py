"""Corporation staff judges from the inbox: by tap on a phone, by keyboard, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

URL = "/vacancies/inbox/"

# Dwellings reported long ago, so that they stand before those of the story.
REPORT = """
from datetime import date, timedelta
from django.db import transaction
from housing.models import Dwelling, Vacancy
with transaction.atomic():
    free = Dwelling.objects.in_stock(date(2017, 11, 23)).filter(
        vacancies__isnull=True, temporary_until__isnull=True, corporation__name="Wold & Waard"
    ).order_by("pk")[: {count}]
    for number, dwelling in enumerate(free):
        Vacancy.objects.create(
            dwelling=dwelling,
            notice_on=date(2017, 1, 2) + timedelta(days=number),
            available_from=date(2017, 12, 1),
            net_rent="560.00",
            state="available",
        )
"""


@pytest.fixture
def report(site):
    """``report(5)``: so many dwellings more wait, before all others."""

    def report(count: int) -> None:
        site.manage("shell", "-c", REPORT.format(count=count))

    return report


def waiting(page: Page) -> int:
    text = page.locator("#inbox-count").inner_text()
    return int(re.match(r"\d+", text)[0])


def test_five_by_tap_on_a_phone_and_one_taken_back(visit, report):
    report(6)
    page = visit("corporatie", "phone", has_touch=True)
    page.goto(URL)
    before = waiting(page)
    expect(page.get_by_text("Past bij").first).to_be_visible()

    for number in range(4):
        card = page.locator("[data-card]").first
        card.get_by_role("button", name="Geschikt", exact=True).tap()
        expect(page.locator("[data-done]")).to_have_count(number + 1)
    card = page.locator("[data-card]").first
    address = card.get_by_role("heading").inner_text()
    card.get_by_text("Niet geschikt", exact=True).tap()
    card.get_by_role("button", name="Wordt verkocht").tap()
    expect(page.locator("[data-done]")).to_have_count(5)
    expect(page.locator("[data-done]").last).to_contain_text(
        f"{address}: Niet geschikt (Wordt verkocht)"
    )
    assert waiting(page) == before - 5

    page.locator("[data-done]").last.get_by_role("button", name="Ongedaan maken").tap()
    expect(page.locator("[data-done]")).to_have_count(4)
    assert waiting(page) == before - 4
    expect(page.locator("[data-card]").first).to_contain_text(address)

    page.locator("[data-card]").first.get_by_role("link", name=address).tap()
    history = page.locator("#main")
    expect(history).to_contain_text("Teruggenomen: Niet geschikt. Sindsdien geen oordeel.")
    expect(history).to_contain_text("Nog geen oordeel")


def test_with_the_last_card_go_the_controls_for_several(visit, report):
    report(1)
    page = visit("corporatie")
    page.goto(URL)
    many = page.get_by_role("form", name="Meer woningen samen beoordelen")
    expect(many).to_be_visible()
    page.evaluate(
        "document.querySelectorAll('.inbox__item + .inbox__item').forEach(x => x.remove())"
    )
    page.locator("[data-card]").get_by_role("button", name="Geschikt", exact=True).click()
    expect(page.locator("[data-done]")).to_have_count(1)
    expect(many).to_be_hidden()
    page.locator("[data-done]").get_by_role("button", name="Ongedaan maken").click()
    expect(many).to_be_visible()


def test_by_keyboard_only(visit, report):
    report(4)
    page = visit("corporatie")
    page.goto(URL)
    before = waiting(page)
    page.locator("[data-keys] summary").click()
    page.get_by_label("Deze toetsen gebruiken").click()
    page.reload()
    page.keyboard.press("g")  # turned off
    expect(page.locator("[data-card]:focus")).to_have_count(0)
    page.locator("[data-keys] summary").click()
    page.get_by_label("Deze toetsen gebruiken").click()
    page.reload()
    page.keyboard.press("g")  # goes to the first dwelling and does no more
    first, second, third = page.locator("[data-card]").all()[:3]
    names = [card.get_by_role("heading").inner_text() for card in (first, second, third)]
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()

    page.keyboard.press("g")
    expect(page.locator("[data-done]")).to_contain_text([f"{names[0]}: Geschikt"])
    expect(page.locator("[data-card]").first).to_be_focused()
    expect(page.locator("[data-card]").first).to_contain_text(names[1])

    page.keyboard.press("n")
    page.keyboard.press("1")
    expect(page.locator("[data-done]")).to_have_count(2)
    expect(page.locator("[data-card]").first).to_contain_text(names[2])
    # The focus moves on a moment after the line is there; a key before that only fetches it.
    expect(page.locator("[data-card]").first).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator("[data-card] details[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-card] details[open]")).to_have_count(0)
    page.keyboard.press("v")
    expect(page.locator("[data-card] details[open]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_count(3)
    assert waiting(page) == before - 3

    # The focus moves on once the card has become a line, a moment after the line is there.
    expect(page.locator("[data-card]").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name=re.compile("Ongedaan maken")).last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_count(2)
    expect(page.locator("[data-card]").first).to_be_focused()
    assert waiting(page) == before - 2


def test_without_javascript_one_and_several_at_once(visit, report):
    report(4)
    page = visit("corporatie", "phone", java_script_enabled=False)
    page.goto(URL)
    before = waiting(page)
    address = page.locator("[data-card]").first.get_by_role("heading").inner_text()
    page.locator("[data-card]").first.get_by_role("button", name="Geschikt", exact=True).click()
    expect(page.locator("#messages")).to_contain_text(f"{address}: Geschikt")
    assert waiting(page) == before - 1
    page.locator("#messages").get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("#messages")).to_contain_text("1 oordeel is teruggenomen.")
    assert waiting(page) == before

    for card in page.locator("[data-card]").all()[:3]:
        card.get_by_role("checkbox").check()
    many = page.get_by_role("form", name="Meer woningen samen beoordelen")
    many.get_by_text("Onder voorwaarde").click()
    many.get_by_role("button", name="Geschikt na reparatie").click()
    expect(page.locator("#messages")).to_contain_text("3 woningen beoordeeld")
    assert waiting(page) == before - 3
