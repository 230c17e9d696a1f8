"""Who may, in the quota app."""

from partners.choices import Role

# The progress per municipality is published by the government each month; an administrator's
# work does not need it.
OVERVIEW_READERS = tuple(role for role in Role.values if role != Role.ADMINISTRATOR)


def can_view_overview(user, region=None) -> bool:
    if region is None:
        return user.reach.has(*OVERVIEW_READERS)
    return region.pk in user.reach.regions_as(*OVERVIEW_READERS)
