"""All addresses. Everything asks for sign-in unless its view says otherwise."""

from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

from housing.views.confirm import ConfirmView
from westerkwartier import health, today
from westerkwartier.web.public import public, security_txt

urlpatterns = [
    path("", today.Today.as_view(), name="today"),
    path("region/", include("quota.urls")),
    path("cases/", include("housing.case_urls")),
    path("proposals/", include("housing.proposal_urls")),
    path("vacancies/", include("housing.urls")),
    path("confirm/<slug:secret>/", ConfirmView.as_view(), name="confirm"),
    path("reports/", include("reports.urls")),
    path("imports/", include("partners.import_urls")),
    path("people/", include("partners.urls")),
    path("covenant/", include("partners.covenant_urls")),
    path("account/", include("partners.account_urls")),
    path("language/", public(set_language), name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]

if settings.DEMO or settings.TESTING:
    from westerkwartier import gallery

    urlpatterns.append(path("gallery/", gallery.gallery, name="gallery"))

handler400 = "westerkwartier.web.errors.bad_request"
handler403 = "westerkwartier.web.errors.permission_denied"
handler404 = "westerkwartier.web.errors.page_not_found"
handler500 = "westerkwartier.web.errors.server_error"
