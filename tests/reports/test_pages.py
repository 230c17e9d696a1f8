"""The pages of the reports: list, request, progress, report, download, new version, retry."""

import csv
from datetime import date
from html import unescape
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime

from partners.choices import detail_label
from partners.models import JournalEntry
from partners.services import bell
from reports import services
from reports.choices import RunFault, RunState
from reports.models import ReportRun
from tests.factories import NOW, ReportRunFactory
from tests.stage import FIRST
from westerkwartier.web.templatetags.ui import moment

READERS = ["coordinator", "officer_marum", "officer_leek", "corporation_staff"]
OTHERS = ["guidance_worker", "supervisor", "tenants_reader", "administrator", "stranger"]


@pytest.fixture(autouse=True)
def silent_broker(monkeypatch):
    monkeypatch.setattr(bell.current_app, "send_task", lambda *args, **options: None)


def url(name, run=None):
    return reverse(f"reports:run_{name}", args=[run.pk] if run else [])


def english(cast, who):
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    return client


# -- who sees what ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", READERS)
def test_partners_of_the_meeting_read_reports(quota, done, who):
    client = quota.client(who)
    assert client.get(url("list")).status_code == 200
    assert client.get(url("detail", done)).status_code == 200
    assert client.get(url("download", done)).status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_others_find_nothing(quota, done, who):
    client = quota.client(who)
    for name in ("detail", "download", "progress", "retry", "renew"):
        assert client.get(url(name, done)).status_code in (404, 405)
        assert client.post(url(name, done)).status_code in (404, 405)
    if who != "stranger":  # who coordinates another region has a list, without these
        assert client.get(url("list")).status_code == 404


def test_only_the_coordinator_asks_and_tries_again(quota, done):
    officer = quota.client("officer_marum")
    assert officer.get(url("request")).status_code == 404
    assert officer.post(url("renew", done)).status_code == 403
    assert officer.post(url("retry", done)).status_code == 403


# -- asking ----------------------------------------------------------------------------------------


def test_the_form_proposes_the_first_of_this_month_within_bounds(quota):
    page = quota.client("coordinator").get(url("request")).content.decode()
    assert 'value="2017-11-01"' in page
    assert 'min="2017-07-01"' in page
    assert 'max="2017-11-23"' in page


def ask(client, cast, day="2017-11-01"):
    form = {"region": cast.region.pk, "kind": "monthly", "reference_date": day}
    return client.post(url("request"), form, follow=True)


def test_asking_leads_to_a_page_that_looks_again_by_itself(quota):
    answer = ask(english(quota, "coordinator"), quota)
    run = ReportRun.objects.get()
    assert answer.redirect_chain == [(url("detail", run), 302)]
    page = answer.content.decode()
    assert "The report is being made." in page
    assert f'hx-get="{url("progress", run)}"' in page
    assert "Look again" in page


def test_asking_twice_leads_to_the_same_report(quota):
    client = english(quota, "coordinator")
    ask(client, quota)
    ask(client, quota)
    assert ReportRun.objects.count() == 1


@pytest.mark.parametrize("day", ["2017-11-24", "2017-06-30", "x"])
def test_a_wrong_date_is_said_beside_the_form(quota, day):
    answer = ask(english(quota, "coordinator"), quota, day)
    assert answer.status_code == 422
    assert not ReportRun.objects.exists()


def test_a_region_of_somebody_else_is_no_choice(quota):
    form = {"region": quota.other_region.pk, "kind": "monthly", "reference_date": "2017-11-01"}
    assert quota.client("coordinator").post(url("request"), form).status_code == 422


# -- progress and report ---------------------------------------------------------------------------


