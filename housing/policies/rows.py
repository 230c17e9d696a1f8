"""Viewpoints and fields for many households at once: the list asks them in its one query.

``with_viewpoints`` marks every row with what the reader is to it, as ``viewpoints`` says for one;
a law holds them to the same answer.
"""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from housing.models import Case as Household
from housing.models import Proposal, Tenancy
from housing.policies.cases import ACCEPTED, ACTS_AS, AGREED_TO, Viewpoint
from housing.policies.fields import FIELDS
from partners.choices import Role
from partners.models import VillageBelonging

# What a role may make of somebody, with one household or another.
COMES_OF = {
    Role.COORDINATOR: {Viewpoint.COORDINATOR},
    Role.MUNICIPAL_OFFICER: {Viewpoint.OFFICER},
    Role.CORPORATION_STAFF: {Viewpoint.ASKED, Viewpoint.LANDLORD},
    Role.GUIDANCE_WORKER: {Viewpoint.GUIDE},
}
NEVER = Value(False, output_field=BooleanField())


def fields_in_reach(user) -> frozenset[str]:
    """The fields that ``user`` may see of some household: a list has no column for the others."""
    roles = {membership.role for membership in user.reach.memberships}
    views = set().union(*(COMES_OF.get(role, set()) for role in roles))
    return frozenset(name for name, seen_by in FIELDS.items() if seen_by & views)


def with_viewpoints(cases: QuerySet, user) -> QuerySet:
    """Adds ``as_coordinator``, ``as_officer``, ``as_asked``, ``as_landlord`` and ``as_guide``."""
    reach = user.reach
    regions = reach.regions_as(Role.COORDINATOR)
    officer = reach.organisations_as(Role.MUNICIPAL_OFFICER)
    staff = reach.organisations_as(Role.CORPORATION_STAFF)
    guides = reach.organisations_as(Role.GUIDANCE_WORKER)
    current = Proposal.objects.current().filter(case=OuterRef("pk"))
    own = current.filter(vacancy__dwelling__corporation__in=staff)
    return cases.annotate(
        as_coordinator=_when(Q(region__in=regions)) if regions else NEVER,
        as_officer=_when(Q(linked_municipality__organisation__in=officer) | _lives_with(officer))
        if officer
        else NEVER,
        as_asked=Exists(own.exclude(state__in=AGREED_TO)) if staff else NEVER,
        as_landlord=Exists(own.filter(state__in=AGREED_TO)) if staff else NEVER,
        as_guide=_when(Q(guidance__in=guides) & Exists(current.filter(state__in=ACCEPTED)))
        if guides
        else NEVER,
    )


def _when(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=NEVER)


def _lives_with(organisations: list[int]) -> Exists:
    belongs = VillageBelonging.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("starts_on")),
        village=OuterRef("dwelling__village"),
        municipality__organisation__in=organisations,
        valid_from__lte=OuterRef("starts_on"),
    )
    return Exists(Tenancy.objects.filter(Exists(belongs), case=OuterRef("pk")))


def row_fields(row: Household) -> frozenset[str]:
    """As ``visible_fields``, of a row with ``with_viewpoints``."""
    found = {view for view in Viewpoint if getattr(row, f"as_{view}")}
    return frozenset(name for name, seen_by in FIELDS.items() if seen_by & found)


def roles_in(row: Household) -> frozenset[str]:
    """The roles in which the reader may take steps, of a row with ``with_viewpoints``."""
    found = {view for view in Viewpoint if getattr(row, f"as_{view}")}
    return frozenset(role for role, views in ACTS_AS.items() if found & views)


def seen_where(field: str) -> Q:
    """Rows with ``with_viewpoints`` of which the reader sees ``field``."""
    found = Q()
    for view in FIELDS[field]:
        found |= Q(**{f"as_{view}": True})
    return found
