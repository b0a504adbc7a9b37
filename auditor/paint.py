"""What is painted behind and in front of a piece of text, in which order, and which colours come of it.

Sources: CSS 2.1 appendix E (painting order), Compositing 1 (groups and opacity), CSS Backgrounds 3 (canvas).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor import colour, shape
from auditor.absence import unpainted
from auditor.colour import CLEAR, WHITE, Colour
from auditor.layout import Layout
from auditor.reach import holders
from auditor.stacking import PICTURES, REPLACED, SHAPES, Stacking
from crawler.capture import STYLES, Box

OPAQUE_PICTURES = (".jpg", ".jpeg", ".bmp")
FOCUS = 1.0  # px: a weaker blur leaves letters legible
ICON = 32.0  # px: background pictures up to this width are marks, not grounds
_BACK, _BLEND, _GROUND = map(STYLES.index, ("backface-visibility", "mix-blend-mode", "background-color"))
HARMLESS = frozenset({"opacity", "grayscale", "drop-shadow", "sepia", "saturate", "hue-rotate", "blur"})
"""Filters that keep, about, the contrast of letters to their ground, unless they blur."""

DARK = "rgb(18, 18, 18)"
"""Chromium's canvas where a page asks for a dark colour scheme and paints no ground of its own (CSS Color Adjust 1)."""

EVERYWHERE: Box = (-1e9, -1e9, 2e9, 2e9)


Image = tuple[Colour, ...] | None
"""The colours of a gradient; None: a picture."""


@dataclass(frozen=True, slots=True)
class Paint:
    """What one element puts on the page below its content."""

    row: int
    box: Box
    flat: Colour  # background colour, perhaps clear
    images: tuple[Image, ...] = ()  # what lies on it, the lowest first
    opaque: bool = False  # a picture that surely hides what is behind it
    blurs: bool = False  # blurs or recolours what is behind it

    @property
    def picture(self) -> bool:
        """Whether it shows a picture, whose colours are not known."""
        return None in self.images


