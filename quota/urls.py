"""Addresses of the quota app, below /region/."""

from django.urls import path

from quota import views

app_name = "quota"

urlpatterns = [
    path("", views.OverviewView.as_view(), name="overview"),
    path("realised/", views.RealisedListView.as_view(), name="realised_list"),
    path("<str:cbs_code>/", views.MunicipalityView.as_view(), name="municipality"),
]
