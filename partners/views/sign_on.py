"""Sign-on of an organisation: allauth's page, with a sentence when the provider is away."""

from allauth.socialaccount.providers.openid_connect import views as openid
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

from westerkwartier.web.public import public


@public
def sign_on(request, provider_id: str):
    try:
        return openid.login(request, provider_id)
    except RequestException:
        context = {
            "title": _("Your organisation cannot be reached"),
            "text": _("Its sign-on does not answer. Try again shortly, or use your password."),
            "next_url": reverse("account_login"),
            "next_label": _("Back to sign-in"),
        }
        return render(request, "pages/message.html", context, status=503)
