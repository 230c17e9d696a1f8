"""A map of places as circles, drawn here as SVG: no tiles, no network.

The area of a circle tells how much there is at a place; a dark circle inside it, on the same
scale, tells which part of that. Readable in grey: light against dark, dashes, a heavier rim. The
picture carries its meaning as text alternative and needs a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians, sqrt

from django.utils.safestring import SafeString, mark_safe

from westerkwartier.web.labels import GLYPH, Box
from westerkwartier.web.templatetags.ui import number

FONT = "'Source Sans 3', sans-serif"
INK, SOFT, RIM, LIGHT, DARK = "#1d2b2f", "#4f6065", "#4f6065", "#dbe7e9", "#0f5360"
KM_PER_DEGREE = 40_008 / 360  # along a meridian
ROUND = [step * 10**power for power in range(-1, 6) for step in (1, 2, 5)]


@dataclass(frozen=True)
class Place:
    """A place with ``amount`` (its circle) of which ``part`` (the dark one); None is not shown.

    Degrees north and east. ``marked`` places get a heavier rim; ``note`` is a second line of text.
    """

    name: str
    latitude: float
    longitude: float
    amount: int
    part: int | None
    note: str = ""
    marked: bool = False


@dataclass(frozen=True)
class MapTexts:
    """The words of the legend. ``example`` belongs to a dark circle of a tenth."""

    alt: str
    unit: str
    example: str
    hidden: str
    marked: str


@dataclass(frozen=True)
class Spot:
    """A place on paper: centre and radius in pixels."""

    place: Place
    x: float
    y: float
    r: float

    @property
    def box(self) -> Box:
        return Box(self.x - self.r, self.y - self.r, self.x + self.r, self.y + self.r)


def plane(places: Sequence[Place]) -> list[tuple[float, float]]:
    """Kilometres east and south of the north-western corner of these places.

    A degree east is shorter by the cosine of the latitude; within a region of some fifty
    kilometres one latitude, that of the middle, does for all.
    """
    north = max(place.latitude for place in places)
    west = min(place.longitude for place in places)
    middle = (north + min(place.latitude for place in places)) / 2
    east_km = KM_PER_DEGREE * cos(radians(middle))
    return [
        ((place.longitude - west) * east_km, (north - place.latitude) * KM_PER_DEGREE)
        for place in places
    ]


def radius_factor(
    points: Sequence[tuple[float, float]], amounts: Sequence[int], largest: float
) -> float:
    """Pixels per root of the amount: areas in proportion, the largest circle at most ``largest``.

    Smaller where neighbours would lie over each other by more than a tenth, but never so small
    that the largest circle would be under 6 pixels.
    """
    roots = [sqrt(amount) for amount in amounts]
    most = max(roots, default=0) or 1
    factor = largest / most
    for one, (x, y) in enumerate(points):
        for other in range(one):
            together = roots[one] + roots[other]
            if together:
                apart = hypot(x - points[other][0], y - points[other][1])
                factor = min(factor, 1.1 * apart / together)
    return max(factor, 6 / most)


def circle_map(places: Sequence[Place], texts: MapTexts, *, width: int = 760) -> SafeString:
    """The map as inline SVG of ``width`` pixels: the legend beside it, below it on a phone."""
    narrow = width < 500
    size = 12 if narrow else 14
    places = sorted((place for place in places if place.amount > 0), key=lambda p: -p.amount)
    if not places:
        return mark_safe("")
    beside = 0 if narrow else 200
    edge = 26 if narrow else 40
    kilometres = plane(places)
    wide = max(x for x, _y in kilometres) or 1
    high = max(y for _x, y in kilometres) or 1
    scale = min((width - beside - 2 * edge) / wide, (400 if narrow else 620) / high)
    left = edge + ((width - beside - 2 * edge) - wide * scale) / 2
    points = [(left + x * scale, edge + y * scale) for x, y in kilometres]
    factor = radius_factor(points, [place.amount for place in places], 17 if narrow else 26)
    spots = [
        Spot(place, x, y, factor * sqrt(place.amount))
        for place, (x, y) in zip(places, points, strict=True)
    ]
    map_high = high * scale + 2 * edge
    parts = [_circles(spot, factor) for spot in spots]
    bar, bar_box = _scale_bar(scale, (edge / 2, map_high - 6), (width - beside) / 4, size)
    north, north_box = _north((edge / 2 + 8, 6), size)
    room = (width - beside, map_high)
    parts += _labels(spots, [bar_box, north_box], room, size, few=narrow)
    parts += [bar, north]
    at = (edge / 2, map_high + 14) if narrow else (width - beside + 10, edge)
    legend, below = _legend(spots, texts, factor, at, width - at[0], size)
    height = max(map_high, below) if not narrow else below
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(texts.alt)}" '
        f'width="{width}" height="{height:.0f}" viewBox="0 0 {width} {height:.0f}" '
        f'font-family="{escape(FONT)}" font-size="{size}">'
    )
    return mark_safe(opening + "".join(parts) + legend + "</svg>")  # made here, texts escaped


def _circle(x: float, y: float, r: float, attributes: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.2f}" {attributes}/>'


def _circles(spot: Spot, factor: float) -> str:
    """The circle of a place, and the dark part of it in its middle."""
    place = spot.place
    rim = f'stroke="{INK}" stroke-width="2.5"' if place.marked else f'stroke="{RIM}"'
    if place.part is None:
        rim += ' stroke-dasharray="2 2"'
    drawn = _circle(spot.x, spot.y, spot.r, f'fill="{LIGHT}" {rim}')
    if place.part:
        drawn += _circle(spot.x, spot.y, factor * sqrt(place.part), f'fill="{DARK}"')
    return drawn


def _text(x: float, y: float, text: str, *, anchor: str = "start", rest: str = "") -> str:
    """A text whose baseline stands at ``y``, with a white rim so that it can lie on a line."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    rim = 'stroke="#ffffff" stroke-width="3" stroke-linejoin="round"'
    shown = escape(text)
    return (
        f'<text {place} {rest} {rim} fill="#ffffff">{shown}</text>'
        f'<text {place} {rest} fill="{INK}">{shown}</text>'
    )


