"""What templates and tables say in one voice: figures, dates, states and the small parts.

The functions are plain Python as well: a table column calls ``pill("good", _("On schedule"))``.
Everything follows the active language (Dutch: ``1.234,5``; English: ``1,234.5``).
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.forms.widgets import CheckboxSelectMultiple, ChoiceWidget, MultiWidget
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from westerkwartier.web.rows import table_body

register = template.Library()
register.simple_tag(table_body)

MINUS = "\u2212"
NO_FIGURE = "\u2013"  # an en dash where there is nothing to count
DATA_LANGUAGE = "nl"
PAGING_PARAMETERS = ("after", "before", "page")


# -- figures ---------------------------------------------------------------------------------------


def rounded(value, decimals: int) -> Decimal:
    """``value`` rounded half up, as people do it, not half to even."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def written(value: Decimal, decimals: int) -> str:
    """An unsigned number in the active language, with grouping from a thousand on."""
    return number_format(abs(value), decimals, use_l10n=True, force_grouping=True)


@register.filter
def number(value, decimals: int = 0) -> str:
    """``1234.5|number:1`` → "1.234,5"; a real minus for what is below zero; "–" for nothing."""
    if value is None or value == "":
        return NO_FIGURE
    amount = rounded(value, decimals)
    return (MINUS if amount < 0 else "") + written(amount, decimals)


@register.filter
def signed(value, decimals: int = 0) -> str:
    """A difference or balance: "+4", "−1", "0"."""
    if value is None or value == "":
        return NO_FIGURE
    amount = rounded(value, decimals)
    sign = "+" if amount > 0 else MINUS if amount < 0 else ""
    return sign + written(amount, decimals)


@register.filter
def percent(value, decimals: int = 0) -> str:
    """A ratio as percentage: ``0.79|percent`` → "79%".

    A ratio below one never reads "100%": 249 of 250 is "99%", because the last person counts.
    """
    if value is None or value == "":
        return NO_FIGURE
    ratio = Decimal(str(value))
    amount = rounded(ratio * 100, decimals)
    if ratio < 1 and amount >= 100:
        amount = Decimal(100) - Decimal(1).scaleb(-decimals)
    return (MINUS if amount < 0 else "") + written(amount, decimals) + "%"


@register.filter
def euro(value) -> str:
    """An amount in euros with cents: "€ 565,40" (the space does not break)."""
    if value is None or value == "":
        return NO_FIGURE
    amount = rounded(value, 2)
    return "€\u00a0" + (MINUS if amount < 0 else "") + written(amount, 2)


# -- dates -----------------------------------------------------------------------------------------


def day(value: date | datetime) -> date:
    """The calendar day in the region of a date or a moment."""
    if isinstance(value, datetime):
        return localtime(value).date() if is_aware(value) else value.date()
    return value


def date_written(value, form: str) -> str:
    """Django's ``date_format``, with the small letters that Dutch gives its days and months."""
    if type(value) is date:  # moments that are equal may have different clocks
        return _day_written(value, form, get_language())
    text = date_format(value, form)
    return text.lower() if get_language() == "nl" else text


@lru_cache(maxsize=4096)
def _day_written(value: date, form: str, language: str | None) -> str:
    """The same days stand on every page; ``language`` is the active one."""
    text = date_format(value, form)
    return text.lower() if language == "nl" else text


@register.filter
def date_long(value) -> str:
    """ "23 november 2017"."""
    return date_written(day(value), "j F Y") if value else NO_FIGURE


@register.filter
def date_short(value) -> str:
    """ "23 nov 2017"."""
    return date_written(day(value), "j M Y") if value else NO_FIGURE


@register.filter
def date_full(value) -> str:
    """ "donderdag 23 november 2017"."""
    return date_written(day(value), "l j F Y") if value else NO_FIGURE


@register.filter
def moment(value) -> str:
    """ "23 nov 2017, 14:05" in the region's time."""
    if not value:
        return NO_FIGURE
    return date_written(localtime(value) if is_aware(value) else value, "j M Y, H:i")


# -- language of the data --------------------------------------------------------------------------


@register.filter
def data_text(value) -> str | SafeString:
    """Text that the data hold in Dutch, marked as such on a page in another language.

    A screen reader then says it in Dutch; nothing stays nothing.
    """
    if not value or get_language() == DATA_LANGUAGE:
        return value
    return format_html('<span lang="{}">{}</span>', DATA_LANGUAGE, value)


# -- small parts -----------------------------------------------------------------------------------


