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


def can_retry_run(user, run) -> bool:
    return run.region_id in user.reach.regions_as(Role.COORDINATOR)
