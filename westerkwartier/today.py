"""The start page: per role what asks attention today, and how the quota stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from housing.arithmetic import Bands, bands_on
from housing.models import Vacancy
from housing.selectors import awaiting_verdict
from housing.selectors.reunion import due_family
from partners.choices import Role
from partners.models import Membership, Municipality, Organisation, Region
from partners.policies import can_list_partners
from quota.policies import can_view_overview, can_view_share
from quota.selectors import Progress, RegionOverview, region_overview
from quota.tables import STANDING_TONES, OverviewTable, marked
from quota.views.common import legend, progress_marks
from reports.selectors import first_reference_date
from westerkwartier import today_due
from westerkwartier.today_placing import not_moved, under_way, waits_for_answer
from westerkwartier.today_todos import (
    Link,
    Todo,
    administration,
    arriving,
    differences,
    family,
    last_report,
    overdue,
    reports,
    verdict_note,
)
from westerkwartier.today_work import late_task_counts, mention_words, task_counts
from westerkwartier.web.clock import now, today
from westerkwartier.web.tables import PageRows
from westerkwartier.web.templatetags.ui import date_full, number
from westerkwartier.web.views import Page


@dataclass(frozen=True)
class Figure:
    """How a municipality or the region stands; ``housed`` and ``goal`` carry their marks."""

    progress: Progress
    url: str

    @property
    def tone(self) -> str:
        return STANDING_TONES[self.progress.standing]

    @property
    def housed(self) -> str:
        return marked(number(self.progress.realised), self.progress.realised_certainty)

    @property
    def goal(self) -> str:
        return marked(number(self.progress.corrected), self.progress.certainty)


@dataclass
class Block:
    """What the page tells about one membership: ``due`` the work line by line, which the page shows
    by due date (``groups``), and ``todos`` how much there is of each subject."""

    role: str
    organisation: str
    asks: bool = True
    welcome: str = ""
    links: list[Link] = field(default_factory=list)
    due: list[today_due.Found] = field(default_factory=list)
    groups: list[today_due.Group] = field(default_factory=list)
    todos: list[Todo] = field(default_factory=list)
    action: Link | None = None
    last_report: Link | None = None
    shows_quota: bool = True
    overview: RegionOverview | None = None
    figures: list[Figure] = field(default_factory=list)
    table: OverviewTable | None = None
    legend: list[tuple[str, str, str]] = field(default_factory=list)


class Today(Page):
    """Vandaag. Everybody with a role has one; the gate at sign-in stops those without."""

    template_name = "today/today.html"
    title = gettext_lazy("Today")

    @staticmethod
    def policy(user) -> bool:
        return True

    @cached_property
    def day(self) -> date:
        return today()

    @cached_property
    def opened(self) -> str:
        """The band of which all is shown; the key of a group."""
        return self.request.GET.get("due", "")

    @cached_property
    def bands(self) -> Bands:
        return bands_on(self.day, per=today_due.MOST if self.opened else today_due.FEW)

    def get_context_data(self, **kwargs):
        memberships = self.request.user.reach.memberships
        blocks = [self.block(membership) for membership in memberships]
        asked = today_due.mentions(self.request.user, self.bands)
        if blocks and asked.total:
            # Once, however many roles somebody has.
            blocks[0].todos.insert(0, Todo(*mention_words(asked.total)))
            blocks[0].due.append(asked)
            blocks[0].asks = True
        for block in blocks:
            block.groups = today_due.in_order(block.due, self.bands, self.opened)
        return super().get_context_data(
            **{"blocks": blocks, "subtitle": self.greeting(memberships), **kwargs}
        )

    def greeting(self, memberships: Iterable[Membership]) -> str:
        """Who somebody is here, and which day it is."""
        roles = list(dict.fromkeys(m.get_role_display() for m in memberships))
        parts = [self.request.user.name, ", ".join(roles), date_full(self.day)]
        return " · ".join(part for part in parts if part)

    def block(self, membership: Membership) -> Block:
        organisation = membership.organisation
        block = Block(membership.get_role_display(), organisation.name)
        fill = {
            Role.COORDINATOR: self.for_coordinator,
            Role.MUNICIPAL_OFFICER: self.for_officer,
            Role.CORPORATION_STAFF: self.for_corporation,
            Role.GUIDANCE_WORKER: self.for_guidance,
            Role.ADMINISTRATOR: self.for_administrator,
        }.get(membership.role, self.for_reader)
        fill(block, organisation)
        return block

    # -- roles ---------------------------------------------------------------------------------

    def for_coordinator(self, block: Block, organisation: Organisation) -> None:
        region, user = organisation.region, self.request.user
        first = first_reference_date(region)
        made = reports(user, region, self.day, first=first)
        coming = due_family(user, region, on=self.day)
        differ = today_due.differences(user, region, self.bands)
        block.todos = [
            *overdue(region, self.day),
            *self.proposals(under_way, not_moved),
            *self.verdicts(block),
            *family(coming),
            *arriving(region, self.day),
            *self.tasks(block, organisation, of_partners=True),
            *differences(differ.total),
            *made,
        ]
        block.due += [
            today_due.households(user, region, self.bands),
            today_due.family(coming, self.bands),
            differ,
            today_due.reports(made),
        ]
        if first is not None and first <= self.day:
            block.action = Link(_("Make monthly report"), reverse("reports:run_request"))
        block.last_report = last_report(self.request.user, region)
        self.add_standing(block, region)

    def for_officer(self, block: Block, organisation: Organisation) -> None:
        municipality = Municipality.objects.filter(organisation=organisation).first()
        if municipality is not None:
            user, region = self.request.user, organisation.region
            coming = due_family(user, region, on=self.day)
            block.todos = [
                *overdue(region, self.day, municipality),
                *family(coming),
                *self.proposals(under_way, not_moved),
                *arriving(region, self.day, municipality),
                *self.tasks(block, organisation, of_partners=True),
            ]
            block.due += [
                today_due.households(user, region, self.bands, linked_to=municipality),
                today_due.family(coming, self.bands),
            ]
        self.add_standing(block, organisation.region, own=municipality)

    def for_corporation(self, block: Block, organisation: Organisation) -> None:
        verdicts = self.verdicts(block)
        block.todos = [
            *self.proposals(waits_for_answer),
            *verdicts,
            *self.tasks(block, organisation),
        ]
        block.due.append(today_due.answers(self.request.user, self.bands))
        if verdicts:
            block.action = Link(_("Assess dwellings"), verdicts[0].url)
        self.add_standing(block, organisation.region)

    def for_guidance(self, block: Block, organisation: Organisation) -> None:
        """The tasks of the checklists, and below them what a reader can look up."""
        todos = self.tasks(block, organisation)
        if not block.due[0].total:
            self.for_reader(block, organisation)
            return
        block.todos = todos
        block.action = Link(_("My tasks"), reverse("cases:task_list"))
        self.add_standing(block, organisation.region)

    def for_reader(self, block: Block, organisation: Organisation) -> None:
        block.asks = False
        block.welcome = _("Nothing here needs your attention. This is what you can look up.")
        if can_view_overview(self.request.user, organisation.region):
            query = self.region_query(organisation.region)
            block.links.append(
                Link(_("The quota of the region"), reverse("quota:overview") + query)
            )
        if can_view_share(self.request.user, organisation.region):
            query = self.region_query(organisation.region)
            block.links.append(Link(_("Share of dwellings"), reverse("quota:share") + query))
        if can_list_partners(self.request.user):
            block.links.append(
                Link(_("The partners and whom to call"), reverse("partners:partner_list"))
            )
        self.add_standing(block, organisation.region)

    def for_administrator(self, block: Block, organisation: Organisation) -> None:
        user, region, at = self.request.user, organisation.region, now()
        block.todos = administration(user, region, self.day, at)
        block.due += [
            today_due.reviews(user, region, self.bands),
            today_due.invitations(user, region, self.bands, at),
        ]
        block.action = Link(_("Invite somebody"), reverse("partners:invite"))
        block.shows_quota = False

    # -- parts ---------------------------------------------------------------------------------

    def verdicts(self, block: Block) -> list[Todo]:
        """Dwellings that this user may judge and nobody has judged yet."""
        user = self.request.user
        own = Vacancy.objects.visible_to(user).assessable_by(user)
        found = awaiting_verdict(own, on=self.day)
        if not found.count:
            return []
        block.due.append(today_due.verdicts(own, self.bands, found.term_days))
        return [
            Todo(
                found.count,
                ngettext(
                    "dwelling waiting for a verdict", "dwellings waiting for a verdict", found.count
                ),
                reverse("housing:inbox"),
                verdict_note(found),
            )
        ]

    def tasks(
        self, block: Block, organisation: Organisation, *, of_partners: bool = False
    ) -> list[Todo]:
        """Tasks of the own organisation, and for who handles households the late ones of others."""
        user = self.request.user
        block.due.append(today_due.tasks(user, organisation, self.bands, of_partners=of_partners))
        found = [task_counts(user, organisation, self.day)]
        if of_partners:
            found.append(late_task_counts(user, organisation, self.day))
        return [Todo(*one) for one in found if one]

    def proposals(self, *counts) -> list[Todo]:
        """What of placing waits, by functions of ``today_placing``."""
        found = (count(self.request.user, self.day) for count in counts)
        return [Todo(*one) for one in found if one is not None]

    def region_query(self, region: Region) -> str:
        """Names the region in an address, for a reader of several."""
        return f"?region={region.slug}" if len(self.request.user.reach.region_ids) > 1 else ""

    def add_standing(self, block: Block, region: Region, own: Municipality | None = None) -> None:
        """How the quota stands: the own municipality's figure for an officer, then the region's."""
        overview = region_overview(region, on=self.day)
        if overview is None or overview.empty:
            return
        block.overview = overview
        query = self.region_query(region)
        pages = {row.code: reverse("quota:municipality", args=[row.code]) for row in overview.rows}
        if own is not None and (row := overview.row(own.cbs_code)):
            block.figures.append(Figure(row, pages[row.code]))
        total = overview.total
        block.figures.append(Figure(total, reverse("quota:overview") + query))
        block.table = OverviewTable(
            PageRows(overview.rows),
            total=total,
            links=pages,
            opened={},
            exclude=("net", "opening", "share", "to_do", "needed_per_month"),
            request=self.request,
        )
        shown = block.table.shown_marks()
        for figure in block.figures:
            shown |= progress_marks(figure.progress)
        block.legend = legend(shown)
