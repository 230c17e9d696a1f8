"""Addresses of the housing app, below /vacancies/."""

from django.urls import path

from housing import views

app_name = "housing"

urlpatterns = [
    path("", views.VacancyListView.as_view(), name="vacancy_list"),
    path("<int:pk>/", views.VacancyDetailView.as_view(), name="vacancy_detail"),
    path("<int:pk>/assess/", views.VacancyAssessView.as_view(), name="vacancy_assess"),
]
