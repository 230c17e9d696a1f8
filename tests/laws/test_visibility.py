"""Law: rows that ``visible_to`` gives are exactly those whose ``can_view`` says yes."""

import pytest

from housing.models import Vacancy
from housing.policies import can_view_vacancy
from partners.models import Membership
from partners.policies import can_view_membership
from reports.models import ReportRun
from reports.policies import can_view_run
from tests.cast import EVERYBODY
from tests.factories import (
    DwellingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ReportRunFactory,
    VacancyFactory,
    VillageFactory,
)

PAIRS = [
    pytest.param(Vacancy, can_view_vacancy, id="vacancy"),
    pytest.param(ReportRun, can_view_run, id="report run"),
    pytest.param(Membership, can_view_membership, id="membership"),
]


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


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(("model", "can_view"), PAIRS)
def test_visible_to_and_can_view_agree(who, model, can_view, cast, rows):
    user = getattr(cast, who)
    visible = set(model.objects.visible_to(user).values_list("pk", flat=True))
    allowed = {obj.pk for obj in model.objects.all() if can_view(user, obj)}
    assert visible == allowed
