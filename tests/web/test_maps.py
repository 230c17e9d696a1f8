"""The map of circles: to scale, without collisions, and nothing that a strict policy refuses."""

import re
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from westerkwartier.web.maps import MapTexts, Place, circle_map, plane, radius_factor

TEXTS = MapTexts("Een kaart <van> alles", "woningen", "%(part)s van %(amount)s", "minder", "boven")
CIRCLE = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="(#\w+)"')

LEEK = Place("Leek", 53.1610, 6.3768, 1007, 25, "25 van 1.007")
TOLBERT = Place("Tolbert", 53.1675, 6.3618, 393, 10, "10 van 393")
ZUIDHORN = Place("Zuidhorn", 53.2458, 6.4010, 728, None)
SAAKSUM = Place("Saaksum", 53.3142, 6.4185, 9, 0, marked=True)
PLACES = [LEEK, TOLBERT, ZUIDHORN, SAAKSUM]


@pytest.fixture(params=[760, 340])
def drawn(request):
    return circle_map(PLACES, TEXTS, width=request.param)


def test_it_carries_its_meaning_and_no_style(drawn):
    assert 'role="img" aria-label="Een kaart &lt;van&gt; alles"' in drawn
    for forbidden in ("style=", "<style", "class=", "http://www.w3.org/1999", "href", "<script"):
        assert forbidden not in drawn
    assert drawn.count("<svg") == drawn.count("</svg>") == 1


def test_areas_are_in_proportion(drawn):
    circles = [(float(r), fill) for _x, _y, r, fill in CIRCLE.findall(drawn)]
    leek, leek_part = circles[0][0], circles[1][0]
    assert circles[1][1] != circles[0][1]
    assert (leek_part / leek) ** 2 == pytest.approx(25 / 1007, rel=0.03)
    tenth = [r for r, fill in circles if fill == circles[1][1]][-1]
    largest = max(r for r, _fill in circles[5:])
    assert (tenth / largest) ** 2 == pytest.approx(1 / 10, rel=0.03)


def test_what_is_not_told_is_dashed_and_has_no_dark_part(drawn):
    assert "stroke-dasharray" in drawn
    assert "minder" in drawn
    dark = [fill for *_rest, fill in CIRCLE.findall(drawn)].count("#0f5360")
    assert dark == 3  # Leek, Tolbert and the legend
    assert "minder" not in circle_map([LEEK, TOLBERT], TEXTS)


def test_a_marked_place_has_a_heavier_rim(drawn):
    assert drawn.count('stroke-width="2.5"') == 2  # Saaksum and the legend
    assert "boven" not in circle_map([LEEK], TEXTS)


def test_numbers_are_dutch_and_there_is_a_scale_and_a_north(drawn):
    assert ">1.000 woningen<" in drawn or ">1.000<" in drawn
    assert re.search(">[25] km<", drawn)
    assert ">N<" in drawn


@pytest.mark.parametrize("width", [760, 340])
def test_everything_stays_on_the_paper(width):
    svg = circle_map(PLACES, TEXTS, width=width)
    height = float(re.search(r'viewBox="0 0 \d+ (\d+)"', svg)[1])
    for x, y, r, _fill in CIRCLE.findall(svg):
        assert float(x) - float(r) >= 0
        assert float(x) + float(r) <= width
        assert float(y) - float(r) >= 0
        assert float(y) + float(r) <= height


def test_one_place_and_none():
    assert "Leek" in circle_map([LEEK], TEXTS)
    assert circle_map([], TEXTS) == ""
    assert circle_map([Place("Leeg", 53, 6, 0, 0)], TEXTS) == ""


def test_kilometres_on_paper():
    (_x, _y), (east, south) = plane([Place("A", 53.3, 6.2, 1, 0), Place("B", 53.1, 6.5, 1, 0)])
    # 0.2 degrees of latitude and 0.3 of longitude at 53.2° north.
    assert south == pytest.approx(22.2, abs=0.1)
    assert east == pytest.approx(20.0, abs=0.1)


places = st.lists(
    st.builds(
        Place,
        name=st.sampled_from(["Leek", "Jonkersvaart", "Den Ham", "Sint Annaparochie"]),
        latitude=st.floats(53.0, 53.4),
        longitude=st.floats(6.1, 6.6),
        amount=st.integers(1, 2000),
        part=st.none() | st.integers(0, 1),
    ),
    min_size=1,
    max_size=25,
)
LABEL = re.compile(
    r'<text x="([\d.-]+)" y="([\d.-]+)" text-anchor="(\w+)"[^>]*fill="#1d2b2f">([^<]+)</text>'
)


@given(places=places, width=st.sampled_from([760, 340]))
def test_names_never_lie_over_each_other(places, width):
    svg = circle_map(places, TEXTS, width=width)
    size = 12 if width < 500 else 14
    boxes = []
    for x, y, anchor, text in LABEL.findall(svg):
        if text not in {place.name for place in places}:
            continue
        wide = len(text) * size * 0.56
        left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        boxes.append((left, float(y) - size * 0.9, left + wide, float(y) + size * 0.2))
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = (
                one[2] <= other[0] + 0.2
                or other[2] <= one[0] + 0.2
                or one[3] <= other[1] + 0.2
                or other[3] <= one[1] + 0.2
            )
            assert apart


@given(
    points=st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=1, max_size=12),
    data=st.data(),
)
def test_the_largest_circle_has_a_size_that_can_be_seen(points, data):
    amounts = [data.draw(st.integers(1, 3000)) for _point in points]
    largest = radius_factor(points, amounts, 26) * sqrt(max(amounts))
    assert largest + 1e-9 >= 6
    assert largest <= 26 + 1e-9
