"""Inviting somebody: by an administrator, for a role that fits, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partners.choices import Role
from partners.models import Invitation, JournalEntry
from partners.services.invitations import hashed, invitation_token, invite_person
from tests.factories import NOW, InvitationFactory, MembershipFactory, OrganisationFactory
from westerkwartier.web.refusals import Refused

URL = "/people/invite/"


def fields(cast, **changes):
    return {
        "email": "Nieuw@Voorbeeld.example",
        "name": "Nieuwe Collega",
        "role": f"{cast.marum.organisation.pk}:{Role.MUNICIPAL_OFFICER}",
        "language": "nl",
    } | changes


def invite(cast, **changes):
    values = {
        "by": cast.administrator,
        "email": "nieuw@voorbeeld.example",
        "name": "Nieuwe Collega",
        "organisation": cast.marum.organisation,
        "role": Role.MUNICIPAL_OFFICER,
        "now": NOW,
    } | changes
    return invite_person(**values)


def test_the_page_makes_an_open_invitation(cast):
    answer = cast.client("administrator").post(URL, fields(cast))
    assert answer.headers["Location"] == "/people/invitations/"
    invitation = Invitation.objects.get()
    assert invitation.email == "nieuw@voorbeeld.example"
    assert (invitation.organisation, invitation.role) == (
        cast.marum.organisation,
        Role.MUNICIPAL_OFFICER,
    )
    assert invitation.expires_at - invitation.invited_at == timedelta(days=14)
    assert invitation.sent_at is None


def test_others_have_no_such_page(cast):
    assert cast.client("coordinator").post(URL, fields(cast)).status_code == 404
    assert not Invitation.objects.exists()


def test_a_stranger_cannot_choose_an_organisation_of_this_region(cast):
    answer = cast.client("stranger").post(URL, fields(cast))
    assert answer.status_code == 422
    with pytest.raises(PermissionDenied):
        invite(cast, by=cast.stranger)


def test_a_role_of_another_kind_of_organisation_is_refused(cast):
    pair = f"{cast.marum.organisation.pk}:{Role.COORDINATOR}"
    answer = cast.client("administrator").post(URL, fields(cast, role=pair))
    assert answer.status_code == 422
    with pytest.raises(Refused):
        invite(cast, role=Role.COORDINATOR)


def test_the_page_offers_only_roles_that_an_organisation_has(cast):
    form = cast.client("administrator").get(URL).context["form"]
    offered = [pair for _kind, pairs in form.fields["role"].choices[1:] for pair, _words in pairs]
    assert f"{cast.office.pk}:{Role.COORDINATOR}" in offered
    assert f"{cast.office.pk}:{Role.ADMINISTRATOR}" in offered
    assert f"{cast.marum.organisation.pk}:{Role.MUNICIPAL_OFFICER}" in offered
    assert not [pair for pair in offered if pair.startswith(f"{cast.marum.organisation.pk}:c")]


def test_a_role_that_somebody_has_already_is_refused(cast):
    with pytest.raises(Refused):
        invite(cast, email=cast.officer_marum.email.upper())


def test_a_role_that_ended_may_be_given_again(cast):
    membership = cast.officer_marum.memberships.get()
    membership.valid_to = NOW.date()
    membership.save()
    assert invite(cast, email=cast.officer_marum.email).pk


def test_inviting_again_renews_the_same_row_and_its_link(cast):
    first = invite(cast)
    token = invitation_token(first)
    second = invite(cast, now=NOW + timedelta(days=3))
    assert second.pk == first.pk
    assert Invitation.objects.count() == 1
    assert invitation_token(second) != token
    assert second.expires_at == NOW + timedelta(days=17)


def test_the_table_holds_the_hash_of_the_secret_and_not_the_secret(cast):
    invitation = invite(cast)
    token = invitation_token(invitation)
    kept = [str(value) for value in Invitation.objects.values_list().get()]
    assert hashed(token) in kept
    assert not any(token in value for value in kept)


def test_the_journal_tells_who_and_which_and_no_address(cast):
    invitation = invite(cast)
    line = JournalEntry.objects.get(action="invitation.create")
    assert (line.actor, line.object_key) == (cast.administrator, str(invitation.pk))
    assert "nieuw" not in line.detail


def test_the_list_shows_the_own_region_only(cast):
    InvitationFactory(name="Van Hier", organisation=cast.office)
    InvitationFactory(name="Van Elders", organisation=OrganisationFactory())
    page = cast.client("administrator").get("/people/invitations/").content.decode()
    assert "Van Hier" in page
    assert "Van Elders" not in page
    assert cast.client("supervisor").get("/people/invitations/").status_code == 404


def test_an_administrator_of_a_municipality_invites_for_the_whole_region(cast):
    MembershipFactory(
        user=cast.officer_leek, organisation=cast.leek.organisation, role=Role.ADMINISTRATOR
    )
    assert invite(cast, by=cast.officer_leek).invited_by == cast.officer_leek


@pytest.mark.parametrize("name", ["Jan\r\nBcc: x@y.example", "Zie http://x.example", "bel\x07"])
def test_a_name_is_a_name(name, cast):
    answer = cast.client("administrator").post(
        reverse("partners:invite"),
        {
            "email": "nieuw@voorbeeld.example",
            "name": name,
            "role": f"{cast.office.pk}:coordinator",
            "language": "nl",
        },
    )
    assert answer.status_code == 422
    assert not Invitation.objects.exists()
