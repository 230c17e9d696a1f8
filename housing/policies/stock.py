"""Who may, with dwellings and vacancies."""

from housing.choices import REGION_READERS
from partners.choices import Role

VACANCY_READERS = (*REGION_READERS, Role.CORPORATION_STAFF)


def can_list_vacancies(user) -> bool:
    return user.reach.has(*VACANCY_READERS)


def can_view_vacancy(user, vacancy) -> bool:
    dwelling = vacancy.dwelling
    return dwelling.village.region_id in user.reach.regions_as(
        Role.COORDINATOR, Role.MUNICIPAL_OFFICER
    ) or dwelling.corporation_id in user.reach.organisations_as(Role.CORPORATION_STAFF)


def can_assess_vacancy(user, vacancy) -> bool:
    """The corporation judges its own dwellings; the coordinator may do it for them."""
    dwelling = vacancy.dwelling
    return dwelling.village.region_id in user.reach.regions_as(
        Role.COORDINATOR
    ) or dwelling.corporation_id in user.reach.organisations_as(Role.CORPORATION_STAFF)


def can_list_dwellings(user) -> bool:
    return user.reach.has(*VACANCY_READERS)


def can_view_dwelling(user, dwelling) -> bool:
    return dwelling.village.region_id in user.reach.regions_as(
        *REGION_READERS
    ) or dwelling.corporation_id in user.reach.organisations_as(Role.CORPORATION_STAFF)


def can_add_dwellings(user) -> bool:
    """The stock is kept by the corporation; the coordinator may do it for them."""
    return user.reach.has(Role.COORDINATOR, Role.CORPORATION_STAFF)


def can_keep_stock(user, corporation) -> bool:
    """Add dwellings of this corporation (an organisation), change and import them."""
    return corporation.region_id in user.reach.regions_as(
        Role.COORDINATOR
    ) or corporation.pk in user.reach.organisations_as(Role.CORPORATION_STAFF)


def can_change_dwelling(user, dwelling) -> bool:
    """Change a dwelling's facts, take it out of stock, report it vacant."""
    return dwelling.village.region_id in user.reach.regions_as(
        Role.COORDINATOR
    ) or dwelling.corporation_id in user.reach.organisations_as(Role.CORPORATION_STAFF)


def can_change_vacancy(user, vacancy) -> bool:
    """Change a vacancy's facts and state, tell what it waits for."""
    return can_change_dwelling(user, vacancy.dwelling)


def can_propose_vacancy(user, vacancy) -> bool:
    """A dwelling is proposed to a household by the coordinator of its region."""
    return vacancy.dwelling.village.region_id in user.reach.regions_as(Role.COORDINATOR)


def can_open_inbox(user) -> bool:
    """Who has dwellings to judge."""
    return user.reach.has(Role.COORDINATOR, Role.CORPORATION_STAFF)


def can_undo_assessment(user, vacancy, assessment) -> bool:
    """Who gave the verdict may take it back, and the coordinator of the region."""
    return assessment.by_id == user.pk or vacancy.dwelling.village.region_id in (
        user.reach.regions_as(Role.COORDINATOR)
    )


def can_change_wait(user, wait) -> bool:
    """Tell when a wait was over, or that it was told by mistake."""
    return can_change_vacancy(user, wait.vacancy)
