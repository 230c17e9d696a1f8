"""Rows for tests, made with factory-boy: plain, valid, and nothing that a test did not ask for.

Everything is invented. The clock of the tests stands at 23 November 2017.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import factory
from django.contrib.auth.hashers import make_password
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from housing.choices import (
    LET_STATES,
    DispersalLevel,
    DwellingKind,
    PersonCategory,
    VacancyState,
    Verdict,
    WaitCause,
)
from housing.models import (
    Assessment,
    AssessmentReason,
    BedroomNorm,
    Case,
    Counting,
    DispersalThreshold,
    Dwelling,
    Occupancy,
    Person,
    RentLimit,
    Tenancy,
    Vacancy,
    VacancyWait,
    WithdrawalReason,
)
from partners.choices import FacilityKind, OrganisationKind, Role
from partners.models import (
    ContactPerson,
    Covenant,
    CovenantMeasure,
    CovenantParty,
    ImportBatch,
    ImportRow,
    Inhabitants,
    Invitation,
    MeasureResult,
    Membership,
    Municipality,
    Organisation,
    Region,
    ShareDefinition,
    User,
    Village,
    VillageBelonging,
    VillageFacility,
)
from quota.models import Obligation, OpeningBalance, QuotaPeriod, ScheduleThreshold
from reports.choices import ReportKind
from reports.models import ReportRun
from westerkwartier.web.models import Certainty

TODAY = date(2017, 11, 23)
NOW = datetime(2017, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
PASSWORD = "een lange zin van vier"
SOURCE = "Invented for a test"


@cache
def hashed_password() -> str:
    """Hashed once: Argon2 is slow on purpose."""
    return make_password(PASSWORD)


# -- partners --------------------------------------------------------------------------------------


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    slug = Sequence(lambda n: f"regio-{n}")
    name = Sequence(lambda n: f"Regio {n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    region = SubFactory(RegionFactory)
    kind = OrganisationKind.REGIONAL_OFFICE
    name = Sequence(lambda n: f"Organisatie {n}")


class ContactPersonFactory(DjangoModelFactory):
    class Meta:
        model = ContactPerson

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda n: f"Contactpersoon {n}")
    job = "Beleidsmedewerker"
    email = Sequence(lambda n: f"contact{n}@voorbeeld.example")
    phone = "0000 000000"


class MunicipalityFactory(DjangoModelFactory):
    """A municipality with its organisation, both in ``region``."""

    class Meta:
        model = Municipality

    cbs_code = Sequence(lambda n: f"GM{2000 + n % 8000}")
    name = Sequence(lambda n: f"Gemeente {n}")
    region = SubFactory(RegionFactory)
    organisation = LazyAttribute(
        lambda o: OrganisationFactory(
            region=o.region, kind=OrganisationKind.MUNICIPALITY, name=f"Gemeente {o.name}"
        )
    )
    valid_from = date(1990, 1, 1)


class InhabitantsFactory(DjangoModelFactory):
    class Meta:
        model = Inhabitants

    municipality = SubFactory(MunicipalityFactory)
    on = date(2017, 1, 1)
    number = 10_000
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class VillageFactory(DjangoModelFactory):
    """A village; ``municipality=`` also says where it lies, since 1990."""

    class Meta:
        model = Village
        skip_postgeneration_save = True

    region = SubFactory(RegionFactory)
    name = Sequence(lambda n: f"Dorp {n}")
    postcode4 = "0000"
    latitude = Decimal("53.2")
    longitude = Decimal("6.3")

    @factory.post_generation
    def municipality(self, create, extracted, **kwargs):
        if extracted:
            VillageBelongingFactory(village=self, municipality=extracted)


class VillageFacilityFactory(DjangoModelFactory):
    class Meta:
        model = VillageFacility

    village = SubFactory(VillageFactory)
    kind = FacilityKind.SUPERMARKET
    distance_km = Decimal("2.5")
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class VillageBelongingFactory(DjangoModelFactory):
    class Meta:
        model = VillageBelonging

    village = SubFactory(VillageFactory)
    municipality = SubFactory(MunicipalityFactory)
    valid_from = date(1990, 1, 1)


class CovenantFactory(DjangoModelFactory):
    class Meta:
        model = Covenant

    region = SubFactory(RegionFactory)
    name = Sequence(lambda n: f"Convenant {n}")
    signed_on = date(2016, 3, 24)
    ends_on = date(2017, 12, 31)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class CovenantPartyFactory(DjangoModelFactory):
    class Meta:
        model = CovenantParty

    covenant = SubFactory(CovenantFactory)
    organisation = SubFactory(OrganisationFactory)


class CovenantMeasureFactory(DjangoModelFactory):
    class Meta:
        model = CovenantMeasure

    covenant = SubFactory(CovenantFactory)
    number = Sequence(lambda n: n + 1)
    code = Sequence(lambda n: f"measure-{n}")
    title = Sequence(lambda n: f"Maatregel {n}")


class MeasureResultFactory(DjangoModelFactory):
    class Meta:
        model = MeasureResult

    measure = SubFactory(CovenantMeasureFactory)
    on = date(2017, 11, 1)
    dwellings = 3
    at = NOW


class ShareDefinitionFactory(DjangoModelFactory):
    class Meta:
        model = ShareDefinition

    covenant = SubFactory(CovenantFactory)
    target = Decimal("0.200")
    denominator = "A"
    valid_from = date(2016, 3, 24)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class UserFactory(DjangoModelFactory):
    """Somebody who can sign in with ``PASSWORD``, without any membership."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"persoon{n}@voorbeeld.example")
    name = Sequence(lambda n: f"Persoon {n}")
    password = LazyFunction(hashed_password)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    organisation = SubFactory(OrganisationFactory)
    role = Role.COORDINATOR
    valid_from = date(2016, 1, 1)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    email = Sequence(lambda n: f"genodigde{n}@voorbeeld.example")
    name = Sequence(lambda n: f"Genodigde {n}")
    organisation = SubFactory(OrganisationFactory)
    role = Role.COORDINATOR
    token_hash = Sequence(lambda n: f"{n:064x}")
    invited_by = SubFactory(UserFactory)
    invited_at = NOW
    expires_at = NOW + timedelta(days=14)


