"""Loading a region: what is wrong is told with file and line, and nothing is written then."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from housing.models import (
    AssessmentReason,
    BedroomNorm,
    DispersalThreshold,
    RentLimit,
    WithdrawalReason,
)
from partners.choices import OrganisationKind
from partners.models import (
    Covenant,
    CovenantMeasure,
    JournalEntry,
    Municipality,
    Organisation,
    Region,
    Succession,
    Village,
    VillageBelonging,
    VillageFacility,
)
from quota.models import Obligation, QuotaPeriod, ScheduleThreshold
from westerkwartier.loading.checks import check
from westerkwartier.loading.folder import LoadError, find_folder, read_folder
from westerkwartier.loading.load import load_folder


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the region's folder, to put mistakes in."""
    copy = tmp_path / "regio"
    shutil.copytree(find_folder("westerkwartier"), copy)
    return copy


def mistakes(folder: Path) -> list[str]:
    with override("en"):
        return check(read_folder(folder))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_folder_of_the_region_has_no_mistake(folder):
    assert mistakes(folder) == []


@pytest.mark.django_db
def test_the_region_stands_as_the_files_say():
    region, changes = load_folder(read_folder(find_folder("westerkwartier")), by=None)
    assert changes.added > 200
    assert region.name == "Westerkwartier"
    kinds = set(Organisation.objects.values_list("kind", flat=True))
    assert kinds == set(OrganisationKind.values)
    assert Village.objects.count() == 41
    assert VillageBelonging.objects.filter(municipality__cbs_code="GM1969").count() == 41
    assert Succession.objects.get(predecessor__name="Winsum", successor__cbs_code="GM1969")
    assert Municipality.objects.get(name="Winsum").region is None
    assert Municipality.objects.get(name="Leek").organisation.name == "Gemeente Leek"
    covenant = Covenant.objects.get()
    assert (covenant.parties.count(), covenant.measures.count()) == (8, 5)
    assert covenant.share_definitions.get().target == Decimal("0.2")
    assert QuotaPeriod.objects.count() == 26
    assert QuotaPeriod.objects.get(code="2014-II").national_quota is None
    assert RentLimit.objects.count() == 12
    assert AssessmentReason.objects.count() == 14
    assert WithdrawalReason.objects.count() == 7
    assert BedroomNorm.objects.count() == 5
    assert DispersalThreshold.objects.count() == 3
    assert VillageFacility.objects.count() == 41 * 5
    assert ScheduleThreshold.objects.count() == 1


@pytest.mark.django_db
def test_a_second_run_changes_nothing():
    load_folder(read_folder(find_folder("westerkwartier")), by=None)
    lines = JournalEntry.objects.count()
    _region, changes = load_folder(read_folder(find_folder("westerkwartier")), by=None)
    assert not changes
    assert JournalEntry.objects.count() == lines


@pytest.mark.django_db
def test_what_people_changed_of_a_measure_stays():
    load_folder(read_folder(find_folder("westerkwartier")), by=None)
    CovenantMeasure.objects.filter(code="sale_stop").update(expected_dwellings=7, until=None)
    load_folder(read_folder(find_folder("westerkwartier")), by=None)
    measure = CovenantMeasure.objects.get(code="sale_stop")
    assert (measure.expected_dwellings, measure.until) == (7, None)


@pytest.mark.django_db
def test_a_corrected_figure_is_taken_over(folder):
    load_folder(read_folder(folder), by=None)
    change(folder / "municipal_quota.csv", "2017-II,GM0025,Marum,6", "2017-II,GM0025,Marum,7")
    _region, changes = load_folder(read_folder(folder), by=None)
    assert (changes.added, changes.changed) == (0, 1)
    assert Obligation.objects.get(period__code="2017-II", municipality__name="Marum").net_quota == 7


