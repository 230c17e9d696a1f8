"""Accounts of a demonstration: who acts in the story, and who can sign in to look at it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from partners.choices import Role
from partners.models import JournalEntry, Membership, User
from partners.services.demonstration import put_demo_account
from partners.services.journal import record_each

pytestmark = pytest.mark.django_db
PASSWORD = "een-thuis-voor-iedereen"


def put(cast, password: str | None) -> User:
    return put_demo_account(
        by=None,
        email="voorbeeld@westerkwartier.example",
        name="Voorbeeld Coördinator",
        password=password,
        organisation=cast.office,
        role=Role.COORDINATOR,
        since=date(2016, 3, 24),
    )


def test_who_acts_only_has_no_password(cast, settings):
    settings.DEMO = False
    user = put(cast, None)
    assert user.is_demo
    assert not user.has_usable_password()
    assert user.reach.has(Role.COORDINATOR)


def test_a_password_comes_in_demo_mode_only(cast, settings):
    user = put(cast, None)
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        put(cast, PASSWORD)
    settings.DEMO = True
    assert put(cast, PASSWORD) == user
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_acting_again_leaves_the_password(cast, settings):
    settings.DEMO = True
    put(cast, PASSWORD)
    lines = JournalEntry.objects.count()
    assert put(cast, None).check_password(PASSWORD)
    assert Membership.objects.filter(user__email__startswith="voorbeeld@").count() == 1
    assert JournalEntry.objects.count() == lines


def test_a_line_for_each_in_one_go(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        record_each(
            by=cast.coordinator,
            action="task.finish",
            lines=[(cast.marum, cast.region, "key"), (cast.leek, cast.region, "move")],
        )
    lines = JournalEntry.objects.filter(action="task.finish").order_by("pk")
    assert [(line.object_key, line.detail) for line in lines] == [
        (str(cast.marum.pk), "key"),
        (str(cast.leek.pk), "move"),
    ]
