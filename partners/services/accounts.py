"""What happens to somebody's own account, in the journal. No address and no secret in it."""

from allauth.socialaccount.models import SocialAccount
from django.utils.crypto import salted_hmac

from partners.choices import Result
from partners.models import JournalEntry, User
from partners.selectors import home_region
from partners.services.journal import record
from westerkwartier.web.clock import now, today


def journal_account(*, user: User, action: str, detail: str = "") -> JournalEntry:
    """A line on what somebody did with the own account."""
    return record(
        by=user, action=action, obj=user, region=home_region(user, today()), detail=detail
    )


def note_sign_in(*, user: User) -> None:
    """Keep when somebody signed in last. Django's own receiver would read the real clock."""
    user.last_login = now()
    user.save(update_fields=["last_login"])


def journal_refused_sign_in(*, address: str, reason: str) -> JournalEntry:
    """A line on a sign-in that failed; ``reason`` is password, code, locked or organisation.

    Of a known address the account is named by its key. An unknown one may hold a password typed
    in the wrong box, so a keyed fingerprint stands for it: enough to see repetition.
    """
    address = address.strip().lower()
    user = User.objects.filter(email__iexact=address).first() if address else None
    detail = reason
    if address and user is None:
        mark = salted_hmac("partners.sign_in", address, algorithm="sha256").hexdigest()[:12]
        detail = f"{reason}, address {mark}"
    return record(
        by=None,
        action="account.sign_in_refused",
        obj=user,
        region=home_region(user, today()) if user else None,
        detail=detail,
        result=Result.REFUSED,
    )


def forget_claims(account: SocialAccount) -> None:
    """Keep nothing of what an organisation's sign-on tells but who it is: the subject."""
    account.extra_data = {}
    if account.pk:
        account.save(update_fields=["extra_data"])
