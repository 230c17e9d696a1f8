"""Households from link to counted person, as the people who follow them do it.

Each journey once with mouse or finger and once with the keyboard alone, on a household and a
dwelling of its own; what it is not about is made by the services beforehand.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import Keyboard, Mouse

# What each journey begins with: family dwellings in Leek, free and judged suitable, single holders
# linked to Marum, one who was offered a dwelling and one who signed. In one go, as a shell is slow.
STAGE = """
from datetime import date
from decimal import Decimal
from django.db import transaction
from housing.models import Assessment, Dwelling, Vacancy
from housing.services import placing
from housing.services.cases import register_case
from partners.models import Municipality, User, Village
from westerkwartier.web.clock import now, today

by = User.objects.get(email="coordinator@westerkwartier.example")
marum = Municipality.objects.get(name="Marum")

def dwelling(street):
    village = Village.objects.get(name="Leek")
    landlord = Dwelling.objects.filter(corporation__name="Wold & Waard").first().corporation
    home = Dwelling.objects.create(
        corporation=landlord, village=village, street=street, postcode="9351 ZW",
        number=Dwelling.objects.filter(postcode="9351 ZW").count() + 1,
        kind="house", rooms=4, bedrooms=3,
    )
    vacancy = Vacancy.objects.create(
        dwelling=home, notice_on=date(2017, 10, 2), available_from=date(2017, 11, 1),
        net_rent=Decimal("610.00"), state="available",
    )
    Assessment.objects.create(vacancy=vacancy, verdict="suitable", by=by, at=now())
    return Vacancy.objects.get(pk=vacancy.pk)

def household(reference):
    holder = {{"relation": "holder", "category": "holder"}}
    return register_case(
        by=by, municipality=marum, reference=reference, linked_on=date(2017, 10, 2),
        persons=[holder], now=now(),
    )

def until(case, vacancy, *steps):
    proposal = placing.propose_dwelling(by=by, case=case, vacancy=vacancy, on=today(), now=now())
    for step in steps:
        more = {{"starts_on": today()}} if step is placing.sign_contract else {{}}
        step(by=by, proposal=proposal, on=today(), now=now(), **more)

OFFER = (placing.agree_to_proposal, placing.offer_dwelling)
SIGN = (*OFFER, placing.accept_offer, placing.sign_contract)

for name in {names}:
    with transaction.atomic():
        dwelling(f"{{name}}weg")
        household(f"NA-{{name}}")
        until(household(f"NEE-{{name}}"), dwelling(f"{{name}}laan"), *OFFER)
        until(household(f"TAAK-{{name}}"), dwelling(f"{{name}}hof"), *SIGN)
