"""Small middleware, each a function: language and headers."""

from django.conf import settings
from django.utils import translation


def language(get_response):
    """Dutch, unless somebody chose English with the switch.

    The browser's own preference is left aside: many Dutch offices have browsers in English.
    """
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware


def headers(get_response):
    """Headers that Django does not set itself and internet.nl or OWASP look for."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
            "publickey-credentials-get=(self), publickey-credentials-create=(self)",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            # Pages hold what one person may see: no cache on the way or in a shared browser.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
