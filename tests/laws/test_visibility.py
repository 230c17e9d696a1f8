"""Law: rows that ``visible_to`` gives are exactly those whose ``can_view`` says yes."""

import pytest

from housing.choices import StepCode
from housing.models import Case, CoaDifference, Dwelling, GuidanceTask, Proposal, Vacancy
from housing.policies import (
    can_view_case,
    can_view_difference,
    can_view_dwelling,
    can_view_proposal,
    can_view_task,
    can_view_vacancy,
)
from housing.services.placing import withdraw_proposal
from partners.models import ImportBatch, Membership, Organisation, User
from partners.policies import can_manage_import, can_view_membership
from partners.services.journal import record
from reports.models import ReportRun
from reports.policies import can_view_run
from tests.cast import EVERYBODY, MEMBERS
from tests.coa import CoaExplanationFactory, CoaStatementFactory
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    DispersalThresholdFactory,
    DwellingFactory,
    ImportRowFactory,
    InvitationFactory,
    MeasureResultFactory,
    MunicipalityFactory,
    OccupancyFactory,
    OrganisationFactory,
    ReportRunFactory,
    TenancyFactory,
    VacancyFactory,
    VacancyWaitFactory,
    VillageFacilityFactory,
    VillageFactory,
)
from tests.guidance import GuidanceTaskFactory
from tests.laws.walk import our_models
from tests.placing import (
    DAY,
    a_household_with_everything,
    at,
    counting_rules,
    household,
    placed,
)

# Every pair of a model and its policy. The rows take longest to make, so they are made once a test.
PAIRS = (
    (Vacancy, can_view_vacancy),
    (Dwelling, can_view_dwelling),
    (Case, can_view_case),
    (Proposal, can_view_proposal),
    (GuidanceTask, can_view_task),
    (CoaDifference, can_view_difference),
    (ReportRun, can_view_run),
    (Membership, can_view_membership),
    (ImportBatch, can_manage_import),
)


@pytest.fixture
def rows(cast):
    """Rows inside the region, of another corporation in it, and in another region."""
    far = VillageFactory(
        region=cast.other_region, municipality=MunicipalityFactory(region=cast.other_region)
    )
    for village, corporation in (
        (cast.village_marum, cast.corporation),
        (cast.village_leek, OrganisationFactory(region=cast.region, kind="corporation")),
        (far, OrganisationFactory(region=cast.other_region, kind="corporation")),
    ):
        VacancyFactory(dwelling=DwellingFactory(village=village, corporation=corporation))
    ReportRunFactory(region=cast.region)
    ReportRunFactory(region=cast.other_region)
    # Households at every stage, linked to each place, guided or not.
    counting_rules()
    for until in (StepCode.PROPOSE, StepCode.AGREE, StepCode.ACCEPT, StepCode.SIGN_OFF):
        case = household(cast, guidance=cast.guidance)
        withdrawn = placed(cast, case=case)
        withdraw_proposal(
            by=cast.coordinator, proposal=withdrawn, remark="Te klein", on=DAY, now=at()
        )
        placed(cast, case=case, until=until)
    household(cast, linked_municipality=cast.leek)
    CaseFactory(linked_municipality=MunicipalityFactory(region=cast.other_region))
    # A task of each household and each partner, whoever knows the household.
    for case in Case.objects.filter(region=cast.region):
        for owner in (cast.guidance, cast.corporation, cast.leek.organisation):
            GuidanceTaskFactory(case=case, owner=owner)
    for corporation in Organisation.objects.filter(kind="corporation"):
        ImportRowFactory(batch__organisation=corporation)
    # What COA says of each: unknown here, and of another municipality with another number.
    for municipality in (cast.marum, cast.leek, MunicipalityFactory(region=cast.other_region)):
        CoaStatementFactory(municipality=municipality)
        ImportRowFactory(batch__organisation=municipality.organisation)
    for case in Case.objects.filter(region=cast.region):
        CoaStatementFactory(municipality=cast.leek, reference=case.reference, persons=9)


def test_visible_to_and_can_view_agree(cast, rows):
    wrong = []
    for who in EVERYBODY:
        user = getattr(cast, who)
        for model, can_view in PAIRS:
            visible = set(model.objects.visible_to(user).values_list("pk", flat=True))
            allowed = {obj.pk for obj in model.objects.all() if can_view(user, obj)}
            if visible != allowed:
                wrong.append((who, model.__name__, visible ^ allowed))
    assert wrong == []


def models_with_reach() -> list:
    return [m for m in our_models() if hasattr(m.objects, "visible_to")]


@pytest.fixture
def a_row_of_each(cast, rows):
    """At least one row of every model that has ``visible_to``, inside the region."""
    tenancy = TenancyFactory(
        vacancy=VacancyFactory(dwelling=DwellingFactory(village=cast.village_marum)),
        case=CaseFactory(linked_municipality=cast.marum),
    )
    OccupancyFactory(tenancy=tenancy)
    AssessmentFactory(vacancy=tenancy.vacancy, by=cast.coordinator)
    VacancyWaitFactory(vacancy=tenancy.vacancy)
    DispersalThresholdFactory(region=cast.region)
    VillageFacilityFactory(village=cast.village_marum)
    MeasureResultFactory(measure__covenant__region=cast.region)
    InvitationFactory(organisation=cast.office)
    record(by=cast.coordinator, action="vacancy.assess", region=cast.region)
    a_household_with_everything(cast)
    CoaExplanationFactory(municipality=cast.marum)


def test_somebody_without_a_role_sees_no_row_and_a_stranger_none_of_this_region(
    cast, a_row_of_each
):
    wrong = []
    for model in models_with_reach():
        assert model.objects.exists(), f"the law needs a row of {model.__name__}"
        own = {cast.nobody.pk} if model is User else set()  # everybody sees themselves
        if seen(model, cast.nobody) != own:
            wrong.append(("nobody", model.__name__))
        if seen(model, cast.stranger) & members_see(model, cast):
            wrong.append(("stranger", model.__name__))
    assert wrong == []


def seen(model, user) -> set[int]:
    return set(model.objects.visible_to(user).values_list("pk", flat=True))


def members_see(model, cast) -> set[int]:
    """What anybody in the region sees."""
    return set().union(*(seen(model, getattr(cast, who)) for who in MEMBERS))
