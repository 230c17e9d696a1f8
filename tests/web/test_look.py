"""The gallery holds every part: what is true of it is true of the pages made of those parts."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# The shell of a page and what only it includes are on every page; the rest stands in the gallery.
OF_THE_SHELL = {"account_menu", "error_summary", "messages", "product_name"}


@pytest.fixture(params=["nl", "en"])
def page(request, client, db) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = request.param
    response = client.get("/gallery/")
    assert response.status_code == 200
    return response.content.decode()


def test_no_inline_script_or_style(page):
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_nothing_comes_from_elsewhere(page):
    found = re.findall(r'(?:src|href|action)="(https?:)?//', page)
    assert found == []


def test_every_identifier_is_used_once(page):
    found = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({name for name in found if found.count(name) > 1}) == []


def test_every_reference_has_its_target(page):
    identifiers = set(re.findall(r'\sid="([^"]+)"', page))
    referred = re.findall(r'(?:aria-labelledby|aria-describedby|for)="([^"]+)"', page)
    assert {name for names in referred for name in names.split()} <= identifiers


def test_every_component_stands_in_the_gallery():
    source = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    gallery = (TEMPLATES / "gallery" / "gallery.html").read_text()
    tags = {"alert": "{% alert", "card": "{% card", "certainty": "{% certainty"}
    tags |= {"pill": "{% pill", "progress_bar": "{% progress_bar"}
    for path in (TEMPLATES / "components").glob("*.html"):
        name = path.stem
        assert path.read_text().startswith("{#"), f"{name} says no parameters"
        shown = f"components/{name}.html" in source or tags.get(name, "!") in gallery
        assert shown or name in OF_THE_SHELL, name


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500", "503"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_error_page_needs_no_request_and_tells_the_way_on(code, language):
    with override(language):
        html = render_to_string(f"{code}.html")
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1
    assert "utrecht-button-link--primary-action" in html
