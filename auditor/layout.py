"""A captured page, to be asked: children, ancestors, styles, and where a piece of text stands.

Everything is computed when first asked for and kept in columns; no object is made for a node.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from math import fsum
from typing import Any, TypeVar

from crawler.capture import STYLES, Box, Tree, View

T = TypeVar("T")

Span = tuple[int, int, int]
"""A piece of text: row of its node, start and end in the node's text, in code points."""

DEEPEST = 200  # steps of a path; browsers themselves stop nesting at some hundreds

_COLUMN = {name: number for number, name in enumerate(STYLES)}
_IDENTIFIER = re.compile(r"[A-Za-z_][-A-Za-z0-9_]{0,60}", re.ASCII)
_LANDMARKS = frozenset({"body", "header", "footer", "main"})


def union(boxes: Sequence[Box]) -> Box | None:
    """The smallest box around all boxes; None for none."""
    if not boxes:
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return (left, top, right - left, bottom - top)


class Layout:
    """One view of a page. Rows are those of its tree."""

    def __init__(self, view: View, tree: Tree | None = None) -> None:
        """Look at `view.tree`, or at another tree of the same view (`view.later`)."""
        self.view = view
        self.tree = view.tree if tree is None else tree
        self._companions: dict[object, Any] = {}

    def companion(self, make: "Callable[[Layout], T]") -> T:
        """What `make` makes of this layout, made once: a place for what is computed from the whole of it."""
        if make not in self._companions:
            self._companions[make] = make(self)
        made: T = self._companions[make]
        return made

    @cached_property
    def viewport(self) -> tuple[float, float]:
        """Width and height that the page was laid out for. A phone lays pages without a viewport tag out at 980 px."""
        root = self.tree.box[0] if self.tree.box and self.tree.name[0] == "#document" else None
        return (root[2], root[3]) if root and root[2] and root[3] else (float(self.view.width), float(self.view.height))

    def style(self, row: int, name: str) -> str:
        """A computed style; "" where the browser made no box, or was not asked for it when the page was captured."""
        number, column = self.tree.style[row], _COLUMN[name]
        if number < 0:
            return ""
        values = self.tree.styles[number]
        return values[column] if column < len(values) else ""

    def attribute(self, row: int, name: str) -> str | None:
        """An attribute's value; None where the element does not have it."""
        pairs = self.tree.attributes[row]
        for at in range(0, len(pairs) - 1, 2):
            if pairs[at] == name:
                return pairs[at + 1]
        return None

    @cached_property
    def _children(self) -> Mapping[int, list[int]]:
        children: dict[int, list[int]] = defaultdict(list)
        for row, parent in enumerate(self.tree.parent):
            children[parent].append(row)
        return dict(children)

    def children(self, row: int) -> Sequence[int]:
        """Rows of the children, in order; of a frame's element, the document in it."""
        return self._children.get(row, ())

    def ancestors(self, row: int) -> Iterator[int]:
        """Rows of the parent, its parent and so on, out of frames to the root of the page."""
        row = self.tree.parent[row]
        while row >= 0:
            yield row
            row = self.tree.parent[row]

    def around(self, row: int) -> Iterator[int]:
        """Rows of the element and of the elements around it whose effects reach it: none beyond the top layer."""
        element = self.element(row)
        for node in (element, *self.ancestors(element)):
            if self.tree.kind[node] == 1:
                yield node
            if self.style(node, "overlay") == "auto":
                return

    def unknown(self, row: int, known: Mapping[int, object]) -> list[int]:
        """The row and its ancestors as far as nothing is known of them, the outermost first.

        To fill a table from the root down without recursion: pages nest deeper than Python's stack.
        """
        chain = []
        while row >= 0 and row not in known:
            chain.append(row)
            row = self.tree.parent[row]
        return chain[::-1]

    def holder(self, row: int) -> int:
        """Row of the nearest ancestor that makes a box: slots and `display: contents` are left out; -1: none."""
        row = self.tree.parent[row]
        while row >= 0 and self.tree.paint[row] < 0:
            row = self.tree.parent[row]
        return row

    def element(self, row: int) -> int:
        """The row itself if it is an element or a pseudo-element, else its parent."""
        return row if self.tree.kind[row] == 1 else self.tree.parent[row]

    def descendants(self, row: int) -> Iterator[int]:
        """Rows of everything below a row, in the order of the page."""
        waiting = list(reversed(self.children(row)))
        while waiting:
            row = waiting.pop()
            yield row
            waiting.extend(reversed(self.children(row)))

    @cached_property
    def scrollers(self) -> Mapping[int, tuple[float, ...]]:
        """By row: what `Tree.scrollers` tells of boxes that clip or scroll."""
        return {row: tuple(rest) for row, *rest in self.tree.scrollers}

    @cached_property
    def _lines(self) -> Mapping[int, list[tuple[int, int, Box]]]:
        lines: dict[int, list[tuple[int, int, Box]]] = defaultdict(list)
        for row, start, length, x, y, width, height in self.tree.lines:
            lines[row].append((start, start + length, (x, y, width, height)))
        return dict(lines)

    def lines(self, row: int) -> Iterator[Box]:
        """The line boxes of a text node."""
        return (box for _, _, box in self._lines.get(row, ()))

    def pieces(self, span: Span) -> tuple[tuple[Box, str], ...]:
        """The boxes of a text range with the characters in each: one a line, more where the browser parts them.

        Within a line the place is interpolated by the usual widths of characters. Collapsed white space has no box.
        """
        row, start, end = span
        text = self.tree.text[row]
        first, last = _units(text, start), _units(text, end)
        found = []
        for begin, stop, box in self._lines.get(row, ()):
            low, high = max(begin, first), min(stop, last)
            if low < high:
                line = _slice(text, begin, stop)
                before, within = _slice(line, 0, low - begin), _slice(line, low - begin, high - begin)
                found.append((self._part(row, box, line, before, within), within))
        return tuple(found)

    def _part(self, row: int, box: Box, line: str, before: str, within: str) -> Box:
        if within == line:
            return box
        whole = breadth(line) or 1.0
        offset, share = breadth(before) / whole, breadth(within) / whole
        x, y, width, height = box
        if self.style(row, "writing-mode").startswith(("vertical", "sideways")):
            return (x, y + height * offset, width, height * share)
        return (x + width * offset, y, width * share, height)

    def laid_out(self, row: int) -> bool:
        """Whether the browser made a box for it."""
        return self.tree.box[row] is not None and self.tree.style[row] >= 0

    def standing(self, row: int) -> Box | None:
        """The box of a node or, where it has none, of its nearest ancestor that has one: where it would stand."""
        boxes = (self.tree.box[node] for node in (row, *self.ancestors(row)))
        return next((box for box in boxes if box and box[2] and box[3]), None)

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(self.tree.name)

    @cached_property
    def _ids(self) -> Counter[str]:
        return Counter(
            pairs[at + 1] for pairs in self.tree.attributes for at in range(0, len(pairs), 2) if pairs[at] == "id"
        )

    def selector(self, row: int) -> str:
        """A CSS path to the element, as short as it stays unique and does not depend on neighbours of other kinds.

        Where it goes through a frame or a shadow root, which CSS cannot cross, the parts are joined as they nest.
        """
        steps: list[str] = []
        for node in (self.element(row), *self.ancestors(self.element(row))):
            if self.tree.kind[node] != 1:
                continue
            step = self._step(node)
            if step.startswith("::") and not steps:
                steps.append(step)
                continue
            steps.append(step + steps.pop() if steps and steps[-1].startswith("::") else step)
            if len(steps) == DEEPEST or step.startswith("#") or (step in _LANDMARKS and self._names[step] == 1):
                break
        return " > ".join(reversed(steps))

    def _step(self, row: int) -> str:
        name, mark = self.tree.name[row], self.attribute(row, "id")
        if mark and _IDENTIFIER.fullmatch(mark) and self._ids[mark] == 1:
            return f"#{mark}"
        alike = [node for node in self.children(self.tree.parent[row]) if self.tree.name[node] == name]
        return name if len(alike) == 1 else f"{name}:nth-of-type({alike.index(row) + 1})"


def breadth(text: str) -> float:
    """The usual width of a text in em: Chinese characters 1, letters and digits 0.55, blanks 0.3, marks 0."""
    if text.isascii():
        return 0.55 * len(text) - 0.25 * text.count(" ")
    return fsum(_breadth(character) for character in text)  # `sum` of floats differs between versions of Python


def _breadth(character: str) -> float:
    if character == " ":
        return 0.3
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55


def _plain(text: str) -> bool:
    """Whether every character is one UTF-16 code unit, the unit in which the browser counts."""
    return text.isascii() or max(text) < "\U00010000"


def _units(text: str, points: int) -> int:
    return points if _plain(text) else len(text[:points].encode("utf-16-le", "surrogatepass")) // 2


def _slice(text: str, start: int, end: int) -> str:
    """Part of a text, by UTF-16 code units."""
    if _plain(text):
        return text[start:end]
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")
