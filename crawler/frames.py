"""Where the documents of frames go in the page: the geometry of `crawler.snapshot`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.answer import Answer, Part
from crawler.capture import STYLES, Box

_POSITION = STYLES.index("position")
_CHANGES = ("transform", "filter", "scale", "rotate", "translate", "perspective", "backdrop-filter")
_HOLDING, _WILL_CHANGE = tuple(map(STYLES.index, _CHANGES)), STYLES.index("will-change")

PADDING = ("padding-left", "padding-top")
"""Asked of the browser, after `STYLES`, to find where the content of a frame starts; not kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document goes: its origin lands at `left`, `top`, enlarged by the scales."""

    parent: int = -1
    left: float = 0.0
    top: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    paint: tuple[int, ...] = ()  # paint order of the frames of other processes that hold it
    shown: bool = True  # False: the frame has no box, so nothing in it has

    def box(self, bounds: Sequence[float]) -> Box:
        """A box of the document, in the page."""
        x, y, width, height = bounds
        return (self.left + x * self.scale_x, self.top + y * self.scale_y, width * self.scale_x, height * self.scale_y)


def inside(layout: Part, item: int, place: Place) -> tuple[Box, float, float]:
    """The part of an element inside its borders and scroll bars, and how much its pixels are enlarged."""
    box = x, y, width, height = place.box(layout["bounds"][item])
    offset, client = layout["offsetRects"][item], layout["clientRects"][item]
    across = width / offset[2] if offset and offset[2] else place.scale_x
    down = height / offset[3] if offset and offset[3] else place.scale_y
    if not client or not any(client):  # inline boxes have no client rectangle
        return box, across, down
    left, top, wide, high = client
    return (x + left * across, y + top * down, wide * across, high * down), across, down


def opening(answer: Answer, layout: Part, owner: int, row: int, place: Place) -> tuple[Place, int]:
    """Where the document of the iframe element `owner` goes, and the paint order of the element."""
    if not place.shown or owner not in layout["nodeIndex"]:
        return replace(place, parent=row, shown=False), 0
    item = layout["nodeIndex"].index(owner)
    (x, y, _, _), across, down = inside(layout, item, place)
    left, top = (_pixels(answer.strings[value]) for value in answer.looks[layout["styles"][item]][len(STYLES) :])
    inner = Place(row, x + left * across, y + top * down, across, down, place.paint)
    return inner, layout["paintOrders"][item]


def scrolled(document: Part, place: Place) -> Place:
    """The place of a document in a frame that is scrolled: what is scrolled out lies before the opening."""
    x, y = document["scrollOffsetX"], document["scrollOffsetY"]
    return replace(place, left=place.left - x * place.scale_x, top=place.top - y * place.scale_y)


def _pixels(length: str) -> float:
    return float(length.removesuffix("px")) if length.endswith("px") else 0.0


def fixed_rows(parents: Sequence[int], style: Sequence[int], styles: Sequence[Sequence[str]]) -> list[bool]:
    """For each row whether it is fixed to the window, by itself or with a box that it is in.

    Transformed and filtered boxes hold what is fixed (CSS Transforms 1, section 3), and those that soon will be.
    """
    fixed: list[bool] = []
    held: list[bool] = []
    for number, parent in zip(style, parents, strict=True):
        values = styles[number] if number >= 0 else None
        in_fixed, in_held = (fixed[parent], held[parent]) if parent >= 0 else (False, False)
        own = values is not None and values[_POSITION] == "fixed"
        holds = values is not None and _holds(values)
        fixed.append(in_fixed or (own and not in_held))
        held.append(in_held or holds)
    return fixed


def _holds(values: Sequence[str]) -> bool:
    changed = any(values[column] != "none" for column in _HOLDING)
    return changed or any(word in values[_WILL_CHANGE] for word in _CHANGES)
