"""In which order boxes are painted: which of two lies above the other.

Source: CSS 2.1 appendix E. The browser numbers its layers; what CSS says beyond these numbers is added here.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, cmp_to_key
from typing import Protocol, TypeVar

from auditor.layout import Layout
from crawler.capture import STYLES

PICTURES = frozenset({"img", "video", "canvas", "object", "embed", "image"})
SHAPES = frozenset({"rect", "path", "circle", "ellipse", "polygon", "use"})  # of SVG
REPLACED = PICTURES | SHAPES | {"input"}
FRAMED = frozenset({"iframe", "textarea", "select", "svg"})
ATOMS = ("inline-block", "inline-flex", "inline-grid", "inline-table")
CHANGES = ("transform", "filter", "scale", "rotate", "translate", "perspective", "backdrop-filter")
"""Properties of which any value but `none` makes a stacking context and holds what is fixed in it."""

_Z_INDEX = STYLES.index("z-index")


class _HasRow(Protocol):
    @property
    def row(self) -> int: ...


Paints = TypeVar("Paints", bound=_HasRow)


class Stacking:
    """The painting order of one view. `canvases` are the elements whose ground is that of the whole page."""

    def __init__(self, layout: Layout, canvases: frozenset[int]) -> None:
        self.layout, self.canvases = layout, canvases
        self._layers: dict[int, int] = {}
        self._contexts: dict[int, bool] = {}

    def layer(self, row: int) -> int:
        """The row whose layer paints this one.

        The browser also numbers boxes that only clip, and pictures; CSS paints these in flow.
        """
        tree = self.layout.tree
        for node in self.layout.unknown(row, self._layers):
            holder, numbered = self.layout.holder(node), tree.paint[node] >= 0
            starts = holder < 0 or (numbered and tree.paint[holder] != tree.paint[node] and not self._only_clips(node))
            self._layers[node] = node if starts else self._layers[holder]
        return self._layers[row]

    def _only_clips(self, row: int) -> bool:
        """Whether a box has a number of its own although CSS paints it in flow.

        What has one for no reason that shows is a layer: more styles make stacking contexts than are captured
        (`isolation`, `view-transition-name`, …).
        """
        plain = self.layout.style(row, "position") == "static" and not self._stacks(row)
        return plain and (row in self.layout.scrollers or self.layout.tree.name[row] in REPLACED | FRAMED)

    @cached_property
    def _lifted(self) -> Mapping[int, float]:
        """By layer with negative layers in it: where its flow content goes, which CSS paints after them.

        The browser numbers a layer before what is in it, so flow content carries too low a number.
        """
        layout, tree = self.layout, self.layout.tree
        lifted: dict[int, float] = {}
        for row in self._negative:
            if self.layer(row) == row:
                context = self.layer(next((node for node in layout.ancestors(row) if self._stacks(node)), 0))
                inside = max(tree.paint[node] for node in (row, *layout.descendants(row)))
                lifted[context] = max(lifted.get(context, tree.paint[context]), inside + 0.5)
        return lifted

    @cached_property
    def _negative(self) -> Sequence[int]:
        """The elements to which a negative z-index applies."""
        tree = self.layout.tree
        negative = {number for number, values in enumerate(tree.styles) if values[_Z_INDEX].startswith("-")}
        rows = (row for row, number in enumerate(tree.style) if number in negative)
        return [row for row in rows if self.layout.style(row, "position") != "static" or self._item(row)]

    @cached_property
    def _told(self) -> frozenset[int]:
        """Stacking contexts that negative layers tell of, whatever makes them contexts (`isolation`, …).

        Such a layer is numbered right after its context, before what is around it in that context.
        """
        layout, paint = self.layout, self.layout.tree.paint
        told = set()
        for row in self._negative:
            node = next((node for node in layout.ancestors(row) if 0 <= paint[node] < paint[row]), 0)
            while (holder := layout.holder(node)) >= 0 and paint[holder] == paint[node]:
                node = holder
            told.add(node)
        return frozenset(told)

    def key(self, row: int) -> float:
        """Position in the painting order; of equals, see `above`."""
        layer = self.layer(row)
        if row == layer or row in self.canvases or layer not in self._lifted:
            return self.layout.tree.paint[layer]
        return self._lifted[layer]

    def _stacks(self, row: int) -> bool:
        """Whether the element is a stacking context."""
        tree, number = self.layout.tree, self.layout.tree.style[row]
        if number not in self._contexts:
            self._contexts[number] = number >= 0 and _stacking(tree.styles[number])
        if self._contexts[number] or row in self._told or tree.name[row] in ("html", "#document"):
            return True
        return self.layout.style(row, "z-index") not in ("auto", "") and self._item(row)

    def above(self, row: int, text: int) -> bool:
        """Whether what `row` paints lies over the letters of the text node `text`."""
        return self._over(row, text)

    def in_order(self, paints: Sequence[Paints]) -> list[Paints]:
        """Paints in the order in which they are painted."""

        def compare(one: Paints, other: Paints) -> int:
            return -1 if self._over(other.row, one.row) else 1

        return sorted(paints, key=cmp_to_key(compare))

    def _over(self, row: int, other: int) -> bool:
        mine, its = self.key(row), self.key(other)
        return mine > its if mine != its else self._turn(row, other) > self._turn(other, row)

    def _turn(self, row: int, other: int) -> tuple[int, int]:
        """When something is painted in its layer: grounds of blocks, then floats, then inline content in turn.

        What floats or is an atom is painted in one piece: the outermost of these that does not hold both counts.
        """
        around = {other, *self.layout.ancestors(other)}
        if row in around:
            return -1, row
        chain = [node for node in (row, *self.layout.ancestors(row)) if node not in around]
        whole = next((node for node in reversed(chain) if self._in_one_piece(node)), row)
        return self._step(whole), whole

    def _step(self, row: int) -> int:
        if self._floats(row):
            return 1
        inline = self.layout.style(row, "display").startswith("inline") or self.layout.tree.name[row] in REPLACED
        return 2 if inline or self.layout.tree.kind[row] == 3 or self._item(row) else 0

    def _in_one_piece(self, row: int) -> bool:
        return self._floats(row) or self.layout.style(row, "display") in ATOMS or self._item(row)

    def _floats(self, row: int) -> bool:
        return self.layout.tree.kind[row] == 1 and self.layout.style(row, "float") not in ("none", "")

    def _item(self, row: int) -> bool:
        """Whether the element is an item of a flex box or a grid: painted in one piece, like an inline block."""
        holder = self.layout.style(max(self.layout.holder(row), 0), "display")
        return holder.endswith(("flex", "grid"))


def _stacking(values: Sequence[str]) -> bool:
    """Whether computed styles alone make a stacking context."""
    style = dict(zip(STYLES, values, strict=False))
    positioned = style["position"] != "static" and style["z-index"] != "auto"
    changed = any(style.get(name, "none") != "none" for name in ("clip-path", "mask-image", *CHANGES)) or any(
        word in style.get("will-change", "") for word in (*CHANGES, "opacity", "z-index")
    )
    skips = style["content-visibility"] in ("auto", "hidden")  # CSS Containment 2: contains layout and paint
    contained = skips or any(word in style["contain"] for word in ("paint", "layout", "strict", "content"))
    faded = style["opacity"] != "1" or style["mix-blend-mode"] != "normal"
    return style["position"] in ("fixed", "sticky") or positioned or changed or contained or faded
