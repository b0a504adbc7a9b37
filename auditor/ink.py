"""The colours with which letters are drawn: fill, outline, shadows, and grounds clipped to the letters."""

import re
from dataclasses import dataclass

from auditor import colour, shape
from auditor.colour import Colour
from auditor.layout import Layout

FINE = 0.3  # px: thinner outlines add nothing that an eye could see
FAR = 500.0  # px: a shadow cast further than this lies elsewhere
SHARP = 4.0  # px: a shadow blurred further than this gets weaker as it spreads

VECTOR_TEXT = frozenset({"text", "tspan", "textpath"})

_SHADOW = re.compile(r"([a-z]+\([^()]*\))((?: -?[\d.e-]+px)+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ink:
    """What letters are drawn with."""

    fill: tuple[Colour, ...]  # one colour, or those of a gradient (of a picture: any) that is clipped to the letters
    edges: tuple[Colour, ...] = ()  # outline and shadows
    picture: bool = False  # filled with a picture, whose colours are not known

    @property
    def strength(self) -> float:
        """The alpha of the strongest of them."""
        return max(one[3] for one in (*self.fill, *self.edges))


def ink(layout: Layout, row: int) -> Ink:
    """How the text of a node is drawn, before any opacity of the elements around it."""
    element = layout.element(row)
    fill = _fill(layout, row)
    edges = (*_outline(layout, row), *_shadows(layout, row, solid=fill[3] == 1))
    if layout.tree.name[element] in VECTOR_TEXT and "url(" in layout.style(row, "fill"):  # a gradient or a pattern
        return Ink((colour.BLACK, colour.WHITE), edges, picture=True)
    if fill[3] < 1:
        for node in (element, *layout.ancestors(element)):
            if layout.style(node, "background-clip") == "text":
                clipped = _clipped(layout, node)
                return Ink(clipped or (colour.BLACK, colour.WHITE), edges, picture=clipped is None)
    return Ink((fill,), edges)


def _fill(layout: Layout, row: int) -> Colour:
    """The text itself carries the styles: its element may be `display: contents` and make no box."""
    if layout.tree.name[layout.element(row)] not in VECTOR_TEXT:
        return colour.parse(layout.style(row, "-webkit-text-fill-color")) or colour.BLACK
    fill, opacity = layout.style(row, "fill"), shape.numbers(layout.style(row, "fill-opacity"))
    drawn = colour.CLEAR if fill == "none" else colour.parse(fill) or colour.BLACK
    return colour.fade(drawn, opacity[0] if opacity else 1.0)


def _clipped(layout: Layout, element: int) -> tuple[Colour, ...] | None:
    """The colours of a background that is clipped to the letters; None for a picture."""
    image = layout.style(element, "background-image")
    if image in ("none", ""):
        flat = colour.parse(layout.style(element, "background-color"))
        return (flat,) if flat else None
    return None if "url(" in image else colour.stops(image)


def _outline(layout: Layout, row: int) -> tuple[Colour, ...]:
    if layout.tree.name[layout.element(row)] in VECTOR_TEXT:
        stroke = colour.parse(layout.style(row, "stroke"))
        return (stroke,) if stroke else ()
    width = shape.numbers(layout.style(row, "-webkit-text-stroke-width"))
    drawn = colour.parse(layout.style(row, "-webkit-text-stroke-color"))
    return (drawn,) if width and width[0] >= FINE and drawn else ()


def _shadows(layout: Layout, row: int, *, solid: bool) -> tuple[Colour, ...]:
    """The shadows that can be seen at the letters; one that lies exactly under solid letters can't."""
    value = layout.style(row, "text-shadow")
    found = []
    for drawn, lengths in _SHADOW.findall(value) if value != "none" else ():
        parsed = colour.parse(drawn)
        across, down, blur = (*shape.numbers(lengths), 0.0)[:3]
        under = solid and not (across or down or blur)
        if parsed and not under and max(abs(across), abs(down)) <= FAR:
            found.append(colour.fade(parsed, min(1.0, SHARP / blur) if blur else 1.0))
    return tuple(found)
