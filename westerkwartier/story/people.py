"""The people of the demonstration: who acts in the story, and who can sign in to look at it.

Services ask who somebody is, so a story that is told through them needs people. They are those of
the demonstration: the same names stand in a household's time line and above the page of whoever
signs in. The story makes them without a password; ``demo_accounts`` gives them one, in demo mode
only. Outside demo mode nobody can sign in with them, whatever becomes of them.
"""

from dataclasses import dataclass

from partners.choices import Role
from partners.models import Organisation, Region, User
from partners.services.demonstration import put_demo_account
from westerkwartier.story.anchors import COVENANT_FROM

DOMAIN = "westerkwartier.example"

# Role, part of the address before the @, name, organisation. All names are obviously invented.
ACCOUNTS = (
    (Role.COORDINATOR, "coordinator", "Voorbeeld Coördinator", "Regionaal bureau Westerkwartier"),
    (Role.MUNICIPAL_OFFICER, "marum", "Voorbeeld Marum", "Gemeente Marum"),
    (Role.MUNICIPAL_OFFICER, "leek", "Voorbeeld Leek", "Gemeente Leek"),
    (Role.CORPORATION_STAFF, "corporatie", "Voorbeeld Verhuur", "Wold & Waard"),
    (Role.GUIDANCE_WORKER, "begeleider", "Voorbeeld Begeleider", "VluchtelingenWerk"),
    (Role.PROVINCIAL_SUPERVISOR, "provincie", "Voorbeeld Toezicht", "Provincie Groningen"),
    (Role.TENANTS_READER, "huurders", "Voorbeeld Huurder", "Huurdersplatform"),
    (Role.ADMINISTRATOR, "beheerder", "Voorbeeld Beheerder", "Regionaal bureau Westerkwartier"),
)
CASTING = (
    Role.COORDINATOR,
    Role.MUNICIPAL_OFFICER,
    Role.CORPORATION_STAFF,
    Role.GUIDANCE_WORKER,
)


@dataclass(frozen=True)
class Cast:
    """Who acts: by role, and of the officers by the id of their organisation."""

    coordinator: User
    corporation: User
    landlord: Organisation
    guide: User
    guidance: Organisation
    officers: dict[int, User]

    def officer(self, organisation: int | None) -> User:
        """The officer of a municipality; where the story has none the coordinator stands in."""
        return self.officers.get(organisation, self.coordinator)


def put_accounts(
    region: Region, *, by, password: str | None = None, roles: tuple[str, ...] = tuple(Role)
) -> list[tuple[str, Organisation, User]]:
    """The people with these roles, as (role, organisation, user); again changes nothing."""
    organisations = {o.name: o for o in Organisation.objects.filter(region=region)}
    return [
        (
            role,
            organisations[organisation],
            put_demo_account(
                by=by,
                email=f"{local}@{DOMAIN}",
                name=name,
                password=password,
                organisation=organisations[organisation],
                role=role,
                since=COVENANT_FROM,
            ),
        )
        for role, local, name, organisation in ACCOUNTS
        if role in roles
    ]


def cast_of(region: Region, *, by) -> Cast:
    """The people who act in the story, made where they are not there yet."""
    people = put_accounts(region, by=by, roles=CASTING)
    alone = {role: (organisation, user) for role, organisation, user in people}
    return Cast(
        coordinator=alone[Role.COORDINATOR][1],
        corporation=alone[Role.CORPORATION_STAFF][1],
        landlord=alone[Role.CORPORATION_STAFF][0],
        guide=alone[Role.GUIDANCE_WORKER][1],
        guidance=alone[Role.GUIDANCE_WORKER][0],
        officers={
            organisation.pk: user
            for role, organisation, user in people
            if role == Role.MUNICIPAL_OFFICER
        },
    )
