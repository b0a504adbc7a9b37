"""The colours with which letters are drawn: fill, outline, shadows, and grounds clipped to the letters."""

import re
from dataclasses import dataclass

from auditor import colour, shape
from auditor.colour import Colour
from auditor.layout import Layout

FINE = 0.3  # px: thinner outlines add nothing that an eye could see
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
    fill = colour.parse(_fill(layout, element)) or colour.BLACK
    edges = (*_outline(layout, element), *_shadows(layout.style(element, "text-shadow")))
    if fill[3] < 1:
        for node in (element, *layout.ancestors(element)):
            if layout.style(node, "background-clip") == "text":
                clipped = _clipped(layout, node)
                return Ink(clipped or (colour.BLACK, colour.WHITE), edges, picture=clipped is None)
    return Ink((fill,), edges)


def _fill(layout: Layout, element: int) -> str:
    vector = layout.tree.name[element] in VECTOR_TEXT
    return layout.style(element, "fill" if vector else "-webkit-text-fill-color")


def _clipped(layout: Layout, element: int) -> tuple[Colour, ...] | None:
    """The colours of a background that is clipped to the letters; None for a picture."""
    image = layout.style(element, "background-image")
    if image in ("none", ""):
        flat = colour.parse(layout.style(element, "background-color"))
        return (flat,) if flat else None
    return None if "url(" in image else colour.stops(image)


def _outline(layout: Layout, element: int) -> tuple[Colour, ...]:
    width = shape.numbers(layout.style(element, "-webkit-text-stroke-width"))
    drawn = colour.parse(layout.style(element, "-webkit-text-stroke-color"))
    return (drawn,) if width and width[0] >= FINE and drawn else ()


def _shadows(value: str) -> tuple[Colour, ...]:
    if value in ("none", ""):
        return ()
    found = []
    for drawn, lengths in _SHADOW.findall(value):
        parsed = colour.parse(drawn)
        sizes = shape.numbers(lengths)
        blur = sizes[2] if len(sizes) > 2 else 0.0
        if parsed:
            found.append(colour.fade(parsed, min(1.0, SHARP / blur) if blur else 1.0))
    return tuple(found)
