"""Pages of the quota app."""

from quota.views.dispersal import DispersalView
from quota.views.municipality import MunicipalityView
from quota.views.overview import OverviewView
from quota.views.realised import RealisedListView
from quota.views.share import ShareRowsView, ShareView

__all__ = [
    "DispersalView",
    "MunicipalityView",
    "OverviewView",
    "RealisedListView",
    "ShareRowsView",
    "ShareView",
]
