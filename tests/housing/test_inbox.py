"""The inbox: what waits, and judging it from there."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.choices import TermCode, VacancyState, Verdict
from housing.models import Assessment, Term, Vacancy
from tests.factories import (
    NOW,
    SOURCE,
    TODAY,
    AssessmentFactory,
    AssessmentReasonFactory,
    BedroomNormFactory,
    CaseFactory,
    DispersalThresholdFactory,
    DwellingFactory,
    PersonFactory,
    RentLimitFactory,
    VacancyFactory,
    VillageFacilityFactory,
)
from westerkwartier.web.models import Certainty

URL = reverse("housing:inbox")


def waits(cast, days: int = 10, **fields):
    """A dwelling of the corporation that waits since so many days."""
    notice = TODAY - timedelta(days=days)
    dwelling = DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    return VacancyFactory(
        dwelling=dwelling, notice_on=notice, available_from=notice + timedelta(days=30), **fields
    )


@pytest.fixture
def three_days(db):
    return Term.objects.create(
        code=TermCode.VERDICT,
        working_days=3,
        valid_from=date(2016, 1, 1),
        source=SOURCE,
        certainty=Certainty.ILLUSTRATIVE,
    )


def shown(response) -> list[Vacancy]:
    return [card.vacancy for card in response.context["cards"]]


def test_the_oldest_notice_comes_first_and_the_judged_are_not_there(cast):
    young, old, middle = waits(cast, 2), waits(cast, 20), waits(cast, 9)
    AssessmentFactory(vacancy=waits(cast, 30))
    waits(cast, 30, state=VacancyState.LET_REGULAR, closed_on=TODAY)
    response = cast.client("corporation_staff").get(URL)
    assert shown(response) == [old, middle, young]


def test_it_marks_what_waits_longer_than_the_term(cast, three_days):
    waits(cast, 10), waits(cast, 1)
    response = cast.client("corporation_staff").get(URL)
    cards = response.context["cards"]
    assert [(card.waiting_days, card.overdue) for card in cards] == [(8, True), (1, False)]
    text = response.content.decode()
    assert "2 woningen wachten op een oordeel" in text
    assert "1 langer dan 3 werkdagen" in text


def test_corporation_staff_sees_the_own_dwellings_only(cast):
    own = waits(cast)
    other = VacancyFactory(dwelling=DwellingFactory(village=cast.village_marum))
    assert shown(cast.client("corporation_staff").get(URL)) == [own]
    assert set(shown(cast.client("coordinator").get(URL))) == {own, other}


@pytest.mark.parametrize("who", ["officer_marum", "guidance_worker", "tenants_reader", "nobody"])
def test_who_does_not_judge_has_no_inbox(cast, who):
    assert cast.client(who).get(URL).status_code in (403, 404)
    assert cast.client(who).post(URL, {"verdict": "suitable"}).status_code in (403, 404)


def test_one_tap_marks_and_moves_on(cast):
    first, second = waits(cast, 9), waits(cast, 5)
    client = cast.client("corporation_staff")
    response = client.post(URL, {"vacancy": first.pk, "verdict": "suitable"}, follow=True)
    assert shown(response) == [second]
    line = first.assessments.get()
    assert (line.verdict, line.by) == (Verdict.SUITABLE, cast.corporation_staff)
    assert f"{first.dwelling.address}: Geschikt" in response.content.decode()


def test_a_reason_says_its_verdict(cast):
    reason = AssessmentReasonFactory(verdict=Verdict.CONDITIONAL)
    vacancy = waits(cast)
    cast.client("corporation_staff").post(URL, {"vacancy": vacancy.pk, "reason": reason.pk})
    line = vacancy.assessments.get()
    assert (line.verdict, line.reason) == (Verdict.CONDITIONAL, reason)


def test_the_message_takes_it_back(cast):
    vacancy = waits(cast)
    client = cast.client("corporation_staff")
    response = client.post(URL, {"vacancy": vacancy.pk, "verdict": "suitable"}, follow=True)
    undo = reverse("housing:inbox_undo") + f"?of={vacancy.assessments.get().pk}"
    assert undo in response.content.decode()
    response = client.post(undo, follow=True)
    assert shown(response) == [vacancy]
    assert "1 oordeel is teruggenomen." in response.content.decode()
    client.post(undo)
    assert vacancy.assessments.count() == 2


def test_several_at_once_with_one_message_and_one_undo(cast):
    vacancies = [waits(cast, days) for days in range(4, 8)]
    let = vacancies[0]
    Vacancy.objects.filter(pk=let.pk).update(
        state=VacancyState.LET_REGULAR, closed_on=TODAY, let_from=TODAY
    )
    client = cast.client("corporation_staff")
    keys = [vacancy.pk for vacancy in vacancies]
    response = client.post(URL, {"vacancy": keys, "verdict": "suitable"}, follow=True)
    text = response.content.decode()
    assert "3 woningen beoordeeld: Geschikt." in text
    assert f"1 overgeslagen: {let.dwelling.address} (al verhuurd)." in text
    lines = ",".join(str(line.pk) for line in Assessment.objects.order_by("vacancy"))
    client.post(reverse("housing:inbox_undo") + f"?of={lines}")
    assert Vacancy.objects.awaiting_verdict().count() == 3


def test_several_that_all_went_are_told_too(cast):
    let = waits(cast, state=VacancyState.LET_REGULAR, closed_on=TODAY)
    response = cast.client("coordinator").post(
        URL, {"vacancy": let.pk, "verdict": "suitable"}, follow=True
    )
    assert "al verhuurd" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"verdict": "suitable"}, "Kies eerst een of meer woningen."),
        ({"vacancy": "own"}, "Kies een oordeel."),
        ({"vacancy": "own", "verdict": "splendid"}, "Kies een oordeel."),
        ({"vacancy": "own", "verdict": "unsuitable"}, "Kies een reden."),
        ({"vacancy": "own", "reason": "999999"}, "Deze reden wordt niet meer gebruikt."),
        ({"vacancy": "other", "verdict": "suitable"}, "Een van deze woningen is er niet meer."),
        ({"vacancy": "x", "verdict": "suitable"}, "Een van deze woningen is er niet meer."),
    ],
)
def test_what_cannot_be_done_is_told_and_writes_nothing(cast, data, sentence):
    own = waits(cast)
    other = VacancyFactory(dwelling=DwellingFactory(village=cast.village_leek))
    keys = {"own": own.pk, "other": other.pk}
    if "vacancy" in data:
        data = {**data, "vacancy": keys.get(data["vacancy"], data["vacancy"])}
    response = cast.client("corporation_staff").post(URL, data, follow=True)
    assert sentence in response.content.decode()
    assert not Assessment.objects.exists()


def test_with_htmx_a_card_becomes_a_line_and_comes_back(cast):
    vacancy = waits(cast)
    client = cast.client("corporation_staff")
    answer = client.post(
        URL, {"vacancy": vacancy.pk, "verdict": "suitable"}, headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert "Geschikt" in text
    assert 'hx-swap-oob="true"' in text
    undo = reverse("housing:inbox_undo") + f"?of={vacancy.assessments.get().pk}"
    assert undo in text
    answer = client.post(undo, headers={"HX-Request": "true"})
    assert f'id="vacancy-{vacancy.pk}"' in answer.content.decode()
    vacancy.refresh_from_db()
    assert vacancy.verdict == ""


def test_with_htmx_what_cannot_be_done_loads_the_page_that_tells_why(cast):
    answer = cast.client("corporation_staff").post(
        URL, {"verdict": "suitable"}, headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Redirect"] == URL


@pytest.mark.parametrize("of", ["", "x", "1,2", "9" * 40, "%00"])
def test_nonsense_to_take_back_is_not_found(cast, of):
    url = reverse("housing:inbox_undo") + f"?of={of}"
    assert cast.client("corporation_staff").post(url).status_code == 404
    assert cast.client("corporation_staff").get(url).url == URL


def test_somebody_elses_verdict_is_not_found(cast):
    other = VacancyFactory(dwelling=DwellingFactory(village=cast.village_leek))
    line = AssessmentFactory(vacancy=other, by=cast.coordinator, at=NOW)
    url = reverse("housing:inbox_undo") + f"?of={line.pk}"
    assert cast.client("corporation_staff").post(url).status_code == 404


def test_an_empty_inbox_says_so(cast):
    assert "Alles is beoordeeld" in cast.client("corporation_staff").get(URL).content.decode()


def test_it_pages_and_comes_back_to_the_front(cast, monkeypatch):
    monkeypatch.setattr("housing.views.inbox.CARDS", 2)
    vacancies = [waits(cast, days) for days in (9, 8, 7)]
    client = cast.client("corporation_staff")
    first = client.get(URL)
    assert shown(first) == vacancies[:2]
    place = URL + first.context["page"].next_url
    assert shown(client.get(place)) == vacancies[2:]
    response = client.post(place, {"vacancy": vacancies[2].pk, "verdict": "suitable"}, follow=True)
    assert shown(response) == vacancies[:2]


def test_thirty_cards_cost_as_many_queries_as_one(cast, three_days):
    RentLimitFactory()
    BedroomNormFactory()
    DispersalThresholdFactory(region=cast.region)
    VillageFacilityFactory(village=cast.village_marum)
    AssessmentReasonFactory()
    PersonFactory(case=CaseFactory(linked_municipality=cast.marum))
    client = cast.client("corporation_staff")
    counts = []
    for cards in (1, 30):
        while Vacancy.objects.count() < cards:
            waits(cast)
        with CaptureQueriesContext(connection) as queries:
            assert len(shown(client.get(URL))) == cards
        counts.append(len(queries))
    assert counts[0] == counts[1]