class ImportBatchFactory(DjangoModelFactory):
    """A file of dwellings that waits for approval; its file is not on the disk."""

    class Meta:
        model = ImportBatch

    organisation = SubFactory(OrganisationFactory, kind=OrganisationKind.CORPORATION)
    kind = "dwellings"
    state = "checked"
    file_name = Sequence(lambda n: f"bestand-{n}.csv")
    file = Sequence(lambda n: f"imports/{n}")
    sha256 = "0" * 64
    size = 1000
    format = "csv"
    headers = LazyFunction(lambda: ["Postcode", "Huisnummer"])
    mapping = LazyFunction(lambda: {"Postcode": "postcode", "Huisnummer": "number"})
    counts = LazyFunction(lambda: {"add": 1, "change": 0, "same": 0, "error": 0, "warned": 0})
    total = 1
    uploaded_by = SubFactory(UserFactory)
    uploaded_at = NOW
    moved_at = NOW


class ImportRowFactory(DjangoModelFactory):
    class Meta:
        model = ImportRow

    batch = SubFactory(ImportBatchFactory)
    number = Sequence(lambda n: n + 2)
    outcome = "add"
    raw = LazyFunction(lambda: ["9356XL", "1"])


# -- housing ---------------------------------------------------------------------------------------


class DwellingFactory(DjangoModelFactory):
    """A dwelling; without ``corporation=`` and ``village=`` both in a region of their own."""

    class Meta:
        model = Dwelling

    village = SubFactory(VillageFactory)
    corporation = LazyAttribute(
        lambda o: OrganisationFactory(region=o.village.region, kind=OrganisationKind.CORPORATION)
    )
    street = "Voorbeeldstraat"
    number = Sequence(lambda n: n + 1)
    postcode = "0000 AA"
    kind = DwellingKind.HOUSE
    rooms = 4
    bedrooms = 3


class WithdrawalReasonFactory(DjangoModelFactory):
    class Meta:
        model = WithdrawalReason
        django_get_or_create = ("code",)

    code = "withdrawal"
    label_nl = "Wordt verkocht"
    label_en = "Will be sold"
    source = SOURCE
    valid_from = date(2016, 1, 1)


class VacancyFactory(DjangoModelFactory):
    """A vacancy; what goes with its state is filled in: first day of letting, why withdrawn."""

    class Meta:
        model = Vacancy

    dwelling = SubFactory(DwellingFactory)
    notice_on = date(2017, 10, 10)
    available_from = date(2017, 11, 10)
    net_rent = Decimal("550.00")
    label = LazyAttribute(lambda o: o.dwelling.label)
    state = VacancyState.AVAILABLE
    closed_on = None
    let_from = LazyAttribute(lambda o: o.closed_on if o.state in LET_STATES else None)
    withdrawn_because = LazyAttribute(
        lambda o: WithdrawalReasonFactory() if o.state == VacancyState.WITHDRAWN else None
    )


class AssessmentReasonFactory(DjangoModelFactory):
    class Meta:
        model = AssessmentReason

    code = Sequence(lambda n: f"reason-{n}")
    verdict = Verdict.UNSUITABLE
    label_nl = Sequence(lambda n: f"Reden {n}")
    label_en = Sequence(lambda n: f"Reason {n}")
    source = SOURCE
    valid_from = date(2016, 1, 1)


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = Assessment

    vacancy = SubFactory(VacancyFactory)
    verdict = Verdict.SUITABLE
    by = SubFactory(UserFactory)
    at = NOW


