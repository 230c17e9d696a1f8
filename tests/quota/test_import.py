"""Official quotas from a file: all of it or nothing, and twice equals once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partners.models import JournalEntry
from quota.models import Obligation
from quota.services.loading import load_obligations
from tests.factories import ObligationFactory, QuotaPeriodFactory
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.django_db

HEAD = "period,cbs_code,net_quota,source"


@pytest.fixture
def quota_file(cast, tmp_path):
    """Writes a file and imports it; gives what was said."""
    QuotaPeriodFactory(code="2017-II")

    def run(*lines, head=HEAD):
        path = tmp_path / "quota.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        out, err = StringIO(), StringIO()
        try:
            call_command("import_quota", str(path), region="kwartier", stdout=out, stderr=err)
        except CommandError:
            return err.getvalue()
        return out.getvalue()

    return run


def test_an_official_figure_replaces_a_calculated_one(cast, quota_file):
    old = ObligationFactory(
        municipality=cast.marum, net_quota=6, certainty=Certainty.DERIVED, note="Exact 6.07"
    )
    quota_file("2017-II,GM0025,7,Circulaire 2017-II", "2017-II,GM0022,12,Circulaire 2017-II")
    old.refresh_from_db()
    assert (old.net_quota, old.certainty, old.source, old.note) == (
        7,
        Certainty.OFFICIAL,
        "Circulaire 2017-II",
        "",
    )
    assert Obligation.objects.count() == 2
    assert JournalEntry.objects.filter(action="obligation.import").count() == 1


def test_a_second_time_changes_nothing(cast, quota_file):
    line = "2017-II,GM0025,7,Circulaire 2017-II"
    quota_file(line)
    quota_file(line)
    assert Obligation.objects.count() == 1
    assert JournalEntry.objects.filter(action="obligation.import").count() == 1


def test_a_calculated_figure_does_not_replace_an_official_one(cast, quota_file):
    ObligationFactory(municipality=cast.marum, net_quota=7, certainty=Certainty.OFFICIAL)
    said = quota_file("2017-II,GM0025,6,Formula,derived", head=f"{HEAD},certainty")
    assert "GM0025" in said
    assert Obligation.objects.get().net_quota == 7


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2031-I,GM0025,7,x", "2031-I"),
        ("2017-II,GM9999,7,x", "GM9999"),
        ("2017-II,GM0025,-1,x", "GM0025"),
        ("2017-II,GM0025,seven,x", "quota.csv:3"),
        ("2017-II,25,7,x", "quota.csv:3"),
        ("2017,GM0025,7,x", "quota.csv:3"),
        ("2017-II,GM0025,7,", "quota.csv:3"),
        ("2017-II,GM0025,7", "quota.csv:3"),
        ("2017-II,GM0022,8,x", "GM0022"),
        ('2017-II,GM0025,7,"never closed', "CSV"),
    ],
)
def test_one_mistake_stops_the_whole_file(cast, quota_file, line, told):
    said = quota_file("2017-II,GM0022,12,Circulaire", line)
    assert told in said
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(
    ("head", "told"),
    [("period,cbs_code,net_quota", "source"), (f"{HEAD},colour", "colour")],
)
def test_the_header_is_checked(quota_file, head, told):
    assert told in quota_file(head=head)


def test_a_municipality_that_does_not_exist_then_is_refused(cast, quota_file):
    cast.marum.valid_to = "2017-07-01"
    cast.marum.save()
    assert "GM0025" in quota_file("2017-II,GM0025,7,Circulaire")


def test_the_region_must_be_known(cast, tmp_path):
    path = tmp_path / "quota.csv"
    path.write_text(HEAD + "\n")
    for arguments in ({"region": "nowhere"}, {}):
        with pytest.raises(CommandError):
            call_command("import_quota", str(path), **arguments)
    with pytest.raises(CommandError):
        call_command("import_quota", str(tmp_path / "none.csv"), region="kwartier")


@pytest.mark.django_db
def test_loading_the_region_again_leaves_an_official_figure(cast):
    official = ObligationFactory(
        municipality=cast.marum, net_quota=12, certainty=Certainty.OFFICIAL, source="Staatscourant"
    )
    row = {
        "period": official.period.code,
        "cbs_code": cast.marum.cbs_code,
        "net_quota": 11,
        "source": "Formule",
        "certainty": Certainty.DERIVED,
        "note": "",
    }
    changes = load_obligations(
        by=None, region=cast.region, municipalities={cast.marum.cbs_code: cast.marum}, rows=[row]
    )
    assert not changes
    official.refresh_from_db()
    assert (official.net_quota, official.source) == (12, "Staatscourant")
