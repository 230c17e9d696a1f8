"""Rows for the checklist: templates, the term of a link, a household with its tasks."""

from datetime import date, timedelta

from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from housing.choices import GuidanceEvent, StepCode, TermCode
from housing.models import (
    CaseNote,
    CountingRule,
    GuidanceTask,
    Mention,
    Proposal,
    TaskLink,
    Term,
)
from partners.choices import OrganisationKind
from tests.cast import Cast
from tests.factories import NOW, SOURCE, TODAY, CaseFactory, UserFactory
from tests.placing import GuidanceTemplateFactory, counting_rules, placed
from westerkwartier.web.models import Certainty


def checklist() -> None:
    """A task for each kind of owner and some events, and two for a family that joins."""
    if not CountingRule.objects.exists():
        counting_rules()
    for code, owner, event, days in (
        ("contract", OrganisationKind.CORPORATION, GuidanceEvent.CONTRACT_SIGNED, 0),
        ("key", OrganisationKind.CORPORATION, GuidanceEvent.TENANCY_START, 0),
        ("assistance", OrganisationKind.MUNICIPALITY, GuidanceEvent.TENANCY_START, 0),
        ("move", OrganisationKind.COA, GuidanceEvent.TENANCY_START, 14),
        ("allowance", OrganisationKind.GUIDANCE, GuidanceEvent.MOVED_IN, 14),
        ("route", OrganisationKind.MUNICIPALITY, GuidanceEvent.SIGNED_OFF, 70),
    ):
        GuidanceTemplateFactory(code=code, owner_kind=owner, event=event, offset_days=days)
    for code, owner, days in (
        ("check", OrganisationKind.MUNICIPALITY, -28),
        ("school", OrganisationKind.GUIDANCE, 14),
    ):
        GuidanceTemplateFactory(
            code=code,
            owner_kind=owner,
            event=GuidanceEvent.ARRIVED,
            offset_days=days,
            only_for_family=True,
        )


def link_term() -> None:
    """A link to confirm works for two weeks."""
    Term.objects.create(
        code=TermCode.TASK_LINK,
        weeks=2,
        valid_from=date(2016, 1, 1),
        source=SOURCE,
        certainty=Certainty.ILLUSTRATIVE,
    )


def signed(cast: Cast, *, until: StepCode = StepCode.SIGN, **more) -> Proposal:
    """A household with a contract and the checklist that comes with it."""
    checklist()
    return placed(cast, until=until, **more)


def task(code: str, round: int = 1) -> GuidanceTask:
    return GuidanceTask.objects.get(template__code=code, round=round)


class GuidanceTaskFactory(DjangoModelFactory):
    class Meta:
        model = GuidanceTask

    case = SubFactory(CaseFactory)
    template = SubFactory(GuidanceTemplateFactory)
    owner = LazyAttribute(lambda o: o.case.linked_municipality.organisation)
    due_on = TODAY


class TaskLinkFactory(DjangoModelFactory):
    class Meta:
        model = TaskLink

    task = SubFactory(GuidanceTaskFactory)
    email = Sequence(lambda n: f"partner{n}@voorbeeld.example")
    nonce = Sequence(lambda n: f"{n:032x}")
    secret_hash = Sequence(lambda n: f"{n:064x}")
    made_at = NOW
    made_by = SubFactory(UserFactory)
    expires_at = NOW + timedelta(days=14)


class CaseNoteFactory(DjangoModelFactory):
    class Meta:
        model = CaseNote

    case = SubFactory(CaseFactory)
    by = SubFactory(UserFactory)
    at = NOW
    text = "Een notitie."


class MentionFactory(DjangoModelFactory):
    class Meta:
        model = Mention

    note = SubFactory(CaseNoteFactory)
    user = SubFactory(UserFactory)
