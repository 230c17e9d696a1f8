"""Addresses of households and what is theirs, below /cases/."""

from django.urls import include, path

from housing.views import cases

app_name = "cases"

urlpatterns = [
    path("", include("housing.guidance_urls")),
    path("<int:pk>/", cases.CaseDetailView.as_view(), name="case_detail"),
]
