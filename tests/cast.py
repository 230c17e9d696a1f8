"""The cast: one person per role in a small region, and a stranger from another region.

``cast.coordinator`` is a user, ``cast.client("coordinator")`` a test client signed in as that
user; ``cast.region``, ``cast.marum`` and so on are the rows they work with.
"""

from dataclasses import dataclass

import pytest
from django.test import Client

from partners.choices import OrganisationKind, Role
from partners.models import Municipality, Organisation, Region, User, Village
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    RegionFactory,
    UserFactory,
    VillageFactory,
)

# Everybody who signs in to this region, by the name used in tests.
MEMBERS = (
    "coordinator",
    "officer_marum",
    "officer_leek",
    "corporation_staff",
    "guidance_worker",
    "supervisor",
    "tenants_reader",
    "administrator",
)
# The stranger coordinates and administers another region; nobody has no membership at all.
EVERYBODY = (*MEMBERS, "stranger", "nobody")


@dataclass(frozen=True)
class Cast:
    """People, and the region they share."""

    region: Region
    office: Organisation
    corporation: Organisation
    guidance: Organisation
    province: Organisation
    tenants: Organisation
    coa: Organisation
    marum: Municipality
    leek: Municipality
    village_marum: Village
    village_leek: Village
    coordinator: User
    officer_marum: User
    officer_leek: User
    corporation_staff: User
    guidance_worker: User
    supervisor: User
    tenants_reader: User
    administrator: User
    other_region: Region
    stranger: User
    nobody: User

    def client(self, who: str) -> Client:
        """A test client signed in as ``who``, one of ``EVERYBODY``."""
        client = Client()
        client.force_login(getattr(self, who))
        return client


def member(who: str, organisation: Organisation, role: str) -> User:
    user = UserFactory(email=f"{who.replace('_', '.')}@voorbeeld.example", name=f"Test {who}")
    MembershipFactory(user=user, organisation=organisation, role=role)
    return user


def build_cast() -> Cast:
    """Make the rows anew; needs the database."""
    region = RegionFactory(slug="kwartier", name="Kwartier")

    def partner(kind: str, name: str) -> Organisation:
        return OrganisationFactory(region=region, kind=kind, name=name)

    office = partner(OrganisationKind.REGIONAL_OFFICE, "Regionaal bureau")
    corporation = partner(OrganisationKind.CORPORATION, "Woningstichting Voorbeeld")
    guidance = partner(OrganisationKind.GUIDANCE, "Begeleiding Voorbeeld")
    province = partner(OrganisationKind.PROVINCE, "Provincie Voorbeeld")
    tenants = partner(OrganisationKind.TENANTS, "Huurders Voorbeeld")
    coa = partner(OrganisationKind.COA, "COA")
    marum = MunicipalityFactory(region=region, name="Marum", cbs_code="GM0025")
    leek = MunicipalityFactory(region=region, name="Leek", cbs_code="GM0022")
    other_region = RegionFactory(slug="elders", name="Elders")
    elsewhere = OrganisationFactory(region=other_region, name="Bureau Elders")
    stranger = member("stranger", elsewhere, Role.COORDINATOR)
    MembershipFactory(user=stranger, organisation=elsewhere, role=Role.ADMINISTRATOR)
    return Cast(
        region=region,
        office=office,
        corporation=corporation,
        guidance=guidance,
        province=province,
        tenants=tenants,
        coa=coa,
        marum=marum,
        leek=leek,
        village_marum=VillageFactory(region=region, name="Marum", municipality=marum),
        village_leek=VillageFactory(region=region, name="Leek", municipality=leek),
        coordinator=member("coordinator", office, Role.COORDINATOR),
        officer_marum=member("officer_marum", marum.organisation, Role.MUNICIPAL_OFFICER),
        officer_leek=member("officer_leek", leek.organisation, Role.MUNICIPAL_OFFICER),
        corporation_staff=member("corporation_staff", corporation, Role.CORPORATION_STAFF),
        guidance_worker=member("guidance_worker", guidance, Role.GUIDANCE_WORKER),
        supervisor=member("supervisor", province, Role.PROVINCIAL_SUPERVISOR),
        tenants_reader=member("tenants_reader", tenants, Role.TENANTS_READER),
        administrator=member("administrator", office, Role.ADMINISTRATOR),
        other_region=other_region,
        stranger=stranger,
        nobody=UserFactory(email="nobody@voorbeeld.example", name="Test nobody"),
    )


@pytest.fixture
def cast(db) -> Cast:
    return build_cast()
