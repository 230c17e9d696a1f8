"""The list of family who follow and the forms about them, through the browser's door."""

import pytest
from django.urls import reverse

from housing.choices import ReunionState, StepCode
from housing.models import DwellingCheck, ReunionFact
from partners.models import JournalEntry
from tests.placing import counting_rules, household
from tests.reunion import LATER, arrived, checked, follower, followers_of, housed, joined, tell

S = ReunionState
LIST = reverse("cases:family_list")


@pytest.fixture(autouse=True)
def rules(db, settings):
    counting_rules()
    settings.CLOCK = LATER


def rows(cast, who="coordinator", **filters):
    response = cast.client(who).get(LIST, filters)
    assert response.status_code == 200
    return [row.record for row in response.context["table"].rows]


def test_who_may_still_come_and_who_asks_attention(cast):
    case = housed(cast, expected=4)
    first, gone, here, lapsed = followers_of(case)
    arrived(cast, here)
    tell(cast, gone, S.LAPSED)
    tell(cast, lapsed, S.LAPSED)
    joined(cast, housed(cast))
    assert set(rows(cast)) == {first, here}
    assert rows(cast, state="lapsed") == [gone, lapsed]
    assert rows(cast, state="nothing") == [first]
    assert rows(cast, alarm="not_joined") == [here]
    assert rows(cast, alarm="any") == [here]
    assert len(rows(cast, state="any")) == 4


def test_by_month_and_municipality(cast):
    person = follower(household(cast, expected=1))
    other = follower(household(cast, expected=1, linked_municipality=cast.leek))
    tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER)
    assert rows(cast, month="2018-02") == [person]
    assert rows(cast, month="2018-03") == []
    assert rows(cast, month="unknown") == [other]
    assert rows(cast, municipality=cast.leek.pk) == [other]


def test_an_officer_sees_the_own_households(cast):
    own = follower(household(cast, expected=1))
    follower(household(cast, expected=1, linked_municipality=cast.leek))
    assert rows(cast, "officer_marum") == [own]
    for who in ("corporation_staff", "guidance_worker", "supervisor", "nobody"):
        assert cast.client(who).get(LIST).status_code in (403, 404)


def test_reading_and_exporting_is_journalled(cast):
    household(cast, expected=1)
    rows(cast)
    content = cast.client("coordinator").get(LIST, {"export": "csv"}).content.decode()
    assert "Nog niets bekend" in content
    lines = JournalEntry.objects.filter(action__startswith="reunion.", region=cast.region)
    actions = lines.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["reunion.read", "reunion.export"]


def test_from_adding_to_signing_off(cast):
    case = housed(cast, expected=0)
    client = cast.client("officer_marum")

    def send(page, key, **values):
        response = client.post(reverse(f"cases:{page}", args=[key]), values)
        assert response.status_code == 302, response.context["form"].errors
        return response

    send("case_expect", case.pk, relation="partner", name="Test Persoon", number=1)
    person = follower(case)
    send("person_reunion", person.pk, state="travel_planned", on=LATER, expected_on=LATER)
    send("person_reunion", person.pk, state="arrived", on=LATER)
    approved = {"approved_on": LATER, "registered": "on", "number_present": "on", "mvv": "on"}
    send("person_check", person.pk, **approved)
    assert DwellingCheck.objects.get().is_complete
    send("case_join", case.pk, persons=[person.pk], on=LATER)
    send("case_sign_off_joined", case.pk, persons=[person.pk], on=LATER)
    person.refresh_from_db()
    assert (person.reunion, person.counted_on) == (S.JOINED, LATER)


def test_a_double_click_says_it_is_done(cast):
    case = housed(cast, until=StepCode.MOVE_IN)
    person = follower(case)
    client = cast.client("coordinator")

    def twice(name, key, **data):
        for _half in range(2):
            response = client.post(reverse(f"cases:{name}", args=[key]), data)
            assert response.status_code == 302, response.context["form"].errors

    twice("person_reunion", person.pk, state="travel_planned", on=LATER, expected_on=LATER)
    twice("person_reunion", person.pk, state="arrived", on=LATER)
    checked(cast, person, LATER)
    twice("case_join", case.pk, persons=[person.pk], on=LATER)
    assert list(person.reunion_facts.order_by("pk").values_list("state", flat=True)) == [
        *("travel_planned", "arrived", "joined")
    ]
    assert case.steps.filter(code=StepCode.JOIN).count() == 1


