"""Laws of the addresses: default deny, a policy on every view, 404 for strangers."""

import re

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, URLPattern, resolve, reverse

from housing.models import CaseStep, CoaDifference, Proposal
from reports.choices import RunState
from tests.coa import CoaStatementFactory
from tests.factories import (
    NOW,
    AssessmentReasonFactory,
    CaseFactory,
    DwellingFactory,
    ImportBatchFactory,
    InvitationFactory,
    MeasureResultFactory,
    PersonFactory,
    ReportRunFactory,
    VacancyFactory,
    VacancyWaitFactory,
)
from tests.guidance import CaseNoteFactory, MentionFactory, TaskLinkFactory
from tests.laws.walk import our_patterns, patterns, view_class
from tests.reunion import ReunionFactFactory
from westerkwartier.web.views import ActionPage

# What may be seen without signing in. Adding a line here is a decision.
PUBLIC = {
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "confirm",
    "gallery",
    "healthz",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "partners:invitation_accept",
    "readyz",
    "security_txt",
    "set_language",
    "socialaccount_login_cancelled",
}


def example_path(path: str) -> str:
    """An address with its parameters filled with something."""
    path = re.sub(r"<int:\w+>", "1", path)
    path = re.sub(r"<cbs_code:\w+>", "GM0025", path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "x", path).replace("$", "")
    return "/" + re.sub(r"<(\w+:)?\w+>", "x", path)


@pytest.mark.django_db
def test_every_other_address_sends_a_visitor_to_sign_in(client):
    open_doors = []
    for name, path, _pattern in patterns():
        if name in PUBLIC:
            continue
        response = client.get(example_path(path))
        to_login = response.status_code == 302 and "/account/login/" in response.url
        if not to_login and response.status_code not in (404, 405):
            open_doors.append((name, path, response.status_code))
    assert open_doors == []


def test_every_view_of_ours_names_a_policy():
    without = [
        name
        for name, _path, pattern in our_patterns()
        if name not in PUBLIC and getattr(view_class(pattern), "policy", None) is None
    ]
    assert without == []


@pytest.fixture
def objects(cast):
    """One object of every kind that has an address of its own, by the start of its name."""
    dwelling = DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    AssessmentReasonFactory()
    vacancy = VacancyFactory(dwelling=dwelling)
    run = ReportRunFactory(region=cast.region, state=RunState.QUEUED)
    case = CaseFactory(linked_municipality=cast.marum)
    follower = PersonFactory(case=case, category="reunifier")
    statement = CoaStatementFactory(municipality=cast.marum)
    membership = cast.officer_marum.memberships.get()
    result = MeasureResultFactory(measure__covenant__region=cast.region)
    invitation = InvitationFactory(organisation=cast.leek.organisation)
    link = TaskLinkFactory(task__case=case)
    note = CaseNoteFactory(case=case, by=cast.officer_marum)
    mention = MentionFactory(note=note, user=cast.coordinator)
    return {
        "housing:vacancy": vacancy.pk,
        "housing:dwelling": dwelling.pk,
        "housing:wait": VacancyWaitFactory(vacancy=vacancy).pk,
        "reports:run": run.pk,
        "cases:case": case.pk,
        "cases:task": link.task_id,
        "cases:link": link.pk,
        "cases:note_add": case.pk,
        "cases:note": note.pk,
        "cases:mention": mention.pk,
        "proposals:proposal": Proposal.objects.create(
            case=case, vacancy=vacancy, proposed_on=vacancy.notice_on
        ).pk,
        "cases:difference": CoaDifference.objects.get(reference=statement.reference).pk,
        "partners:membership": membership.pk,
        "partners:person": cast.officer_marum.pk,
        "partners:user": cast.officer_marum.pk,
        "partners:second_factor": cast.officer_marum.pk,
        "partners:invitation": invitation.pk,
        "quota:municipality": cast.marum.cbs_code,
        "imports:": ImportBatchFactory(organisation=cast.corporation).pk,
        "covenant:result_undo": result.pk,
        "covenant:": result.measure_id,
        "cases:person": follower.pk,
        "cases:step": CaseStep.objects.create(
            case=case, code="link", effective_on=case.linked_on, at=NOW
        ).pk,
        "cases:fact": ReunionFactFactory(person=follower).pk,
    }