def test_the_fragment_asks_for_the_whole_page_once_it_is_ready(quota, run):
    client = quota.client("officer_marum")
    waiting = client.get(url("progress", run), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in waiting.headers
    assert "<html" not in waiting.content.decode()
    services.build_run(run.pk, now=NOW)
    ready = client.get(url("progress", run), headers={"HX-Request": "true"})
    assert ready.headers["HX-Refresh"] == "true"
    assert client.get(url("progress", run)).url == url("detail", run)


def test_the_report_is_shown_as_a_page(quota, done):
    page = english(quota, "officer_marum").get(url("detail", done)).content.decode()
    assert done.sha256 in page
    assert 'lang="nl"' in page
    assert "<svg" in page
    assert "Make a new version" not in page
    assert "Make a new version" in (
        english(quota, "coordinator").get(url("detail", done)).content.decode()
    )


def test_a_failed_run_says_why_and_can_be_tried_again(quota, run):
    attempt = services.claim_run(run.pk).attempt
    services.fail_run(run.pk, attempt, fault=RunFault.DISK_FULL)
    page = english(quota, "officer_marum").get(url("detail", run)).content.decode()
    assert "There is no room left on the disk for reports." in page
    assert "Try again" not in page
    client = english(quota, "coordinator")
    assert "Try again" in client.get(url("detail", run)).content.decode()
    assert client.post(url("retry", run)).url == url("detail", run)
    run.refresh_from_db()
    assert run.state == RunState.QUEUED


def test_a_new_version_is_asked_for_and_leaves_the_old_one(quota, done):
    client = quota.client("coordinator")
    assert client.get(url("renew", done)).status_code == 200
    answer = client.post(url("renew", done))
    newer = ReportRun.objects.get(version=2)
    assert answer.url == url("detail", newer)
    done.refresh_from_db()
    assert done.state == RunState.DONE


# -- download --------------------------------------------------------------------------------------


def test_download(quota, done):
    answer = quota.client("officer_leek").get(url("download", done))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="maandrapport-kwartier-2017-11-01-v1.pdf"'
    )
    assert len(b"".join(answer.streaming_content)) == done.size
    line = JournalEntry.objects.get(action="report.read")
    assert (line.actor, line.object_key, line.result) == (quota.officer_leek, str(done.pk), "done")


def test_a_file_that_is_gone_gives_a_sentence(quota, done, report_folder):
    for path in report_folder.iterdir():
        path.unlink()
    answer = english(quota, "coordinator").get(url("download", done))
    assert answer.status_code == 410
    assert "is missing or was changed" in answer.content.decode()


def test_what_is_not_ready_cannot_be_downloaded(quota, run):
    assert quota.client("coordinator").get(url("download", run)).url == url("detail", run)


# -- list ------------------------------------------------------------------------------------------


def test_the_list(quota, done):
    ReportRunFactory(region=quota.region, reference_date=date(2017, 10, 1), requested_by=None)
    page = english(quota, "coordinator").get(url("list")).content.decode()
    assert "Monthly schedule" in page
    assert url("download", done) in page
    assert page.index("1 November 2017") < page.index("1 October 2017")
    assert "Request a report" in page
    assert FIRST.isoformat() not in page


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_export(quota, done, format):
    answer = quota.client("coordinator").get(url("list"), {"export": format})
    assert answer.status_code == 200
    assert f".{format}" in answer.headers["Content-Disposition"]


def test_an_exported_row_says_what_the_page_says(quota, done):
    done.finished_at = NOW.replace(microsecond=123456)
    done.save(update_fields=["finished_at"])
    client = quota.client("coordinator")
    page = unescape(client.get(url("list")).content.decode()).replace("\xa0", " ")
    answer = client.get(url("list"), {"export": "csv"})
    assert 'filename="rapporten-2017-11-23.csv"' in answer.headers["Content-Disposition"]
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert row == {
        "Rapport": "Maandrapport",
        "Stand op": "2017-11-01",
        "Versie": "1",
        "Status": "Klaar",
        "Gevraagd door": quota.coordinator.name,
        "Klaar op": localtime(NOW).strftime("%Y-%m-%d %H:%M:%S"),
        "Grootte": row["Grootte"],
    }
    for name in ("Rapport", "Versie", "Status", "Gevraagd door", "Grootte"):
        assert row[name] in page
    assert moment(done.finished_at) in page


def test_the_journal_says_which_report(quota, done):
    services.open_run(by=quota.coordinator, run=done)
    detail = JournalEntry.objects.get(action="report.read").detail
    assert detail == "monthly, 2017-11-01, v1"
    with translation.override("nl"):
        assert detail_label(detail) == "Maandrapport, 2017-11-01, v1"
