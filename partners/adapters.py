"""How allauth's sign-in fits this place: by invitation only, everything journalled, mail by outbox.

allauth finds these through the settings ACCOUNT_ADAPTER, SOCIALACCOUNT_ADAPTER and MFA_ADAPTER.
"""

from base64 import urlsafe_b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices import NoticeKind
from partners.models import User
from partners.services.accounts import forget_claims, journal_refused_sign_in
from partners.services.letters import ask_letter
from westerkwartier.web.clock import now

ELSEWHERE = "second_factor_elsewhere"

# Which letter stands for which of allauth's; of the others nobody needs to hear.
LETTERS = {
    "account/email/password_changed": NoticeKind.PASSWORD_CHANGED,
    "account/email/password_reset": NoticeKind.PASSWORD_CHANGED,
    "mfa/email/totp_activated": NoticeKind.SECOND_FACTOR_ADDED,
    "mfa/email/webauthn_added": NoticeKind.SECOND_FACTOR_ADDED,
    "mfa/email/totp_deactivated": NoticeKind.SECOND_FACTOR_REMOVED,
    "mfa/email/webauthn_removed": NoticeKind.SECOND_FACTOR_REMOVED,
    "socialaccount/email/account_connected": NoticeKind.SIGN_ON_CONNECTED,
}


def used_second_factor_elsewhere(request, user) -> bool:
    """Whether the organisation's own sign-on said, in this session, that it asked for one."""
    return request.session.get(ELSEWHERE) == user.pk


class SecondFactorStage(AuthenticateStage):
    """Not asked for again when the organisation's sign-on did (docs/decisions/0004)."""

    def _should_handle(self, request) -> bool:
        user = self.login.user
        if user is not None and used_second_factor_elsewhere(request, user):
            return False
        return super()._should_handle(request)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy(
            "Too many failed attempts. For safety you cannot sign in for 15 minutes."
        ),
        "email_password_mismatch": gettext_lazy("This e-mail address or password is not right."),
    }

    def is_open_for_signup(self, request) -> bool:
        """Never: an account comes of an invitation (partners.services.invitations)."""
        return False

    def get_login_stages(self) -> list[str]:
        own = f"{__name__}.{SecondFactorStage.__name__}"
        asked = f"{AuthenticateStage.__module__}.{AuthenticateStage.__name__}"
        return [own if stage == asked else stage for stage in super().get_login_stages()]

    def pre_authenticate(self, request, **credentials) -> None:
        """Counts the attempt; with too many of this account or this address it ends here, also
        with the right password."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            journal_refused_sign_in(address=credentials.get("email", ""), reason="locked")
            raise

    def authentication_failed(self, request, **credentials) -> None:
        journal_refused_sign_in(address=credentials.get("email", ""), reason="password")

    def reauthenticate(self, user, password: str) -> bool:
        """By the address of the account itself; allauth's table of addresses is not used here."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def forget_failures(self, request, user) -> None:
        """A new password through a letter ends the lock of that account."""
        self._delete_login_attempts_cached_email(request, email=user.email)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("today")

    def send_password_reset_mail(self, user, email, context) -> None:
        ask_letter(user=user, kind=NoticeKind.PASSWORD_RESET, now=now())

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        if template_prefix in LETTERS:
            ask_letter(user=user, kind=LETTERS[template_prefix], now=now())


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-on of an organisation, for people who have an account here already."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        """Let in the active user with the same verified address; everybody else gets a sentence.

        The first time the sign-on is connected to the account, later its subject identifies it.
        Nothing of what the provider tells is kept.
        """
        account = sociallogin.account
        methods = (account.extra_data.get("id_token") or {}).get("amr") or []
        forget_claims(account)
        user = account.user if account.pk else self._user_by_address(sociallogin)
        if sociallogin.state.get("process") != AuthProcess.LOGIN or user is None:
            self._refuse(request, "")
        if not user.is_active:
            self._refuse(request, user.email)
        if not account.pk:
            sociallogin.connect(request, user)
        if "mfa" in methods:  # RFC 8176
            request.session[ELSEWHERE] = user.pk

    def _user_by_address(self, sociallogin) -> User | None:
        addresses = [address.email for address in sociallogin.email_addresses if address.verified]
        for address in addresses:
            if user := User.objects.filter(email__iexact=address).first():
                return user
        return None

    def _refuse(self, request, address: str) -> None:
        journal_refused_sign_in(address=address, reason="organisation")
        text = _(
            "Your organisation knows you, but there is no open account here with your e-mail "
            "address. Ask the administrator of your region for an invitation."
        )
        page = {
            "title": _("You cannot sign in here"),
            "text": text,
            "next_url": reverse("account_login"),
            "next_label": _("Back to sign-in"),
        }
        raise ImmediateHttpResponse(render(request, "pages/message.html", page, status=403))

    def on_authentication_error(self, request, provider, error=None, **kwargs) -> None:
        journal_refused_sign_in(address="", reason="organisation")


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps lie encrypted in the database, under the key of this place."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(
            urlsafe_b64encode(
                salted_hmac("partners.second_factor", "", secret=key, algorithm="sha256").digest()
            )
        )
        for key in keys
    )
