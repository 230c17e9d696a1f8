"""The cast itself: everybody reaches the own region and nothing else."""

import pytest

from partners.models import JournalEntry, Region
from tests.cast import EVERYBODY, MEMBERS, build_cast


def test_every_member_sees_the_region_and_only_that(cast):
    for who in MEMBERS:
        assert list(Region.objects.visible_to(getattr(cast, who))) == [cast.region], who


def test_the_stranger_sees_another_region_only(cast):
    assert list(Region.objects.visible_to(cast.stranger)) == [cast.other_region]


def test_nobody_sees_nothing(cast):
    assert not Region.objects.visible_to(cast.nobody).exists()
    assert len(EVERYBODY) == len(MEMBERS) + 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_nothing_behind(turn):
    build_cast()
    JournalEntry.objects.create(at="2017-11-23T10:00:00+01:00", action="test", origin="test")
    assert JournalEntry.objects.count() == 1
