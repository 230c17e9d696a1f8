"""Who may, in the partners app. Never when: that is up to the services and the database."""

from partners.choices import IMPORTERS, Role


def can_list_memberships(user) -> bool:
    """People are administered by administrators only."""
    return user.reach.has(Role.ADMINISTRATOR)


def can_list_invitations(user) -> bool:
    return user.reach.has(Role.ADMINISTRATOR)


def can_list_journal(user) -> bool:
    return user.reach.has(Role.ADMINISTRATOR)


def can_list_partners(user) -> bool:
    """Everybody in a region knows who takes part in it and whom to call."""
    return bool(user.reach.memberships)


def can_invite_people(user) -> bool:
    return user.reach.has(Role.ADMINISTRATOR)


def can_invite_person(user, region) -> bool:
    return region.pk in user.reach.regions_as(Role.ADMINISTRATOR)


def can_view_membership(user, membership) -> bool:
    return membership.user_id == user.pk or can_manage_membership(user, membership)


def can_manage_membership(user, membership) -> bool:
    """End a membership, mark it reviewed."""
    return membership.organisation.region_id in user.reach.regions_as(Role.ADMINISTRATOR)


def can_view_user(user, person) -> bool:
    """The own page, and for an administrator those of the people in the region."""
    return person.pk == user.pk or can_reset_second_factor(user, person)


def can_reset_second_factor(user, person) -> bool:
    regions = user.reach.regions_as(Role.ADMINISTRATOR)
    return person.memberships.filter(organisation__region__in=regions).exists()


def can_manage_invitation(user, invitation) -> bool:
    return invitation.organisation.region_id in user.reach.regions_as(Role.ADMINISTRATOR)


def can_change_mail(user) -> bool:
    """Everybody with a role chooses how often they get news."""
    return bool(user.reach.memberships)


def can_accept_invitation(user) -> bool:
    """Whoever holds the link; the service asks for the rest."""
    return True


def can_list_imports(user) -> bool:
    """Who brings files into the register: the corporation its dwellings, the officer what COA
    tells of the own municipality, the coordinator both."""
    return user.reach.has(*IMPORTERS, Role.COORDINATOR)


def can_manage_import(user, batch) -> bool:
    """Look at an import, approve it, undo it."""
    return batch.organisation_id in user.reach.organisations_as(
        *IMPORTERS
    ) or batch.organisation.region_id in user.reach.regions_as(Role.COORDINATOR)


def can_list_measures(user) -> bool:
    """Everybody in a region sees what the partners promised and what came of it."""
    return bool(user.reach.memberships)


def can_view_measure(user, measure) -> bool:
    return measure.covenant.region_id in user.reach.region_ids


def can_add_measures(user) -> bool:
    return user.reach.has(Role.COORDINATOR)


def can_add_measure(user, covenant) -> bool:
    """Add a measure to a covenant."""
    return covenant.region_id in user.reach.regions_as(Role.COORDINATOR)


def can_change_measure(user, measure) -> bool:
    """Change when a measure holds and what is expected of it; withdraw it."""
    return can_add_measure(user, measure.covenant)


def can_add_result(user, measure) -> bool:
    """Tell what a measure gave: the coordinator, and a corporation that signed the covenant."""
    if can_change_measure(user, measure):
        return True
    own = user.reach.organisations_as(Role.CORPORATION_STAFF)
    return measure.covenant.parties.filter(organisation__in=own).exists()


def can_undo_result(user, result) -> bool:
    return can_add_result(user, result.measure)
