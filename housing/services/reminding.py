"""Reminding the corporation of dwellings that wait too long for a verdict."""

from collections import Counter
from datetime import datetime

from django.db.models import Count

from housing.models import Vacancy
from housing.selectors.stock import noticed_longer_than, verdict_term
from partners.choices import NoticeKind, Role
from partners.models import Membership
from partners.services.letters import ask_daily_letter


def remind_of_verdicts(*, now: datetime) -> int:
    """Write to each member of corporation staff whose dwellings wait longer than the term.

    One letter a day at most, however often this is called; none when nothing waits too long or no
    term is in force. How many letters are new.
    """
    day = now.date()
    late = Vacancy.objects.awaiting_verdict().filter(
        noticed_longer_than(verdict_term(on=day), on=day)
    )
    waiting = dict(
        late.order_by()
        .values_list("dwelling__corporation")
        .annotate(count=Count("pk"))
        .values_list("dwelling__corporation", "count")
    )
    staff = (
        Membership.objects.on(day)
        .filter(role=Role.CORPORATION_STAFF, organisation__in=waiting, user__is_active=True)
        .select_related("user")
        .order_by("user")
    )
    counts: Counter = Counter()
    for membership in staff:
        counts[membership.user] += waiting[membership.organisation_id]
    return sum(
        ask_daily_letter(user=user, kind=NoticeKind.VERDICT_REMINDER, day=day, count=count, now=now)
        for user, count in counts.items()
    )
