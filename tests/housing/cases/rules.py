"""Who shares a bedroom, for tests."""

from datetime import date

from factory.django import DjangoModelFactory

from housing.models import SharingRule
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