@register.simple_tag
def pill(state: str, text: str) -> SafeString:
    """A state in shape, word and colour; ``state`` is good, warn, bad or neutral."""
    # Escaped here: a text that is safe and one that is not must not share a place in the cache.
    return _pill(state, conditional_escape(text))


@lru_cache(maxsize=256)
def _pill(state: str, text: SafeString) -> SafeString:
    return render_to_string("components/pill.html", {"state": state, "text": text})


@register.simple_tag
def certainty(kind: str) -> SafeString:
    """How sure a figure is: official says nothing; derived and illustrative are marked."""
    return render_to_string("components/certainty.html", {"kind": kind})


@register.simple_tag
def progress_bar(done, of, schedule=None, label: str = "") -> SafeString:
    """A bar of ``done`` out of ``of`` with a mark at the ``schedule``, all counts of one kind.

    The frame is the full 100 % and takes four fifths of the width, so that more than all still
    shows; from 125 % on the bar is full. With nothing to do (``of`` ≤ 0) the frame is full.
    """
    goal = Decimal(str(of))
    ratio = Decimal(str(done)) / goal if goal > 0 else Decimal(1)
    planned = Decimal(str(schedule)) / goal if goal > 0 and schedule is not None else None
    spoken = label or _("%(done)s of %(of)s (%(percent)s)") % {
        "done": number(done),
        "of": number(of),
        "percent": percent(ratio),
    }
    if planned is not None and not label:
        spoken += ", " + _("schedule %(percent)s") % {"percent": percent(planned)}

    def place(share: Decimal) -> str:
        return f"{min(max(share * 80, Decimal(0)), Decimal(100)):.1f}%"

    return render_to_string(
        "components/progress_bar.html",
        {
            "label": spoken,
            "fill": place(ratio),
            "mark": None if planned is None else place(planned),
        },
    )


@register.simple_block_tag
def card(content: str, title: str = "", size: str = "12", level: int = 2, id: str = "", **extra):
    """A card in the grid: ``{% card title=_("By municipality") size="8" %}…{% endcard %}``.

    ``size``: columns of twelve on a wide screen (3, 4, 6, 8 or 12).
    """
    context = {"content": content, "title": title, "size": size, "level": level, "id": id}
    return render_to_string("components/card.html", context | extra)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", live: bool = False):
    """A notice: ``{% alert "warning" title=… %}…{% endalert %}``; kind info, ok, warning, error."""
    context = {"content": content, "kind": kind, "title": title, "live": live}
    return render_to_string("components/alert.html", context)


@register.filter
def message_kind(message) -> str:
    """The kind of notice (info, ok, warning, error) for a message of Django's."""
    kinds = {"success": "ok", "warning": "warning", "error": "error"}
    return kinds.get(message.level_tag, "info")


@register.filter
def undo_url(message) -> str:
    """Where a message's act can be undone: its extra tag "undo:/path/", if it has one."""
    for tag in (message.extra_tags or "").split():
        if tag.startswith("undo:/"):
            return tag.removeprefix("undo:")
    return ""


# -- forms, tables and filters ---------------------------------------------------------------------


@register.simple_tag
def menu_links(entries) -> SafeString:
    """The links of a menu as list items; written once, also where a menu stands on a page twice."""
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (entry.url, mark_safe(' aria-current="page"') if entry.current else "", entry.label)
            for entry in entries
        ),
    )


@register.filter
def widget(field: BoundField) -> SafeString:
    """The control of a form field, dressed in the classes of the design system."""
    control = field.field.widget
    extra = ""
    if isinstance(control, CheckboxSelectMultiple | RadioSelect):
        style = "choices"
    elif isinstance(control, CheckboxInput):
        style = "utrecht-checkbox utrecht-checkbox--html-input"
    elif isinstance(control, Select):
        style = "utrecht-select utrecht-select--html-select"
    elif isinstance(control, Textarea):
        style = "utrecht-textarea utrecht-textarea--html-textarea"
    elif getattr(control, "input_type", "") == "file":
        style = "file"
    elif getattr(control, "input_type", "") == "hidden":
        style = ""
    else:
        style = "utrecht-textbox utrecht-textbox--html-input"
        if getattr(control, "input_type", "") in ("date", "number", "time"):
            extra = " input--short"
    own = control.attrs.get("class", "")
    # Label and hint say what to fill in; a placeholder would vanish at the first letter.
    return field.as_widget(attrs={"class": f"{style}{extra} {own}".strip(), "placeholder": False})


