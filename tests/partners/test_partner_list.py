"""Partners and covenant, for everybody who takes part."""

from tests.cast import MEMBERS
from tests.factories import (
    ContactPersonFactory,
    CovenantFactory,
    CovenantMeasureFactory,
    CovenantPartyFactory,
    ShareDefinitionFactory,
)

URL = "/people/partners/"


def test_every_member_sees_partners_contacts_and_covenant(cast):
    contact = ContactPersonFactory(organisation=cast.corporation)
    covenant = CovenantFactory(region=cast.region)
    party = CovenantPartyFactory(covenant=covenant, organisation=cast.corporation)
    measures = [CovenantMeasureFactory(covenant=covenant) for _number in range(5)]
    ShareDefinitionFactory(covenant=covenant)
    for who in MEMBERS:
        page = cast.client(who).get(URL).content.decode()
        for text in (contact.name, contact.email, covenant.name, party.organisation.name, "20"):
            assert str(text) in page, (who, text)
        for measure in measures:
            assert measure.title in page


def test_it_says_where_the_share_comes_from_and_that_it_is_uncertain(cast):
    share = ShareDefinitionFactory(covenant=CovenantFactory(region=cast.region))
    client = cast.client("coordinator")
    client.cookies["django_language"] = "en"
    page = client.get(URL).content.decode()
    assert share.source in page
    assert ">illustrative<" in page


def test_a_stranger_sees_the_other_region(cast):
    page = cast.client("stranger").get(URL).content.decode()
    assert cast.corporation.name not in page
    assert "Bureau Elders" in page


def test_more_partners_cost_no_more_queries(cast, django_assert_max_num_queries):
    for _number in range(6):
        ContactPersonFactory(organisation=cast.office)
    client = cast.client("coordinator")
    with django_assert_max_num_queries(14):
        client.get(URL)
