"""Ending a role: at once, and never the last administrator."""

from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from partners.choices import Role
from partners.models import JournalEntry, Membership
from partners.services.people import end_membership
from tests.cast import build_cast
from tests.factories import TODAY, MembershipFactory, UserFactory
from westerkwartier.web.refusals import Refused


def url(membership):
    return f"/people/memberships/{membership.pk}/end/"


@pytest.fixture
def membership(cast):
    return cast.officer_marum.memberships.get()


def test_it_works_at_once_in_an_open_session(cast, membership):
    theirs = cast.client("officer_marum")
    assert theirs.get("/people/partners/").status_code == 200
    client = cast.client("administrator")
    assert client.get(url(membership)).status_code == 200
    client.post(url(membership))
    answer = theirs.get("/people/partners/")
    assert answer.status_code == 403
    assert cast.administrator.email in answer.content.decode()


def test_a_stranger_gets_404(cast, membership):
    assert cast.client("stranger").post(url(membership)).status_code == 404
    assert cast.client("coordinator").post(url(membership)).status_code == 404


def test_the_own_membership_may_be_seen_but_not_ended_by_a_member(cast, membership):
    assert cast.client("officer_marum").post(url(membership)).status_code == 403
    with pytest.raises(PermissionDenied):
        end_membership(by=cast.officer_marum, membership=membership, on=TODAY)


def test_ending_twice_equals_once(cast, membership):
    for _turn in range(2):
        end_membership(by=cast.administrator, membership=membership, on=TODAY)
    membership.refresh_from_db()
    assert membership.valid_to == TODAY
    assert JournalEntry.objects.filter(action="membership.end").count() == 1


def test_the_last_administrator_stays(cast):
    last = cast.administrator.memberships.get()
    with pytest.raises(Refused):
        end_membership(by=cast.administrator, membership=last, on=TODAY)
    answer = cast.client("administrator").post(url(last), follow=True)
    assert last.is_active(TODAY)
    assert "alert--error" in answer.content.decode()


def test_one_of_two_administrators_may_go(cast):
    other = MembershipFactory(organisation=cast.office, role=Role.ADMINISTRATOR)
    last = cast.administrator.memberships.get()
    assert end_membership(by=other.user, membership=last, on=TODAY).valid_to == TODAY


def test_an_administrator_who_may_not_sign_in_or_leaves_soon_does_not_count(cast):
    MembershipFactory(
        user=UserFactory(is_active=False), organisation=cast.office, role=Role.ADMINISTRATOR
    )
    MembershipFactory(
        organisation=cast.office, role=Role.ADMINISTRATOR, valid_to=TODAY.replace(month=12)
    )
    with pytest.raises(Refused):
        end_membership(
            by=cast.administrator, membership=cast.administrator.memberships.get(), on=TODAY
        )


def test_a_role_that_has_not_begun_ends_on_its_first_day(cast):
    later = MembershipFactory(organisation=cast.office, valid_from=TODAY.replace(month=12))
    assert end_membership(by=cast.administrator, membership=later, on=TODAY).valid_to == (
        TODAY.replace(month=12)
    )


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_the_same_moment():
    cast = build_cast()
    one = cast.administrator.memberships.get()
    two = MembershipFactory(organisation=cast.office, role=Role.ADMINISTRATOR)
    outcomes = []

    def end(by, membership):
        try:
            end_membership(by=by, membership=membership, on=TODAY)
            outcomes.append("ended")
        except (Refused, PermissionDenied):  # too late: the last, or an administrator no more
            outcomes.append("refused")
        finally:
            connection.close()

    both = [Thread(target=end, args=(one.user, two)), Thread(target=end, args=(two.user, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(outcomes) == ["ended", "refused"]
    assert Membership.objects.on(TODAY).filter(role=Role.ADMINISTRATOR).count() == 2
