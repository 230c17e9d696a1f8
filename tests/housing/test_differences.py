"""What COA says otherwise than the register: found by the database, explained by people."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from housing.arithmetic import half_year_of
from housing.choices import StatementAbout, StepCode
from housing.models import CoaDifference, CoaExplanation
from housing.selectors.coa import counted_persons
from housing.services.cases import unlink_case
from housing.services.coa import explain_difference, take_back_explanation
from partners.models import JournalEntry
from tests.coa import CoaStatementFactory
from tests.placing import DAY, at, counting_rules, household, placed
from westerkwartier.web.refusals import Refused

LINKED = date(2017, 10, 2)


@pytest.fixture
def ours(cast):
    return household(cast, reference="D-1", persons=2)


@pytest.fixture
def says(cast):
    """What COA says: ``says(persons=3)`` of the link, ``says(off=day)`` of the sign-off of D-1."""

    def say(off=None, **fields):
        about = StatementAbout.SIGN_OFF if off else StatementAbout.LINK
        values = {"municipality": cast.marum, "reference": "D-1", "persons": 2, "about": about}
        return CoaStatementFactory(**{**values, "on": off or LINKED, **fields})

    return say


@pytest.fixture
def signed(cast, ours):
    counting_rules()
    placed(cast, case=ours, until=StepCode.SIGN_OFF)
    return ours


def found() -> list[tuple]:
    """Kind, what stands here, what COA says."""
    return list(CoaDifference.objects.in_order().values_list("kind", "ours", "theirs"))


# -- one by one ------------------------------------------------------------------------------------


def test_the_same_on_both_sides_is_no_difference(ours, says):
    says()
    assert found() == []


def test_known_to_coa_only(says):
    says()
    says(off=DAY)
    assert found() == [("unknown_here", "", "2017-10-02")]


def test_unlinked_before_we_knew_of_it(says):
    says(unlinked_on=DAY)
    assert found() == []


def test_known_here_only_where_the_files_reach(ours, cast, says):
    assert found() == []
    first = says(reference="D-2", on=LINKED + timedelta(days=1))
    assert [kind for kind, *_rest in found()] == ["unknown_here"]
    first.on = LINKED
    first.save(update_fields=["on"])
    assert ("unknown_at_coa", "2017-10-02", "") in found()
    first.reported_on = LINKED - timedelta(days=1)
    first.save(update_fields=["reported_on"])
    assert [kind for kind, *_rest in found()] == ["unknown_here"]


def test_a_file_of_another_municipality_says_nothing_of_ours(ours, cast, says):
    says(reference="D-2", municipality=cast.leek)
    assert [kind for kind, *_rest in found()] == ["unknown_here"]


@pytest.mark.parametrize(
    ("fields", "difference"),
    [
        ({"on": date(2017, 10, 3)}, ("link_date", "2017-10-02", "2017-10-03")),
        ({"persons": 3}, ("size", "2", "3")),
        ({"unlinked_on": date(2017, 11, 1)}, ("unlinked_at_coa", "", "2017-11-01")),
    ],
)
def test_another_link(fields, difference, ours, says):
    says(**fields)
    assert found() == [difference]


def test_another_municipality(ours, says, cast):
    says(municipality=cast.leek)
    assert found() == [("municipality", "Marum", "Leek")]


def test_unlinked_here_only(ours, says, cast):
    says()
    unlink_case(by=cast.coordinator, case=ours, reason="left", on=DAY, now=at())
    assert found() == [("unlinked_here", "2017-11-20", "")]


def test_signed_off_by_coa_only(ours, says):
    says()
    says(off=DAY)
    assert found() == [("signed_off_at_coa", "", "2017-11-20")]


def test_signed_off_here_only_where_the_files_reach(signed, says, cast):
    says()
    assert found() == []
    says(off=date(2017, 7, 3), reference="D-2", reported_on=DAY)
    assert ("signed_off_here", "2017-11-20", "") in found()


def test_another_day_and_number_of_the_sign_off(signed, says):
    says()
    says(off=DAY - timedelta(days=1), persons=3)
    assert found() == [
        ("sign_off_date", "2017-11-20", "2017-11-19"),
        ("sign_off_persons", "2", "3"),
    ]


def test_every_difference_has_a_number_of_its_own(signed, says, cast):
    household(cast, reference="D-3")
    says(on=date(2017, 10, 3))
    says(off=DAY - timedelta(days=1), persons=3)
    says(reference="D-2")
    keys = list(CoaDifference.objects.values_list("pk", flat=True))
    assert len(keys) == len(set(keys)) == 5


# -- counts ----------------------------------------------------------------------------------------


def test_counts_of_both_by_municipality(signed, says, cast):
    says(off=DAY, persons=3)
    says(off=date(2017, 6, 30), persons=5, reference="D-2")
    marum, leek = sorted(
        counted_persons(cast.coordinator, half_year=half_year_of(DAY)),
        key=lambda row: row.municipality == "Leek",
    )
    assert (marum.ours, marum.theirs, marum.difference) == (2, 3, -1)
    assert (leek.ours, leek.theirs, leek.difference) == (0, None, None)
    own = counted_persons(cast.officer_leek, half_year=half_year_of(DAY))
    assert [row.municipality for row in own] == ["Leek"]
    for nobody in (cast.corporation_staff, cast.supervisor, cast.nobody):
        assert counted_persons(nobody, half_year=half_year_of(DAY)) == []


# -- explaining ------------------------------------------------------------------------------------


def explain(cast, who="coordinator", reason="Kind hier geboren"):
    return explain_difference(
        by=getattr(cast, who), difference=CoaDifference.objects.get(), reason=reason, now=at()
    )


def test_an_explained_difference_stands_apart_until_something_changes(ours, says, cast):
    statement = says(persons=3)
    explanation = explain(cast)
    assert (explanation.by, explanation.at, explanation.reason) == (
        cast.coordinator,
        at(),
        "Kind hier geboren",
    )
    assert not CoaDifference.objects.unexplained().exists()
    statement.persons = 4
    statement.save(update_fields=["persons"])
    assert CoaDifference.objects.unexplained().get().theirs == "4"
    statement.persons = 3
    statement.save(update_fields=["persons"])
    assert not CoaDifference.objects.unexplained().exists()
    entry = JournalEntry.objects.get(action="coa.explain")
    assert entry.detail == "size"


def test_taken_back_it_asks_attention_again(ours, says, cast):
    says(persons=3)
    explain(cast)
    difference = CoaDifference.objects.get()
    taken = take_back_explanation(by=cast.officer_marum, difference=difference, now=at())
    assert (taken.undone_by, taken.undone_at) == (cast.officer_marum, at())
    assert CoaDifference.objects.unexplained().exists()
    assert take_back_explanation(by=cast.coordinator, difference=difference, now=at()) is None
    explain(cast, reason="Toch goed")


def test_a_reason_is_asked_and_one_explanation_stands(ours, says, cast):
    says(persons=3)
    with pytest.raises(Refused) as refusal:
        explain(cast, reason="  ")
    assert refusal.value.field == "reason"
    first = explain(cast)
    with pytest.raises(Refused):
        explain(cast, who="officer_marum", reason="Anders")
    assert CoaExplanation.objects.get() == first


@pytest.mark.parametrize("who", ["officer_leek", "corporation_staff", "supervisor", "stranger"])
def test_others_may_not(who, ours, says, cast):
    says(persons=3)
    assert not CoaDifference.objects.visible_to(getattr(cast, who)).exists()
    with pytest.raises(PermissionDenied):
        explain(cast, who=who)


def test_an_officer_hears_that_coa_says_a_household_is_theirs_and_no_more(ours, says, cast):
    says(municipality=cast.leek, persons=5)
    kinds = CoaDifference.objects.visible_to(cast.officer_leek).values_list("kind", flat=True)
    assert list(kinds) == ["municipality"]
    page = cast.client("officer_leek").get(reverse("cases:difference_list")).content.decode()
    assert "D-1" in page
    assert reverse("cases:case_detail", args=[ours.pk]) not in page


def test_explained_twice_is_once(ours, says, cast):
    says(persons=3)
    assert explain(cast) == explain(cast)
    assert CoaExplanation.objects.count() == 1


# -- the pages -------------------------------------------------------------------------------------


def page(cast, who="coordinator", **query) -> str:
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    response = client.get(reverse("cases:difference_list"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_links_to_the_household_and_filters(ours, says, cast):
    says(persons=3)
    shown = page(cast)
    assert reverse("cases:case_detail", args=[ours.pk]) in shown
    assert "Other number of persons" in shown
    assert "D-1" not in page(cast, show="explained")
    assert "D-1" not in page(cast, kind="link_date")
    assert "D-1" in page(cast, municipality=cast.marum.pk, half_year="2017-II", show="all")
    assert "D-1" not in page(cast, half_year="2017-I")
    explain(cast)
    assert "D-1" not in page(cast)
    assert "Kind hier geboren" in page(cast, show="explained")


def test_an_empty_list_tells_how_to_get_a_file(cast, says, ours):
    assert "Ask COA for the linked households" in page(cast)
    says()
    assert "No difference without an explanation" in page(cast)


def test_it_is_explained_and_taken_back_on_the_pages(ours, says, cast):
    says(persons=3)
    client, key = cast.client("officer_marum"), CoaDifference.objects.get().pk
    url = reverse("cases:difference_explain", args=[key])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "x" * 301}).status_code == 422
    assert client.post(url, {"reason": "Kind geboren"}).url == reverse("cases:difference_list")
    back = reverse("cases:difference_unexplain", args=[key])
    assert "Kind geboren" in client.get(back).content.decode()
    assert client.post(back).status_code == 302
    assert CoaDifference.objects.unexplained().exists()


@pytest.mark.parametrize("who", ["corporation_staff", "guidance_worker", "supervisor", "nobody"])
def test_nobody_else_has_the_page(who, cast):
    response = cast.client(who).get(reverse("cases:difference_list"))
    assert response.status_code in (403, 404)


def test_an_export_is_journalled(ours, says, cast):
    says(persons=3)
    client = cast.client("coordinator")
    client.cookies["django_language"] = "en"
    response = client.get(reverse("cases:difference_list"), {"export": "csv"})
    assert "D-1" in response.content.decode()
    assert JournalEntry.objects.filter(action="coa.export").count() == 1


def test_today_says_how_many(ours, says, cast):
    client = cast.client("coordinator")
    client.cookies["django_language"] = "en"
    assert "difference with COA" not in client.get("/").content.decode()
    says(persons=3)
    assert "difference with COA" in client.get("/").content.decode()
    explain(cast)
    assert "difference with COA" not in client.get("/").content.decode()
