"""An answer of `DOMSnapshot.captureSnapshot`, read: only what is used of it, its rows of computed styles once each.

Up to 770 KB, two thirds of it the styles of 3,300 boxes of which some sixty differ. Read into lists of numbers, and
those compared as tuples, they take 5 ms of processor time a view; left as written until they are known to differ, 3.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import msgspec

from crawler.capture import STYLES
from crawler.decode import clean, from_json

_CLIPPING = tuple(map(STYLES.index, ("overflow-x", "overflow-y", "contain", "content-visibility")))
_PICTURES = frozenset({"IMG", "VIDEO", "CANVAS"})  # which browsers give `overflow: clip`

Number = int | float


class Rows(TypedDict):
    """A column of which most values are missing: rows, and where there are any, their values."""

    index: list[int]
    value: NotRequired[list[int]]


class Nodes(TypedDict):
    """The DOM, a row a node."""

    parentIndex: list[int]
    nodeType: list[int]
    nodeName: list[int]
    nodeValue: list[int]
    backendNodeId: list[int]
    attributes: list[list[int]]
    contentDocumentIndex: Rows
    pseudoType: Rows


class Layout(TypedDict):
    """What is laid out, a row a box."""

    nodeIndex: list[int]
    styles: list[msgspec.Raw]
    bounds: list[list[float]]
    text: list[int]
    paintOrders: list[int]
    blendedBackgroundColors: list[int]
    textColorOpacities: list[Number]
    offsetRects: NotRequired[list[list[Number]]]
    clientRects: NotRequired[list[list[Number]]]
    scrollRects: NotRequired[list[list[Number]]]


class TextBoxes(TypedDict):
    """Lines of text, a row a line."""

    layoutIndex: list[int]
    bounds: list[list[float]]
    start: list[int]
    length: list[int]


class Document(TypedDict):
    """The document of the page or of a frame."""

    baseURL: int
    frameId: int
    scrollOffsetX: Number
    scrollOffsetY: Number
    contentWidth: Number
    contentHeight: Number
    nodes: Nodes
    layout: Layout
    textBoxes: TextBoxes


class _Told(TypedDict):
    documents: list[Document]
    strings: list[str]


_DECODER = msgspec.json.Decoder(_Told)

Part = dict[str, Any]
"""A document, or its nodes, its layout, its text boxes: columns of equal length by their names."""


class Answer:
    """What was told, made safe and short.

    documents: of the page and its frames, as told, but that `styles` of a layout holds, for each box, the number of its
        look.
    strings: to which all else refers, lone surrogates replaced; the last one, which the browser's -1 refers to, is "".
    looks: the rows of computed styles that there are, as numbers of strings.
    """

    def __init__(self, told: Mapping[str, Any] | msgspec.Raw) -> None:
        """Of an answer, read or not. Raises KeyError for what is none."""
        read = from_json(told, _DECODER) if isinstance(told, msgspec.Raw) else told
        self.strings: list[str] = [clean(text) for text in read["strings"]]
        self.strings.append("")
        numbers: dict[bytes | tuple[int, ...], int] = {}
        self.documents: list[Part] = [_numbered(document, numbers) for document in read["documents"]]
        self.looks: list[Sequence[int]] = [
            msgspec.json.decode(row) if isinstance(row, bytes) else row for row in numbers
        ]
        self._cutting = [self._clips(look) for look in self.looks]

    def clipping(self, document: Part) -> list[bool]:
        """Of each box of a document, whether it may hide or scroll what is in it; in a picture there is nothing."""
        nodes, layout, strings, cutting = document["nodes"], document["layout"], self.strings, self._cutting
        parents = frozenset(nodes["parentIndex"])
        return [
            cutting[look] and (node in parents or strings[nodes["nodeName"][node]] not in _PICTURES)
            for node, look in zip(layout["nodeIndex"], layout["styles"], strict=True)
        ]

    def _clips(self, look: Sequence[int]) -> bool:
        return bool(look) and any(self.strings[look[column]] not in ("visible", "none") for column in _CLIPPING)


def _numbered(document: Part, numbers: dict[bytes | tuple[int, ...], int]) -> Part:
    layout = document["layout"]
    keys = (bytes(row) if isinstance(row, msgspec.Raw) else tuple(row) for row in layout["styles"])
    return {**document, "layout": {**layout, "styles": [numbers.setdefault(key, len(numbers)) for key in keys]}}
