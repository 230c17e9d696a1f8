"""Addresses of the housing app, below /vacancies/."""

from django.urls import path

from housing.views import empty_days, inbox, proposing, register, vacancies, vacating, waiting

app_name = "housing"

urlpatterns = [
    path("", vacancies.VacancyListView.as_view(), name="vacancy_list"),
    path("<int:pk>/", vacancies.VacancyDetailView.as_view(), name="vacancy_detail"),
    path("<int:pk>/assess/", vacancies.VacancyAssessView.as_view(), name="vacancy_assess"),
    path("<int:pk>/undo/", vacancies.VacancyUndoView.as_view(), name="vacancy_undo"),
    # what waits for a verdict
    path("inbox/", inbox.InboxView.as_view(), name="inbox"),
    path("inbox/undo/", inbox.InboxUndoView.as_view(), name="inbox_undo"),
    # reporting, and from state to state
    path("add/", vacating.VacancyAddView.as_view(), name="vacancy_add"),
    path("<int:pk>/edit/", vacating.VacancyEditView.as_view(), name="vacancy_edit"),
    path(
        "<int:pk>/available/",
        vacating.VacancyMakeAvailableView.as_view(),
        name="vacancy_make_available",
    ),
    path("<int:pk>/reserve/", vacating.VacancyReserveView.as_view(), name="vacancy_reserve"),
    path("<int:pk>/unreserve/", vacating.VacancyUnreserveView.as_view(), name="vacancy_unreserve"),
    path("<int:pk>/let/", vacating.VacancyLetView.as_view(), name="vacancy_let"),
    path("<int:pk>/withdraw/", vacating.VacancyWithdrawView.as_view(), name="vacancy_withdraw"),
    path("<int:pk>/propose/", proposing.VacancyProposeView.as_view(), name="vacancy_propose"),
    path("<int:pk>/wait/", waiting.VacancyWaitView.as_view(), name="vacancy_wait"),
    path("waits/<int:pk>/end/", waiting.WaitEndView.as_view(), name="wait_end"),
    path("waits/<int:pk>/resume/", waiting.WaitResumeView.as_view(), name="wait_resume"),
    path("waits/<int:pk>/remove/", waiting.WaitRemoveView.as_view(), name="wait_remove"),
    # how long they stood empty
    path("empty-days/", empty_days.EmptyDaysView.as_view(), name="empty_days"),
    path("empty-days/list/", empty_days.EmptyDaysListView.as_view(), name="empty_days_list"),
    # the register
    path("dwellings/", register.DwellingListView.as_view(), name="dwelling_list"),
    path("dwellings/add/", register.DwellingAddView.as_view(), name="dwelling_add"),
    path("dwellings/<int:pk>/", register.DwellingDetailView.as_view(), name="dwelling_detail"),
    path("dwellings/<int:pk>/edit/", register.DwellingEditView.as_view(), name="dwelling_edit"),
    path(
        "dwellings/<int:pk>/vacant/", vacating.DwellingVacateView.as_view(), name="dwelling_vacate"
    ),
    path(
        "dwellings/<int:pk>/take-out/",
        register.DwellingTakeOutView.as_view(),
        name="dwelling_take_out",
    ),
    path(
        "dwellings/<int:pk>/put-back/",
        register.DwellingPutBackView.as_view(),
        name="dwelling_put_back",
    ),
]
