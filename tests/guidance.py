"""Rows for the checklist: templates, the term of a link, a household with its tasks."""

from datetime import date

from factory import Sequence
from factory.django import DjangoModelFactory

from housing.choices import GuidanceEvent, StepCode, TermCode
from housing.models import CountingRule, GuidanceTask, GuidanceTemplate, Proposal, Term
from partners.choices import OrganisationKind
from tests.cast import Cast
from tests.factories import SOURCE
from tests.placing import counting_rules, placed
from westerkwartier.web.models import Certainty


class GuidanceTemplateFactory(DjangoModelFactory):
    class Meta:
        model = GuidanceTemplate

    code = Sequence(lambda n: f"task-{n}")
    label_nl = Sequence(lambda n: f"Taak {n}")
    label_en = Sequence(lambda n: f"Task {n}")
    owner_kind = OrganisationKind.GUIDANCE
    event = GuidanceEvent.CONTRACT_SIGNED
    offset_days = 0
    valid_from = date(2016, 1, 1)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


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