@pytest.mark.django_db
def test_another_region_loads_from_its_own_folder(folder):
    load_folder(read_folder(find_folder("westerkwartier")), by=None)
    change(folder / "region.toml", 'slug = "westerkwartier"', 'slug = "elders"')
    for file in folder.glob("*"):
        file.write_text(
            file.read_text(encoding="utf-8").replace("GM0", "GM7").replace("GM1", "GM8"),
            encoding="utf-8",
        )
    call_command("load_region", str(folder), skip_checks=True)
    assert Region.objects.count() == 2
    assert Village.objects.filter(region__slug="elders").count() == 41


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "municipal_quota.csv",
            "2017-I,GM0022,Leek,15",
            "2017-I,GM0022,Leek,vijftien",
            "municipal_quota.csv:11: net_quota: “vijftien” is not a whole number.",
        ),
        (
            "municipal_quota.csv",
            "2017-I,GM0022,Leek,15",
            "2017-I,GM0022,Leek,51",
            "municipal_quota.csv:11: 51 persons is not plausible: the formula of the law gives 15.",
        ),
        (
            "municipal_quota.csv",
            "2017-I,GM0022,Leek,15",
            "2017-I,GM0022,Marum,15",
            "municipal_quota.csv:11: GM0022 is Leek, not Marum.",
        ),
        (
            "municipal_quota.csv",
            "2016-I,GM0022",
            "2016-III,GM0022",
            "municipal_quota.csv:3: period: “2016-III” is not a half-year such as 2017-I.",
        ),
        (
            "municipal_quota.csv",
            "2016-I,GM0022,Leek",
            "2016-I,GM0015,Grootegast",
            "municipal_quota.csv:3: this repeats line 2.",
        ),
        (
            "municipal_quota.csv",
            "derived",
            "zeker",
            "municipal_quota.csv:2: certainty: “zeker” is none of official, press, derived, "
            "memory, mixed, unknown, illustrative.",
        ),
        (
            "opening_balance.csv",
            "2016-01-01,GM0015",
            "1-1-2016,GM0015",
            "opening_balance.csv:2: date: “1-1-2016” is not a date such as 2016-03-24.",
        ),
        (
            "opening_balance.csv",
            "2016-01-01,GM0015",
            "2016-02-01,GM0015",
            "opening_balance.csv:2: 2016-02-01 is not the first day of a half-year "
            "in national_quota.csv.",
        ),
        (
            "inhabitants.csv",
            "GM0015,2016",
            "GM0016,2016",
            "inhabitants.csv:2: GM0016 is not in municipalities.csv.",
        ),
        (
            "village_municipalities.csv",
            "Aduard,GM0056",
            "Adduard,GM0056",
            "village_municipalities.csv:2: Adduard is not in villages.csv.",
        ),
        (
            "village_municipalities.csv",
            "Aduard,GM0056,1990-01-01,2019-01-01",
            "Aduard,GM0056,1990-01-01,2020-01-01",
            "village_municipalities.csv:3: Aduard already lies in GM0056 on that day.",
        ),
        (
            "villages.csv",
            "53.2558",
            "noord",
            "villages.csv:2: latitude: “noord” is not a number such as 12.50.",
        ),
        (
            "succession.csv",
            "0.876977",
            "0.5",
            "succession.csv: the shares of GM0053 on 2019-01-01 add up to 0.623023, not 1.",
        ),
        (
            "contacts.csv",
            "coa,",
            "oca,",
            "contacts.csv:8: oca is not an organisation in region.toml.",
        ),
        (
            "assessment_reasons.csv",
            "DOELGROEP,SEN",
            "DOELGROEP,OUD",
            "assessment_reasons.csv:2: DOELGROEP.OUD is not in vera_codes.csv.",
        ),
        (
            "municipalities.csv",
            "cbs_code,name",
            "code,name",
            "municipalities.csv:1: these columns are missing: cbs_code.",
        ),
        (
            "region.toml",
            'kind = "coa"',
            'kind = "camp"',
            "region.toml: “camp” is not a kind of organisation.",
        ),
        (
            "region.toml",
            "signed_on = 2016-03-24\n",
            "",
            "region.toml: [covenant] has no “signed_on”.",
        ),
        (
            "region.toml",
            'cbs_code = "GM0025"',
            'cbs_code = "GM0053"',
            "region.toml: Gemeente Marum has no CBS code of a municipality in the region.",
        ),
    ],
)
def test_a_mistake_is_a_sentence_with_its_place(folder, file, old, new, sentence):
    change(folder / file, old, new)
    assert sentence in mistakes(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("contacts.csv", "coa,Voorbeeld", 'coa,"Voorbeeld', "contacts.csv:8: this is not CSV"),
        ("contacts.csv", "coa,Voorbeeld", "coa,x,Voorbeeld", "contacts.csv:8: this line does"),
        ("villages.csv", "53.2558", "53.25581", "villages.csv:2: latitude: “53.25581” has more"),
        ("inhabitants.csv", "12155", "12156", "inhabitants.csv:2: GM0015 has 12155 inhabitants"),
        ("region.toml", "2016-03-24", "24-3-2016", "region.toml: this is not TOML"),
        ("region.toml", "target = 0.20", 'target = "20%"', "region.toml: “target” in [share] is"),
        ("region.toml", 'slug = "west', 'slag = "west', "region.toml: [region] does not know"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_too(folder, file, old, new, sentence):
    change(folder / file, old, new)
    assert [told for told in mistakes(folder) if told.startswith(sentence)]


def test_two_definitions_at_one_time_are_refused(folder):
    with (folder / "region.toml").open("a", encoding="utf-8") as file:
        file.write(
            "\n[[schedule_threshold]]\nslightly_behind_from = 0.50\n"
            'valid_from = 2017-01-01\nsource = "Test"\n'
        )
    assert mistakes(folder) == ["region.toml: two parts [schedule_threshold] hold on 2017-01-01."]


def test_all_mistakes_are_told_at_once(folder):
    change(folder / "villages.csv", "53.2558", "noord")
    change(folder / "inhabitants.csv", "12155", "veel")
    (folder / "contacts.csv").write_bytes(b"\xff\xfe")
    (folder / "municipal_quota.csv").unlink()
    assert len(mistakes(folder)) == 4


@pytest.mark.django_db
def test_nothing_is_written_when_something_is_wrong(folder, capsys):
    change(folder / "municipal_quota.csv", "2017-I,GM0022,Leek,15", "2017-I,GM0022,Leek,51")
    with pytest.raises(CommandError):
        call_command("load_region", str(folder), skip_checks=True)
    assert not Region.objects.exists()
    assert "municipal_quota.csv:11" in capsys.readouterr().err


def test_a_region_that_does_not_exist_is_a_sentence():
    with pytest.raises(LoadError, match="nergens"):
        find_folder("nergens")
