"""The yearly look at every role (BIO2 5.18.02)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from partners.models import JournalEntry, Membership
from partners.models.people import a_year_before
from partners.services.people import review_memberships
from tests.factories import TODAY


@pytest.fixture
def membership(cast):
    return cast.officer_marum.memberships.get()


def test_a_role_comes_up_a_year_after_it_began_or_was_reviewed(cast, membership):
    due = Membership.objects.review_due(TODAY)
    assert membership in due
    membership.reviewed_on, membership.reviewed_by = date(2016, 11, 24), cast.administrator
    membership.save()
    assert membership not in due.all()
    membership.reviewed_on = date(2016, 11, 23)
    membership.save()
    assert membership in due.all()


def test_an_ended_role_does_not_come_up(membership):
    membership.valid_to = TODAY
    membership.save()
    assert membership not in Membership.objects.review_due(TODAY)


def test_a_year_before_a_leap_day():
    assert a_year_before(date(2016, 2, 29)) == date(2015, 2, 28)


def test_ticked_roles_leave_the_list(cast, membership):
    client = cast.client("administrator")
    assert f'value="{membership.pk}"' in client.get("/people/review/").content.decode()
    other = cast.officer_leek.memberships.get()
    client.post("/people/review/", {"membership": [membership.pk, other.pk]})
    page = client.get("/people/review/").content.decode()
    assert f'value="{membership.pk}"' not in page
    membership.refresh_from_db()
    assert (membership.reviewed_on, membership.reviewed_by) == (TODAY, cast.administrator)


def test_nothing_ticked_says_so(cast):
    answer = cast.client("administrator").post("/people/review/", follow=True)
    assert "alert--warning" in answer.content.decode()
    assert not JournalEntry.objects.filter(action="membership.review").exists()


def test_one_role_from_the_page_of_a_person(cast, membership):
    client = cast.client("administrator")
    url = f"/people/memberships/{membership.pk}/review/"
    assert client.get(url).status_code == 302
    assert client.post(url).headers["Location"] == f"/people/{cast.officer_marum.pk}/"
    membership.refresh_from_db()
    assert membership.reviewed_on == TODAY


def test_others_are_refused(cast, membership):
    url = f"/people/memberships/{membership.pk}/review/"
    assert cast.client("stranger").post(url).status_code == 404
    assert cast.client("coordinator").post(url).status_code == 404
    assert cast.client("officer_marum").post(url).status_code == 403
    assert cast.client("coordinator").get("/people/review/").status_code == 404
    with pytest.raises(PermissionDenied):
        review_memberships(by=cast.coordinator, memberships=[membership], on=TODAY)


def test_a_stranger_cannot_tick_roles_of_this_region(cast, membership):
    cast.client("stranger").post("/people/review/", {"membership": [membership.pk]})
    membership.refresh_from_db()
    assert membership.reviewed_on is None


def test_twice_on_a_day_equals_once(cast, membership):
    counts = [
        review_memberships(by=cast.administrator, memberships=[membership], on=TODAY)
        for _turn in range(2)
    ]
    assert counts == [1, 0]
    assert JournalEntry.objects.filter(action="membership.review").count() == 1
