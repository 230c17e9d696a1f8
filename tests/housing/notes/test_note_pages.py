"""Notes on the page of a household, and the list of what is asked of me."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.models import CaseNote, Mention
from housing.services.notes import write_note
from partners.choices import Role
from tests.factories import MembershipFactory
from tests.guidance import signed
from tests.placing import DAY, household
from westerkwartier.web.clock import now

LIST = reverse("cases:mention_list")


@pytest.fixture
def case(cast, settings):
    settings.CLOCK = DAY
    return signed(cast, case=household(cast, guidance=cast.guidance)).case


def page_of(case) -> str:
    return reverse("cases:case_detail", args=[case.pk])


def add(client, case, **data):
    return client.post(reverse("cases:note_add", args=[case.pk]), data)


def test_a_note_is_written_on_the_page_and_read_there(cast, case):
    response = add(
        cast.client("coordinator"), case, text="Sleutel <b>ligt</b>", mentions=cast.officer_marum.pk
    )
    assert response.url == f"{page_of(case)}#notes"
    text = cast.client("officer_marum").get(page_of(case)).content.decode()
    assert "Sleutel &lt;b&gt;ligt&lt;/b&gt;" in text
    assert reverse("cases:mention_read", args=[Mention.objects.get().pk]) in text


def test_the_corporation_reads_no_notes(cast, case):
    add(cast.client("coordinator"), case, text="Niet voor de corporatie")
    response = cast.client("corporation_staff").get(page_of(case))
    assert response.status_code == 200
    assert "Niet voor de corporatie" not in response.content.decode()


def test_an_empty_note_and_a_stranger_in_it_are_told(cast, case):
    client = cast.client("coordinator")
    assert add(client, case, text=" ").status_code == 422
    assert add(client, case, text="x", mentions=cast.stranger.pk).status_code == 422
    assert not CaseNote.objects.exists()


def test_what_is_asked_of_me_is_listed_until_i_saw_it(cast, case):
    add(cast.client("coordinator"), case, text="Vraag", mentions=cast.officer_marum.pk)
    client = cast.client("officer_marum")
    assert "notitie waarin u iets wordt gevraagd" in client.get("/").content.decode()
    page = client.get(LIST).content.decode()
    assert f"{page_of(case)}#note-" in page
    assert "Vraag" not in page.split("<main")[1].replace("gevraagd", "")
    assert Mention.objects.get().read_at is None  # looking is not seeing
    client.post(LIST, {"mention": Mention.objects.get().pk})
    assert Mention.objects.get().read_at
    assert "notitie waarin u iets wordt gevraagd" not in client.get("/").content.decode()


def test_seen_on_the_page_of_the_household(cast, case):
    add(cast.client("coordinator"), case, text="Vraag", mentions=cast.officer_marum.pk)
    mention = Mention.objects.get()
    url = reverse("cases:mention_read", args=[mention.pk])
    assert cast.client("coordinator").post(url).status_code == 404
    assert cast.client("officer_marum").post(url).url == f"{page_of(case)}#notes"
    mention.refresh_from_db()
    assert mention.read_at


def test_a_note_is_taken_back_by_who_wrote_it(cast, case):
    add(cast.client("coordinator"), case, text="Vergissing")
    url = reverse("cases:note_take_back", args=[CaseNote.objects.get().pk])
    assert cast.client("officer_marum").post(url).status_code == 403
    cast.client("coordinator").post(url)
    text = cast.client("officer_marum").get(page_of(case)).content.decode()
    assert "Vergissing" not in text
    assert "Deze notitie is teruggenomen." in text


def test_the_page_costs_as_much_with_ten_notes_as_with_one(cast, case):
    def cost() -> int:
        client = cast.client("coordinator")
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(case))
        return len(queries)

    def write(number: int) -> None:
        colleague = MembershipFactory(
            organisation=cast.marum.organisation, role=Role.MUNICIPAL_OFFICER
        ).user
        write_note(
            by=cast.coordinator,
            case=case,
            text=f"Notitie {number}",
            mentions=[cast.officer_marum, colleague],
            now=now() + timedelta(seconds=number),
        )

    write(0)
    one = cost()
    for number in range(1, 10):
        write(number)
    assert cost() == one
