"""Two gates behind the sign-in: a role somewhere, and a second factor.

Each lets through what is open to everybody (sign-out, language, health, letters' links) by the
mark that Django's own sign-in gate reads.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.adapters import used_second_factor_elsewhere
from partners.selectors import administrators_of

WAY_OUT = {"account_logout"}
SETTING_UP = WAY_OUT | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}


def _passes(request, view, names: set[str]) -> bool:
    is_public = not getattr(view, "login_required", True)
    return (
        is_public or not request.user.is_authenticated or request.resolver_match.view_name in names
    )


def membership(get_response):
    """Middleware: somebody whose last role ended reads so, instead of an empty house."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if _passes(request, view, WAY_OUT) or request.user.reach.memberships:
            return None
        context = {
            "title": _("You have no access any more"),
            "administrators": administrators_of(request.user),
        }
        return render(request, "partners/no_access.html", context, status=403)

    middleware.process_view = process_view
    return middleware


def second_factor(get_response):
    """Middleware: outside demo mode nothing opens without a second factor (BIO2)."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or _passes(request, view, SETTING_UP):
            return None
        if request.user.reach.has_second_factor or used_second_factor_elsewhere(
            request, request.user
        ):
            return None
        messages.warning(request, _("First set up a second factor: an app or a passkey."))
        return HttpResponseRedirect(reverse("mfa_index"))

    middleware.process_view = process_view
    return middleware
