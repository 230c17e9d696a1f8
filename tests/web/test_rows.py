"""The rows of tables and the choices of forms, written here, say what the libraries would."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe
from django_tables2 import Column

from housing.models import Dwelling, Vacancy
from housing.tables import VacancyTable
from partners.models import Village
from westerkwartier.web.forms import Renderer
from westerkwartier.web.rows import table_body
from westerkwartier.web.tables import PageRows, Table

PLAIN = Template(
    "{% for row in table.rows %}{% for column, cell in row.items %}[{{ cell }}]{% endfor %}"
    "{% endfor %}"
)


def vacancies() -> list[Vacancy]:
    dwelling = Dwelling(
        street="<b>Straat</b>", number=1, kind="flat", bedrooms=2, village=Village(name="A & B")
    )
    rows = [
        Vacancy(
            pk=number,
            dwelling=dwelling,
            net_rent=Decimal("1234.5"),
            available_from=date(2017, 11, number),
            state=state,
            verdict=verdict,
        )
        for number, (state, verdict) in enumerate(
            [("announced", ""), ("reserved", "suitable"), ("withdrawn", "")], 1
        )
    ]
    for row, place in zip(rows, ("Leek", None, ""), strict=True):
        row.municipality_name = place
    return rows


class Odd(Table):
    """Everything that a column can be."""

    rent = Column(accessor="net_rent")  # a number is written as the language does
    day = Column(accessor="available_from")
    nowhere = Column(accessor="dwelling__village__nothing__at_all")
    method = Column(accessor="dwelling__get_kind_display")
    manager = Column(accessor="assessments", empty_values=())
    linked = Column(accessor="state", linkify=lambda record: f"/{record.pk}/")
    whole = Column(accessor="pk", empty_values=())
    markup = Column(accessor="verdict", empty_values=(), attrs={"td": {"class": "num"}})

    def render_manager(self, record):
        return record.pk * 1000

    def render_whole(self, value, bound_row):
        return f"{value} < {bound_row.record.pk + 1}"

    def render_markup(self):
        return mark_safe("<i>so</i>")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("table_class", [VacancyTable, Odd])
def test_a_cell_holds_what_django_tables2_puts_in_it(table_class, language):
    with translation.override(language):
        table = table_class(PageRows(vacancies()))
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", table_body(table), flags=re.S)
        expected = PLAIN.render(Context({"table": table}))
    assert "".join(f"[{cell}]" for cell in cells) == expected
    assert "<b>" not in expected


def test_a_cell_names_its_column_and_its_class():
    body = table_body(Odd(PageRows(vacancies()[:1])))
    assert '<td class="utrecht-table__cell num" data-label="Markup"><i>so</i></td>' in body
    assert '<td class="utrecht-table__cell" data-label="Rent">' in body
    row = table_body(VacancyTable(PageRows(vacancies()[:1])))
    assert row.startswith(
        '<tr class="utrecht-table__row"><th scope="row" class="utrecht-table__cell row-head">'
    )


def test_a_table_without_rows_has_an_empty_body():
    assert table_body(Odd(PageRows([]))) == ""


class Choices(forms.Form):
    one = forms.ChoiceField(choices=[("", "Alle"), ("<a>", "A & B"), ("2", mark_safe("<i>"))])
    groups = forms.ChoiceField(choices=[("G & H", [("1", "een")]), ("2", "twee")], required=False)
    many = forms.MultipleChoiceField(choices=[(1, 1000), (2, 2000)], widget=forms.SelectMultiple)


def test_a_choice_is_written_as_django_writes_it():
    def flat(renderer) -> list[str]:
        form = Choices({"one": "<a>", "groups": "1", "many": ["2"]}, renderer=renderer)
        return [re.sub(r">\s+<", "><", str(field)).strip() for field in form]

    assert flat(Renderer()) == flat(DjangoTemplates())
