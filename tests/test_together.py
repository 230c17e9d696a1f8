"""Several small tables in one query: the same rows as asked one by one."""

from decimal import Decimal

from django.db.models import Count

from housing.models import BedroomNorm, RentLimit, Term
from partners.models import Village
from tests.factories import BedroomNormFactory, RentLimitFactory
from westerkwartier.web.together import read_together


def test_each_gives_its_own_rows_in_its_own_order(cast, django_assert_num_queries):
    RentLimitFactory(max_rent=Decimal("710.60"))
    for persons in (3, 1):
        BedroomNormFactory(persons_from=persons)
    norms = BedroomNorm.objects.order_by("-persons_from")
    with django_assert_num_queries(1):
        limits, found, none, counted = read_together(
            RentLimit.objects.all(),
            norms,
            Term.objects.filter(code="100% 'nothing'"),
            Village.objects.values("region").annotate(n=Count("pk")).order_by(),
        )
    assert found == list(norms)
    assert none == []
    assert counted == [{"region": cast.region.pk, "n": 2}]
    (limit,), there = limits, RentLimit.objects.get()
    for field in RentLimit._meta.concrete_fields:
        assert getattr(limit, field.attname) == getattr(there, field.attname)
        assert type(getattr(limit, field.attname)) is type(getattr(there, field.attname))
    assert found[0].valid_from == norms[0].valid_from
