"""What asks attention on the start page, as lines that say how many, of what and where."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.choices import ReunionAlarm
from housing.selectors import AwaitingVerdict, expected_reunifiers, waiting_households
from housing.selectors.reunion import AlarmCount, FamilyDue, alarm_counts
from partners.models import Municipality, Region
from partners.selectors import administration_counts
from reports.models import ReportRun
from westerkwartier.web.templatetags.ui import date_long, number


@dataclass(frozen=True)
class Todo:
    """Something that asks attention: how many, of what, where to deal with it."""

    count: int
    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    url: str


def verdict_note(found: AwaitingVerdict) -> str:
    """How long the dwellings wait, and how many longer than they should."""
    oldest = ngettext(
        "Oldest: %(days)s working day (Monday to Friday, no holidays)",
        "Oldest: %(days)s working days (Monday to Friday, no holidays)",
        found.oldest_days,
    ) % {"days": found.oldest_days}
    if not found.overdue:
        return oldest
    late = ngettext(
        "%(count)s longer than %(days)s working days",
        "%(count)s longer than %(days)s working days",
        found.overdue,
    ) % {"count": number(found.overdue), "days": found.term_days}
    return f"{late}. {oldest}"


def overdue(region: Region, day: date, municipality: Municipality | None = None) -> list[Todo]:
    """Households that wait longer than the term for finding a dwelling."""
    found = waiting_households(region, on=day, linked_to=municipality)
    if not found.overdue:
        return []
    return [
        Todo(
            found.overdue,
            ngettext(
                "household without a dwelling for more than %(weeks)s weeks",
                "households without a dwelling for more than %(weeks)s weeks",
                found.overdue,
            )
            % {"weeks": found.weeks},
            households_url("deadline=dwelling", municipality),
            note=_("Longest: case %(reference)s, %(weeks)s weeks")
            % {"reference": found.oldest_reference, "weeks": found.oldest_weeks},
        )
    ]


def arriving(region: Region, day: date, municipality: Municipality | None = None) -> list[Todo]:
    """Families of people who live here already, expected within three months."""
    found = expected_reunifiers(region, on=day, linked_to=municipality)
    if not found.soon:
        return []
    persons = ngettext("%(count)s person", "%(count)s persons", found.soon) % {
        "count": number(found.soon)
    }
    note = persons
    if found.first_expected_on:
        note = _("%(persons)s, the first on %(day)s") % {
            "persons": persons,
            "day": date_long(found.first_expected_on),
        }
    return [
        Todo(
            found.soon_households,
            ngettext(
                "family arriving within three months",
                "families arriving within three months",
                found.soon_households,
            ),
            households_url("status=all&family=soon", municipality),
            note=note,
        )
    ]


def households_url(query: str, municipality: Municipality | None) -> str:
    """The list of households, with the filter that shows those of a count."""
    own = f"&municipality={municipality.pk}" if municipality else ""
    return f"{reverse('cases:case_list')}?{query}{own}"


def family(rows: list[FamilyDue]) -> list[Todo]:
    """Family who follow and ask attention, by reason, each with the list of who they are."""
    url = reverse("cases:family_list")
    return [
        Todo(
            found.persons,
            family_text(found),
            f"{url}?alarm={found.alarm}",
            _("The longest since %(day)s") % {"day": date_long(found.since)},
        )
        for found in alarm_counts(rows)
    ]


def family_text(found: AlarmCount) -> str:
    """What the persons counted have in common."""
    number = found.persons
    match found.alarm:
        case ReunionAlarm.NOT_JOINED:
            return ngettext(
                "family member arrived, does not live with the household yet",
                "family members arrived, do not live with the household yet",
                number,
            )
        case ReunionAlarm.UNCHECKED:
            return ngettext(
                "family member comes soon, dwelling check not complete",
                "family members come soon, dwelling check not complete",
                number,
            )
        case ReunionAlarm.TOO_LARGE:
            return ngettext(
                "family member does not come, dwelling now too large",
                "family members do not come, dwelling now too large",
                number,
            )
    return ngettext(
        "family member of whom nothing was heard for a long time",
        "family members of whom nothing was heard for a long time",
        number,
    )


def differences(found: int) -> list[Todo]:
    """What COA says otherwise than the register, as long as nobody explained it."""
    if not found:
        return []
    return [
        Todo(
            found,
            ngettext("difference with COA", "differences with COA", found),
            reverse("cases:difference_list"),
        )
    ]


def reports(user, region: Region, day: date, *, first: date | None) -> list[Todo]:
    """Reports that failed, and the one of this month as long as nobody has asked for it. ``first``:
    from which day on there is a quota to report; None without any."""
    month = day.replace(day=1)
    runs = ReportRun.objects.visible_to(user).filter(region=region)
    failed = runs.failed().count()
    todos = []
    if failed:
        todos.append(
            Todo(
                failed,
                ngettext("report could not be made", "reports could not be made", failed),
                reverse("reports:run_list"),
            )
        )
    if first is not None and first <= month and not runs.since(month).exists():
        todos.append(
            Todo(
                1,
                _("monthly report not made yet"),
                reverse("reports:run_request"),
                _("State on %(day)s") % {"day": date_long(month)},
            )
        )
    return todos


def last_report(user, region: Region) -> Link | None:
    """The newest report that is ready."""
    last = ReportRun.objects.visible_to(user).filter(region=region).newest_ready()
    if last is None:
        return None
    label = _("Latest report: position on %(day)s") % {"day": date_long(last.reference_date)}
    return Link(label, reverse("reports:run_detail", args=[last.pk]))


def administration(user, region: Region, day: date, at: datetime) -> list[Todo]:
    """Roles to be reviewed and invitations that nobody has taken up."""
    reviews, invitations = administration_counts(user, region, on=day, now=at)
    todos = []
    if reviews:
        todos.append(
            Todo(
                reviews,
                ngettext("role to be reviewed", "roles to be reviewed", reviews),
                reverse("partners:review"),
                _("Each role is reviewed once a year."),
            )
        )
    if invitations:
        todos.append(
            Todo(
                invitations,
                ngettext("open invitation", "open invitations", invitations),
                reverse("partners:invitation_list"),
            )
        )
    return todos
