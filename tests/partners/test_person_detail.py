"""A person's page: for administrators of the region and the person; reading is journalled."""

from partners.models import JournalEntry
from partners.services.journal import record
from tests.partners.second_factor import give_totp


def url(person):
    return f"/people/{person.pk}/"


def test_it_shows_roles_second_factor_and_journal(cast):
    give_totp(cast.coordinator)
    page = cast.client("administrator").get(url(cast.coordinator)).content.decode()
    assert cast.coordinator.email in page.replace("<wbr>", "")
    assert cast.office.name in page
    assert f"/people/memberships/{cast.coordinator.memberships.get().pk}/end/" in page


def test_reading_it_is_journalled(cast):
    cast.client("administrator").get(url(cast.coordinator))
    line = JournalEntry.objects.get(action="user.read")
    assert (line.actor, line.object_key) == (cast.administrator, str(cast.coordinator.pk))
    assert line.region == cast.region


def test_it_shows_deeds_and_links_to_the_lines_on_reading(cast):
    deed = record(by=cast.coordinator, action="report.request", obj=cast.office, region=cast.region)
    for _time in range(3):
        answer = cast.client("administrator").get(url(cast.coordinator))
    assert [line.pk for line, _label, _detail in answer.context["journal"]] == [deed.pk]
    journal = cast.client("administrator").get(answer.context["journal_url"])
    kinds = [row.record.action for row in journal.context["table"].rows]
    assert sorted(kinds) == ["report.request", "user.read", "user.read", "user.read"]
    assert not cast.client("coordinator").get(url(cast.coordinator)).context["journal_url"]


def test_one_reads_the_own_page_without_a_line(cast):
    answer = cast.client("coordinator").get(url(cast.coordinator))
    assert answer.status_code == 200
    assert "/end/" not in answer.content.decode()
    assert not JournalEntry.objects.filter(action="user.read").exists()


def test_others_get_404_and_no_line(cast):
    for who in ("stranger", "coordinator", "supervisor"):
        assert cast.client(who).get(url(cast.officer_leek)).status_code == 404
    assert not JournalEntry.objects.filter(action="user.read").exists()
