"""A passkey: added, used to sign in and taken away, with the browser's virtual authenticator.

The security policy of the pages is the real one: a script it blocks fails the journey.
"""

import re

from playwright.sync_api import expect

from westerkwartier.management.commands.demo_accounts import PASSWORD


def add_authenticator(page) -> None:
    """A phone or laptop that recognises its owner, in Chromium itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def confirm_it_is_me(page) -> None:
    """What guards an account is changed only by who can type the password again."""
    page.wait_for_url("**/account/reauthenticate/**")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def test_a_passkey_is_added_and_opens_the_site_without_a_password(visit):
    page = visit("huurders")
    add_authenticator(page)
    page.goto("/account/2fa/webauthn/add/")
    confirm_it_is_me(page)
    page.wait_for_url("**/webauthn/add/")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile(r"/account/2fa/(?!webauthn/add)"))

    page.goto("/")
    page.locator(".account summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/account/login/")

    page.locator("#passkey_login").click()
    page.wait_for_url(re.compile(r"^http://localhost:\d+/$"))
    expect(page.locator(".account summary")).to_be_visible()

    page.goto("/account/2fa/webauthn/")
    page.locator("a[href$='/remove/']").first.click()
    confirm_it_is_me(page)
    page.wait_for_url("**/remove/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/account/2fa/"))
    expect(page.locator("a[href$='/remove/']")).to_have_count(0)
