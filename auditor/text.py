"""The words of a page, in streams that know from which node each character comes.

Text that is split over inline elements is one text; blocks are parted by a newline. What the browser laid out and
what it did not are two streams, so that hidden characters never break or complete a visible number.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from crawler.capture import STYLES, Tree

INLINE = frozenset(
    {"inline", "inline-block", "inline-flex", "inline-grid", "contents", "ruby", "ruby-text", "none", ""}
)
"""Values of `display` that continue the line of text (CSS Display 3); `none` only occurs where nothing is laid out."""

BLOCK_TAGS = frozenset(
    "address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form frame "
    "h1 h2 h3 h4 h5 h6 header hr html iframe legend li main nav ol option p pre section select summary table tbody td "
    "tfoot th thead tr ul".split()
)
"""Elements that break the line where no style is known (HTML standard, rendering section)."""

CODE_TAGS = frozenset({"script", "style", "title"})
"""Elements whose text no page shows and that is not hidden text either."""

WRITTEN = frozenset({"input", "textarea"})
"""Elements that may carry the words that they show as a text of their own, see `auditor.controls`."""

READ_ATTRIBUTES = frozenset({"alt", "title", "aria-label"})

_DISPLAY = STYLES.index("display")
_ACROSS = slice(STYLES.index("flex-direction"), STYLES.index("flex-direction") + 1)  # empty in early captures


@dataclass(frozen=True)
class Stream:
    """Characters and where they stand in the tree. Piece i begins at `starts[i]` and comes from node `nodes[i]`."""

    text: str
    starts: tuple[int, ...]
    nodes: tuple[int, ...]

    def spans(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """The pieces of `text[start:end]` as (node row, start, end) in the node's own text."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        found = []
        for i in range(first, len(self.starts)):
            begin = self.starts[i]
            if begin >= end:
                break
            limit = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
            piece = self.text[begin:limit].rstrip("\n")
            a, b = max(start - begin, 0), min(end - begin, len(piece))
            if b > a:
                found.append((self.nodes[i], a, b))
        return tuple(found)

    def block(self, start: int, end: int) -> str:
        """The whole block (line of text) around `text[start:end]`."""
        return self.text[self.text.rfind("\n", 0, start) + 1 : self._line_end(end)]

    def _line_end(self, end: int) -> int:
        stop = self.text.find("\n", end)
        return len(self.text) if stop < 0 else stop


class Words:
    """The text streams of one tree, each made when it is first asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    @cached_property
    def blocks(self) -> tuple[int, ...]:
        """For each row the row of the nearest block that holds it (itself, where it is a block)."""
        tree = self.tree
        inline = [look[_DISPLAY] in INLINE for look in tree.styles]
        rows = {
            i for i, look in enumerate(tree.styles) if look[_DISPLAY].endswith("flex") and look[_ACROSS] == ("row",)
        }
        blocks: list[int] = []
        for row, (parent, name, style) in enumerate(zip(tree.parent, tree.name, tree.style, strict=True)):
            if parent < 0:
                blocks.append(row)
            elif name[:1] in "#:" and name != "#document":
                blocks.append(row if style >= 0 and name[:1] == ":" and not inline[style] else blocks[parent])
            else:
                flows = inline[style] if style >= 0 else name not in BLOCK_TAGS
                flows = flows or (tree.style[parent] in rows and self._is_glyph(row))
                blocks.append(blocks[parent] if flows else row)
        return tuple(blocks)

    def _is_glyph(self, row: int) -> bool:
        """Whether an element holds one character: of a row of them a flex box makes blocks (CSS Flexbox 1, 4)."""
        tree = self.tree
        alone = tree.parent[row + 1 : row + 3].count(row) == 1
        return alone and tree.name[row] not in BLOCK_TAGS and len(tree.text[row + 1].strip()) == 1

    @cached_property
    def laid_out(self) -> Stream:
        """Text that the browser made a box for, CSS-generated text included."""
        styles = self.tree.style
        return self._stream(row for row in self._read if styles[row] >= 0)

    @cached_property
    def not_laid_out(self) -> Stream:
        """Text of the document for which the browser made no box: hidden subtrees, closed details, noscript."""
        styles = self.tree.style
        return self._stream(row for row in self._read if styles[row] < 0)

    @cached_property
    def scripts(self) -> tuple[tuple[int, str], ...]:
        """(row, text) of scripts."""
        tree = self.tree
        return tuple((row, tree.text[row]) for row in self._texts if tree.name[tree.parent[row]] == "script")

    @cached_property
    def comments(self) -> tuple[tuple[int, str], ...]:
        """(row, text) of HTML comments."""
        return tuple((row, self.tree.text[row]) for row, kind in enumerate(self.tree.kind) if kind == 8)

    @cached_property
    def attributes(self) -> tuple[tuple[int, str], ...]:
        """(row, text) of the attributes that speak to people: alt, title, aria-label."""
        return tuple(
            (row, pairs[i + 1])
            for row, pairs in enumerate(self.tree.attributes)
            for i in range(0, len(pairs) - 1, 2)
            if pairs[i] in READ_ATTRIBUTES and pairs[i + 1]
        )

    @cached_property
    def _texts(self) -> list[int]:
        """Rows of texts, of CSS-generated ones and of line breaks."""
        columns = enumerate(zip(self.tree.kind, self.tree.name, self.tree.text, strict=True))
        return [
            row
            for row, (kind, name, text) in columns
            if (text and (kind == 3 or name[:2] == "::" or name in WRITTEN)) or name == "br"
        ]

    @cached_property
    def _read(self) -> list[int]:
        """Those that are no code."""
        parents, names = self.tree.parent, self.tree.name
        return [row for row in self._texts if names[parents[row]] not in CODE_TAGS]

    def _stream(self, rows: Iterator[int]) -> Stream:
        pieces: list[str] = []
        starts: list[int] = []
        nodes: list[int] = []
        blocks, texts = self.blocks, self.tree.text
        at, last = 0, -1
        for row in rows:
            if last >= 0 and blocks[row] != last:
                pieces.append("\n")
                at += 1
            last = blocks[row]
            starts.append(at)
            nodes.append(row)
            piece = texts[row] or "\n"  # only <br> comes without text
            pieces.append(piece)
            at += len(piece)
        return Stream("".join(pieces), tuple(starts), tuple(nodes))
