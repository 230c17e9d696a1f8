"""Who a session or a password belongs to."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from partners.models import User


class Backend(AuthenticationBackend):
    """allauth's, without the accounts of a demonstration outside demo mode.

    Everybody knows their password, and the data of a demonstration may outlive it.
    """

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        return user if user is not None and opens(user) else None

    def get_user(self, user_id):
        """Asked with every request, so sessions and passkeys of such an account open nothing."""
        user = super().get_user(user_id)
        return user if user is not None and opens(user) else None


def opens(user: User) -> bool:
    """Whether this account exists for the place as it runs now."""
    return settings.DEMO or not user.is_demo
