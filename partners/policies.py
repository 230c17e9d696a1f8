"""Who may, in the partners app. Never when: that is up to the services and the database."""

from partners.choices import Role


def can_list_memberships(user) -> bool:
    """People are administered by administrators only."""
    return user.reach.has(Role.ADMINISTRATOR)


def can_invite_person(user, region) -> bool:
    return region.pk in user.reach.regions_as(Role.ADMINISTRATOR)


def can_view_membership(user, membership) -> bool:
    return membership.user_id == user.pk or can_manage_membership(user, membership)


def can_manage_membership(user, membership) -> bool:
    """End a membership, mark it reviewed, reset a second factor."""
    return membership.organisation.region_id in user.reach.regions_as(Role.ADMINISTRATOR)


def can_manage_invitation(user, invitation) -> bool:
    return invitation.organisation.region_id in user.reach.regions_as(Role.ADMINISTRATOR)
