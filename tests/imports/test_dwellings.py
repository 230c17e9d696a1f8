"""A file with dwellings, from sending it to seeing it in the register."""

from housing.models import Dwelling
from partners.choices import ImportState
from tests.factories import DwellingFactory

FILE = """Postcode;Huisnummer;Toevoeging;Straat;Dorp;Soort;Kamers;Slaapkamers;Bouwjaar;Lift
9356XL;1;;Hoofdstraat;Tolbert;Flat;3;2;1984;ja
9356 xl;2;a;Hoofdstraat;tolbert;TUS;5;3;;nee
"""


def test_a_file_goes_into_the_register_after_approval(desk, cast):
    batch = desk.checked(FILE)
    assert batch.state == ImportState.CHECKED, batch.sentence
    assert batch.counts["add"] == 2
    assert not Dwelling.objects.exists()
    assert "Hoofdstraat 1, 9356XL, Tolbert" in desk.page("rows", batch)
    batch = desk.approve(batch)
    assert (batch.state, batch.counts["add"]) == (ImportState.DONE, 2)
    one, two = Dwelling.objects.order_by("number")
    assert (one.corporation, one.village.name, one.build_year) == (
        cast.corporation,
        "Tolbert",
        1984,
    )
    assert (one.kind, one.lift, two.kind, two.postcode, two.addition) == (
        *("flat", True, "house", "9356XL", "a"),
    )
    assert "2" in desk.page("batch_detail", batch)


def test_a_row_that_is_there_changes_what_the_file_says_and_nothing_else(desk, cast):
    village = cast.region.villages.get(name="Tolbert")
    there = DwellingFactory(
        corporation=cast.corporation, village=village, postcode="9356XL", number=1, bedrooms=2
    )
    batch = desk.checked("Postcode;Huisnummer;Slaapkamers\n9356XL;1;3\n")
    assert batch.counts == {"add": 0, "change": 1, "same": 0, "error": 0, "warned": 0}
    assert "2 → <strong>3</strong>" in desk.page("rows", batch)
    desk.approve(batch)
    there.refresh_from_db()
    assert (there.bedrooms, there.rooms, there.street) == (3, 4, "Voorbeeldstraat")
    assert desk.checked("Postcode;Huisnummer;Slaapkamers\n9356XL;1;3\n").counts["same"] == 1


def test_undone_it_is_as_if_it_never_was(desk):
    batch = desk.undo(desk.imported(FILE))
    assert batch.state == ImportState.UNDONE
    assert not Dwelling.objects.exists()
