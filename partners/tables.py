"""Tables of the partners app."""

import django_tables2 as tables
from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices import (
    ACTION_LABELS,
    InvitationState,
    Result,
    detail_label,
    origin_label,
)
from westerkwartier.web.clock import now, today
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import (
    data_text,
    date_short,
    moment,
    number,
    pill,
    progress_bar,
)

STATE_CELL = {"td": {"class": "state"}}
LINK = '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>'
INVITATION_TONES = {
    InvitationState.TO_SEND: "neutral",
    InvitationState.SENT: "warn",
    InvitationState.EXPIRED: "bad",
    InvitationState.WITHDRAWN: "neutral",
    InvitationState.ACCEPTED: "good",
}
RESULT_TONES = {Result.DONE: "good", Result.REFUSED: "warn", Result.FAILED: "bad"}


def person_link(user):
    return format_html(LINK, reverse("partners:person_detail", args=[user.pk]), user)


def kind_label(kind: str) -> str:
    """What people call a kind of object; the code itself where it no longer exists."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name) if kind else ""
    except LookupError:
        return kind


def action_label(code: str) -> str:
    """What people call an action; loading says what was loaded, the unknown keeps its code."""
    if code.endswith(".load"):
        kind = code.removesuffix(".load").replace("_", "")
        names = (model._meta for model in apps.get_models() if model._meta.model_name == kind)
        if found := next(names, None):
            return _("Loaded: %(what)s") % {"what": found.verbose_name_plural}
    return str(ACTION_LABELS.get(code, code))


def membership_state(membership) -> tuple[str, str]:
    """Tone and word: active, not yet, ended."""
    day = today()
    if membership.is_active(day):
        return "good", _("Active")
    return ("neutral", _("Not yet")) if membership.valid_from > day else ("neutral", _("Ended"))


class MembershipTable(Table):
    """People and their roles; rows need ``with_second_factor``."""

    name = tables.Column(
        verbose_name=gettext_lazy("Name"),
        accessor="user__name",
        order_by=("user__name",),
        orderable=True,
    )
    email = tables.Column(
        verbose_name=gettext_lazy("E-mail"),
        accessor="user__email",
        order_by=("user__email",),
        orderable=True,
        attrs={"td": {"class": "wide"}},
    )
    role = tables.Column(verbose_name=gettext_lazy("Role"), orderable=True)
    organisation = tables.Column(
        verbose_name=gettext_lazy("Organisation"),
        accessor="organisation__name",
        order_by=("organisation__name",),
        orderable=True,
    )
    valid_from = tables.Column(
        verbose_name=gettext_lazy("From"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    valid_to = tables.Column(
        verbose_name=gettext_lazy("Until"), attrs={"td": {"class": "hide-phone nowrap"}}
    )
    reviewed_on = tables.Column(verbose_name=gettext_lazy("Reviewed on"), orderable=True)
    has_second_factor = tables.Column(verbose_name=gettext_lazy("Second factor"))
    state = tables.Column(
        verbose_name=gettext_lazy("State"), empty_values=(), attrs=STATE_CELL, accessor="pk"
    )

    caption = gettext_lazy("People and their roles")
    row_header = "name"
    default_order = ("name",)
    related = ("user", "organisation")

    def render_email(self, value):
        return format_html("{}<wbr>@{}", *value.split("@", 1))

    def value_email(self, record):
        return record.user.email

    def render_name(self, record):
        return person_link(record.user)

    def render_role(self, record):
        return record.get_role_display()

    def render_valid_from(self, value):
        return date_short(value)

    def render_valid_to(self, value):
        return date_short(value)

    def render_reviewed_on(self, value):
        return date_short(value)

    def render_has_second_factor(self, value):
        return _("Yes") if value else _("No")

    def value_has_second_factor(self, record):
        return _("Yes") if record.has_second_factor else _("No")

    def render_state(self, record):
        return pill(*membership_state(record))

    def value_state(self, record):
        return membership_state(record)[1]


class ReviewTable(Table):
    """Roles to look at again, each with a box to tick."""

    choose = tables.Column(
        verbose_name=gettext_lazy("Still correct"),
        accessor="pk",
        exclude_from_export=True,
        attrs={"td": {"class": "wide"}},
    )
    name = tables.Column(
        verbose_name=gettext_lazy("Name"),
        accessor="user__name",
        order_by=("user__name",),
        orderable=True,
    )
    role = tables.Column(verbose_name=gettext_lazy("Role"), orderable=True)
    organisation = tables.Column(
        verbose_name=gettext_lazy("Organisation"),
        accessor="organisation__name",
        order_by=("organisation__name",),
        orderable=True,
    )
    valid_from = tables.Column(
        verbose_name=gettext_lazy("From"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    reviewed_on = tables.Column(verbose_name=gettext_lazy("Reviewed on"), orderable=True)

    caption = gettext_lazy("Roles to be reviewed")
    stack_soon = True
    row_header = "name"
    default_order = ("organisation", "name")
    related = ("user", "organisation")

    def render_choose(self, record):
        return format_html(
            '<input type="checkbox" class="utrecht-checkbox utrecht-checkbox--html-input" '
            'name="membership" form="review" value="{}" aria-label="{}">',
            record.pk,
            _("Still correct: %(membership)s") % {"membership": record},
        )

    def render_name(self, record):
        return person_link(record.user)

    def render_role(self, record):
        return record.get_role_display()

    def render_valid_from(self, value):
        return date_short(value)

    def render_reviewed_on(self, value):
        return date_short(value)


class InvitationTable(Table):
    """Invitations and where they stand."""

    name = tables.Column(verbose_name=gettext_lazy("Name"), orderable=True)
    email = tables.Column(
        verbose_name=gettext_lazy("E-mail"), orderable=True, attrs={"td": {"class": "wide"}}
    )
    role = tables.Column(verbose_name=gettext_lazy("Role"))
    organisation = tables.Column(
        verbose_name=gettext_lazy("Organisation"),
        accessor="organisation__name",
        order_by=("organisation__name",),
        orderable=True,
    )
    invited_at = tables.Column(verbose_name=gettext_lazy("Invited at"), orderable=True)
    expires_at = tables.Column(
        verbose_name=gettext_lazy("Valid until"), attrs={"td": {"class": "nowrap"}}
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), accessor="pk", attrs=STATE_CELL)
    deeds = tables.Column(
        verbose_name=gettext_lazy("To do"), accessor="pk", attrs={"td": {"class": "wide"}}
    )

    caption = gettext_lazy("Invitations")
    row_header = "name"
    default_order = ("-invited_at",)
    related = ("organisation",)

    def render_role(self, record):
        return record.get_role_display()

    def render_invited_at(self, value):
        return date_short(value)

    def render_expires_at(self, value):
        return date_short(value)

    def render_state(self, record):
        state = record.state(now())
        return pill(INVITATION_TONES[state], InvitationState(state).label)

    def render_deeds(self, record):
        if record.accepted_at or record.withdrawn_at:
            return "–"
        deeds = [
            ("partners:invitation_resend", _("Send again"), _("Send again to %(name)s")),
            ("partners:invitation_withdraw", _("Withdraw"), _("Withdraw that of %(name)s")),
        ]
        links = [
            format_html(
                '<a class="utrecht-link utrecht-link--html-a nowrap" href="{}" aria-label="{}">'
                "{}</a>",
                reverse(name, args=[record.pk]),
                spoken % {"name": record.name},
                label,
            )
            for name, label, spoken in deeds
        ]
        return format_html('<div class="deeds">{} {}</div>', *links)


class JournalTable(Table):
    """Lines of the journal."""

    at = tables.Column(verbose_name=gettext_lazy("Time"), order_by=("pk",), orderable=True)
    actor = tables.Column(verbose_name=gettext_lazy("By"), empty_values=())
    action = tables.Column(verbose_name=gettext_lazy("Action"))
    thing = tables.Column(verbose_name=gettext_lazy("Object"), accessor="object_kind")
    detail = tables.Column(
        verbose_name=gettext_lazy("Detail"), attrs={"td": {"class": "wide any-break"}}
    )
    origin = tables.Column(
        verbose_name=gettext_lazy("Origin"), attrs={"td": {"class": "hide-phone"}}
    )
    result = tables.Column(verbose_name=gettext_lazy("Result"), attrs=STATE_CELL)

    caption = gettext_lazy("Journal")
    stack_soon = True
    row_header = "at"
    default_order = ("-at",)
    related = ("actor",)

    def render_at(self, value):
        return moment(value)

    def value_at(self, record):
        return record.at.isoformat(timespec="seconds")

    def render_actor(self, record):
        return str(record.actor) if record.actor else _("The system")

    def value_actor(self, record):
        return self.render_actor(record)

    def render_action(self, value):
        return action_label(value)

    def value_action(self, record):
        return record.action

    def render_thing(self, record):
        return f"{kind_label(record.object_kind)} {record.object_key}".strip() or "–"

    def value_origin(self, record):
        return record.origin

    def value_thing(self, record):
        return f"{record.object_kind} {record.object_key}".strip()

    def render_detail(self, value):
        return detail_label(value)

    def render_origin(self, value):
        return origin_label(value)

    def render_result(self, record):
        return pill(RESULT_TONES[record.result], capfirst(record.get_result_display()))


class MeasureTable(Table):
    """The covenant's measures; rows need ``with_realised()``."""

    number = tables.Column(
        verbose_name=gettext_lazy("Number"),
        orderable=True,
        attrs={"td": {"class": "num hide-stack"}},
    )
    title = tables.Column(verbose_name=gettext_lazy("Measure"), orderable=True)
    since = tables.Column(
        verbose_name=gettext_lazy("Since"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    until = tables.Column(
        verbose_name=gettext_lazy("Last day"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    expected_dwellings = tables.Column(
        verbose_name=gettext_lazy("Expected"), orderable=True, attrs={"td": {"class": "num"}}
    )
    realised = tables.Column(
        verbose_name=gettext_lazy("Realised"), orderable=True, attrs={"td": {"class": "num"}}
    )
    progress = tables.Column(
        verbose_name=gettext_lazy("Progress"),
        empty_values=(),
        attrs={"td": {"class": "wide"}},
        exclude_from_export=True,
    )

    caption = gettext_lazy("Measures of the covenant")
    stack_soon = True
    row_header = "title"
    default_order = ("number",)
    related = ("covenant",)

    def render_title(self, record):
        return format_html(
            LINK, reverse("covenant:measure_detail", args=[record.pk]), data_text(record.title)
        )

    def render_since(self, value):
        return date_short(value)

    def render_until(self, value):
        return date_short(value)

    def render_expected_dwellings(self, value):
        return number(value)

    def render_realised(self, value):
        return number(value)

    def render_progress(self, record):
        if not record.expected_dwellings:
            return ""  # the dash beside it already says that nothing is expected
        return progress_bar(record.realised, record.expected_dwellings)
