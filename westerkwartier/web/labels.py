"""Where a text stands in a chart: beside its point, over no line, no other text and no edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

GLYPH = 0.56  # mean advance of the bundled font in em, on the wide side


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the plot, y downwards from the top."""

    left: float
    top: float
    right: float
    bottom: float

    def inside(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def crossed_by(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether the straight line from ``start`` to ``end`` passes through (Liang-Barsky)."""
        (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
        enter, leave = 0.0, 1.0
        for step, room in (
            (-dx, x - self.left),
            (dx, self.right - x),
            (-dy, y - self.top),
            (dy, self.bottom - y),
        ):
            if step == 0:
                if room < 0:
                    return False
            elif step < 0:
                enter = max(enter, room / step)
            else:
                leave = min(leave, room / step)
        return enter <= leave


@dataclass(frozen=True)
class Label:
    """Where a text stands: its box and its anchor, in pixels of the plot."""

    text: str
    box: Box
    x: float
    align: str

    @property
    def y(self) -> float:
        return (self.box.top + self.box.bottom) / 2


def place_label(
    text: str,
    at: tuple[float, float],
    lines: Sequence[Sequence[tuple[float, float]]],
    taken: Sequence[Box],
    size: float,
    room: tuple[float, float],
) -> Label:
    """The place for ``text`` near the point ``at`` that touches no line, no other text, no edge.

    ``lines``, ``taken`` and ``room`` (width, height) are in pixels of the plot. Nearest places
    are tried first; where all are taken the one that stays inside and meets no other text wins.
    """
    wide, high = len(text) * size * GLYPH, size * 1.15
    x, y = at
    second = None
    for distance in (8, 18, 32, 50, 72):
        for side, align in (
            ("above", "right"),
            ("below", "left"),
            ("above", "left"),
            ("below", "right"),
            ("above", "center"),
            ("below", "center"),
        ):
            left = {"right": x - wide, "left": x, "center": x - wide / 2}[align]
            left = min(max(left, 2), max(room[0] - wide - 2, 2))
            top = y - distance - high if side == "above" else y + distance
            box = Box(left, top, left + wide, top + high)
            if not box.inside(*room) or any(box.meets(other) for other in taken):
                continue
            label = _label(text, box, align)
            second = second or label
            # Between text and point no line either: the text would be read as that line's.
            gap = Box(
                x - 1, *((box.bottom, x + 1, y - 4) if side == "above" else (y + 4, x + 1, top))
            )
            if not any(
                box.crossed_by(start, end) or gap.crossed_by(start, end)
                for line in lines
                for start, end in pairwise(line)
            ):
                return label
    if second:
        return second
    return _label(text, Box(2, 0, 2 + wide, high), "left")


def _label(text: str, box: Box, align: str) -> Label:
    """Anchored at the side that faces its point: widths are estimates, the anchor is exact."""
    x = {"left": box.left, "right": box.right, "center": (box.left + box.right) / 2}[align]
    return Label(text, box, x, align)
