"""What is painted behind and in front of a piece of text, in which order, and which colours come of it.

Sources: CSS 2.1 appendix E (painting order), Compositing 1 (groups and opacity), CSS Backgrounds 3 (canvas).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor import colour, shape
from auditor.colour import CLEAR, WHITE, Colour
from auditor.layout import Layout
from auditor.reach import holders
from crawler.capture import STYLES, Box

PICTURES = frozenset({"img", "video", "canvas", "object", "embed", "image"})
SHAPES = frozenset({"rect", "path", "circle", "ellipse", "polygon", "use"})  # of SVG
REPLACED = PICTURES | SHAPES | {"input"}
ATOMS = ("inline-block", "inline-flex", "inline-grid", "inline-table")
OPAQUE_PICTURES = (".jpg", ".jpeg", ".bmp")
ICON = 32.0  # px: background pictures up to this width are marks, not grounds
EVERYWHERE: Box = (-1e9, -1e9, 2e9, 2e9)
_Z_INDEX = STYLES.index("z-index")


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

    @property
    def picture(self) -> bool:
        """Whether it shows a picture, whose colours are not known."""
        return None in self.images


class Painting:
    """The paints of one view."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._groups: dict[int, tuple[int, ...]] = {-1: ()}
        self._layers: dict[int, int] = {}
        self._contexts: dict[int, bool] = {}
        self._held: dict[int, tuple[int, ...]] = {}
        self._tests: dict[int, tuple[shape.Inside | None, ...]] = {-1: ()}

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
                flat, images = ground or (CLEAR, ())
                if tree.name[row] == "rect":
                    flat = colour.parse(self.layout.style(row, "fill")) or CLEAR
                images, hides = images + self._content(row), self._hides(row)
                found += [Paint(row, area, flat, images, hides) for area in self._areas(row, box)]
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
        return self.layout.style(row, "visibility") == "visible"

    def _ground(self, number: int) -> tuple[Colour, tuple[Image, ...]] | None:
        """The background colour and pictures of a row of computed styles; None: it paints none."""
        values = _named(self.layout.tree.styles[number])
        if values["background-clip"] == "text":
            return None
        flat = colour.parse(values["background-color"]) or CLEAR
        images: tuple[Image, ...] = ()
        if values["background-image"] != "none" and not _icon(values["background-size"], values["background-repeat"]):
            layers = reversed(shape.listed(values["background-image"]))
            images = tuple(colour.stops(layer) if "gradient(" in layer else None for layer in layers if layer != "none")
        return (flat, images) if flat[3] > 0 or images else None

    def _content(self, row: int) -> tuple[Image, ...]:
        """What an element shows over its ground, if that is a picture or a drawing."""
        name = self.layout.tree.name[row]
        drawn = name in SHAPES and name != "rect" and self.layout.style(row, "fill") != "none"
        return (None,) if name in PICTURES or drawn else ()

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

    def layer(self, row: int) -> int:
        """The row whose layer paints this one.

        The browser also numbers boxes that only clip, and pictures; CSS paints these in flow.
        """
        tree = self.layout.tree
        for node in self._unknown(row, self._layers):
            parent = tree.parent[node]
            starts = parent < 0 or (tree.paint[parent] != tree.paint[node] and not self._only_clips(node))
            self._layers[node] = node if starts else self._layers[parent]
        return self._layers[row]

    def _unknown(self, row: int, known: Mapping[int, object]) -> list[int]:
        """The row and its ancestors as far as nothing is known of them, the outermost first."""
        chain = []
        while row >= 0 and row not in known:
            chain.append(row)
            row = self.layout.tree.parent[row]
        return chain[::-1]

    def _only_clips(self, row: int) -> bool:
        return self.layout.style(row, "position") == "static" and not self._stacks(row)

    @cached_property
    def _lifted(self) -> Mapping[int, float]:
        """By layer with negative layers in it: where its flow content goes, which CSS paints after them.

        The browser numbers a layer before what is in it, so flow content carries too low a number.
        """
        layout, tree = self.layout, self.layout.tree
        negative = {number for number, values in enumerate(tree.styles) if values[_Z_INDEX].startswith("-")}
        lifted: dict[int, float] = {}
        for row, number in enumerate(tree.style):
            applies = number in negative and (layout.style(row, "position") != "static" or self._item(row))
            if applies and self.layer(row) == row:
                context = self.layer(next((node for node in layout.ancestors(row) if self._stacks(node)), 0))
                inside = max(tree.paint[node] for node in (row, *layout.descendants(row)))
                lifted[context] = max(lifted.get(context, tree.paint[context]), inside + 0.5)
        return lifted

    def key(self, row: int) -> float:
        """Position in the painting order; of equals, see `above`."""
        layer = self.layer(row)
        if row == layer or row in self._canvases or layer not in self._lifted:
            return self.layout.tree.paint[layer]
        return self._lifted[layer]

    def _stacks(self, row: int) -> bool:
        """Whether the element is a stacking context."""
        tree, number = self.layout.tree, self.layout.tree.style[row]
        if number not in self._contexts:
            self._contexts[number] = number >= 0 and _stacking(tree.styles[number])
        if self._contexts[number] or tree.name[row] in ("html", "#document"):
            return True
        return self.layout.style(row, "z-index") not in ("auto", "") and self._item(row)

    def above(self, row: int, text: int) -> bool:
        """Whether what `row` paints lies over the letters of the text node `text`."""
        mine, its = self.key(row), self.key(text)
        return mine > its if mine != its else self._over_in_flow(row, text)

    def _over_in_flow(self, row: int, text: int) -> bool:
        """Within one layer: grounds of blocks lie under all letters; atoms, pictures and inline grounds go in turn."""
        if row < text:
            return False
        if self.layout.tree.name[row] in REPLACED or self.layout.style(row, "display").startswith("inline"):
            return True
        around = {text, *self.layout.ancestors(text)}
        chain = (node for node in (row, *self.layout.ancestors(row)) if node not in around)
        return any(self.layout.style(node, "display") in ATOMS or self._item(node) for node in chain)

    def _item(self, row: int) -> bool:
        """Whether the element is an item of a flex box or a grid: painted in one piece, like an inline block."""
        parent = self.layout.style(max(self.layout.tree.parent[row], 0), "display")
        return parent.endswith(("flex", "grid"))

    def groups(self, row: int) -> tuple[int, ...]:
        """The ancestors, and the row itself, that fade what is in them as one picture."""
        tree = self.layout.tree
        for node in self._unknown(row, self._groups):
            up = self._groups[tree.parent[node]]
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
        for node in self._unknown(row, self._tests):
            self._tests[node] = (*self._tests[self.layout.tree.parent[node]], *self._cut(node))
        return self._tests[row]

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


def _stacking(values: Sequence[str]) -> bool:
    """Whether computed styles alone make a stacking context."""
    style = _named(values)
    positioned = style["position"] != "static" and style["z-index"] != "auto"
    changed = any(
        style[name] != "none" for name in ("transform", "filter", "clip-path", "mask-image", "scale", "rotate")
    )
    contained = any(word in style["contain"] for word in ("paint", "layout", "strict", "content"))
    faded = style["opacity"] != "1" or style["mix-blend-mode"] != "normal"
    return style["position"] in ("fixed", "sticky") or positioned or changed or contained or faded


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
