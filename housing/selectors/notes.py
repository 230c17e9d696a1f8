"""Who may be called into a note, and what waits to be read."""

from datetime import date

from django.db.models import Q

from housing.models import Case, Mention
from partners.choices import Role
from partners.models import Membership, Organisation, User, VillageBelonging


def colleagues(case: Case, *, on: date) -> dict[User, Organisation]:
    """Who may read the notes of a household on ``on``, by name, each with the organisation for
    which they do: the coordinator, officers of the municipality linked or lived in, and from the
    household's yes on those who guide it. The same people as by ``FIELDS["case.notes"]``.
    """
    municipal = {case.linked_municipality.organisation_id}
    for village, starts_on in case.tenancies.values_list("dwelling__village", "starts_on"):
        municipal |= set(
            VillageBelonging.objects.on(starts_on)
            .filter(village=village)
            .values_list("municipality__organisation", flat=True)
        )
    who = Q(role=Role.COORDINATOR, organisation__region=case.region_id) | Q(
        role=Role.MUNICIPAL_OFFICER, organisation__in=municipal - {None}
    )
    if case.guidance_id and case.proposals.current().accepted().exists():
        who |= Q(role=Role.GUIDANCE_WORKER, organisation=case.guidance_id)
    found: dict[User, Organisation] = {}
    for one in (
        Membership.objects.on(on)
        .filter(who, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__name", "user", "pk")
    ):
        found.setdefault(one.user, one.organisation)
    return found


def unread_mentions(user: User):
    """The calls that somebody has not answered, in notes that they may still read."""
    return Mention.objects.visible_to(user).filter(
        read_at=None,
        note__withdrawn_at=None,
        note__case__in=Case.objects.visible_to(user),
    )