def test_a_double_click_on_signing_off_says_it_is_done(cast):
    case = housed(cast)
    person = joined(cast, case)
    url = reverse("cases:case_sign_off_joined", args=[case.pk])
    for _half in range(2):
        sent = {"persons": [person.pk], "on": LATER}
        assert cast.client("coordinator").post(url, sent).status_code == 302
    assert person.countings.count() == 1


def test_what_is_missing_is_said_on_the_form(cast):
    case = housed(cast)
    tell(cast, follower(case), S.ARRIVED, LATER)
    client = cast.client("coordinator")
    client.cookies["django_language"] = "en"
    response = client.post(
        reverse("cases:case_join", args=[case.pk]), {"persons": [follower(case).pk], "on": LATER}
    )
    assert response.status_code == 422
    assert "Missing: Other adult: dwelling approved" in response.content.decode()


def test_the_form_asks_only_what_goes_with_the_news(cast):
    person = follower(household(cast, expected=1))
    client = cast.client("coordinator")
    url = reverse("cases:person_reunion", args=[person.pk])

    def fields(state):
        form = client.get(url, {"state": state}).context["form"]
        return [field.name for field in form.visible_fields()]

    assert fields("arrived") == ["on"]
    assert fields("travel_planned") == ["on", "expected_on"]
    assert fields("joined") == fields("") == ["state", "on", "expected_on"]


def test_the_newest_news_is_taken_back(cast):
    fact = tell(cast, follower(household(cast, expected=1)), S.MVV_APPLIED)
    client = cast.client("coordinator")
    url = reverse("cases:fact_undo", args=[fact.pk])
    assert client.get(url).status_code == 200
    client.post(url)
    client.post(url)
    assert ReunionFact.objects.count() == 2


def test_somebody_who_may_look_but_not_change_gets_403(cast):
    case = housed(cast)
    case.guidance = cast.guidance
    case.save(update_fields=["guidance"])
    client = cast.client("guidance_worker")
    for name, key in (("case_join", case.pk), ("person_check", follower(case).pk)):
        assert client.post(reverse(f"cases:{name}", args=[key])).status_code == 403


def test_rooms_kept_stand_on_the_page_of_the_dwelling_and_the_vacancy(cast):
    case = housed(cast, expected=2)
    dwelling = case.tenancies.get().dwelling
    for who in ("coordinator", "corporation_staff"):
        client = cast.client(who)
        client.cookies["django_language"] = "en"
        for name, key in (
            ("dwelling_detail", dwelling.pk),
            ("vacancy_detail", case.tenancies.get().vacancy_id),
        ):
            text = client.get(reverse(f"housing:{name}", args=[key])).content.decode()
            assert "for 2 family members who follow" in text


def test_the_check_of_the_form_starts_with_what_is_known(cast):
    person = follower(housed(cast))
    checked(cast, person, mvv=False)
    url = reverse("cases:person_check", args=[person.pk])
    form = cast.client("coordinator").get(url).context["form"]
    assert (form.initial["registered"], form.initial["mvv"]) == (True, False)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("case_join", "Nobody can be added now."),
        ("case_sign_off_joined", "Nobody can be signed off now."),
    ],
)
def test_where_nobody_can_be_chosen_a_sentence_and_the_way_back(cast, page, sentence):
    case = housed(cast)  # who follows has not arrived
    client = cast.client("coordinator")
    client.cookies["django_language"] = "en"
    url = reverse(f"cases:{page}", args=[case.pk])
    for response in (client.get(url), client.post(url, {"on": LATER})):
        assert response.status_code == 200
        text = response.content.decode()
        assert sentence in text
        assert f'href="{reverse("cases:case_detail", args=[case.pk])}#reunion"' in text
        assert 'name="remark"' not in text