def object_patterns() -> list[tuple[str, URLPattern]]:
    return [
        (name, pattern)
        for name, path, pattern in our_patterns()
        if "<" in path and name not in PUBLIC
    ]


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_somebody_out_of_reach_gets_404(who, cast, objects):
    client = cast.client(who)
    denied = (403, 404, 405) if who == "nobody" else (404, 405)
    wrong = []
    for name, pattern in object_patterns():
        key = next((key for start, key in objects.items() if name.startswith(start)), None)
        assert key is not None, f"give the law an object for {name}"
        url = reverse(name, args=[key] * len(pattern.pattern.converters))
        for method in (client.get, client.post):
            status = method(url).status_code
            if status not in denied:
                wrong.append((name, method.__name__, status))
    assert wrong == []


PARAMETER = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)")
NONSENSE = {
    "a byte that PostgreSQL refuses": "%00",
    "such a byte among others": "GM00%0025",
    "the folder above": "%2e%2e%2f",
    "a long text": "x" * 3000,
    "other digits": "GM%D9%A0%D9%A0%D9%A2%D9%A5",
    "broken text": "%ff%fe",
    "too large for a column": "99999999999999999999",
    "too large for a number": "9" * 5000,
    "below zero": "-1",
}


# A link from a letter that no longer works is explained on its own page.
SAYS_SO_ITSELF = {("account_reset_password_from_key", 200)}


def is_address(url: str) -> bool:
    """Whether any view is asked for this; otherwise all such answers are one and the same 404."""
    try:
        resolve(RequestFactory().get(url).path_info)
    except Resolver404:
        return False
    return True


def test_an_address_that_no_view_knows_is_not_found(cast):
    client = cast.client("coordinator")
    assert not is_address("/cases/GM%00/")
    for method in (client.get, client.post):
        assert method("/cases/GM%00/").status_code == 404


def parameter_patterns() -> list[tuple[str, str]]:
    return [(name, path) for name, path, _pattern in patterns() if PARAMETER.search(path)]


@pytest.mark.parametrize("what", NONSENSE)
@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_nonsense_in_an_address_is_not_found(what, who, cast):
    client = cast.client(who)
    client.raise_request_exception = False
    wrong = []
    for name, path in parameter_patterns():
        url = "/" + PARAMETER.sub(lambda _match: NONSENSE[what], path).replace("$", "")
        if not is_address(url):
            continue
        for method in (client.get, client.post):
            status = method(url).status_code
            if status not in (302, 400, 404, 405) and (name, status) not in SAYS_SO_ITSELF:
                wrong.append((name, method.__name__, status))
    assert wrong == []


def test_a_list_that_is_not_yours_does_not_exist(cast):
    client = cast.client("tenants_reader")
    for name in ("housing:vacancy_list", "reports:run_list", "partners:membership_list"):
        assert client.get(reverse(name)).status_code == 404


def test_an_address_that_only_does_something_leads_to_its_button(cast, objects):
    """Whoever had to sign in again first, lands on a page that says what to do; nothing changes."""
    seen = []
    for name, pattern in object_patterns():
        view = view_class(pattern)
        if not (view and issubclass(view, ActionPage) and not view.confirm):
            continue
        key = next(key for start, key in objects.items() if name.startswith(start))
        url = reverse(name, args=[key] * len(pattern.pattern.converters))
        for who in ("coordinator", "administrator"):
            answer = cast.client(who).get(url, follow=True)
            if answer.redirect_chain:
                assert answer.status_code == 200, (name, who)
                assert "Er is nog niets gewijzigd." in answer.content.decode(), (name, who)
                seen.append(name)
    assert len(set(seen)) >= 7
