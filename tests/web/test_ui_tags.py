"""Figures, dates and small parts, as the reader sees them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import django_filters
import django_tables2 as tables
import pytest
from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.http import QueryDict
from django.template import Context, Template
from django.utils.translation import override

from partners.models import User
from westerkwartier.web.filters import FilterSet
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags import ui


@pytest.mark.parametrize(
    ("value", "text"), [(4, "+4"), (-1, "−1"), (0, "0"), (1234, "+1.234"), (None, "–")]
)
def test_a_balance_carries_its_sign(value, text):
    with override("nl"):
        assert ui.signed(value) == text


@pytest.mark.parametrize(
    ("ratio", "decimals", "text"),
    [
        (Decimal("0.79"), 0, "79%"),
        (0.208, 1, "20,8%"),
        (1.09, 0, "109%"),
        (0.005, 0, "1%"),
        (Decimal(249) / 250, 0, "99%"),
        (Decimal(9999) / 10000, 1, "99,9%"),
        (1, 0, "100%"),
        (None, 0, "–"),
    ],
)
def test_a_ratio_reads_as_percentage_and_is_full_only_when_it_is(ratio, decimals, text):
    with override("nl"):
        assert ui.percent(ratio, decimals) == text


def test_figures_follow_the_language():
    with override("nl"):
        assert ui.number(1234.5, 1) == "1.234,5"
        assert ui.euro("565.4") == "€\u00a0565,40"
    with override("en"):
        assert ui.number(1234.5, 1) == "1,234.5"
        assert ui.euro(-12) == "€\u00a0−12.00"


def test_dates_have_small_letters_in_dutch():
    day = date(2017, 3, 2)
    with override("nl"):
        assert ui.date_long(day) == "2 maart 2017"
        assert ui.date_short(day) == "2 mrt 2017"
        assert ui.date_full(day) == "donderdag 2 maart 2017"
        assert ui.date_long(None) == "–"
    with override("en"):
        assert ui.date_full(day) == "Thursday 2 March 2017"


def test_a_moment_is_told_in_the_time_of_the_region():
    with override("nl"):
        assert ui.moment(datetime(2017, 11, 23, 23, 30, tzinfo=UTC)) == "24 nov 2017, 00:30"


def test_a_state_has_shape_and_word():
    html = ui.pill("warn", "Iets achter")
    assert "<path" in html
    assert "Iets achter" in html
    assert "pill--warn" in html


def test_text_in_a_part_is_escaped():
    assert "<script>" not in ui.pill("good", "<script>")


@pytest.mark.parametrize(
    ("done", "of", "fill"), [(0, 12, "0.0%"), (6, 12, "40.0%"), (13, 10, "100.0%"), (0, 0, "80.0%")]
)
def test_the_bar_shows_more_than_all_and_never_leaves_its_frame(done, of, fill):
    assert f'width="{fill}"' in ui.progress_bar(done, of)


def test_the_bar_says_in_words_what_it_shows():
    with override("en"):
        html = ui.progress_bar(9, 12, Decimal("9.5"))
    assert 'aria-label="9 of 12 (75%), schedule 79%"' in html
    assert "style=" not in html


class Form(forms.Form):
    name = forms.CharField(help_text="As in the lease.")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    remark = forms.CharField(widget=forms.Textarea(attrs={"placeholder": "…"}), required=False)


def test_label_hint_and_error_belong_to_their_control():
    with override("en"):
        html = str(Form({}))
    assert '<label class="utrecht-form-label" for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'href="#id_name"' in html, "the summary links to the field"
    assert html.count("(optional)") == 2
    assert "placeholder" not in html


def test_a_valid_form_has_no_summary():
    assert 'role="alert"' not in str(Form({"name": "x"}))


class People(FilterSet):
    more_fields = ("since",)
    search = django_filters.CharFilter(label="Search")
    role = django_filters.MultipleChoiceFilter(
        label="Role", choices=[("a", "Coordinator"), ("b", "Officer")]
    )
    since = django_filters.DateFilter(label="Since")


def chips(query: str) -> list[dict]:
    return ui.active_filters(People(QueryDict(query), queryset=User.objects.none()))


def test_each_filter_in_use_can_be_taken_away_alone():
    with override("nl"):
        found = chips("search=vries&role=a&role=b&since=2017-03-02&sort=name&after=x")
    assert [(chip["label"], chip["value"]) for chip in found] == [
        ("Search", "vries"),
        ("Role", "Coordinator"),
        ("Role", "Officer"),
        ("Since", "2 mrt 2017"),
    ]
    rest = QueryDict(found[1]["url"].removeprefix("?"))
    assert rest == QueryDict("search=vries&role=b&since=2017-03-02&sort=name")


def test_no_filter_in_use_no_chip():
    assert chips("sort=name&after=x") == []


def test_more_filters_stay_open_while_one_of_them_is_in_use():
    def filterset(query):
        return People(QueryDict(query), queryset=User.objects.none())

    assert ui.more_in_use(filterset("since=2017-03-02"))
    assert not ui.more_in_use(filterset("search=vries"))
    assert ui.in_use(filterset("search=vries"))
    assert not ui.in_use(filterset(""))


class Villages(Table):
    caption = "Villages"
    name = tables.Column("Name", orderable=True)
    since = tables.Column("Since", orderable=True)
    remark = tables.Column("Remark", orderable=False)


def sort_form(rf, query: str, **options) -> str:
    request = rf.get(f"/villages/?{query}")
    table = Villages([{"name": "Tolbert"}], request=request, **options)
    context = Context({"table": table, "request": request})
    return Template('{% include "components/table.html" %}').render(context)


def test_a_stacked_list_can_be_sorted_both_ways_by_each_column_that_sorts(rf):
    with override("nl"):
        html = sort_form(rf, "search=vries&search=&after=x&sort=-name", order_by="-name")
    found = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)</option>', html)
    assert found == [
        ("", "", "Gewone volgorde"),
        ("name", "", "Name, oplopend"),
        ("-name", " selected", "Name, aflopend"),
        ("since", "", "Since, oplopend"),
        ("-since", "", "Since, aflopend"),
    ]
    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html)
    assert kept == [("search", "vries")], "filters stay, the place in the paging does not"
    assert '<button type="submit"' in html


def test_a_table_that_does_not_sort_has_no_form_for_it(rf):
    table = Villages([], request=rf.get("/"), exclude=("name", "since"))
    html = Template('{% include "components/table.html" %}').render(
        Context({"table": table, "request": rf.get("/")})
    )
    assert "<form" not in html


def test_dutch_data_are_marked_on_an_english_page():
    with override("nl"):
        assert ui.data_text("Staatscourant") == "Staatscourant"
    with override("en"):
        assert ui.data_text("a < b") == '<span lang="nl">a &lt; b</span>'
        assert ui.data_text("") == ""
        assert ui.data_text(None) is None


def test_only_an_address_of_our_own_can_undo():
    assert ui.undo_url(Message(SUCCESS, "Done", "undo:/vacancies/3/undo/")) == "/vacancies/3/undo/"
    assert ui.undo_url(Message(SUCCESS, "Done", "undo:https://elsewhere.example/")) == ""
    assert ui.undo_url(Message(SUCCESS, "Done")) == ""


def test_a_card_is_named_by_its_title():
    html = Template('{% card title="Per gemeente" size="8" %}<p>x</p>{% endcard %}').render(
        Context()
    )
    assert 'aria-labelledby="per-gemeente-title"' in html
    assert "<p>x</p>" in html
