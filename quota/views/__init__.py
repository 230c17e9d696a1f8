"""Pages of the quota app."""

from quota.views.municipality import MunicipalityView
from quota.views.overview import OverviewView
from quota.views.realised import RealisedListView

__all__ = ["MunicipalityView", "OverviewView", "RealisedListView"]
