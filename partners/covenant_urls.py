"""Addresses of the covenant, under /covenant/."""

from django.urls import path

from partners.views import measures

app_name = "covenant"

urlpatterns = [
    path("", measures.MeasureListView.as_view(), name="measure_list"),
    path("measures/add/", measures.MeasureAddView.as_view(), name="measure_add"),
    path("<int:pk>/", measures.MeasureDetailView.as_view(), name="measure_detail"),
    path("<int:pk>/edit/", measures.MeasureEditView.as_view(), name="measure_edit"),
    path("<int:pk>/withdraw/", measures.MeasureWithdrawView.as_view(), name="measure_withdraw"),
    path("<int:pk>/results/add/", measures.ResultAddView.as_view(), name="result_add"),
    path("results/<int:pk>/undo/", measures.ResultUndoView.as_view(), name="result_undo"),
]