@register.filter
def control_kind(field: BoundField) -> str:
    """checkbox, hidden or other: which layout the field needs."""
    control = field.field.widget
    if isinstance(control, CheckboxInput):
        return "checkbox"
    return "hidden" if field.is_hidden else "other"


def without(params: QueryDict, *names: str) -> QueryDict:
    """A copy of the query without ``names`` and without the place in the paging."""
    kept = params.copy()
    for name in (*names, *PAGING_PARAMETERS):
        kept.pop(name, None)
    return kept


@register.simple_tag(takes_context=True)
def sort_url(context, table, column) -> str:
    """The address that sorts by ``column`` (again: the other way round), from the first page."""
    params = without(context["request"].GET, table.prefixed_order_by_field)
    params[table.prefixed_order_by_field] = column.order_by_alias.next
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def sort_choices(context, table) -> dict:
    """What a form that sorts ``table`` offers, each orderable column in both directions.

    ``{"name": parameter, "options": [(value, label, selected)], "kept": [(name, value)]}``, where
    kept are the other parameters of the page (filters), from its first page on.
    """
    name = table.prefixed_order_by_field
    chosen = ",".join(table.order_by or ())
    options = []
    for column in table.columns:
        if not column.column.orderable:
            continue
        label = {"column": column.header}
        ascending = _("%(column)s, ascending") % label
        descending = _("%(column)s, descending") % label
        options += [
            (column.name, ascending, chosen == column.name),
            (f"-{column.name}", descending, chosen == f"-{column.name}"),
        ]
    kept: list[tuple[str, str]] = []
    if options:
        rest = without(context["request"].GET, name)
        kept = [(key, value) for key, values in rest.lists() for value in values if value]
    return {"name": name, "options": options, "kept": kept}


@register.filter
def aria_sort(column) -> str:
    """ "ascending", "descending", or nothing where the table is not sorted by ``column``."""
    if not column.is_ordered:
        return ""
    return "descending" if column.order_by_alias.is_descending else "ascending"


@register.simple_tag
def active_filters(filterset) -> list[dict]:
    """The filters in use, as chips: ``[{"label", "value", "url"}]``, url being the page without."""
    form, params = filterset.form, filterset.data
    chips: list[dict] = []
    if not params:
        return chips
    for field in form:
        if field.is_hidden:
            continue
        names = [name for name in _parameters(field) if any(params.getlist(name))]
        if not names:
            continue
        if isinstance(field.field.widget, ChoiceWidget) and len(names) == 1:
            chips += _choice_chips(field, names[0], params)
        else:
            values = [value for name in names for value in params.getlist(name) if value]
            shown = form.cleaned_data.get(field.name) if form.is_valid() else None
            text = date_short(shown) if isinstance(shown, date) else " – ".join(values)
            if isinstance(field.field.widget, CheckboxInput):
                text = ""
            url = "?" + without(params, *names).urlencode()
            chips.append({"label": field.label, "value": text, "url": url})
    return chips


@register.filter
def in_use(filterset) -> bool:
    """Whether any filter narrows the list."""
    return any(_filled(filterset, field) for field in filterset.form.visible_fields())


@register.filter
def main_fields(filterset) -> list[BoundField]:
    """The fields in sight; the rest is under "More filters"."""
    more = getattr(filterset, "more_fields", ())
    return [field for field in filterset.form.visible_fields() if field.name not in more]


@register.filter
def more_in_use(filterset) -> bool:
    """Whether one of the filters under "More filters" narrows the list."""
    names = getattr(filterset, "more_fields", ())
    return any(_filled(filterset, filterset.form[name]) for name in names)


def _filled(filterset, field: BoundField) -> bool:
    data = filterset.form.data
    return any(any(data.getlist(name)) for name in _parameters(field)) if data else False


def _parameters(field: BoundField) -> list[str]:
    control = field.field.widget
    if isinstance(control, MultiWidget):
        return [field.html_name + suffix for suffix in control.widgets_names]
    return [field.html_name]


def _choice_chips(field: BoundField, name: str, params: QueryDict) -> list[dict]:
    labels = {
        str(value): str(label)
        for _group, options, _index in field.field.widget.optgroups(name, [])
        for value, label in ((option["value"], option["label"]) for option in options)
    }
    chips = []
    for value in filter(None, params.getlist(name)):
        rest = without(params, name)
        others = [other for other in params.getlist(name) if other != value]
        if others:
            rest.setlist(name, others)
        chips.append(
            {
                "label": field.label,
                "value": labels.get(value, value),
                "url": "?" + rest.urlencode(),
            }
        )
    return chips
