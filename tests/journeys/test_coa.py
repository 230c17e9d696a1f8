"""The coordinator sends what COA tells, sees what differs, and explains it; then takes it back."""

from tests.journeys.test_import import press

FILE = """Kenmerk;Gemeente;Koppeldatum;Aantal personen
PROEF-1;Marum;2-10-2017;3
PROEF-2;Leek;9-10-2017;1
PROEF-3;Nergens;9-10-2017;1
"""
AFTER = FILE.replace("2-10-2017;3", "2-10-2017;4").replace("Nergens", "Leek")


def send(page, name: str, content: str) -> None:
    page.goto("/imports/new/?kind=coa_links")
    page.get_by_label("Bestand").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    press(page, "Versturen en controleren")
    page.get_by_text("Goed te keuren", exact=True).wait_for()
    press(page, "Goedkeuren")
    page.wait_for_url("**/approve/")


def undo(page, name: str) -> None:
    page.goto("/imports/")
    page.get_by_role("link", name=name).first.click()
    press(page, "Inlezen ongedaan maken")
    page.wait_for_url("**/undo/")
    press(page, "Ongedaan maken")
    page.get_by_text("Ongedaan gemaakt", exact=True).wait_for()


def test_what_coa_tells_is_compared_and_explained(visit):
    page = visit("coordinator")
    for name, content in (("oktober.csv", FILE), ("november.csv", AFTER)):
        send(page, name, content)
        press(page, "Deze rijen inlezen")
        page.get_by_text("Ingelezen", exact=True).wait_for()

    page.goto("/cases/differences/?kind=size")
    row = page.get_by_role("row").filter(has_text="PROEF-1")
    assert "Ander aantal personen" in row.inner_text()
    row.get_by_text("Uitleggen").click()
    page.get_by_label("Uitleg").fill("De baby is hier geboren")
    press(page, "Opslaan")
    page.wait_for_url("**/cases/differences/")
    page.goto("/cases/differences/?kind=size&show=explained")
    assert "De baby is hier geboren" in page.get_by_role("main").inner_text()
    page.get_by_text("Terugnemen").first.click()
    press(page, "Terugnemen")
    page.wait_for_url("**/cases/differences/")

    undo(page, "november.csv")
    undo(page, "oktober.csv")
    page.goto("/cases/differences/?show=all")
    assert "PROEF-" not in page.get_by_role("main").inner_text()
