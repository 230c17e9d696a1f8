"""Addresses of households and what is theirs, below /cases/."""

from django.urls import path

from housing.views import cases, family

app_name = "cases"

urlpatterns = [
    path("<int:pk>/", cases.CaseDetailView.as_view(), name="case_detail"),
    # family who follow
    path("family/", family.FamilyListView.as_view(), name="family_list"),
    path("<int:pk>/expect/", family.CaseExpectView.as_view(), name="case_expect"),
    path("<int:pk>/join/", family.CaseJoinView.as_view(), name="case_join"),
    path(
        "<int:pk>/sign-off-joined/",
        family.CaseSignOffJoinedView.as_view(),
        name="case_sign_off_joined",
    ),
    path("persons/<int:pk>/reunion/", family.PersonReunionView.as_view(), name="person_reunion"),
    path("persons/<int:pk>/check/", family.PersonCheckView.as_view(), name="person_check"),
    path("facts/<int:pk>/undo/", family.FactUndoView.as_view(), name="fact_undo"),
]
