"""Law: looking changes nothing. Sessions and the journal of what was read are left aside."""

import pytest
from django.apps import apps
from django.urls import reverse

from housing.models import CaseStep
from reports.choices import RunState
from tests.factories import (
    NOW,
    AssessmentFactory,
    CaseFactory,
    DwellingFactory,
    ImportBatchFactory,
    ImportRowFactory,
    InvitationFactory,
    MeasureResultFactory,
    ObligationFactory,
    PersonFactory,
    ReportRunFactory,
    VacancyFactory,
    VacancyWaitFactory,
)
from tests.guidance import CaseNoteFactory, MentionFactory, TaskLinkFactory
from tests.laws.walk import OUR_APPS, our_patterns
from tests.reunion import ReunionFactFactory


def rows_of_every_table() -> dict[str, int]:
    """Rows per table of ours, history included: any insert, update or delete shows in one."""
    return {
        model._meta.label: model.objects.count()
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if model.__name__ != "JournalEntry"
    }


@pytest.fixture
def keys(cast) -> dict[str, object]:
    vacancy = VacancyFactory(
        dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    )
    AssessmentFactory(vacancy=vacancy, by=cast.coordinator)
    ObligationFactory(municipality=cast.marum)
    person = cast.officer_marum
    follower = PersonFactory(case=CaseFactory(linked_municipality=cast.marum), category="reunifier")
    result = MeasureResultFactory(measure__covenant__region=cast.region)
    link = TaskLinkFactory(task__case__linked_municipality=cast.marum)
    note = CaseNoteFactory(case=link.task.case, by=cast.coordinator)
    return {
        "housing:vacancy": vacancy.pk,
        "housing:dwelling": vacancy.dwelling_id,
        "housing:wait": VacancyWaitFactory(vacancy=vacancy).pk,
        "reports:run": ReportRunFactory(region=cast.region, state=RunState.QUEUED).pk,
        "cases:case": link.task.case_id,
        "cases:task": link.task_id,
        "cases:link": link.pk,
        "cases:note_add": link.task.case_id,
        "cases:note": note.pk,
        "cases:mention": MentionFactory(note=note, user=cast.coordinator).pk,
        "partners:membership": person.memberships.get().pk,
        "partners:person": person.pk,
        "partners:user": person.pk,
        "partners:second_factor": person.pk,
        "partners:invitation": InvitationFactory(organisation=cast.leek.organisation).pk,
        "quota:municipality": cast.marum.cbs_code,
        "imports:": ImportRowFactory(
            batch=ImportBatchFactory(organisation=cast.corporation)
        ).batch_id,
        "covenant:result_undo": result.pk,
        "covenant:": result.measure_id,
        "cases:person": follower.pk,
        "cases:step": CaseStep.objects.create(
            case=link.task.case, code="link", effective_on=link.task.case.linked_on, at=NOW
        ).pk,
        "cases:fact": ReunionFactFactory(person=follower).pk,
    }


@pytest.mark.parametrize("who", ["coordinator", "corporation_staff", "administrator"])
def test_get_changes_nothing(who, cast, keys):
    client = cast.client(who)
    before = rows_of_every_table()
    seen = 0
    for name, _path, pattern in our_patterns():
        converters = pattern.pattern.converters
        key = next((key for start, key in keys.items() if name.startswith(start)), None)
        if converters and (key is None or len(converters) > 1):
            continue
        response = client.get(reverse(name, args=[key] * len(converters)))
        seen += response.status_code == 200
    assert seen >= 5
    assert rows_of_every_table() == before


def test_the_menu_shows_the_list_that_a_page_is_below(cast, keys):
    """The first page of the breadcrumb is the entry that is lit, where the menu has it."""
    client, wrong, seen = cast.client("coordinator"), [], 0
    for name, _path, pattern in our_patterns():
        converters = pattern.pattern.converters
        key = next((key for start, key in keys.items() if name.startswith(start)), None)
        if converters and (key is None or len(converters) > 1):
            continue
        response = client.get(reverse(name, args=[key] * len(converters)))
        context = response.context or {}
        above = context.get("breadcrumb") if "breadcrumb" in context else []
        for entries in (context.get("navigation", []), context.get("subnavigation", [])):
            lit = {entry.url: entry.current for entry in entries}
            if above and above[0][1] in lit:
                seen += 1
                if not lit[above[0][1]]:
                    wrong.append(name)
    assert seen >= 5
    assert wrong == []
