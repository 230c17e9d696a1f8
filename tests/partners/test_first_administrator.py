"""The first administrator of a region, made by a command."""

import pytest
from django.core.management import CommandError, call_command

from partners.choices import Role
from partners.models import JournalEntry, Membership, User
from tests.factories import OrganisationFactory, RegionFactory


@pytest.fixture
def region(db):
    region = RegionFactory(slug="nieuw", name="Nieuw")
    OrganisationFactory(region=region)
    return region


def make(*arguments):
    call_command("first_administrator", *arguments)


def test_it_makes_somebody_who_can_invite(region, capsys):
    make("Eerste@Voorbeeld.example", "Eerste Beheerder")
    user = User.objects.get()
    assert user.email == "eerste@voorbeeld.example"
    assert not user.has_usable_password()
    assert user.memberships.get().role == Role.ADMINISTRATOR
    assert "/account/password/reset/" in capsys.readouterr().out
    assert JournalEntry.objects.filter(action="membership.create", origin="command").exists()


def test_twice_is_harmless(region):
    make("eerste@voorbeeld.example", "Eerste")
    make("eerste@voorbeeld.example", "Eerste")
    assert Membership.objects.count() == 1


def test_a_region_with_an_administrator_is_refused(region):
    make("eerste@voorbeeld.example", "Eerste")
    with pytest.raises(CommandError, match="beheerder"):
        make("tweede@voorbeeld.example", "Tweede")
    assert User.objects.count() == 1


def test_which_region_must_be_clear(region):
    RegionFactory(slug="ander")
    with pytest.raises(CommandError, match=r"ander, nieuw|nieuw, ander"):
        make("eerste@voorbeeld.example", "Eerste")
    make("eerste@voorbeeld.example", "Eerste", "--region", "nieuw")
    assert Membership.objects.get().organisation.region == region


def test_an_address_that_is_none_is_refused(region):
    with pytest.raises(CommandError):
        make("geen-adres", "Eerste")
    assert not User.objects.exists()
