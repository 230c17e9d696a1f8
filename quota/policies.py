"""Who may, in the quota app."""

from housing.policies import VACANCY_READERS
from partners.choices import Role

# The progress per municipality is published by the government each month; an administrator's
# work does not need it.
OVERVIEW_READERS = tuple(role for role in Role.values if role != Role.ADMINISTRATOR)
# The persons behind a figure, without names; which of them is up to ``visible_to``.
PERSON_READERS = (Role.COORDINATOR, Role.MUNICIPAL_OFFICER)


def can_view_overview(user, region=None) -> bool:
    if region is None:
        return user.reach.has(*OVERVIEW_READERS)
    return region.pk in user.reach.regions_as(*OVERVIEW_READERS)


def can_list_realised(user) -> bool:
    """Whether somebody may open the persons that a figure counts."""
    return user.reach.has(*PERSON_READERS)


def can_view_realised_of(user, region_id: int, municipality=None) -> bool:
    """Whether all persons counted for a municipality, or for the region, open for this user.

    The coordinator may see every row; an officer those of the own municipality.
    """
    if region_id in user.reach.regions_as(Role.COORDINATOR):
        return True
    return (
        municipality is not None
        and municipality.organisation_id is not None
        and municipality.organisation_id in user.reach.organisations_as(Role.MUNICIPAL_OFFICER)
    )


# Who works with the stock of the region, and who keeps an eye on the covenant from outside.
STOCK_READERS = (Role.COORDINATOR, Role.MUNICIPAL_OFFICER, Role.CORPORATION_STAFF)
SHARE_READERS = (*STOCK_READERS, Role.PROVINCIAL_SUPERVISOR, Role.TENANTS_READER)


def can_view_share(user, region=None) -> bool:
    if region is None:
        return user.reach.has(*SHARE_READERS)
    return region.pk in user.reach.regions_as(*SHARE_READERS)


def can_view_small_counts(user, region) -> bool:
    """Whether somebody sees the figures of a village however small; others see sums."""
    return region.pk in user.reach.regions_as(*STOCK_READERS)


def can_list_share_rows(user, region=None) -> bool:
    """The dwellings behind a figure: who may see vacancies, and of those what they may see."""
    if region is None:
        return user.reach.has(*VACANCY_READERS)
    return region.pk in user.reach.regions_as(*VACANCY_READERS)
