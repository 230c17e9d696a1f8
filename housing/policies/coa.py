"""Who may, with the differences between the register and COA."""

from housing.choices import SAID_OF_ANOTHER
from partners.choices import Role


def can_list_differences(user) -> bool:
    """The coordinator for the region, officers for the own municipality; nobody else."""
    return user.reach.has(Role.COORDINATOR, Role.MUNICIPAL_OFFICER)


def can_view_difference(user, difference) -> bool:
    if difference.region_id in user.reach.regions_as(Role.COORDINATOR):
        return True
    own = user.reach.organisations_as(Role.MUNICIPAL_OFFICER)
    theirs = difference.coa_municipality
    return difference.municipality.organisation_id in own or (
        difference.kind in SAID_OF_ANOTHER and theirs is not None and theirs.organisation_id in own
    )


def can_explain_difference(user, difference) -> bool:
    """Who sees a difference may say why it is as it is, and take that back."""
    return can_view_difference(user, difference)
