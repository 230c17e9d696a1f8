"""Addresses of households and what is theirs, below /cases/."""

from django.urls import path

from housing.views import cases, differences

app_name = "cases"

urlpatterns = [
    path("<int:pk>/", cases.CaseDetailView.as_view(), name="case_detail"),
    # what COA says otherwise
    path("differences/", differences.DifferenceListView.as_view(), name="difference_list"),
    path(
        "differences/<int:pk>/explain/",
        differences.DifferenceExplainView.as_view(),
        name="difference_explain",
    ),
    path(
        "differences/<int:pk>/unexplain/",
        differences.DifferenceUnexplainView.as_view(),
        name="difference_unexplain",
    ),
]
