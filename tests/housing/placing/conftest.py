"""What the tests of placing share."""

import pytest

from tests.placing import counting_rules


@pytest.fixture
def rules(db):
    """In a dwelling everybody counts when COA signs off."""
    counting_rules()
