"""The plan of the demonstration, made once per process: it needs no database."""

import pytest

from westerkwartier.loading.folder import find_folder, read_folder
from westerkwartier.story.plan import make_plan, places_of


@pytest.fixture(scope="session")
def places():
    return places_of(read_folder(find_folder("westerkwartier")))


@pytest.fixture(scope="session")
def plan(places):
    return make_plan(places)