class Painting:
    """The paints of one view."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._groups: dict[int, tuple[int, ...]] = {-1: ()}
        self._held: dict[int, tuple[int, ...]] = {}
        self._tests: dict[int, tuple[shape.Inside | None, ...]] = {-1: ()}
        self._turned: dict[int, bool] = {-1: False}

    @cached_property
    def paints(self) -> Sequence[Paint]:
        """Every element that paints a ground or is a picture, in the order of rows."""
        tree = self.layout.tree
        painting = [self._ground(values) for values in range(len(tree.styles))]
        found = []
        for row, (number, box, kind) in enumerate(zip(tree.style, tree.box, tree.kind, strict=True)):
            if number < 0 or kind != 1 or box is None:
                continue
            ground = painting[number]
            if (ground is not None or tree.name[row] in REPLACED) and self._shows(row):
                flat, images, blurs = ground or (CLEAR, (), False)
                if tree.name[row] == "rect":
                    flat = colour.parse(self.layout.style(row, "fill")) or CLEAR
                images, hides = images + self._content(row), self._hides(row)
                found += [Paint(row, area, flat, images, hides, blurs) for area in self._areas(row, box)]
        return found

    def _areas(self, row: int, box: Box) -> Sequence[Box]:
        """Where an element paints: its box; of an inline element of several lines, or with blocks in it, each line."""
        if row in self._canvases:
            return [self._canvas(row)]
        if self.layout.style(row, "display") != "inline" or self.layout.tree.name[row] in REPLACED:
            return [box]
        lines = [*self._lines(row)]
        return [box] if len({round(line[1]) for line in lines}) == 1 and not self._holds_block(row) else lines

    def _lines(self, row: int) -> Iterator[Box]:
        """The boxes of the lines of an inline element, those of blocks in it left out."""
        layout, waiting = self.layout, [row]
        while waiting:
            node = waiting.pop()
            yield from layout.lines(node)
            box, display = layout.tree.box[node], layout.style(node, "display")
            if layout.tree.kind[node] == 1 and display == "inline" and layout.tree.name[node] not in REPLACED:
                waiting.extend(layout.children(node))
            elif layout.tree.kind[node] == 1 and display.startswith("inline") and box:
                yield box

    def _holds_block(self, row: int) -> bool:
        styles = (self.layout.style(child, "display") for child in self.layout.children(row))
        return any(style and not style.startswith("inline") for style in styles)

    def _shows(self, row: int) -> bool:
        layout = self.layout
        drawn = layout.tree.name[row] not in SHAPES or unpainted(layout, row) is None
        return layout.style(row, "visibility") == "visible" and drawn and not self.turned(row)

    def _ground(self, number: int) -> tuple[Colour, tuple[Image, ...], bool] | None:
        """Background colour, pictures, and whether it blurs, of a row of computed styles; None: it paints none."""
        values = _named(self.layout.tree.styles[number])
        if values["background-clip"] == "text":
            return None
        flat = colour.parse(values["background-color"]) or CLEAR
        images: tuple[Image, ...] = ()
        blurs = _veils(values.get("backdrop-filter", ""))
        if values["background-image"] != "none" and not _icon(values["background-size"], values["background-repeat"]):
            images = tuple(_images(values["background-image"], values["background-size"], values["background-repeat"]))
        return (flat, images, blurs) if flat[3] > 0 or images or blurs else None

    def _content(self, row: int) -> tuple[Image, ...]:
        """What an element shows over its ground, if that is a picture or a drawing."""
        name = self.layout.tree.name[row]
        drawn = name in SHAPES and name != "rect" and self.layout.style(row, "fill") != "none"
        falls_back = name == "object" and any(self.layout.laid_out(child) for child in self.layout.children(row))
        return (None,) if (name in PICTURES and not falls_back) or drawn else ()

    def _hides(self, row: int) -> bool:
        address = (self.layout.attribute(row, "src") or "").partition("?")[0].lower()
        name = self.layout.tree.name[row]
        return name == "video" or (name in PICTURES and address.endswith(OPAQUE_PICTURES))

    @cached_property
    def _canvases(self) -> frozenset[int]:
        """The elements whose background is that of the whole canvas: `html`, or `body` if `html` has none."""
        tree = self.layout.tree
        found = set()
        for html in (row for row, name in enumerate(tree.name) if name == "html" and tree.kind[row] == 1):
            if tree.style[html] >= 0 and self._ground(tree.style[html]) is not None:
                found.add(html)
            else:
                found.update(row for row in self.layout.children(html) if tree.name[row] == "body")
        return frozenset(found)

    def _canvas(self, row: int) -> Box:
        for node in self.layout.ancestors(row):
            if self.layout.tree.name[node] == "#document" and node in self.layout.scrollers:
                x, y, width, height, left, top, wide, high = self.layout.scrollers[node]
                return (x - left, y - top, max(wide, width), max(high, height))
        return EVERYWHERE

    def paper(self, row: int) -> Colour:
        """What lies below everything that is painted: white, unless the browser tells of a dark canvas at a text."""
        told = self.layout.tree.ground[self.layout.element(row)]
        return colour.parse(DARK) or WHITE if told == DARK and not self._painted_dark else WHITE

    @cached_property
    def _painted_dark(self) -> bool:
        """Whether an element has the colour of the dark canvas: then what the browser tells may be its ground."""
        return any(values[_GROUND] == DARK for values in self.layout.tree.styles)

    def blended(self, row: int, text: int) -> bool:
        """Whether an element's colours mix with those below it in another way than by covering them, the text apart."""
        if not self._have_blends:
            return False
        around = {text, *self.layout.ancestors(text)}
        chain = (node for node in self.layout.around(row) if node not in around)
        return any(self.layout.style(node, "mix-blend-mode") not in ("normal", "") for node in chain)

    @cached_property
    def _have_blends(self) -> bool:
        return any(values[_BLEND] != "normal" for values in self.layout.tree.styles)

    @cached_property
    def order(self) -> Stacking:
        """Which of two paints lies above the other."""
        return Stacking(self.layout, self._canvases)

    def groups(self, row: int) -> tuple[int, ...]:
        """The ancestors, and the row itself, that fade what is in them as one picture."""
        tree = self.layout.tree
        for node in self.layout.unknown(row, self._groups):
            up = self._groups[-1 if self._on_top(node) else tree.parent[node]]
            faded = tree.kind[node] == 1 and self.opacity(node) < 1
            self._groups[node] = (*up, node) if faded else up
        return self._groups[row]

    def opacity(self, row: int) -> float:
        """An element's own opacity, the filter's included."""
        value = self.layout.style(row, "opacity")
        return (float(value) if value else 1.0) * shape.filter_opacity(self.layout.style(row, "filter"))

    def held(self, row: int) -> tuple[int, ...]:
        """The boxes inside the page that clip or scroll the row, and -1 at the end if it is fixed to the page."""
        if row not in self._held:
            chain = tuple(holders(self.layout, row))
            self._held[row] = (*(node for node, _ in chain[:-1] if node != row), *((-1,) if chain[-1][1] else ()))
        return self._held[row]

    def showing(self, paint: Paint, text: int) -> Box:
        """The part of a paint that shows, as far as boxes clip it that do not clip the text as well."""
        left, top, width, height = paint.box
        right, bottom = left + width, top + height
        for holder in self.held(paint.row):
            if holder >= 0 and holder not in self.held(text):
                x, y, wide, high = self.layout.scrollers[holder][:4]
                if self.layout.style(holder, "overflow-x") != "visible":
                    left, right = max(left, x), min(right, x + wide)
                if self.layout.style(holder, "overflow-y") != "visible":
                    top, bottom = max(top, y), min(bottom, y + high)
        return (left, top, max(right - left, 0.0), max(bottom - top, 0.0))

    def cuts(self, row: int) -> tuple[shape.Inside | None, ...]:
        """The tests of all clip paths that apply to an element; None stands for one that can't be told."""
        for node in self.layout.unknown(row, self._tests):
            up = -1 if self._on_top(node) else self.layout.tree.parent[node]
            self._tests[node] = (*self._tests[up], *self._cut(node))
        return self._tests[row]

    def _on_top(self, row: int) -> bool:
        """Whether it is in the top layer, which no effect of an ancestor reaches (CSS Position 4)."""
        return self.layout.tree.kind[row] == 1 and self.layout.style(row, "overlay") == "auto"

    def turned(self, row: int) -> bool:
        """Whether what is seen of it would be its back, or that of what it is in, which its style hides."""
        if not self._have_backs:
            return False
        for node in self.layout.unknown(row, self._turned):
            own = self.layout.tree.kind[node] == 1 and self.layout.style(node, "backface-visibility") == "hidden"
            self._turned[node] = self._turned[self.layout.tree.parent[node]] or (own and self._away(node))
        return self._turned[row]

    @cached_property
    def _have_backs(self) -> bool:
        return any(values[_BACK] == "hidden" for values in self.layout.tree.styles)

    def _away(self, row: int) -> bool:
        """Whether the back of an element faces the reader, with all that is turned in one space with it."""
        style, turns = self.layout.style, []
        while row >= 0:
            if style(row, "display") != "inline":  # CSS Transforms 1: not of inline boxes
                turns.append((style(row, "transform"), style(row, "rotate")))
            row = self.layout.holder(row)
            if row < 0 or style(row, "transform-style") != "preserve-3d":
                break
        return shape.turned_away(tuple(reversed(turns)))

    def _cut(self, row: int) -> Iterator[shape.Inside | None]:
        box = self.layout.tree.box[row]
        if box is None or self.layout.tree.kind[row] != 1:
            return
        path = self.layout.style(row, "clip-path")
        if path not in ("none", ""):
            yield shape.clip_path(path, box)
        old = shape.clip(self.layout.style(row, "clip"), box)
        if old is not None and self.layout.style(row, "position") in ("absolute", "fixed"):
            x, y, width, height = old
            yield lambda px, py: x < px < x + width and y < py < y + height


