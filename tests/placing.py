"""Rows for placing: a household that waits, a dwelling that suits it, the rules that count."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from housing.choices import (
    CountEvent,
    CreditedTo,
    GuidanceEvent,
    PersonCategory,
    RefusalOwner,
    StepCode,
)
from housing.models import (
    AccommodationType,
    Case,
    CaseNeed,
    CaseNote,
    CasePreference,
    CaseStep,
    Counting,
    CountingRule,
    DwellingCheck,
    FunctionalNeed,
    GuidanceTask,
    GuidanceTemplate,
    Mention,
    Proposal,
    RefusalReason,
    ReunionFact,
    Stay,
    Vacancy,
)
from housing.services.placing import (
    accept_offer,
    agree_to_proposal,
    move_in,
    offer_dwelling,
    propose_dwelling,
    register_in_brp,
    sign_contract,
    sign_off,
)
from partners.choices import OrganisationKind
from tests.cast import Cast
from tests.factories import (
    SOURCE,
    AssessmentFactory,
    CaseFactory,
    DwellingFactory,
    PersonFactory,
    VacancyFactory,
)
from westerkwartier.web.models import Certainty

DAY = date(2017, 11, 20)  # the day on which the steps of tests are taken


def at(day: date = DAY) -> datetime:
    """Half past ten on a day, in the region's time."""
    return datetime(day.year, day.month, day.day, 10, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


class AccommodationTypeFactory(DjangoModelFactory):
    class Meta:
        model = AccommodationType
        django_get_or_create = ("code",)

    code = "dwelling"
    label_nl = "Woning met huurcontract"
    label_en = "Dwelling with a tenancy"
    regular = True
    valid_from = date(2014, 1, 1)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class CountingRuleFactory(DjangoModelFactory):
    class Meta:
        model = CountingRule

    category = PersonCategory.HOLDER
    accommodation = SubFactory(AccommodationTypeFactory)
    from_event = CountEvent.SIGNED_OFF
    credited_to = CreditedTo.LINKED
    valid_from = date(2014, 1, 1)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class RefusalReasonFactory(DjangoModelFactory):
    class Meta:
        model = RefusalReason

    code = Sequence(lambda n: f"refusal-{n}")
    owner = RefusalOwner.HOUSEHOLD
    label_nl = Sequence(lambda n: f"Weigering {n}")
    label_en = Sequence(lambda n: f"Refusal {n}")
    source = SOURCE
    valid_from = date(2016, 1, 1)


class FunctionalNeedFactory(DjangoModelFactory):
    class Meta:
        model = FunctionalNeed

    code = Sequence(lambda n: f"need-{n}")
    label_nl = Sequence(lambda n: f"Voorziening {n}")
    label_en = Sequence(lambda n: f"Need {n}")
    source = SOURCE
    valid_from = date(2016, 1, 1)


class GuidanceTemplateFactory(DjangoModelFactory):
    class Meta:
        model = GuidanceTemplate

    code = Sequence(lambda n: f"task-{n}")
    label_nl = Sequence(lambda n: f"Taak {n}")
    label_en = Sequence(lambda n: f"Task {n}")
    owner_kind = OrganisationKind.GUIDANCE
    event = GuidanceEvent.MOVED_IN
    offset_days = 14
    valid_from = date(2016, 1, 1)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


def counting_rules() -> None:
    """In a dwelling everybody counts when COA signs off, for the municipality linked."""
    for category in PersonCategory:
        CountingRuleFactory(category=category)


def household(cast: Cast, *, persons: int = 1, expected: int = 0, **fields) -> Case:
    """A household linked to Marum on 1 October 2017, with its first step."""
    values = {"linked_municipality": cast.marum, "linked_on": date(2017, 10, 2), **fields}
    case = CaseFactory(**values)
    for number in range(persons):
        PersonFactory(
            case=case,
            category=PersonCategory.FAMILY if number else PersonCategory.HOLDER,
            relation="partner" if number else "holder",
        )
    for _number in range(expected):
        PersonFactory(case=case, category=PersonCategory.REUNIFIER, relation="other")
    CaseStep.objects.create(
        case=case, code=StepCode.LINK, effective_on=case.linked_on, at=at(case.linked_on)
    )
    case.refresh_from_db()
    return case


def suitable_vacancy(cast: Cast, **fields) -> Vacancy:
    """A dwelling of the cast's corporation in Leek, available and judged suitable."""
    dwelling = fields.pop("dwelling", None) or DwellingFactory(
        village=cast.village_leek, corporation=cast.corporation, bedrooms=3, rooms=4
    )
    vacancy = VacancyFactory(
        dwelling=dwelling,
        **{
            "notice_on": date(2017, 10, 2),
            "available_from": date(2017, 11, 1),
            "net_rent": Decimal("560.00"),
            **fields,
        },
    )
    AssessmentFactory(vacancy=vacancy)
    vacancy.refresh_from_db()
    return vacancy


# The steps of a placing in order, each with what it asks besides who and when.
ROUTE = (
    (StepCode.AGREE, agree_to_proposal, {}),
    (StepCode.OFFER, offer_dwelling, {}),
    (StepCode.ACCEPT, accept_offer, {}),
    (StepCode.SIGN, sign_contract, {"starts_on": DAY}),
    (StepCode.MOVE_IN, move_in, {}),
    (StepCode.REGISTER, register_in_brp, {}),
    (StepCode.SIGN_OFF, sign_off, {}),
)


def placed(
    cast: Cast,
    *,
    until: StepCode = StepCode.PROPOSE,
    case: Case | None = None,
    vacancy: Vacancy | None = None,
    on: date = DAY,
    **fields,
) -> Proposal:
    """A proposal by the coordinator with every step up to and including ``until``."""
    proposal = propose_dwelling(
        by=cast.coordinator,
        case=case or household(cast),
        vacancy=vacancy or suitable_vacancy(cast),
        on=on,
        now=at(on),
        **fields,
    )
    for code, service, more in ROUTE:
        if proposal.steps.last().code == until:
            break
        more = {"starts_on": on} if code == StepCode.SIGN else more
        service(by=cast.coordinator, proposal=proposal, on=on, now=at(on), **more)
    proposal.refresh_from_db()
    return proposal


def a_household_with_everything(cast: Cast) -> Case:
    """A household in a dwelling of the cast, with a row of everything that can be told of it."""
    case = household(cast, persons=2, expected=1)
    holder, follows = case.persons.first(), case.persons.last()
    CaseNeed.objects.create(case=case, need=FunctionalNeedFactory())
    CasePreference.objects.create(case=case, reason="work", village=cast.village_leek)
    proposal = placed(cast, until=StepCode.SIGN, case=case)
    tenancy = proposal.vacancy.tenancy
    ReunionFact.objects.create(person=follows, state="mvv_applied", on=DAY, at=at())
    DwellingCheck.objects.create(person=follows, tenancy=tenancy)
    hotel = AccommodationTypeFactory(code="hotel", regular=False)
    Stay.objects.create(
        case=case, accommodation=hotel, municipality=cast.marum, starts_on=case.linked_on
    )
    holder.arrived_on = DAY
    holder.save(update_fields=["arrived_on"])
    Counting.objects.create(person=holder, on=DAY, municipality=cast.marum, at=at())
    template = GuidanceTemplateFactory()
    GuidanceTask.objects.create(case=case, template=template, owner=cast.guidance, due_on=DAY)
    note = CaseNote.objects.create(case=case, by=cast.coordinator, at=at(), text="Belt morgen")
    Mention.objects.create(note=note, user=cast.officer_marum)
    return case