"""
NAMES = ("Muis", "Toets")


@pytest.fixture(scope="module", autouse=True)
def stage(site) -> None:
    site.manage("shell", "-c", STAGE.format(names=NAMES))


both = pytest.mark.parametrize(
    ("hands", "width", "name"),
    [(Mouse, "desk", NAMES[0]), (Keyboard, "desk", NAMES[1])],
    ids=["with a mouse", "by keyboard"],
)
on_a_phone_and_by_keyboard = pytest.mark.parametrize(
    ("hands", "width", "name"),
    [(Mouse, "phone", NAMES[0]), (Keyboard, "desk", NAMES[1])],
    ids=["on a phone", "by keyboard"],
)


CONDITIONS = (
    "Ingeschreven (BRP)",
    "Heeft een burgerservicenummer (BSN)",
    "Heeft een mvv",
)


def said(page: Page, text: str) -> None:
    """What the page tells about the last act."""
    expect(page.locator("#messages")).to_contain_text(text)


def fits_the_screen(page: Page) -> None:
    wide = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= wide, page.url


def take(hand: Mouse, deed: str, then: str) -> None:
    """The next step of a proposal, on the day that stands there: its link, its page, its button."""
    hand.press(hand.main.locator("#placing").get_by_role("link", name=deed, exact=True))
    hand.button(deed)
    said(hand.page, then)


def counted(page: Page) -> int:
    """How many persons Marum has housed this half-year, as the quota page tells it."""
    page.goto("/region/")
    row = page.get_by_role("row", name=re.compile(r"^Marum\b"))
    return int(re.search(r"geteld voor Marum:\s*(\d+)", row.inner_text())[1])


@both
def test_a_single_goes_ahead_and_the_family_joins(visit, hands, width, name):
    page = visit("coordinator", width)
    hand, reference, address = hands(page), f"REIS-{name}", f"{name}weg"
    before = counted(page)

    # COA linked somebody who is alone for now.
    page.goto("/cases/")
    hand.link("Huishouden toevoegen")
    hand.fill("Kenmerk", reference)
    hand.choose("Gekoppeld aan", "Marum")
    hand.fill("Gekoppeld op", "2017-11-06")
    hand.fill("Naam", f"{name} Voorop")
    hand.fill("Geboortedatum", "1985-03-04")
    hand.button("Huishouden toevoegen")
    said(page, "Het huishouden is toegevoegd.")
    home = page.url
    reunion = page.locator("#reunion")
    for relation in ("Partner", "Kind"):
        hand.link("Nareiziger toevoegen")
        hand.mark(relation)
        hand.fill("Naam", f"{name} Volgt")
        hand.button("Toevoegen")
        expect(reunion).to_contain_text(f"{name} Volgt ({relation.lower()})")

    # A dwelling for the family, while only one of them is here.
    hand.link("Woning voordragen")
    hand.link(address)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Vooruitlopend op 2 nareizigers")
    expect(main).to_contain_text("Nu: Boven de grens")
    expect(main).to_contain_text("Later: Passend")
    expect(main).to_contain_text("€ 17,45 per maand boven de huurgrens tot de nareizigers er zijn")
    hand.button("Voordragen")
    said(page, "is voorgedragen")
    expect(page.locator("#placing")).to_contain_text("Vooruitlopend op 2 nareizigers.")

    # The corporation learns the name once it agreed.
    landlord = visit("corporatie", width)
    their = hands(landlord)
    landlord.goto("/")
    their.link("op uw antwoord")
    card = landlord.get_by_role("listitem").filter(has_text=reference)
    their.press(card.get_by_role("link", name="Akkoord met de voordracht"))
    expect(landlord.get_by_role("main")).not_to_contain_text("Voorop")
    their.button("Akkoord met de voordracht")
    said(landlord, "De corporatie is akkoord.")
    expect(landlord.get_by_role("main")).to_contain_text(f"{name} Voorop")

    # From the offer to the signing off; the officer of the municipality makes the offer.
    officer = visit("marum", width)
    theirs = hands(officer)
    officer.goto(home)
    take(theirs, "Woning aanbieden", "De woning is aangeboden.")
    page.goto(home)
    for deed, then in (
        ("Huishouden accepteert", "Het huishouden accepteert de woning."),
        ("Huurcontract getekend", "Het contract is vastgelegd."),
        ("Verhuisd", "De verhuizing is vastgelegd."),
        ("Ingeschreven (BRP)", "De inschrijving is vastgelegd."),
        ("Afgemeld bij COA", "De afmelding is vastgelegd."),
    ):
        take(hand, deed, then)
    assert counted(page) == before + 1

    # The family arrives and joins.
    page.goto(home)
    for relation in ("partner", "kind"):
        person = reunion.get_by_role("listitem").filter(has_text=f"Volgt ({relation})")
        hand.press(person.get_by_text("Bericht invoeren"))
        hand.press(person.get_by_role("link", name="Aangekomen"))
        hand.button("Opslaan")
        hand.press(person.get_by_role("link", name="Woningcheck invullen"))
        hand.fill("Woning goedgekeurd op", "2017-11-23")
        for condition in CONDITIONS:
            hand.mark(condition)
        hand.button("Opslaan")
    hand.press(reunion.get_by_role("link", name="Bijplaatsen"))
    hand.button("Bijplaatsen")
    said(page, "De nareizigers zijn bijgeplaatst.")
    hand.press(reunion.get_by_role("link", name="Nareizigers afmelden"))
    hand.button("Afmelden")
    said(page, "De nareizigers zijn afgemeld en tellen mee.")
    assert counted(page) == before + 3

    # And so the dwelling tells it.
    page.goto(f"/vacancies/dwellings/?q={address}")
    hand.press(page.locator("#list tbody").get_by_role("link", name=address))
    line = page.locator("#timeline")
    expect(line).to_contain_text("Verhuurd aan een huishouden")
    expect(line.get_by_role("link", name=reference).first).to_be_visible()


@on_a_phone_and_by_keyboard
def test_a_refusal_frees_the_dwelling_for_somebody_else(visit, hands, width, name):
    reference, other, address = f"NEE-{name}", f"NA-{name}", f"{name}laan"
    officer = visit("marum", width)
    hand = hands(officer)
    officer.goto("/proposals/")
    fits_the_screen(officer)
    hand.link(reference)
    hand.press(officer.locator("#placing").get_by_role("link", name="Huishouden weigert"))
    hand.button("Huishouden weigert")
    expect(officer.get_by_role("main")).to_contain_text("Reden")  # asked for
    hand.choose("Reden", "Te ver van school, werk of familie")
    hand.button("Huishouden weigert")
    said(officer, "De weigering is vastgelegd. De woning is weer vrij.")
    fits_the_screen(officer)

    # COA judges, and another dwelling can be looked for.
    hand.link("Oordeel van het COA vastleggen")
    hand.mark("Terecht")
    hand.mark("Er wordt een andere woning gezocht")
    hand.button("Oordeel van het COA vastleggen")
    said(officer, "Het oordeel is vastgelegd.")
    expect(officer.locator("#placing")).to_contain_text("Te ver van school, werk of familie")
    expect(officer.locator("#placing")).to_contain_text("Terecht")
    fits_the_screen(officer)

    # The dwelling goes to somebody else.
    page = visit("coordinator", width)
    hand = hands(page)
    page.goto(f"/vacancies/?q={address}")
    hand.press(page.locator("#list tbody").get_by_role("link", name=address))
    expect(page.locator("#proposals")).to_contain_text("Geweigerd")
    hand.link("Voordragen aan een huishouden")
    page.wait_for_url("**/propose/")
    fits_the_screen(page)
    hand.link(other)
    hand.button("Voordragen")
    said(page, "is voorgedragen")
    fits_the_screen(page)


@both
def test_guidance_ticks_off_and_takes_it_back(visit, hands, width, name):
    reference = f"TAAK-{name}"
    officer = visit("marum", width)
    hand = hands(officer)
    officer.goto(f"/cases/?q={reference}")
    hand.press(officer.locator("#list tbody").get_by_role("link", name=reference))
    hand.link("Kies wie begeleidt")
    hand.choose("Begeleid door", "VluchtelingenWerk")
    hand.button("Opslaan")
    said(officer, "De wijziging is opgeslagen.")
    expect(officer.locator("#guidance")).not_to_contain_text("Kies wie begeleidt")

    page = visit("begeleider", width)
    hand = hands(page)
    page.goto("/cases/tasks/")
    hand.fill("Kenmerk", reference)
    page.keyboard.press("Enter")
    tasks = page.locator("#list tbody tr")
    expect(tasks.filter(has_not_text=reference)).to_have_count(0)
    before = tasks.count()
    row = tasks.filter(has_text="Uitkering aangevraagd")
    hand.press(row.get_by_role("button"))
    said(page, "Gedaan: Uitkering aangevraagd")
    expect(tasks).to_have_count(before - 1)
    hand.press(page.locator("#messages").get_by_role("button", name="Ongedaan maken"))
    said(page, "1 taak is weer open.")

    # The same on the page of the household.
    page.goto(f"/cases/?q={reference}")
    hand.press(page.locator("#list tbody").get_by_role("link", name=reference))
    guidance = page.locator("#guidance")
    task = guidance.get_by_role("listitem").filter(has_text="Uitkering aangevraagd")
    hand.press(task.get_by_role("button"))
    said(page, "Gedaan: Uitkering aangevraagd")
    expect(task).to_contain_text("Gedaan op 23 nov 2017")
