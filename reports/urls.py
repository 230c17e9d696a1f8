"""Addresses of the reports, below /reports/."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.RunListView.as_view(), name="run_list"),
    path("request/", views.RunRequestView.as_view(), name="run_request"),
    path("<int:pk>/", views.RunDetailView.as_view(), name="run_detail"),
    path("<int:pk>/progress/", views.RunProgressView.as_view(), name="run_progress"),
    path("<int:pk>/download/", views.RunDownloadView.as_view(), name="run_download"),
    path("<int:pk>/retry/", views.RunRetryView.as_view(), name="run_retry"),
    path("<int:pk>/renew/", views.RunRenewView.as_view(), name="run_renew"),
]
