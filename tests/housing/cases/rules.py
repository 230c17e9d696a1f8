"""Rules for tests: who shares a bedroom, how long a step may take."""

from datetime import date

from factory.django import DjangoModelFactory

from housing.choices import TermCode
from housing.models import SharingRule, Term
from tests.factories import SOURCE
from westerkwartier.web.models import Certainty


class SharingRuleFactory(DjangoModelFactory):
    class Meta:
        model = SharingRule

    same_sex_below = 18
    any_sex_below = 12
    valid_from = date(2016, 1, 1)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


def sharing_rules() -> None:
    """Brother and sister share below 12, brothers and sisters among themselves below 18."""
    SharingRuleFactory()


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    code = TermCode.FIND_DWELLING
    weeks = 10
    valid_from = date(2016, 1, 1)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


def terms() -> None:
    """Ten weeks to find a dwelling, two to move, fourteen from the permit."""
    for code, weeks in (
        (TermCode.FIND_DWELLING, 10),
        (TermCode.MOVE, 2),
        (TermCode.PERMIT_TO_MOVE, 14),
    ):
        TermFactory(code=code, weeks=weeks)
