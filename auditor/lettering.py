"""How large letters are as laid out, and how many stand around them."""

from collections.abc import Sequence
from math import fsum

from auditor import shape
from auditor.layout import Layout, breadth
from crawler.capture import Box

WALL = 5_000
FRAMES = frozenset({"iframe", "object", "embed"})  # replaced elements with text in them
SQUEEZED = 0.25  # of the usual width: letters pushed into each other


def own_size(layout: Layout, row: int) -> float | None:
    """The computed font size of a text, px."""
    return next(iter(shape.numbers(layout.style(row, "font-size"))), None)


def size(layout: Layout, row: int) -> float | None:
    """The font size as laid out, px: zooms, transforms and the scale of drawings around it included."""
    known = own_size(layout, row)
    if known is None:
        return None
    for node in layout.around(row):
        known *= _stretch(layout, node)
    return known


def _stretch(layout: Layout, row: int) -> float:
    style = layout.style
    box, view = layout.tree.box[row], layout.attribute(row, "viewBox")
    if layout.tree.name[row] == "svg" and box and view:
        sides = shape.numbers(view)
        if len(sides) == 4 and min(sides[2:]) > 0:
            return min(box[2] / sides[2], box[3] / sides[3])
    if style(row, "display") == "inline" and layout.tree.name[row] not in FRAMES and not _drawn(layout, row):
        return shape.stretch("none", "none", style(row, "zoom"))  # CSS Transforms 1: no transforms of inline boxes
    return shape.stretch(style(row, "transform"), style(row, "scale"), style(row, "zoom"))


def _drawn(layout: Layout, row: int) -> bool:
    """Whether it is part of an SVG drawing, whose elements call themselves inline and are transformed all the same."""
    return any(layout.tree.name[node] == "svg" for node in (row, *layout.ancestors(row)))


def squeezed(boxes: Sequence[tuple[Box, str]], font: float | None) -> bool:
    """Whether letters have no room to be told apart: boxes of no size, or letters pushed into each other."""
    if all(min(box[2], box[3]) < 1 for box, _ in boxes):
        return True
    usual = fsum(breadth(text) for _, text in boxes) * (font or 0.0)
    return fsum(max(box[2], box[3]) for box, text in boxes if text) < SQUEEZED * usual


def words_around(layout: Layout, row: int) -> int:
    """Characters of text in the block that it stands in; counting ends at `WALL`."""
    chain = (node for node in layout.ancestors(row) if not layout.style(node, "display").startswith("inline"))
    block = next((node for node in chain if layout.laid_out(node)), 0)
    below = (node for node in layout.descendants(block) if layout.tree.kind[node] == 3 and layout.laid_out(node))
    total = 0
    for node in below:
        total += len(layout.tree.text[node].strip())
        if total >= WALL:
            break
    return total
