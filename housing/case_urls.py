"""Addresses of households and what is theirs, below /cases/.

Names tell what the number in the address is: ``case_…`` of a household, ``person_…`` of a person,
``step_…`` of a step.
"""

from django.urls import include, path

from housing.services.cases import PLAIN_STEPS
from housing.views import (
    case_changes,
    case_persons,
    cases,
    differences,
    erasing,
    family,
    proposing,
)

app_name = "cases"

urlpatterns = [
    path("", include("housing.guidance_urls")),
    path("", cases.CaseListView.as_view(), name="case_list"),
    path("add/", case_changes.CaseAddView.as_view(), name="case_add"),
    path("<int:pk>/", cases.CaseDetailView.as_view(), name="case_detail"),
    path("<int:pk>/edit/", case_changes.CaseEditView.as_view(), name="case_edit"),
    # steps of which little follows
    *(
        path(
            f"<int:pk>/{code.value.replace('_', '-')}/",
            case_changes.CaseStepView.as_view(code=code),
            name=f"case_{code.value}",
        )
        for code in PLAIN_STEPS
    ),
    path("<int:pk>/unlink/", case_changes.CaseUnlinkView.as_view(), name="case_unlink"),
    path("<int:pk>/elsewhere/", case_changes.CaseElsewhereView.as_view(), name="case_elsewhere"),
    path("<int:pk>/link/", case_changes.CaseLinkView.as_view(), name="case_change_link"),
    path("steps/<int:pk>/undo/", case_changes.StepUndoView.as_view(), name="step_undo"),
    # a dwelling for it
    path("<int:pk>/propose/", proposing.CaseProposeView.as_view(), name="case_propose"),
    path(
        "<int:pk>/propose/<int:vacancy>/",
        proposing.CaseProposeDwellingView.as_view(),
        name="case_propose_dwelling",
    ),
    # persons
    path("<int:pk>/persons/add/", case_persons.CaseAddPersonView.as_view(), name="case_add_person"),
    path("<int:pk>/birth/", case_persons.CaseBirthView.as_view(), name="case_birth"),
    path("<int:pk>/split/", case_persons.CaseSplitView.as_view(), name="case_split"),
    path("<int:pk>/merge/", case_persons.CaseMergeView.as_view(), name="case_merge"),
    path("persons/<int:pk>/edit/", case_persons.PersonEditView.as_view(), name="person_edit"),
    path("persons/<int:pk>/depart/", case_persons.PersonDepartView.as_view(), name="person_depart"),
    path(
        "persons/<int:pk>/count/", case_persons.PersonCorrectView.as_view(), name="person_correct"
    ),
    path(
        "persons/<int:pk>/v-number/",
        case_persons.PersonNumberView.as_view(),
        name="person_v_number",
    ),
    # family who follow
    path("family/", family.FamilyListView.as_view(), name="family_list"),
    path("<int:pk>/expect/", family.CaseExpectView.as_view(), name="case_expect"),
    path("<int:pk>/join/", family.CaseJoinView.as_view(), name="case_join"),
    path(
        "<int:pk>/sign-off-joined/",
        family.CaseSignOffJoinedView.as_view(),
        name="case_sign_off_joined",
    ),
    path("persons/<int:pk>/reunion/", family.PersonReunionView.as_view(), name="person_reunion"),
    path("persons/<int:pk>/check/", family.PersonCheckView.as_view(), name="person_check"),
    path("facts/<int:pk>/undo/", family.FactUndoView.as_view(), name="fact_undo"),
    # what is deleted by rule
    path("to-delete/", erasing.ErasureListView.as_view(), name="erasure_list"),
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
