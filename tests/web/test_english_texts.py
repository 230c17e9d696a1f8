"""The English catalogue words the pages of allauth anew, and nothing else."""

from pathlib import Path

from babel.messages.pofile import read_po

from westerkwartier.web.account_texts import TEXTS

CATALOGUE = Path(__file__).parents[2] / "locale/en/LC_MESSAGES/django.po"


def test_only_texts_of_others_are_worded_anew():
    with CATALOGUE.open("rb") as file:
        singular = {m.id for m in read_po(file, locale="en") if m.id and isinstance(m.id, str)}
    assert singular - {*TEXTS, "Email"} == set()


def test_a_page_of_allauth_speaks_the_english_of_this_product(client, db):
    client.cookies["django_language"] = "en"
    page = client.get("/account/password/reset/").content.decode()
    assert "Request a new password" in page
    assert "E-mail" in page
