"""The work on the start page, line by line and by due date: what, about whom, by when."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.arithmetic import Bands, DueBand, months_later
from housing.choices import CaseStatus, ReunionAlarm
from housing.models import CoaDifference
from housing.selectors.attention import (
    ANSWER_WITHIN,
    banded,
    counted_by_band,
    due_answers,
    due_households,
    due_tasks,
    due_verdicts,
    verdict_due,
)
from housing.selectors.notes import unread_mentions
from housing.selectors.reunion import FamilyDue
from housing.tables import days_pill
from partners.models import Invitation, Membership, Municipality, Organisation, Region
from partners.models.people import a_year_before
from westerkwartier.today_todos import Todo
from westerkwartier.web.templatetags.ui import number

FEW = 8  # lines of a band, until somebody opens it
MOST = 200  # lines of a band that was opened


@dataclass(frozen=True)
class Due:
    """One thing to do: what, about which household or dwelling (``about``), and by when."""

    what: str
    about: str
    url: str
    due_on: date | None = None
    note: str = ""


@dataclass
class Found:
    """Some of one kind of work, the first of each band, and how many there are in all."""

    lines: list[Due] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Line:
    """A line as the page shows it; ``days`` left or late, empty without a day."""

    due: Due
    days: str


@dataclass(frozen=True)
class Group:
    """What is due in one band: ``count`` in all, and the first lines of it, or when ``opened`` as
    many as a page holds."""

    key: str
    title: str
    count: int
    lines: list[Line]
    opened: bool

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def titles() -> dict[DueBand, str]:
    return {
        DueBand.OVERDUE: _("Too late"),
        DueBand.TODAY: _("Today"),
        DueBand.WEEK: _("This week"),
        DueBand.LATER: _("Later"),
        DueBand.UNDATED: _("Without a date"),
    }


def in_order(found: Iterable[Found], bands: Bands, opened: str = "") -> list[Group]:
    """All kinds of work together, by band and day: ``FEW`` lines of a band, of the one that is
    ``opened`` (the key of a group) as many as were asked for."""
    found = list(found)
    by_band: dict[DueBand, list[Due]] = {band: [] for band in DueBand}
    for one in found:
        for due in one.lines:
            by_band[bands.of(due.due_on)].append(due)
    groups = []
    for band, title in titles().items():
        count = sum(one.counts[band] for one in found)
        few = bands.per if key_of(band) == opened else FEW
        first = sorted(by_band[band], key=lambda due: due.due_on or date.max)[:few]
        if count:
            lines = [shown(due, bands.today) for due in first]
            groups.append(Group(key_of(band), title, count, lines, opened=key_of(band) == opened))
    return groups


def key_of(band: DueBand) -> str:
    """Its name in the page and its address."""
    return band.name.lower()


def shown(due: Due, on: date) -> Line:
    return Line(due, days_pill(due.due_on, on) if due.due_on else "")


def of_rows(rows: Iterable, line: Callable[[object], Due]) -> Found:
    """Of rows from ``selectors.attention.banded``."""
    rows = list(rows)
    return Found([line(row) for row in rows], Counter(counted_by_band(rows)))


def household(reference: str) -> str:
    return _("Household %(reference)s") % {"reference": reference}


def case_url(pk: int, place: str = "") -> str:
    return reverse("cases:case_detail", args=[pk]) + place


# -- households ------------------------------------------------------------------------------------


def next_for(status: str) -> str:
    """What a household at this status waits for."""
    return {
        CaseStatus.ON_HOLD: _("See whether the search can go on"),
        CaseStatus.REFUSAL_REVIEW: _("Ask COA for its judgement"),
        CaseStatus.PROPOSED: _("Ask the corporation for an answer"),
        CaseStatus.AGREED: _("Offer the dwelling"),
        CaseStatus.OFFERED: _("Ask the household for an answer"),
        CaseStatus.ACCEPTED: _("Have the contract signed"),
        CaseStatus.CONTRACT_SIGNED: _("Have the household move in"),
    }.get(CaseStatus(status), _("Find a dwelling"))


def households(user, region: Region, bands: Bands, linked_to: Municipality | None = None) -> Found:
    return of_rows(
        due_households(user, region, bands, linked_to=linked_to),
        lambda case: Due(
            next_for(case.status), household(case.reference), case_url(case.pk), case.due_on
        ),
    )


def family(rows: list[FamilyDue], bands: Bands) -> Found:
    found = Found()
    for one in rows:
        band = bands.of(one.due_on)
        found.counts[band] += 1
        if found.counts[band] <= bands.per:
            note = ngettext("%(count)s person", "%(count)s persons", one.persons)
            found.lines.append(
                Due(
                    family_deed(one.alarm),
                    household(one.reference),
                    case_url(one.case_id, "#reunion"),
                    one.due_on,
                    note % {"count": number(one.persons)},
                )
            )
    return found


def family_deed(alarm: str) -> str:
    return {
        ReunionAlarm.NOT_JOINED: _("Add family who arrived to the tenancy"),
        ReunionAlarm.UNCHECKED: _("Complete the dwelling check before family arrives"),
        ReunionAlarm.TOO_LARGE: _("See whether the dwelling is too large now"),
        ReunionAlarm.SILENT: _("Ask for news of family who follow"),
    }.get(alarm, _("Family who follow arrive"))


def differences(user, region: Region, bands: Bands) -> Found:
    """What COA says otherwise, as long as nobody explained it."""
    rows = CoaDifference.objects.visible_to(user).filter(region=region).unexplained()
    return of_rows(
        banded(rows, None, bands),
        lambda row: Due(
            _("Explain a difference with COA"),
            household(row.reference),
            reverse("cases:difference_explain", args=[row.pk]),
            note=row.get_kind_display(),
        ),
    )


# -- dwellings -------------------------------------------------------------------------------------


def verdicts(vacancies, bands: Bands, term_days: int | None) -> Found:
    return of_rows(
        due_verdicts(vacancies, bands, term_days=term_days),
        lambda vacancy: Due(
            _("Judge the dwelling"),
            place(vacancy.dwelling),
            reverse("housing:vacancy_detail", args=[vacancy.pk]),
            verdict_due(vacancy.notice_on, term_days),
        ),
    )


def answers(user, bands: Bands) -> Found:
    """Proposals that wait for the corporation."""
    return of_rows(
        due_answers(user, bands),
        lambda proposal: Due(
            _("Answer the proposal"),
            place(proposal.vacancy.dwelling),
            case_url(proposal.case_id, "#placing"),
            proposal.case.status_since + ANSWER_WITHIN,
            household(proposal.case.reference),
        ),
    )


def place(dwelling) -> str:
    return f"{dwelling.address}, {dwelling.village}"


# -- tasks, notes, people --------------------------------------------------------------------------


def tasks(user, owner: Organisation, bands: Bands, *, of_partners: bool = False) -> Found:
    return of_rows(
        due_tasks(user, owner, bands, of_partners=of_partners),
        lambda task: Due(
            str(task.template),
            household(task.case.reference),
            reverse("cases:task_detail", args=[task.pk]),
            task.due_on,
            "" if task.owner_id == owner.pk else str(task.owner),
        ),
    )


def mentions(user, bands: Bands) -> Found:
    rows = unread_mentions(user).select_related("note__case", "note__by")
    return of_rows(
        banded(rows, None, bands),
        lambda mention: Due(
            _("Read the note in which you are asked something"),
            household(mention.note.case.reference),
            case_url(mention.note.case_id, f"#note-{mention.note_id}"),
            note=str(mention.note.by),
        ),
    )


def reports(todos: Iterable[Todo]) -> Found:
    """Reports to make or to look at, as ``today_todos.reports`` found them."""
    lines = [Due(capfirst(todo.text), todo.note, todo.url) for todo in todos]
    return Found(lines, Counter({DueBand.UNDATED: len(lines)}))


def reviews(user, region: Region, bands: Bands) -> Found:
    """Roles that were not looked at for a year."""
    rows = (
        Membership.objects.visible_to(user)
        .administered_by(user)
        .review_due(bands.today)
        .filter(organisation__region=region)
        .alias(looked_at=Coalesce("reviewed_on", "valid_from"))
        .select_related("user", "organisation")
    )
    return of_rows(
        banded(rows, "looked_at", bands.moved(a_year_before)),
        lambda one: Due(
            _("Review the role"),
            f"{one.user.name}, {one.get_role_display()}",
            reverse("partners:review"),
            months_later(one.reviewed_on or one.valid_from, 12),
        ),
    )


def invitations(user, region: Region, bands: Bands, now: datetime) -> Found:
    """Invitations that nobody has taken up; due on the last day on which they work."""
    found = Found()
    rows = Invitation.objects.visible_to(user).open(now).filter(organisation__region=region)
    for one in rows.order_by("expires_at", "pk"):
        due_on = localdate(one.expires_at)
        band = bands.of(due_on)
        found.counts[band] += 1
        if found.counts[band] <= bands.per:
            found.lines.append(
                Due(_("Open invitation"), one.email, reverse("partners:invitation_list"), due_on)
            )
    return found
