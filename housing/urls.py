"""Addresses of the housing app, below /vacancies/."""

from django.urls import path

from housing.views import vacancies

app_name = "housing"

urlpatterns = [
    path("", vacancies.VacancyListView.as_view(), name="vacancy_list"),
    path("<int:pk>/", vacancies.VacancyDetailView.as_view(), name="vacancy_detail"),
    path("<int:pk>/assess/", vacancies.VacancyAssessView.as_view(), name="vacancy_assess"),
]
