"""VERA JSON of units becomes rows."""

import json

import pytest

from westerkwartier.web.sheets.kinds import Limits
from westerkwartier.web.sheets.vera import COLUMNS

UNIT = {
    "id": "11",
    "code": "VHE-11",
    "detailSoort": {"code": "BEN", "naam": "Benedenwoning"},
    "bouwjaar": 1975,
    "kamersAantal": 4,
    "gebruiksoppervlakte": 71,
    "totaleOppervlakte": 80.5,
    "rekenhuur": 565.40,
    "adres": {
        "straatnaam": "Dorpsstraat",
        "huisnummer": "12",
        "huisnummerToevoeging": "",
        "postcode": "9356XL",
        "woonplaats": {"naam": "Tolbert"},
    },
    "adresseerbaarObjectBasisregistratie": {"bagIdentificatie": "0025010000001234"},
    "energieprestaties": [
        {"begindatum": "2012-01-01", "label": {"code": "C"}},
        {"begindatum": "2022-01-01", "label": {"code": "AP"}},
        {"begindatum": "2023-01-01"},
    ],
    "ruimten": [
        {"detailSoort": {"code": "SLA"}},
        {"detailSoort": {"code": "WOO"}},
        {"detailSoort": {"code": "SLA"}, "oppervlakte": 9.5},
    ],
    "somethingElse": [1, 2, {"x": None}],
}


@pytest.mark.parametrize("shape", [lambda units: units, lambda units: {"eenheden": units}])
def test_units(opened, shape):
    sheet = opened(json.dumps(shape([{}, UNIT])).encode())
    assert (sheet.format, sheet.headers, sheet.count) == ("vera", COLUMNS, 1)
    (row,) = sheet.rows()
    assert row.number == 2
    found = {
        header: cell for header, cell in zip(COLUMNS, row.cells, strict=True) if cell is not None
    }
    assert {key: str(value) for key, value in found.items()} == {
        "id": "11",
        "code": "VHE-11",
        "bagId": "0025010000001234",
        "adres.straatnaam": "Dorpsstraat",
        "adres.huisnummer": "12",
        "adres.postcode": "9356XL",
        "adres.woonplaats": "Tolbert",
        "detailSoort.code": "BEN",
        "bouwjaar": "1975",
        "kamers": "4",
        "oppervlakte": "71",
        "rekenhuur": "565.4",
        "slaapkamers": "2",
        "energielabel": "AP",
    }


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1',
        b"[NaN]",
        b"[1e999]",
        b"[" * 100_000,
        b'[{"code": "\xe9"}]',
        b"[" + b"9" * 5000 + b"]",
    ],
)
def test_damaged_json(refusal, data):
    assert refusal(data) == "The JSON in the file is damaged. Export it again and send that file."


@pytest.mark.parametrize(
    "data",
    [b'{"units": []}', b"[1]", b'{"eenheden": {"id": 1}}', b'[{"a": 1}]', b'[{"code": "\\u0000"}]'],
)
def test_json_of_something_else(refusal, data):
    assert refusal(data) == "The JSON in the file is not a list of VERA units (“eenheden”)."


@pytest.mark.parametrize(
    "wrong",
    [
        {"adres": "Dorpsstraat 12"},
        {"adres": {"straatnaam": ["Dorpsstraat"]}},
        {"code": "1", "ruimten": {"a": 1}},
        {"code": "1", "ruimten": ["kamer"]},
        {"code": {"a": 1}},
    ],
)
def test_unit_of_another_shape(refusal, wrong):
    assert refusal(json.dumps([UNIT, wrong]).encode()) == (
        "Unit 2 in the file is not as VERA describes a unit."
    )


def test_limits(refusal):
    data = json.dumps([UNIT] * 3).encode()
    assert refusal(data, limits=Limits(rows=2)).startswith("The file has more than 2 rows.")
    assert refusal(data, limits=Limits(cell=10)) == ("Row 1 has a cell of more than 10 characters.")
    assert refusal(b"[" + b"{}," * 1_600_000 + b"{}]").startswith("The file is larger than 20 MB.")
