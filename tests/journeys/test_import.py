"""Corporation staff takes dwellings from a file on a phone, by keyboard, and takes them back."""

import re

FILE = """Postcode;Huisnummer;Straat;Dorp;Soort woning;Kamers;Slaapkamers
9351ZZ;1;Proefstraat;Leek;Eengezinswoning;4;3
9351ZZ;2;Proefstraat;Leek;Eengezinswoning;4;3
9351ZZ;3;Proefstraat;Nergens;Eengezinswoning;4;3
"""


HOUSE = re.compile(r"^Proefstraat \d")


def press(page, name: str) -> None:
    """Go to a link or button by keyboard alone and press it."""
    target = page.get_by_role("main").get_by_text(name, exact=True).first
    target.wait_for()
    handle = target.element_handle()
    page.locator("#main").focus()
    for _step in range(60):
        page.keyboard.press("Tab")
        if handle.evaluate("node => node.contains(document.activeElement)"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_file_is_checked_approved_and_taken_back(visit):
    page = visit("corporatie", "phone")
    page.goto("/imports/new/")
    page.get_by_label("Bestand").set_input_files(
        {"name": "woningen.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    press(page, "Versturen en controleren")
    page.get_by_text("Goed te keuren", exact=True).wait_for()
    press(page, "Goedkeuren")
    page.wait_for_url("**/approve/")
    press(page, "Deze rijen inlezen")
    page.get_by_text("Ingelezen", exact=True).wait_for()

    page.goto("/vacancies/dwellings/?q=proefstraat")
    assert page.get_by_role("link", name=HOUSE).count() == 2
    page.goto("/imports/")
    page.get_by_role("link", name="woningen.csv").first.click()
    press(page, "Inlezen ongedaan maken")
    page.wait_for_url("**/undo/")
    press(page, "Ongedaan maken")
    page.get_by_text("Ongedaan gemaakt", exact=True).wait_for()
    page.goto("/vacancies/dwellings/?q=proefstraat")
    assert page.get_by_role("link", name=HOUSE).count() == 0
