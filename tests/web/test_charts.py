"""Charts: the same figures give the same picture, fit for a strict page, with readable texts."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from westerkwartier.web import charts
from westerkwartier.web.labels import Box, place_label

START, END = date(2017, 7, 1), date(2018, 1, 1)
SCHEDULE = [(START, 0), (END, 50)]
MONTHS = [(date(2017, month, 1), count) for month, count in ((7, 0), (8, 9), (9, 21), (10, 33))]
TEXTS = {
    "realised_label": "33 gehuisvest",
    "schedule_label": "taakstelling 50",
    "axis_label": "personen (cumulatief)",
    "alt": "Gehuisvest: 33 van 50 & voor op schema",
}


def draw(realised=MONTHS, language="nl", **options) -> str:
    with override(language):
        return charts.line_against_schedule(realised, SCHEDULE, **(TEXTS | options))


def texts(svg: str) -> list[str]:
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.text]


def test_the_same_figures_give_the_same_picture():
    first = draw()
    charts._svg.cache_clear()
    assert draw() == first


def test_the_picture_says_in_a_sentence_what_it_shows():
    root = ElementTree.fromstring(draw())
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Gehuisvest: 33 van 50 & voor op schema"


def test_nothing_that_a_strict_page_refuses():
    for svg in (draw(), charts.bars([("Leek", 0.2)], alt="x", goal=0.2, goal_label="20%")):
        assert not re.search(r"<script|<style|style=|href=|\son[a-z]+=", svg)
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_months_in_the_language_of_the_reader():
    assert {"1 jul", "1 okt", "1 jan"} <= set(texts(draw()))
    assert {"1 Jul", "1 Oct", "1 Jan"} <= set(texts(draw(language="en")))


def test_both_lines_are_named_where_they_are():
    assert {"33 gehuisvest", "taakstelling 50"} <= set(texts(draw()))


def test_two_pictures_on_a_page_share_no_identifier():
    pictures = [draw(), draw(width=330, height=230)]
    found = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in pictures]
    assert not found[0] & found[1]


def test_many_counts_are_drawn_as_stairs_and_no_count_is_drawn_at_all():
    days = [(START + timedelta(days=7 * week), week) for week in range(20)]
    assert "33 gehuisvest" in draw(days)
    assert "taakstelling 50" in draw([])


def test_text_is_escaped():
    svg = draw(realised_label="<b>33</b>", alt='"><script>')
    assert "<b>" not in svg
    assert "<script>" not in svg
    ElementTree.fromstring(svg)


def test_bars_keep_their_order_and_tell_their_value():
    with override("nl"):
        svg = charts.bars([("Zuidhorn", 0.187), ("Leek", 0.196)], alt="Aandeel")
    found = texts(svg)
    assert found.index("Zuidhorn") < found.index("Leek")
    assert {"18,7%", "19,6%"} <= set(found)


@given(
    counts=st.lists(st.integers(0, 12), min_size=1, max_size=7),
    quota=st.integers(1, 80),
    room=st.sampled_from([(590.0, 200.0), (280.0, 160.0)]),
)
def test_labels_stay_inside_and_apart(counts, quota, room):
    total = [sum(counts[: i + 1]) for i in range(len(counts))]
    top = max(*total, quota) * room[1] / (room[1] - 30)
    line = [(i / 7 * room[0], room[1] - count / top * room[1]) for i, count in enumerate(total)]
    schedule = [(0.0, room[1]), (room[0], room[1] - quota / top * room[1])]
    first = place_label("33 gehuisvest", line[-1], [line, schedule], [], 14, room)
    second = place_label("taakstelling 50", schedule[-1], [line, schedule], [first.box], 14, room)
    assert first.box.inside(*room)
    assert second.box.inside(*room)
    assert not first.box.meets(second.box)


def test_a_label_avoids_the_lines_where_there_is_room():
    line = [(0.0, 200.0), (300.0, 100.0)]
    other = [(0.0, 200.0), (590.0, 20.0)]
    label = place_label("33 gehuisvest", line[-1], [line, other], [], 14, (590, 200))
    assert not any(label.box.crossed_by(a, b) for path in (line, other) for a, b in pairwise(path))


def test_no_line_comes_between_a_label_and_its_point():
    schedule = [(0.0, 150.0), (590.0, 20.0)]
    behind = [(0.0, 150.0), (590.0, 45.0)]
    label = place_label("67 gehuisvest", behind[-1], [behind, schedule], [], 12, (590, 170))
    assert label.box.top > 45


def test_a_line_past_a_box_does_not_cross_it():
    box = Box(10, 10, 20, 20)
    assert box.crossed_by((0, 0), (30, 30))
    assert not box.crossed_by((0, 25), (30, 25))
    assert not box.crossed_by((0, 0), (9, 9))


def test_ticks_are_round_and_few():
    assert charts.ticks(50) == [0, 10, 20, 30, 40, 50]
    assert charts.ticks(3) == [0, 1, 2, 3]
    assert len(charts.ticks(987_654)) <= 6
