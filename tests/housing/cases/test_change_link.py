"""COA links a household to another municipality of the region."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.services.cases import change_link
from tests.factories import MunicipalityFactory
from tests.placing import DAY, at, household
from westerkwartier.web.refusals import Refused


def link(cast, case, to, *, by=None, on=DAY):
    return change_link(by=by or cast.coordinator, case=case, municipality=to, on=on, now=at())


def test_the_household_belongs_to_the_other_from_then_on(cast):
    case = household(cast)
    step = link(cast, case, cast.leek)
    case.refresh_from_db()
    assert (case.linked_municipality, case.linked_on) == (cast.leek, date(2017, 10, 2))
    assert (step.effective_on, step.kept) == (DAY, {"from": "GM0025", "to": "GM0022"})


def test_to_where_it_is_already_is_refused(cast):
    with pytest.raises(Refused):
        link(cast, household(cast), cast.marum)


def test_another_region_is_refused(cast):
    with pytest.raises(Refused):
        link(cast, household(cast), MunicipalityFactory(region=cast.other_region))


@pytest.mark.parametrize("on", [date(2017, 10, 1), DAY + timedelta(1)])
def test_not_before_the_link_nor_in_the_future(cast, on):
    with pytest.raises(Refused):
        link(cast, household(cast), cast.leek, on=on)


def test_an_officer_may_not(cast):
    with pytest.raises(PermissionDenied):
        link(cast, household(cast), cast.leek, by=cast.officer_marum)


def test_twice_is_once(cast):
    case = household(cast)
    assert link(cast, case, cast.leek) == link(cast, case, cast.leek)
