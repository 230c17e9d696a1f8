"""Files to open, and the sentences in the words of the code."""

import pytest
from django.utils import translation

from westerkwartier.web.sheets.kinds import DEFAULT_LIMITS, Unreadable
from westerkwartier.web.sheets.reading import open_sheet


@pytest.fixture(autouse=True)
def english(dutch):
    with translation.override("en"):
        yield


@pytest.fixture
def opened(tmp_path):
    """Opens these bytes as an upload."""

    def open_bytes(data: bytes, name: str = "stock.csv", limits=DEFAULT_LIMITS, **options):
        path = tmp_path / "upload"
        path.write_bytes(data)
        return open_sheet(path, name, limits, **options)

    return open_bytes


@pytest.fixture
def refusal(opened):
    """The sentence with which these bytes are refused."""

    def ask(data: bytes, name: str = "stock.csv", limits=DEFAULT_LIMITS) -> str:
        with pytest.raises(Unreadable) as caught:
            opened(data, name, limits)
        return str(caught.value)

    return ask
