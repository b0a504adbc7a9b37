"""The browser's layout as data: one answer of `DOMSnapshot.captureSnapshot` becomes one `Tree`.

Source: https://chromedevtools.github.io/devtools-protocol/tot/DOMSnapshot/. The browser tells the flat tree
(shadow roots in, children under their slots) one document a frame; here the frames are put in their places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from crawler.answer import Answer, Part
from crawler.capture import STYLES, Box, Tree
from crawler.frames import PADDING, Place, fixed_rows, inside, opening, scrolled

PARAMS: dict[str, Any] = {
    "computedStyles": [*STYLES, *PADDING],
    "includePaintOrder": True,
    "includeDOMRects": True,
    "includeBlendedBackgroundColors": True,
    "includeTextColorOpacities": True,
}
"""Parameters of the call `DOMSnapshot.captureSnapshot`."""

NODES = 200_000
TEXT = 2_000_000  # characters of all texts together
VALUE = 8_192  # characters of one attribute
DEPTH = 8  # frames in frames

Line = tuple[int, int, int, float, float, float, float]
Scroller = tuple[int, float, float, float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The answer of a frame that lives in a process of its own, hence is missing from the answer of its parent."""

    answer: Answer
    owner: int  # backendNodeId of its iframe element (`DOM.getFrameOwner`)
    within: int = -1  # which answer holds that element: -1 the page's, else an index of the frames


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as laid out, with what only the crawler needs."""

    tree: Tree
    width: float  # of the document, CSS px
    height: float
    backend: tuple[int, ...]  # backendNodeId of each row, unique within a process
    limits: tuple[str, ...]  # what was cut: "nodes", "text", "frames"


def build(answer: Answer, frames: Sequence[Frame] = ()) -> Snapshot:
    """Put together the answer of a page and those of its out-of-process frames.

    Pure and linear. Frames come right after their iframe elements, their boxes in pixels of the page. `href` and `src`
    are absolute, but for empty ones and places in the page ("#", "#top"), which stay as written. A page that exceeds
    `NODES`, `TEXT` or `DEPTH` is cut, and `limits` says so. Raises KeyError or IndexError for an answer that is not one
    to `PARAMS`.
    """
    builder = _Builder(tuple(frames))
    builder.document(_Source(answer), 0, Place(), 0)
    top = answer.documents[0]
    builder.unscroll(top["scrollOffsetX"], top["scrollOffsetY"])
    limits = tuple(sorted(builder.limits))
    return Snapshot(builder.tree(), top["contentWidth"], top["contentHeight"], tuple(builder.backend), limits)


def absolute(base: str, href: str) -> str:
    """`href` resolved against `base`; empty ones, places in the page and malformed ones as they are.

    A script's route ("#/about") is a page of its own.
    """
    target = href.strip("\t\n\f\r ")
    if not target or (target.startswith("#") and not target.startswith(("#/", "#!/"))):
        return target
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def _units(text: str) -> int:
    """Length in UTF-16 code units, in which the browser counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class _Source:
    """One answer on its way into the tree."""

    def __init__(self, answer: Answer, index: int = -1) -> None:
        self.answer = answer
        self.documents = answer.documents
        self.strings = answer.strings
        self.index = index
        self.styles: dict[int, int] = {}  # of the tree, by the number of the answer's look


