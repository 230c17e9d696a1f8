"""Who may, in the reports app. The readers are listed beside ``ReportRun``."""

from partners.choices import Role
from reports.models import READERS


def can_list_runs(user) -> bool:
    return user.reach.has(*READERS)


def can_view_run(user, run) -> bool:
    return run.region_id in user.reach.regions_as(*READERS)


def can_request_run(user, region) -> bool:
    """The coordinator asks for reports; beat does so every month."""
    return region.pk in user.reach.regions_as(Role.COORDINATOR)


def can_request_some_run(user) -> bool:
    """Whether there is any region for which this person may ask."""
    return user.reach.has(Role.COORDINATOR)


def can_renew_run(user, run) -> bool:
    """A new version of a finished report: as asking for one."""
    return can_request_run(user, run.region)


def can_retry_run(user, run) -> bool:
    return run.region_id in user.reach.regions_as(Role.COORDINATOR)
