"""Reads over several tables of the partners app."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q

from partners.choices import SEVERAL, OrganisationKind, Role
from partners.models import (
    ContactPerson,
    Covenant,
    CovenantMeasure,
    CovenantParty,
    Invitation,
    JournalEntry,
    Membership,
    Organisation,
    Region,
    ShareDefinition,
    User,
)
from partners.models.people import SECOND_FACTORS


def second_factors(user: User) -> list[str]:
    """The kinds of second factor somebody has, recovery codes included."""
    return list(
        Authenticator.objects.filter(user=user).order_by("type").values_list("type", flat=True)
    )


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def lines_about(person: User) -> Q:
    """Condition on lines of the journal: what a person did, and what was done to their account."""
    keys = [str(pk) for pk in person.memberships.values_list("pk", flat=True)]
    return (
        Q(actor=person)
        | Q(object_kind="partners.user", object_key=str(person.pk))
        | Q(object_kind="partners.membership", object_key__in=keys)
    )


def journal_about(reader: User, person: User, *, limit: int = 10) -> list[JournalEntry]:
    """The newest deeds of and on a person, as far as ``reader`` may see the journal.

    That something was read, and every sign-in that went well, would crowd out the rest: those
    are in the journal itself.
    """
    return list(
        JournalEntry.objects.visible_to(reader)
        .filter(lines_about(person))
        .exclude(action__endswith=".read")
        .exclude(action__in=("account.sign_in", "account.sign_out"))
        .select_related("actor")
        .order_by("-pk")[:limit]
    )


def home_region(user: User, on: date) -> Region | None:
    """The region in which an act on the account itself is journalled: of the newest membership,
    one of today first."""
    memberships = user.memberships.select_related("organisation__region").order_by("-pk")
    newest = memberships.on(on).first() or memberships.first()
    return newest.organisation.region if newest else None


@dataclass(frozen=True)
class Partners:
    """A region with its partners by kind and the covenant of the day (None when there is none)."""

    region: Region
    groups: list[tuple[str, list[Organisation]]]
    covenant: Covenant | None
    share: ShareDefinition | None


def partners_of(reader: User, on: date) -> list[Partners]:
    """The regions of ``reader``, each with its organisations, contact persons and covenant."""
    found = []
    contacts = Prefetch("contact_persons", ContactPerson.objects.order_by("name"))
    for region in Region.objects.visible_to(reader).order_by("name"):
        organisations = list(
            region.organisations.visible_to(reader).order_by("name").prefetch_related(contacts)
        )
        covenant = (
            region.covenants.filter(signed_on__lte=on)
            .order_by("-signed_on")
            .prefetch_related(
                Prefetch("measures", CovenantMeasure.objects.order_by("number")),
                Prefetch("parties", CovenantParty.objects.select_related("organisation")),
            )
            .first()
        )
        found.append(
            Partners(
                region=region,
                groups=[
                    (SEVERAL.get(kind, kind.label) if len(same) > 1 else kind.label, same)
                    for kind in OrganisationKind
                    if (same := [o for o in organisations if o.kind == kind])
                ],
                covenant=covenant,
                share=covenant.share_definitions.on(on).first() if covenant else None,
            )
        )
    return found


def administrators_of(user: User) -> list[User]:
    """Whom to ask for access: administrators of the regions somebody once belonged to."""
    regions = Membership.objects.filter(user=user).values("organisation__region")
    return list(
        User.objects.filter(
            is_active=True,
            memberships__role=Role.ADMINISTRATOR,
            memberships__valid_to=None,
            memberships__organisation__region__in=regions,
        )
        .distinct()
        .order_by("name")
    )


def administration_counts(
    user: User, region: Region, *, on: date, now: datetime
) -> tuple[int, int]:
    """How many roles of a region ``user`` has to review, and how many invitations are open."""
    reviews = Membership.objects.visible_to(user).administered_by(user).review_due(on)
    invitations = Invitation.objects.visible_to(user).open(now)
    return (
        reviews.filter(organisation__region=region).count(),
        invitations.filter(organisation__region=region).count(),
    )
