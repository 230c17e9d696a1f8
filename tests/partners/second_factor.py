"""A second factor for people in tests."""

from time import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_totp(user) -> Authenticator:
    """An authenticator app on ``SECRET``."""
    return TOTP.activate(user, SECRET).instance


def code(secret: str = SECRET) -> str:
    """The code that the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time()) // 30))
