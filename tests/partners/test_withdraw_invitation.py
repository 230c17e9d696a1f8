"""Withdrawing an invitation and sending it again."""

import pytest

from partners.choices import Role
from partners.models import Invitation, JournalEntry
from partners.services.invitations import (
    accept_invitation,
    invitation_token,
    invite_person,
    resend_invitation,
    withdraw_invitation,
)
from tests.factories import PASSWORD
from westerkwartier.web.clock import now
from westerkwartier.web.refusals import Refused


@pytest.fixture
def invitation(cast):
    return invite_person(
        by=cast.administrator,
        email="nieuw@voorbeeld.example",
        name="Nieuwe Collega",
        organisation=cast.marum.organisation,
        role=Role.MUNICIPAL_OFFICER,
        now=now(),
    )


@pytest.mark.parametrize("deed", ["withdraw", "resend"])
def test_a_stranger_gets_404_and_nothing_happens(cast, invitation, deed):
    url = f"/people/invitations/{invitation.pk}/{deed}/"
    for who in ("stranger", "coordinator"):
        assert cast.client(who).post(url).status_code == 404
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_withdrawing_asks_first_and_then_ends_the_link(cast, invitation):
    client, url = cast.client("administrator"), f"/people/invitations/{invitation.pk}/withdraw/"
    assert client.get(url).status_code == 200
    assert client.post(url).headers["Location"] == "/people/invitations/"
    with pytest.raises(Refused):
        accept_invitation(
            token=invitation_token(invitation), now=now(), name="N", password=PASSWORD
        )


def test_withdrawing_twice_equals_once(cast, invitation):
    for _turn in range(2):
        withdraw_invitation(by=cast.administrator, invitation=invitation, now=now())
    assert JournalEntry.objects.filter(action="invitation.withdraw").count() == 1


def test_what_was_accepted_cannot_be_withdrawn(cast, invitation):
    accept_invitation(token=invitation_token(invitation), now=now(), name="N", password=PASSWORD)
    with pytest.raises(Refused):
        withdraw_invitation(by=cast.administrator, invitation=invitation, now=now())


def test_sending_again_gives_a_new_link_and_the_old_one_stops(cast, invitation):
    old = invitation_token(invitation)
    cast.client("administrator").post(f"/people/invitations/{invitation.pk}/resend/")
    renewed = Invitation.objects.get()
    assert renewed.sent_at is None
    with pytest.raises(Refused):
        accept_invitation(token=old, now=now(), name="N", password=PASSWORD)
    assert accept_invitation(
        token=invitation_token(renewed), now=now(), name="N", password=PASSWORD
    )


def test_a_withdrawn_invitation_is_not_sent_again(cast, invitation):
    withdraw_invitation(by=cast.administrator, invitation=invitation, now=now())
    with pytest.raises(Refused):
        resend_invitation(by=cast.administrator, invitation=invitation, now=now())
