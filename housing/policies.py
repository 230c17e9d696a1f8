"""Who may, in the housing app. Never when: that is up to the services and the database."""

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