def text_width(text: str, size: float) -> float:
    return len(text) * size * GLYPH


def _labels(
    spots: Sequence[Spot],
    taken: Sequence[Box],
    room: tuple[float, float],
    size: float,
    *,
    few: bool,
) -> list[str]:
    """Names, the largest place first, each where it meets nothing; without such a place, none."""
    placed = list(taken)
    drawn = []
    circles = [spot.box for spot in spots]
    for rank, spot in enumerate(spots):
        if few and rank >= 15:
            break
        others = circles[:rank] + circles[rank + 1 :]
        lines = [spot.place.name]
        choices = [lines]
        if spot.place.note and rank < (6 if few else 14):
            choices.insert(0, [*lines, spot.place.note])
        for lines in choices:
            found = _free_place(spot, lines, [*placed, *others], room, size)
            if found is not None:
                box, anchor = found
                placed.append(box)
                drawn.append(_lines(box, anchor, lines, size))
                break
    return drawn


def _free_place(spot, lines, taken, room, size) -> tuple[Box, str] | None:
    wide = max(text_width(line, size) for line in lines)
    high = len(lines) * size * 1.15
    gap = spot.r + 3
    corner = spot.r * 0.7 + 2
    for left, top, anchor in (
        (spot.x + gap, spot.y - high / 2, "start"),
        (spot.x - gap - wide, spot.y - high / 2, "end"),
        (spot.x - wide / 2, spot.y - gap - high, "middle"),
        (spot.x - wide / 2, spot.y + gap, "middle"),
        (spot.x + corner, spot.y - corner - high, "start"),
        (spot.x + corner, spot.y + corner, "start"),
        (spot.x - corner - wide, spot.y - corner - high, "end"),
        (spot.x - corner - wide, spot.y + corner, "end"),
    ):
        box = Box(left, top, left + wide, top + high)
        if box.inside(*room) and not any(box.meets(other) for other in taken):
            return box, anchor
    return None


