"""Addresses of households and what is theirs, below /cases/."""

from django.urls import path

from housing.views import cases

app_name = "cases"

urlpatterns = [
    path("<int:pk>/", cases.CaseDetailView.as_view(), name="case_detail"),
]
