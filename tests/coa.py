"""Rows for what COA told, and why it differs."""

from datetime import date

from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from housing.choices import DifferenceKind, StatementAbout
from housing.models import CoaExplanation, CoaStatement
from tests.factories import NOW, TODAY, ImportBatchFactory, MunicipalityFactory, UserFactory


class CoaStatementFactory(DjangoModelFactory):
    """COA links a household of one person, by a file of its municipality."""

    class Meta:
        model = CoaStatement

    municipality = SubFactory(MunicipalityFactory)
    region = LazyAttribute(lambda o: o.municipality.region)
    reference = Sequence(lambda n: f"K-{n}")
    about = StatementAbout.LINK
    on = date(2017, 10, 2)
    persons = 1
    reported_on = TODAY
    batch = SubFactory(
        ImportBatchFactory,
        kind="coa_links",
        organisation=LazyAttribute(lambda o: o.factory_parent.municipality.organisation),
    )


class CoaExplanationFactory(DjangoModelFactory):
    class Meta:
        model = CoaExplanation

    municipality = SubFactory(MunicipalityFactory)
    region = LazyAttribute(lambda o: o.municipality.region)
    reference = Sequence(lambda n: f"K-{n}")
    kind = DifferenceKind.SIZE
    ours = "2"
    theirs = "3"
    reason = "Het jongste kind is hier geboren"
    by = SubFactory(UserFactory)
    at = NOW