def _lines(box: Box, anchor: str, lines: Sequence[str], size: float) -> str:
    x = {"start": box.left, "end": box.right, "middle": (box.left + box.right) / 2}[anchor]
    return "".join(
        _text(
            x,
            box.top + size * (0.9 + 1.15 * index),
            line,
            anchor=anchor,
            rest='font-weight="600"' if index == 0 and len(lines) > 1 else "",
        )
        for index, line in enumerate(lines)
    )


def _scale_bar(scale: float, at: tuple[float, float], most: float, size: float) -> tuple[str, Box]:
    """A bar of a round number of kilometres, at most ``most`` pixels, standing on ``at``."""
    kilometres = max((step for step in ROUND if step * scale <= most), default=ROUND[0])
    x, y = at
    end = x + kilometres * scale
    path = f'<path d="M{x:.1f} {y - 5:.1f}v5H{end:.1f}v-5" fill="none" stroke="{INK}"/>'
    label = f"{number(kilometres, 0 if kilometres >= 1 else 1)} km"
    drawn = path + _text(end + 5, y, label)
    return drawn, Box(x, y - size, end + 5 + text_width(label, size), y)


def _north(at: tuple[float, float], size: float) -> tuple[str, Box]:
    """An arrow to the north, which is up."""
    x, y = at
    arrow = f'<path d="M{x:.1f} {y:.1f}l6 16-6-4-6 4z" fill="{INK}"/>'
    drawn = arrow + _text(x, y + 17 + size, "N", anchor="middle", rest='font-weight="600"')
    return drawn, Box(x - 8, y, x + 8, y + 20 + size)


def _legend(
    spots: Sequence[Spot],
    texts: MapTexts,
    factor: float,
    at: tuple[float, float],
    wide: float,
    size: float,
) -> tuple[str, float]:
    """What the circles mean, on their own scale; gives the drawing and where it ends."""
    most = spots[0].place.amount
    largest = max((step for step in ROUND if step <= most and step >= 1), default=1)
    samples = [largest, max(largest // 10, 1)] if largest >= 10 else [largest]
    x, y = at
    column = factor * sqrt(largest)
    drawn = []

    def row(circles: str, radius: float, text: str) -> None:
        nonlocal y
        lines = _wrapped(text, wide - 2 * column - 14, size)
        high = max(2 * radius, len(lines) * size * 1.2) + 8
        middle = y + high / 2
        drawn.append(circles.replace("CY", f"{middle:.1f}"))
        first = middle - len(lines) * size * 0.6 + size * 0.9
        for index, line in enumerate(lines):
            drawn.append(_text(x + 2 * column + 10, first + index * size * 1.2, line))
        y += high

    def ring(radius: float, attributes: str) -> str:
        return f'<circle cx="{x + column:.1f}" cy="CY" r="{radius:.2f}" {attributes}/>'

    plain = f'fill="{LIGHT}" stroke="{RIM}"'
    for sample in samples:
        radius = factor * sqrt(sample)
        row(ring(radius, plain), radius, f"{number(sample)} {texts.unit}")
    tenth = samples[0] // 10
    if tenth:
        inner = ring(factor * sqrt(tenth), f'fill="{DARK}"')
        text = texts.example % {"part": number(tenth), "amount": number(samples[0])}
        row(ring(column, plain) + inner, column, text)
    small = max(factor * sqrt(samples[-1]), 6)
    if any(spot.place.part is None for spot in spots):
        row(ring(small, f'{plain} stroke-dasharray="2 2"'), small, texts.hidden)
    if any(spot.place.marked for spot in spots):
        rim = f'fill="{LIGHT}" stroke="{INK}" stroke-width="2.5"'
        row(ring(small, rim), small, texts.marked)
    return "".join(drawn), y + 4


def _wrapped(text: str, wide: float, size: float) -> list[str]:
    """``text`` in lines of at most ``wide`` pixels, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= wide:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
