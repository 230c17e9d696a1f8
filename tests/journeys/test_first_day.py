"""The coordinator's first day: sign in, see the quota, judge a dwelling, take the report along."""

import hashlib
import re

from playwright.sync_api import expect


def test_the_coordinator_sees_judges_and_downloads(visit, tmp_path):
    page = visit("coordinator")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Regio").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2017")
    total = page.get_by_role("row", name=re.compile(r"^Regio\b"))
    expect(total).to_contain_text("52")
    expect(total).to_contain_text("50")
    for municipality in ("Grootegast", "Leek", "Marum", "Zuidhorn"):
        expect(page.get_by_role("row", name=re.compile(rf"^{municipality}\b"))).to_be_visible()

    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Woningen").click()
    page.get_by_label("Oordeel").select_option("awaiting")
    expect(page.locator("#list").get_by_text("5 resultaten")).to_be_visible()
    page.locator("#list tbody").get_by_role("link").first.click()
    page.get_by_role("button", name="Geschikt", exact=True).click()
    expect(page.get_by_text("Het oordeel is opgeslagen.")).to_be_visible()

    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Rapporten").click()
    page.get_by_role("link", name="Rapport aanvragen").click()
    page.get_by_label("Stand op").fill("2017-11-23")
    page.get_by_role("button", name="Rapport maken").click()
    download_link = page.get_by_role("link", name="Pdf downloaden")
    expect(download_link).to_be_visible(timeout=40_000)
    with page.expect_download() as waiting:
        download_link.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    content = path.read_bytes()
    assert path.suffix == ".pdf"
    assert content.startswith(b"%PDF-")
    expect(page.locator("main")).to_contain_text(hashlib.sha256(content).hexdigest()[:12])


def test_corporation_staff_judges_on_a_phone_without_javascript(visit):
    page = visit("corporatie", "phone", java_script_enabled=False)
    page.goto("/vacancies/?verdict=awaiting")
    page.locator("#list tbody").get_by_role("link").first.click()
    page.get_by_role("link", name="Niet geschikt").click()
    expect(page.get_by_label("Niet geschikt", exact=True)).to_be_checked()
    page.get_by_role("button", name="Oordeel opslaan").click()
    expect(page.get_by_text("Kies een reden.").first).to_be_visible()
    page.get_by_label("Reden").select_option(label="Wordt verkocht")
    page.get_by_role("button", name="Oordeel opslaan").click()
    expect(page.get_by_text("Het oordeel is opgeslagen.")).to_be_visible()
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Volgende zonder oordeel").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    expect(page.get_by_role("button", name="Geschikt", exact=True)).to_be_visible()


def test_the_list_works_with_the_keyboard(visit):
    page = visit("coordinator")
    page.goto("/vacancies/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("straat")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=straat"))


def test_english_is_a_choice_and_stays_one(visit):
    page = visit("coordinator")
    page.get_by_role("button", name=re.compile("English|EN")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/vacancies/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vacated dwellings")
