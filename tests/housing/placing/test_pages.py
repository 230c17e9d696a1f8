"""The pages of placing: proposing, the steps, the board, and what other pages tell of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.choices import ProposalState, RefusalOwner, StepCode, TermCode
from housing.models import Proposal, Term
from housing.services.placing import decline_proposal, refuse_offer
from tests.factories import SOURCE, DwellingFactory, OrganisationFactory
from tests.placing import DAY, RefusalReasonFactory, at, household, placed, suitable_vacancy
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture(autouse=True)
def clock(settings):
    settings.CLOCK = DAY


def step(proposal, code) -> str:
    return reverse(f"proposals:proposal_{code}", args=[proposal.pk])


def text(response) -> str:
    return response.content.decode()


# -- proposing -------------------------------------------------------------------------------------


def test_the_coordinator_chooses_a_dwelling_for_a_household(cast):
    case = household(cast, persons=3, bedrooms_now=3, bedrooms_later=3)
    vacancy = suitable_vacancy(cast)
    client = cast.client("coordinator")
    page = client.get(reverse("cases:case_propose", args=[case.pk]))
    url = reverse("cases:case_propose_dwelling", args=[case.pk, vacancy.pk])
    assert url in text(page)
    form = client.get(url).context["form"]
    assert "anyway" not in form.fields
    response = client.post(url, {"on": DAY.isoformat(), "remark": ""}, follow=True)
    assert response.redirect_chain[-1][0].endswith(f"/cases/{case.pk}/#placing")
    assert "is voorgedragen" in text(response)
    assert Proposal.objects.get().vacancy == vacancy


def test_what_does_not_fit_asks_for_a_tick(cast):
    case = household(cast, persons=3, bedrooms_now=5, bedrooms_later=5)
    vacancy = suitable_vacancy(cast)
    client = cast.client("coordinator")
    page = client.get(reverse("cases:case_propose", args=[case.pk]))
    assert "3 van de 5 slaapkamers die nodig zijn" in text(page)
    url = reverse("cases:case_propose_dwelling", args=[case.pk, vacancy.pk])
    refused = client.post(url, {"on": DAY.isoformat()})
    assert refused.status_code == 422
    assert "Kruis dit vakje aan" in text(refused)
    assert client.post(url, {"on": DAY.isoformat(), "anyway": "on"}).status_code == 302


def test_from_a_dwelling_to_a_household(cast):
    case, vacancy = household(cast), suitable_vacancy(cast)
    client = cast.client("coordinator")
    assert reverse("housing:vacancy_propose", args=[vacancy.pk]) in text(
        client.get(reverse("housing:vacancy_detail", args=[vacancy.pk]))
    )
    page = text(client.get(reverse("housing:vacancy_propose", args=[vacancy.pk])))
    assert case.reference in page


def test_ahead_of_the_family_the_page_says_who_follows(cast):
    case = household(cast, expected=2, bedrooms_now=1, bedrooms_later=3)
    case.persons.filter(relation="other").update(expected_on=date(2018, 2, 1))
    vacancy = suitable_vacancy(cast)
    url = reverse("cases:case_propose_dwelling", args=[case.pk, vacancy.pk])
    page = text(cast.client("coordinator").get(url))
    assert "Vooruitlopend op 2 nareizigers" in page
    assert "1 februari 2018" in page


@pytest.mark.parametrize("who", ["officer_marum", "corporation_staff", "guidance_worker"])
def test_nobody_else_proposes(cast, who):
    case, vacancy = household(cast), suitable_vacancy(cast)
    client = cast.client(who)
    for name, args in (
        ("cases:case_propose", [case.pk]),
        ("cases:case_propose_dwelling", [case.pk, vacancy.pk]),
        ("housing:vacancy_propose", [vacancy.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code in (403, 404)
    page = client.get(reverse("housing:vacancy_detail", args=[vacancy.pk]))
    assert "vacancy_propose" not in text(page) or page.status_code == 404


def test_a_household_that_is_at_another_step_is_sent_back_with_a_sentence(cast):
    case = placed(cast).case
    response = cast.client("coordinator").get(
        reverse("cases:case_propose", args=[case.pk]), follow=True
    )
    assert "de status van dit huishouden" in text(response)


# -- steps -----------------------------------------------------------------------------------------


def test_the_corporation_agrees_and_then_sees_the_name(cast):
    proposal = placed(cast)
    proposal.case.persons.update(name="Zonnebloem")
    client = cast.client("corporation_staff")
    case_url = reverse("cases:case_detail", args=[proposal.case_id])
    assert "Zonnebloem" not in text(client.get(case_url))
    assert step(proposal, "agree") in text(client.get(case_url))
    response = client.post(step(proposal, "agree"), {"on": DAY.isoformat()}, follow=True)
    assert "Zonnebloem" in text(response)
    assert "De corporatie is akkoord." in text(response)


def test_every_step_to_the_end_through_its_page(cast):
    proposal = placed(cast)
    client = cast.client("coordinator")
    more = {StepCode.SIGN: {"starts_on": DAY.isoformat()}}
    for code in ("agree", "offer", "accept", "sign", "move_in", "register", "sign_off"):
        assert client.get(step(proposal, code)).status_code == 200
        data = {"on": DAY.isoformat(), **more.get(code, {})}
        assert client.post(step(proposal, code), data).status_code == 302, code
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SIGNED_OFF


def test_a_refusal_asks_for_a_reason_of_the_household(cast):
    proposal = placed(cast, until=StepCode.OFFER)
    reason = RefusalReasonFactory(owner=RefusalOwner.HOUSEHOLD, label_nl="Te ver weg")
    other = RefusalReasonFactory(owner=RefusalOwner.CORPORATION, label_nl="Niet akkoord")
    client = cast.client("officer_marum")
    page = text(client.get(step(proposal, "refuse")))
    assert "Te ver weg" in page
    assert "Niet akkoord" not in page
    data = {"on": DAY.isoformat(), "reason": other.pk}
    assert client.post(step(proposal, "refuse"), data).status_code == 422
    response = client.post(step(proposal, "refuse"), {**data, "reason": reason.pk}, follow=True)
    assert "Huishouden: Te ver weg" in text(response)
    judged = client.post(
        step(proposal, "judge"),
        {"on": DAY.isoformat(), "judgement": "justified", "consequence": "new_dwelling"},
        follow=True,
    )
    assert "Terecht" in text(judged)


def test_a_corporation_that_turns_down_knows_of_the_household_no_more(cast):
    proposal = placed(cast)
    reason = RefusalReasonFactory(owner=RefusalOwner.CORPORATION)
    client = cast.client("corporation_staff")
    data = {"on": DAY.isoformat(), "reason": reason.pk}
    for _again in (1, 2):
        response = client.post(step(proposal, "decline"), data, follow=True)
        assert response.redirect_chain[-1][0] == reverse("proposals:board")
    assert proposal.steps.count() == 2
    case_url = reverse("cases:case_detail", args=[proposal.case_id])
    assert client.get(case_url).status_code == 404


def test_a_sentence_stands_with_its_field(cast):
    proposal = placed(cast)
    response = cast.client("coordinator").post(step(proposal, "agree"), {"on": "2017-11-25"})
    assert response.status_code == 422
    assert response.context["form"].errors["on"] == ["Deze dag ligt in de toekomst."]


def test_a_step_that_is_past_sends_back(cast):
    proposal = placed(cast, until=StepCode.AGREE)
    response = cast.client("coordinator").get(step(proposal, "agree"))
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer_marum", 403), ("officer_leek", 404), ("guidance_worker", 404), ("stranger", 404)],
)
def test_who_may_not_agree(cast, who, status):
    proposal = placed(cast)
    client = cast.client(who)
    assert client.get(step(proposal, "agree")).status_code == status
    assert client.post(step(proposal, "agree"), {"on": DAY.isoformat()}).status_code == status


# -- the section on the household's page -----------------------------------------------------------


def section(client, case):
    sections = client.get(reverse("cases:case_detail", args=[case.pk])).context["sections"]
    return next((one.values for one in sections if one.id == "placing"), None)


def test_the_next_step_is_the_first_button_for_who_may_take_it(cast):
    proposal = placed(cast)
    coordinator = section(cast.client("coordinator"), proposal.case)
    assert coordinator["primary"][1] == step(proposal, "agree")
    officer = section(cast.client("officer_marum"), proposal.case)
    assert officer["primary"] is None
    assert [url for _label, url in officer["others"]] == [step(proposal, "decline")]
    assert section(cast.client("coordinator"), household(cast))["propose_url"]
    assert section(cast.client("officer_marum"), household(cast)) is None


def test_it_shows_what_changed_since_the_proposal(cast):
    proposal = placed(cast)
    proposal.vacancy.dwelling.bedrooms = 2
    proposal.vacancy.dwelling.save()
    shown = section(cast.client("coordinator"), proposal.case)
    assert ("Slaapkamers", "3", "2") in shown["differences"]
    assert section(cast.client("corporation_staff"), proposal.case)["differences"] == []


def test_earlier_proposals_say_why_they_ended_and_to_whom(cast):
    proposal = placed(cast)
    reason = RefusalReasonFactory(owner=RefusalOwner.CORPORATION, label_nl="Sloop")
    decline_proposal(by=cast.coordinator, proposal=proposal, reason=reason, on=DAY, now=at())
    elsewhere = DwellingFactory(
        village=cast.village_leek,
        corporation=OrganisationFactory(region=cast.region, kind="corporation"),
    )
    placed(cast, case=proposal.case, vacancy=suitable_vacancy(cast, dwelling=elsewhere))
    (ended,) = section(cast.client("coordinator"), proposal.case)["ended"]
    assert ended.why == ["Corporatie: Sloop"]


# -- the board -------------------------------------------------------------------------------------


def board(client, **query):
    response = client.get(reverse("proposals:board"), query)
    return {column.state: column.count for column, _cards in response.context["columns"]}


def test_the_board_counts_by_step(cast):
    placed(cast)
    placed(cast, until=StepCode.OFFER)
    placed(cast, until=StepCode.SIGN_OFF)
    counts = board(cast.client("coordinator"))
    assert counts[ProposalState.PROPOSED] == 1
    assert counts[ProposalState.OFFERED] == 1
    assert sum(counts.values()) == 2


def test_everybody_sees_their_own(cast):
    placed(cast)
    other = DwellingFactory(
        village=cast.village_leek,
        corporation=OrganisationFactory(region=cast.region, kind="corporation"),
    )
    placed(cast, vacancy=suitable_vacancy(cast, dwelling=other))
    for who, count in (
        ("coordinator", 2),
        ("officer_marum", 2),
        ("officer_leek", 0),
        ("corporation_staff", 1),
        ("stranger", 0),
    ):
        assert sum(board(cast.client(who)).values()) == count, who
    for who in ("guidance_worker", "supervisor", "tenants_reader"):
        assert cast.client(who).get(reverse("proposals:board")).status_code == 404


def test_a_card_leads_to_the_next_step_for_who_may_take_it(cast):
    proposal = placed(cast)
    for who, may in (("coordinator", True), ("corporation_staff", True), ("officer_marum", False)):
        page = text(cast.client(who).get(reverse("proposals:board")))
        assert (step(proposal, "agree") in page) == may, who


def late_terms() -> None:
    """A household linked in August is late in November."""
    Term.objects.create(
        code=TermCode.FIND_DWELLING,
        weeks=10,
        valid_from=date(2015, 1, 1),
        source=SOURCE,
        certainty=Certainty.OFFICIAL,
    )


def test_filters_on_municipality_corporation_and_term(cast):
    late_terms()
    placed(cast, case=household(cast, linked_on=date(2017, 8, 1)))
    placed(cast)
    client = cast.client("coordinator")
    assert sum(board(client, late="late").values()) == 1
    assert sum(board(client, municipality=cast.leek.pk).values()) == 2
    assert sum(board(client, corporation=cast.corporation.pk).values()) == 2
    assert sum(board(client, corporation="zzz", late="x").values()) == 2


def test_the_filters_tell_the_corporation_neither_link_nor_term(cast):
    placed(cast, case=household(cast))  # linked to Marum, the dwelling stands in Leek
    client = cast.client("corporation_staff")
    form = client.get(reverse("proposals:board")).context["filter"].form
    assert list(form.fields) == ["municipality", "corporation"]
    assert sum(board(client, municipality=cast.leek.pk).values()) == 1
    assert sum(board(client, municipality=cast.marum.pk).values()) == 0
    assert sum(board(cast.client("coordinator"), municipality=cast.marum.pk).values()) == 1


def test_many_cards_cost_as_many_queries_as_one(cast):
    client = cast.client("coordinator")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("proposals:board"))
        return len(queries)

    placed(cast)
    one = count()
    for until in (StepCode.PROPOSE, StepCode.AGREE, StepCode.SIGN):
        placed(cast, until=until)
    assert count() == one


# -- elsewhere -------------------------------------------------------------------------------------


def test_vacancy_and_dwelling_tell_of_proposals_to_who_may_know(cast):
    proposal = placed(cast, until=StepCode.OFFER)
    refuse_offer(
        by=cast.coordinator,
        proposal=proposal,
        reason=RefusalReasonFactory(label_nl="Te ver weg"),
        on=DAY,
        now=at(),
    )
    vacancy = proposal.vacancy
    for url in (
        reverse("housing:vacancy_detail", args=[vacancy.pk]),
        reverse("housing:dwelling_detail", args=[vacancy.dwelling_id]),
    ):
        page = text(cast.client("coordinator").get(url))
        assert proposal.case.reference in page
        assert "Te ver weg" in page
        own = text(cast.client("corporation_staff").get(url))
        assert "Te ver weg" in own
        assert proposal.case.reference not in own  # refused: it knows of the household no more
        other = text(cast.client("officer_leek").get(url))
        assert "Te ver weg" not in other
        assert proposal.case.reference not in other


def test_a_tenancy_stands_in_the_time_line_of_the_dwelling(cast):
    proposal = placed(cast, until=StepCode.SIGN_OFF)
    url = reverse("housing:dwelling_detail", args=[proposal.vacancy.dwelling_id])
    lines = cast.client("coordinator").get(url).context["timeline"]
    assert [line.text for line in lines] == [
        "Verhuurd aan een huishouden",
        "Voorgedragen aan een huishouden",
        "Gemeld als leeg",
    ]


def test_the_buttons_of_a_proposed_vacancy_are_gone(cast):
    vacancy = placed(cast).vacancy
    page = cast.client("corporation_staff").get(
        reverse("housing:vacancy_detail", args=[vacancy.pk])
    )
    assert page.context["posts"] == page.context["links"] == []


def todo(client) -> dict[str, int]:
    blocks = client.get(reverse("today")).context["blocks"]
    return {one.text: one.count for block in blocks for one in block.todos}


def test_today_says_what_waits(cast):
    placed(cast, on=date(2017, 11, 3))
    assert todo(cast.client("corporation_staff"))["voordracht wacht op uw antwoord"] == 1
    for who in ("coordinator", "officer_marum"):
        assert todo(cast.client(who))["lopende voordracht zonder contract"] == 1
    assert "lopende voordracht zonder contract" not in todo(cast.client("officer_leek"))


def test_today_says_who_did_not_move_in_time(cast):
    Term.objects.create(
        code=TermCode.MOVE,
        weeks=2,
        valid_from=date(2015, 1, 1),
        source=SOURCE,
        certainty=Certainty.OFFICIAL,
    )
    placed(cast, until=StepCode.SIGN, on=date(2017, 11, 3))
    found = todo(cast.client("coordinator"))
    assert found["huishouden niet verhuisd binnen 2 weken"] == 1


def test_no_filter_of_the_board_tells_the_corporation_of_link_or_term(cast):
    late_terms()
    placed(cast, case=household(cast, linked_on=date(2017, 8, 1)))  # linked to Marum
    client = cast.client("corporation_staff")
    assert sum(board(client).values()) == 1
    assert sum(board(client, municipality=cast.marum.pk).values()) == 0
    assert sum(board(client, municipality=cast.leek.pk).values()) == 1  # where the dwelling stands
    assert "late" not in client.get(reverse("proposals:board")).context["filter"].form.fields
    assert sum(board(cast.client("coordinator"), municipality=cast.marum.pk).values()) == 1