class VacancyWaitFactory(DjangoModelFactory):
    class Meta:
        model = VacancyWait

    vacancy = SubFactory(VacancyFactory)
    cause = WaitCause.REPAIRS
    starts_on = date(2017, 11, 10)


class BedroomNormFactory(DjangoModelFactory):
    class Meta:
        model = BedroomNorm

    persons_from = 1
    bedrooms = 1
    valid_from = date(2016, 1, 1)
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class DispersalThresholdFactory(DjangoModelFactory):
    class Meta:
        model = DispersalThreshold

    region = SubFactory(RegionFactory)
    level = DispersalLevel.STREET
    share = Decimal("0.100")
    at_least = 2
    valid_from = date(2016, 1, 1)
    source = SOURCE


class RentLimitFactory(DjangoModelFactory):
    class Meta:
        model = RentLimit

    year = 2017
    quality_limit = Decimal("414.02")
    low_cap = Decimal("592.55")
    high_cap = Decimal("635.05")
    max_rent = Decimal("710.68")
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class CaseFactory(DjangoModelFactory):
    class Meta:
        model = Case

    linked_municipality = SubFactory(MunicipalityFactory)
    region = LazyAttribute(lambda o: o.linked_municipality.region)
    reference = Sequence(lambda n: f"C{n:05d}")
    linked_on = date(2017, 8, 1)


class PersonFactory(DjangoModelFactory):
    """A person; ``counted_on`` and ``credited_municipality`` come about by a counting."""

    class Meta:
        model = Person

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        on = kwargs.pop("counted_on", None)
        municipality = kwargs.pop("credited_municipality", None)
        person = super()._create(model_class, *args, **kwargs)
        if on is not None:
            Counting.objects.create(person=person, on=on, municipality=municipality, at=NOW)
            person.refresh_from_db()
        return person

    case = SubFactory(CaseFactory)
    category = PersonCategory.HOLDER


class TenancyFactory(DjangoModelFactory):
    """A tenancy; a vacancy that is given becomes let, from the first day of the tenancy."""

    class Meta:
        model = Tenancy

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        vacancy, signed, starts = (kwargs[name] for name in ("vacancy", "signed_on", "starts_on"))
        rows = Vacancy.objects.filter(pk=vacancy.pk)
        rows.filter(state__in=("announced", "available")).update(state=VacancyState.RESERVED)
        rows.update(
            state=VacancyState.LET_PERMIT,
            let_from=starts,
            closed_on=vacancy.closed_on or max(signed, vacancy.notice_on),
        )
        vacancy.refresh_from_db()
        return super()._create(model_class, *args, **kwargs)

    vacancy = SubFactory(VacancyFactory)
    dwelling = LazyAttribute(lambda o: o.vacancy.dwelling)
    case = SubFactory(CaseFactory)
    signed_on = date(2017, 11, 1)
    starts_on = date(2017, 11, 15)


class OccupancyFactory(DjangoModelFactory):
    class Meta:
        model = Occupancy

    tenancy = SubFactory(TenancyFactory)
    person = LazyAttribute(lambda o: PersonFactory(case=o.tenancy.case))
    moved_in_on = date(2017, 11, 15)


# -- quota and reports -----------------------------------------------------------------------------


class QuotaPeriodFactory(DjangoModelFactory):
    """A half-year, 2017-II unless ``code`` says another; asking twice gives the same row."""

    class Meta:
        model = QuotaPeriod
        django_get_or_create = ("code",)

    code = "2017-II"
    starts_on = LazyAttribute(lambda o: date(int(o.code[:4]), 1 if o.code.endswith("-I") else 7, 1))
    ends_on = LazyAttribute(
        lambda o: date(int(o.code[:4]), *((6, 30) if o.code.endswith("-I") else (12, 31)))
    )


class ObligationFactory(DjangoModelFactory):
    class Meta:
        model = Obligation

    period = SubFactory(QuotaPeriodFactory)
    municipality = SubFactory(MunicipalityFactory)
    net_quota = 10
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class OpeningBalanceFactory(DjangoModelFactory):
    class Meta:
        model = OpeningBalance

    period = SubFactory(QuotaPeriodFactory)
    municipality = SubFactory(MunicipalityFactory)
    backlog = 0
    source = SOURCE
    certainty = Certainty.ILLUSTRATIVE


class ScheduleThresholdFactory(DjangoModelFactory):
    class Meta:
        model = ScheduleThreshold

    region = SubFactory(RegionFactory)
    slightly_behind_from = Decimal("0.800")
    valid_from = date(2016, 1, 1)
    source = SOURCE


class ReportRunFactory(DjangoModelFactory):
    """A request that waits for a worker."""

    class Meta:
        model = ReportRun

    region = SubFactory(RegionFactory)
    kind = ReportKind.MONTHLY
    reference_date = TODAY
    requested_by = SubFactory(UserFactory)
    requested_at = NOW
