"""A region with a quota and a covenant: the stage for tests of reports and of the worker."""

from datetime import date
from decimal import Decimal

import pytest

from housing.choices import TermCode
from housing.models import Term
from tests.factories import (
    SOURCE,
    CaseFactory,
    CovenantFactory,
    DwellingFactory,
    ObligationFactory,
    OpeningBalanceFactory,
    PersonFactory,
    QuotaPeriodFactory,
    ScheduleThresholdFactory,
    ShareDefinitionFactory,
    TenancyFactory,
    VacancyFactory,
)
from westerkwartier.web.models import Certainty

FIRST = date(2017, 11, 1)  # the reference date of the report in tests


@pytest.fixture
def quota(cast):
    """Marum 6 (and 6 behind at the start), Leek 12: 18 net, 24 corrected in 2017-II.

    Marum housed three: two by the end of September, one in October; and one more on 1 November.
    """
    period = QuotaPeriodFactory(code="2017-II")
    ObligationFactory(period=period, municipality=cast.marum, net_quota=6)
    ObligationFactory(
        period=period, municipality=cast.leek, net_quota=12, certainty=Certainty.OFFICIAL
    )
    OpeningBalanceFactory(period=period, municipality=cast.marum, backlog=6)
    ScheduleThresholdFactory(region=cast.region)
    Term.objects.create(
        code=TermCode.FIND_DWELLING,
        weeks=10,
        valid_from=date(2015, 1, 1),
        source=SOURCE,
        certainty=Certainty.OFFICIAL,
    )
    case = CaseFactory(linked_municipality=cast.marum, linked_on=date(2017, 7, 1))
    for day in (date(2017, 8, 3), date(2017, 9, 30), date(2017, 10, 31), date(2017, 11, 1)):
        PersonFactory(case=case, arrived_on=day, counted_on=day, credited_municipality=cast.marum)
    return cast


@pytest.fixture
def covenant(quota):
    """One of two dwellings that came free since March 2016 went to permit holders."""
    covenant = CovenantFactory(region=quota.region)
    ShareDefinitionFactory(covenant=covenant, target=Decimal("0.200"))
    for number, day in enumerate((date(2017, 5, 1), date(2017, 10, 5))):
        dwelling = DwellingFactory(
            village=quota.village_marum, corporation=quota.corporation, number=number + 1
        )
        vacancy = VacancyFactory(dwelling=dwelling, notice_on=day, available_from=day)
        if number:
            case = CaseFactory(linked_municipality=quota.marum, linked_on=date(2017, 9, 1))
            PersonFactory(case=case)
            TenancyFactory(
                vacancy=vacancy,
                dwelling=dwelling,
                case=case,
                signed_on=date(2017, 10, 9),
                starts_on=date(2017, 10, 20),
            )
    return covenant
