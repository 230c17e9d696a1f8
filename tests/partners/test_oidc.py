"""Sign-on of an organisation, against a real OpenID Connect provider started here."""

import urllib.error
import urllib.parse
import urllib.request

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from oidc_provider_mock import User as ProviderUser
from oidc_provider_mock import run_server_in_thread

from partners.models import JournalEntry, User
from tests.cast import EVERYBODY
from tests.factories import PASSWORD
from tests.partners.second_factor import give_totp

LOGIN = "/account/oidc/organisation/login/"
ADDRESS = "coordinator@voorbeeld.example"


def claims(sub, email=ADDRESS, verified=True, **more):
    return ProviderUser(
        sub=sub, claims={"email": email, "email_verified": verified, "name": "C.", **more}
    )


@pytest.fixture(scope="module")
def provider():
    people = [
        claims("colleague"),
        claims("unproven", verified=False),
        claims("unknown", email="onbekend@voorbeeld.example"),
        claims("with-factor", amr=["pwd", "mfa"]),
        claims("renamed", email="nieuwe.naam@voorbeeld.example"),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def sign_on(provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "organisation",
                    "name": "Gemeente Voorbeeld",
                    "client_id": "huisvesting",
                    "secret": "a secret between the two",
                    "settings": {"server_url": provider},
                }
            ],
        }
    }


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def consent(url: str, **form) -> str:
    """Act as the browser at the provider; where it sends the browser next."""
    data = urllib.parse.urlencode(form).encode()
    try:
        urllib.request.build_opener(NoRedirect).open(url, data, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("The provider did not send the browser back.")


def sign_on_as(sub: str, client: Client | None = None):
    """The whole way; the client and the answer to its return."""
    client = client or Client()
    back = urllib.parse.urlsplit(consent(client.post(LOGIN).headers["Location"], sub=sub))
    return client, client.get(f"{back.path}?{back.query}")


def is_in(client: Client) -> bool:
    return client.get("/people/partners/").status_code == 200


def test_a_colleague_with_the_same_proven_address_gets_in(cast):
    client, answer = sign_on_as("colleague")
    assert answer.headers["Location"] == "/"
    assert is_in(client)
    account = SocialAccount.objects.get()
    assert (account.user, account.extra_data) == (cast.coordinator, {})
    assert JournalEntry.objects.get(action="account.sign_in").detail == "socialaccount"
    cast.coordinator.refresh_from_db()
    assert cast.coordinator.check_password(PASSWORD)


def test_the_page_of_sign_in_offers_it(cast):
    assert "Gemeente Voorbeeld" in Client().get("/account/login/").content.decode()


def test_the_second_time_the_connection_is_used(cast):
    sign_on_as("colleague")
    client, _answer = sign_on_as("colleague")
    assert is_in(client)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("sub", ["unproven", "unknown"])
def test_others_get_a_sentence_and_no_account(cast, sub):
    client, answer = sign_on_as(sub)
    assert answer.status_code == 403
    assert "/account/login/" in answer.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == len(EVERYBODY)
    assert JournalEntry.objects.get(action="account.sign_in_refused").detail == "organisation"


def test_a_closed_account_stays_closed(cast):
    cast.coordinator.is_active = False
    cast.coordinator.save()
    client, answer = sign_on_as("colleague")
    assert answer.status_code == 403
    assert not is_in(client)
    line = JournalEntry.objects.get(action="account.sign_in_refused")
    assert line.object_key == str(cast.coordinator.pk)


def test_a_connected_account_that_closes_stays_closed(cast):
    sign_on_as("colleague")
    cast.coordinator.is_active = False
    cast.coordinator.save()
    assert not is_in(sign_on_as("colleague")[0])


def test_who_says_no_at_the_provider_comes_back(cast):
    client = Client()
    back = consent(client.post(LOGIN).headers["Location"], action="deny")
    parts = urllib.parse.urlsplit(back)
    answer = client.get(f"{parts.path}?{parts.query}", follow=True)
    assert answer.status_code in (200, 401)
    assert "/account/login/" in answer.content.decode()
    assert not is_in(client)


def test_a_forged_return_opens_nothing(cast):
    client = Client()
    client.post(LOGIN)
    answer = client.get(f"{LOGIN}callback/?code=invented&state=invented")
    assert answer.status_code in (200, 401, 403)
    assert not is_in(client)


def test_a_provider_that_is_away_gives_a_page(cast, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:1"
    assert Client().post(LOGIN).status_code == 503


def test_nobody_connects_an_account_from_within(cast):
    client = cast.client("officer_leek")
    url = client.post(f"{LOGIN}?process=connect").headers["Location"]
    back = urllib.parse.urlsplit(consent(url, sub="colleague"))
    assert client.get(f"{back.path}?{back.query}").status_code == 403
    assert not SocialAccount.objects.exists()


def test_our_own_second_factor_is_asked_unless_theirs_was(cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client, _answer = sign_on_as("colleague")
    assert client.get("/people/partners/").headers["Location"] == "/account/2fa/"
    client, _answer = sign_on_as("with-factor")
    assert is_in(client)


def test_the_code_is_asked_unless_the_provider_asked_for_one(cast):
    give_totp(cast.coordinator)
    _client, answer = sign_on_as("colleague")
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    client, answer = sign_on_as("with-factor")
    assert answer.headers["Location"] == "/"
    assert is_in(client)


def test_their_second_factor_is_forgotten_at_sign_out(cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client, _answer = sign_on_as("with-factor")
    client.post("/account/logout/")
    client.post("/account/login/", {"login": ADDRESS, "password": PASSWORD})
    assert client.get("/people/partners/").headers["Location"] == "/account/2fa/"
