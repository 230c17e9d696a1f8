"""Who may, with family who follow: whoever handles the household."""

from housing.choices import StepCode
from housing.models import Case, Person, ReunionFact
from housing.policies.cases import can_change_case, can_take_step
from partners.choices import Role

FAMILY_READERS = (Role.COORDINATOR, Role.MUNICIPAL_OFFICER)


def can_list_family(user) -> bool:
    return user.reach.has(*FAMILY_READERS)


def can_expect_person(user, case: Case) -> bool:
    return can_change_case(user, case)


def can_follow_person(user, person: Person) -> bool:
    """Tell what is known of somebody who follows, and check the dwelling for them."""
    return can_change_case(user, person.case)


def can_undo_reunion_fact(user, fact: ReunionFact) -> bool:
    return can_change_case(user, fact.person.case)


def can_join_tenancy(user, case: Case) -> bool:
    return can_take_step(user, case, StepCode.JOIN)


def can_sign_off_joined(user, case: Case) -> bool:
    return can_take_step(user, case, StepCode.SIGN_OFF_JOINED)
