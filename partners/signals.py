"""What allauth and Django tell about accounts goes into the journal."""

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from partners.services.accounts import journal_account, journal_refused_sign_in, note_sign_in

# The name under which Django connects its own receiver: taken, so that it leaves ours alone.
LAST_LOGIN = "update_last_login"
user_logged_in.disconnect(dispatch_uid=LAST_LOGIN)


@receiver(user_logged_in, dispatch_uid=LAST_LOGIN)
def noted_sign_in(user, **kwargs):
    note_sign_in(user=user)


@receiver(account.user_logged_in)
def signed_in(request, user, **kwargs):
    """With which means: password, totp, recovery_codes, webauthn or socialaccount."""
    records = get_authentication_records(request, user)
    means = [line.get("type") or line["method"] for line in records]
    journal_account(user=user, action="account.sign_in", detail=", ".join(dict.fromkeys(means)))


@receiver(user_logged_out)
def signed_out(user, **kwargs):
    if user is not None:
        journal_account(user=user, action="account.sign_out")


@receiver(account.password_changed)
@receiver(account.password_set)
def changed_password(user, **kwargs):
    journal_account(user=user, action="account.change_password")


@receiver(account.password_reset)
def reset_password(request, user, **kwargs):
    get_adapter(request).forget_failures(request, user)
    journal_account(user=user, action="account.reset_password")


@receiver(mfa.authenticator_added)
def added_factor(user, authenticator, **kwargs):
    journal_account(user=user, action="account.add_second_factor", detail=str(authenticator.type))


@receiver(mfa.authenticator_removed)
def removed_factor(user, authenticator, **kwargs):
    journal_account(
        user=user, action="account.remove_second_factor", detail=str(authenticator.type)
    )


@receiver(mfa.authenticator_reset)
def renewed_codes(user, **kwargs):
    journal_account(user=user, action="account.renew_recovery_codes")


@receiver(mfa.authentication_failed)
def refused_factor(user, **kwargs):
    journal_refused_sign_in(address=user.email, reason="code")