@dataclass(slots=True)
class _Builder:
    """The columns of the tree to be."""

    frames: tuple[Frame, ...]
    parent: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    attributes: list[tuple[str, ...]] = field(default_factory=list)
    box: list[Box | None] = field(default_factory=list)
    style: list[int] = field(default_factory=list)
    paint: list[tuple[int, ...]] = field(default_factory=list)
    ground: list[str | None] = field(default_factory=list)
    opacity: list[float] = field(default_factory=list)
    backend: list[int] = field(default_factory=list)
    styles: dict[tuple[str, ...], int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    scrollers: list[Scroller] = field(default_factory=list)
    limits: set[str] = field(default_factory=set)
    characters: int = 0

    def tree(self) -> Tree:
        order = {key: rank for rank, key in enumerate(sorted({*self.paint} - {()}))} | {(): -1}
        return Tree(
            parent=tuple(self.parent),
            kind=tuple(self.kind),
            name=tuple(self.name),
            text=tuple(self.text),
            attributes=tuple(self.attributes),
            box=tuple(self.box),
            style=tuple(self.style),
            paint=tuple(order[key] for key in self.paint),
            ground=tuple(self.ground),
            opacity=tuple(self.opacity),
            styles=tuple(self.styles),
            lines=tuple(self.lines),
            scrollers=tuple(self.scrollers),
        )

    def unscroll(self, across: float, down: float) -> None:
        """Put what is fixed to the window where it stands when the page is not scrolled."""
        if not across and not down:
            return
        fixed = fixed_rows(self.parent, self.style, list(self.styles))
        for row, box in enumerate(self.box):
            if fixed[row] and box:
                self.box[row] = (box[0] - across, box[1] - down, box[2], box[3])
        self.lines = [
            (row, start, length, x - across * fixed[row], y - down * fixed[row], width, height)
            for row, start, length, x, y, width, height in self.lines
        ]
        self.scrollers = [
            (row, x - across * fixed[row], y - down * fixed[row], width, height, left, top, wide, high)
            for row, x, y, width, height, left, top, wide, high in self.scrollers
        ]

    def document(self, source: _Source, number: int, place: Place, depth: int) -> None:
        """Append a document. Each frame follows its iframe element at once: rows stand in the order of the page."""
        document = source.documents[number]
        layout, inner = document["layout"], self._inner(source, document)
        texts, shifts = self._texts(source, document)
        rows: list[int] = []
        for owner in sorted(inner):
            self._nodes(source, document, texts, rows, owner + 1, place.parent)
            if owner < len(rows):
                self._frame(
                    source,
                    inner[owner],
                    opening(source.answer, layout, owner, rows[owner], place),
                    depth + 1,
                )
        self._nodes(source, document, texts, rows, len(texts), place.parent)
        if place.shown:
            self._layout(source, document, rows, place)
            self._lines(document, rows, shifts, place)
        if depth and rows and place.shown:
            self._window(document, rows[0], place)

    def _inner(self, source: _Source, document: Part) -> dict[int, "int | Frame"]:
        """Iframe elements of a document, with the number of the document or the other answer that they show."""
        nodes = document["nodes"]
        known = nodes["contentDocumentIndex"]
        inner: dict[int, int | Frame] = dict(zip(known["index"], known["value"], strict=True))
        wanted = {frame.owner: frame for frame in self.frames if frame.within == source.index}
        if wanted:
            inner |= {row: wanted[node] for row, node in enumerate(nodes["backendNodeId"]) if node in wanted}
        return inner

    def _frame(self, source: _Source, frame: "int | Frame", opening: "tuple[Place, int]", depth: int) -> None:
        place, paint = opening
        if depth > DEPTH:
            self.limits.add("frames")
        elif isinstance(frame, int):
            self.document(source, frame, scrolled(source.documents[frame], place), depth)
        else:
            other = _Source(frame.answer, self.frames.index(frame))
            place = replace(place, paint=(*place.paint, paint))
            self.document(other, 0, scrolled(other.documents[0], place), depth)

    def _texts(self, source: _Source, document: Part) -> tuple[list[str], list[int]]:
        """The text of each node, laid-out text first in line for the room that `TEXT` leaves.

        A node may be laid out in several pieces (generated content): they are joined. The second list tells, for each
        row of the layout, where its piece starts.
        """
        strings, nodes, layout = source.strings, document["nodes"], document["layout"]
        texts = [""] * len(nodes["parentIndex"])
        shifts = []
        for node, piece in zip(layout["nodeIndex"], layout["text"], strict=True):
            shifts.append(_units(texts[node]) if texts[node] else 0)
            if piece >= 0:
                texts[node] += self._room(strings[piece])
        for node, value in enumerate(nodes["nodeValue"]):
            if value >= 0 and not texts[node]:
                texts[node] = self._room(strings[value])
        return texts, shifts

    def _room(self, text: str) -> str:
        if self.characters + len(text) > TEXT:
            self.limits.add("text")
            text = text[: TEXT - self.characters]
        self.characters += len(text)
        return text

    def _nodes(
        self, source: _Source, document: Part, texts: list[str], rows: list[int], stop: int, parent: int
    ) -> None:
        """Append the nodes from the first that is not yet in `rows` up to `stop`."""
        nodes, strings, start = document["nodes"], source.strings, len(rows)
        if stop - start > NODES - len(self.parent):
            self.limits.add("nodes")
            stop = start + NODES - len(self.parent)
        if stop <= start:
            return
        rows.extend(range(len(self.parent), len(self.parent) + stop - start))
        self.parent += [rows[up] if up >= 0 else parent for up in nodes["parentIndex"][start:stop]]
        self.kind += nodes["nodeType"][start:stop]
        self.name += [strings[name].lower() for name in nodes["nodeName"][start:stop]]
        self.text += texts[start:stop]
        base = strings[document["baseURL"]]
        self.attributes += [
            _attributes(strings, pairs, base) if pairs else () for pairs in nodes["attributes"][start:stop]
        ]
        self.backend += nodes["backendNodeId"][start:stop]
        missing = len(self.parent) - len(self.box)
        self.box += [None] * missing
        self.style += [-1] * missing
        self.paint += [()] * missing
        self.ground += [None] * missing
        self.opacity += [1.0] * missing

    def _layout(self, source: _Source, document: Part, rows: list[int], place: Place) -> None:
        """Write the boxes. Of a node that is laid out more than once the first counts: its own box."""
        strings, clips = source.strings, source.answer.clipping(document)
        layout = document["layout"]
        columns = ("nodeIndex", "bounds", "styles", "paintOrders", "blendedBackgroundColors", "textColorOpacities")
        for item, (node, bounds, look, paint, ground, opacity) in enumerate(
            zip(*(layout[column] for column in columns), strict=True)
        ):
            if node >= len(rows) or self.box[rows[node]] is not None:
                continue
            row = rows[node]
            self.box[row] = place.box(bounds)
            self.style[row] = self._style(source, look)
            self.paint[row] = (*place.paint, paint)
            self.ground[row] = strings[ground] if ground >= 0 else None
            self.opacity[row] = opacity
            if layout["clientRects"][item] and clips[item]:
                scroll = layout["scrollRects"][item]
                shown, across, down = inside(layout, item, place)
                content = (scroll[0] * across, scroll[1] * down, scroll[2] * across, scroll[3] * down)
                self.scrollers.append((row, *shown, *content))

    def _style(self, source: _Source, look: int) -> int:
        if look not in source.styles:
            values = tuple(source.strings[value] for value in source.answer.looks[look][: len(STYLES)])
            # the box of a document has no style
            source.styles[look] = self.styles.setdefault(values, len(self.styles)) if values else -1
        return source.styles[look]

    def _lines(self, document: Part, rows: list[int], shifts: list[int], place: Place) -> None:
        boxes, laid = document["textBoxes"], document["layout"]["nodeIndex"]
        for item, bounds, start, length in zip(
            boxes["layoutIndex"], boxes["bounds"], boxes["start"], boxes["length"], strict=True
        ):
            if laid[item] < len(rows):
                self.lines.append((rows[laid[item]], start + shifts[item], length, *place.box(bounds)))

    def _window(self, document: Part, row: int, place: Place) -> None:
        """The opening through which the document of a frame is seen, as a box that clips."""
        _, _, width, height = document["layout"]["bounds"][0] if document["layout"]["bounds"] else (0, 0, 0, 0)
        x, y = document["scrollOffsetX"], document["scrollOffsetY"]
        content = (document["contentWidth"] * place.scale_x, document["contentHeight"] * place.scale_y)
        scrolled = (x * place.scale_x, y * place.scale_y)
        self.scrollers.append((row, *place.box((x, y, width, height)), *scrolled, *content))


def _attributes(strings: list[str], pairs: list[int], base: str) -> tuple[str, ...]:
    values = [strings[number][:VALUE] for number in pairs]
    for at in range(0, len(values), 2):
        if values[at] in ("href", "src"):
            values[at + 1] = absolute(base, values[at + 1])
    return tuple(values)
