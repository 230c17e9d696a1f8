"""Pages that say what went wrong: with the menu for a reader, bare where nothing is sure."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.factories import VacancyFactory
from westerkwartier.web import errors
from westerkwartier.web.logs import RefusalInOneLine


@pytest.fixture(params=["nl", "en"])
def language(request) -> str:
    return request.param


def test_a_page_that_is_not_there_keeps_the_menu_and_the_language(cast, language):
    client = cast.client("coordinator")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get("/vacancies/999999/")
    page = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}"' in page
    assert f'href="{reverse("housing:vacancy_list")}"' in page, "the menu"
    assert f'action="{reverse("set_language")}"' in page
    assert cast.region.name in page
    sentence = {
        "nl": "Misschien klopt het adres niet, of mag u deze pagina niet zien.",
        "en": "The address may be wrong, or you may not see this page.",
    }
    assert sentence[language] in page
    assert page.count("<h1") == 1


def test_somebody_who_is_not_signed_in_gets_the_page_too(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert reverse("housing:vacancy_list") not in response.content.decode()


def test_a_refused_act_keeps_the_menu(cast):
    vacancy = VacancyFactory(dwelling__village=cast.village_marum)
    url = reverse("housing:vacancy_assess", args=[vacancy.pk])
    response = cast.client("officer_marum").get(url)
    assert response.status_code == 403
    assert f'action="{reverse("set_language")}"' in response.content.decode()


def test_a_refusal_is_logged_without_its_traceback():
    def record(status: int) -> logging.LogRecord:
        fault = PermissionDenied()
        info = (PermissionDenied, fault, None)
        line = logging.LogRecord("django.request", logging.WARNING, "", 1, "x", (), info)
        line.status_code = status
        return line

    refusal, fault = record(403), record(500)
    assert RefusalInOneLine().filter(refusal)
    assert RefusalInOneLine().filter(fault)
    assert refusal.exc_info is None
    assert fault.exc_info is not None


def test_an_old_form_is_explained_with_the_menu(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.coordinator)
    response = client.post("/language/", {"language": "en"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Deze pagina is te oud" in page
    assert reverse("housing:vacancy_list") in page


def test_without_the_database_the_page_is_bare(rf, db):
    class Unreachable:
        @property
        def is_authenticated(self):
            raise OperationalError("gone")

    request = rf.get("/nowhere/")
    request.user = Unreachable()
    response = errors.page_not_found(request, None)
    assert response.status_code == 404
    assert "<h1" in response.content.decode()
    assert "set_language" not in response.content.decode()
