"""When so many households close together ask for a warning."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import passes_threshold


@given(households=st.integers(0, 60), dwellings=st.integers(0, 60))
def test_the_threshold_asks_for_both_the_share_and_the_number(households, dwellings):
    passes = passes_threshold(households, dwellings, share=Decimal("0.1"), at_least=2)
    assert passes == (dwellings > 0 and households >= 2 and households * 10 >= dwellings)
