"""Addresses of the quota app, below /region/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from quota import views


class CbsCode(StringConverter):
    """The number of a municipality as CBS writes it: GM0025."""

    regex = "GM[0-9]{4}"


register_converter(CbsCode, "cbs_code")

app_name = "quota"

urlpatterns = [
    path("", views.OverviewView.as_view(), name="overview"),
    path("realised/", views.RealisedListView.as_view(), name="realised_list"),
    path("share/", views.ShareView.as_view(), name="share"),
    path("share/rows/", views.ShareRowsView.as_view(), name="share_rows"),
    path("dispersal/", views.DispersalView.as_view(), name="dispersal"),
    path("<cbs_code:cbs_code>/", views.MunicipalityView.as_view(), name="municipality"),
]
