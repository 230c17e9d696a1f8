"""The second factor: an app with recovery codes, required outside a demonstration."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from partners import tasks
from partners.models import JournalEntry
from tests.factories import PASSWORD
from tests.partners.second_factor import SECRET, code, give_totp

LOGIN = "/account/login/"
AUTHENTICATE = "/account/2fa/authenticate/"


def password_step(user) -> Client:
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return client


def test_the_code_of_the_app_is_asked_after_the_password(cast):
    give_totp(cast.coordinator)
    client = password_step(cast.coordinator)
    assert client.get("/people/partners/").headers["Location"].startswith(LOGIN)
    assert client.get(AUTHENTICATE).status_code == 200
    assert client.post(AUTHENTICATE, {"code": code()}).headers["Location"] == "/"
    line = JournalEntry.objects.get(action="account.sign_in")
    assert line.detail == "password, totp"


def test_a_wrong_code_is_refused_journalled_and_locks_in_the_end(cast):
    give_totp(cast.coordinator)
    client = password_step(cast.coordinator)
    for _turn in range(5):
        assert client.post(AUTHENTICATE, {"code": "000000"}).status_code == 200
    assert client.post(AUTHENTICATE, {"code": code()}).status_code == 200
    assert client.get("/people/partners/").status_code == 302
    assert JournalEntry.objects.filter(detail="code").count() == 5


def test_a_code_works_once(cast):
    give_totp(cast.coordinator)
    shown = code()
    assert password_step(cast.coordinator).post(AUTHENTICATE, {"code": shown}).status_code == 302
    assert password_step(cast.coordinator).post(AUTHENTICATE, {"code": shown}).status_code == 200


def test_setting_up_an_app_asks_the_password_and_gives_recovery_codes(
    cast, mailoutbox, django_capture_on_commit_callbacks
):
    client = password_step(cast.coordinator)
    url = "/account/2fa/totp/activate/"
    asked = client.get(url).headers["Location"]
    assert client.post(asked, {"password": "mis"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == url
    page = client.get(url).content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", page)[0]
    assert "data:image/svg" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"code": code(secret)})
    kinds = set(Authenticator.objects.values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert JournalEntry.objects.filter(action="account.add_second_factor").exists()
    tasks.sweep_mail()
    assert len(mailoutbox) == 1
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    again = password_step(cast.coordinator)
    assert again.post(AUTHENTICATE, {"code": codes[0]}).headers["Location"] == "/"
    once_more = password_step(cast.coordinator)
    assert once_more.post(AUTHENTICATE, {"code": codes[0]}).status_code == 200


def test_the_secret_lies_encrypted_in_the_database(cast):
    row = give_totp(cast.coordinator)
    assert SECRET not in str(Authenticator.objects.filter(pk=row.pk).values_list("data").get())


class TestRequired:
    @pytest.fixture(autouse=True)
    def production(self, settings):
        settings.SECOND_FACTOR_REQUIRED = True

    def test_without_one_every_page_leads_to_setting_it_up(self, cast):
        client = password_step(cast.administrator)
        for path in (
            "/",
            "/people/",
            "/people/partners/",
            "/vacancies/",
            "/account/password/change/",
        ):
            assert client.get(path).headers["Location"] == "/account/2fa/", path
        assert client.post("/people/invite/", {}).headers["Location"] == "/account/2fa/"
        assert client.get("/account/2fa/").status_code == 200

    def test_it_can_be_set_up_and_then_the_site_opens(self, cast):
        client = password_step(cast.administrator)
        url = "/account/2fa/totp/activate/"
        client.post(client.get(url).headers["Location"], {"password": PASSWORD})
        secret = re.search(r"\b[A-Z2-7]{32}\b", client.get(url).content.decode())[0]
        client.post(url, {"code": code(secret)})
        assert client.get("/people/").status_code == 200

    def test_the_way_out_the_language_and_the_health_stay_open(self, cast):
        client = password_step(cast.administrator)
        assert client.post("/language/", {"language": "en"}).status_code in (204, 302)
        assert client.get("/healthz").status_code == 200
        assert client.post("/account/logout/").headers["Location"] == LOGIN

    def test_recovery_codes_alone_are_no_second_factor(self, cast):
        Authenticator.objects.create(
            user=cast.administrator, type="recovery_codes", data={"seed": "", "used_mask": 0}
        )
        assert cast.client("administrator").get("/").headers["Location"] == "/account/2fa/"

    def test_taking_it_away_closes_the_site_again(self, cast):
        give_totp(cast.administrator)
        client = cast.client("administrator")
        assert client.get("/people/").status_code == 200
        Authenticator.objects.all().delete()
        assert client.get("/people/").headers["Location"] == "/account/2fa/"