def _named(values: Sequence[str]) -> Mapping[str, str]:
    return dict(zip(STYLES, values, strict=False))


def _veils(backdrop: str) -> bool:
    """Whether a `backdrop-filter` changes what is behind the element so that letters may be lost."""
    return shape.blur(backdrop) > FOCUS or any(name not in HARMLESS for name, _ in shape.filters(backdrop))


def _images(images: str, sizes: str, repeats: str) -> Iterator[Image]:
    """The layers of a background, the lowest first. Where one ends that does not cover the box is not told."""
    layers, wide, often = shape.listed(images), shape.listed(sizes), shape.listed(repeats)
    for at, layer in reversed([*enumerate(layers)]):
        size, repeat = wide[at % len(wide)], often[at % len(often)]
        covers = repeat == "repeat" or all(word in ("auto", "cover", "100%") for word in size.split())
        if layer != "none":
            yield colour.stops(layer) if "gradient(" in layer and covers else None


def _icon(size: str, repeat: str) -> bool:
    """Whether a background picture is a small mark beside the text rather than a ground."""
    width = size.split()[0] if size else ""
    return repeat == "no-repeat" and width.endswith("px") and float(width[:-2]) <= ICON


def blend(layers: Sequence[tuple[Colour, tuple[int, ...]]], opacity: Callable[[int], float]) -> Colour:
    """The colour that comes of layers painted in turn over white paper, each with the groups that it is in.

    A group is painted on its own and then faded by its opacity as one.
    """
    groups: list[int] = []
    inside: list[Colour] = [WHITE]

    def close(path: tuple[int, ...]) -> None:
        while tuple(groups) != path[: len(groups)]:
            faded = colour.fade(inside.pop(), opacity(groups.pop()))
            inside[-1] = colour.over(faded, inside[-1])

    for paint, path in layers:
        close(path)
        for group in path[len(groups) :]:
            groups.append(group)
            inside.append(CLEAR)
        inside[-1] = colour.over(paint, inside[-1])
    close(())
    return inside[0]
