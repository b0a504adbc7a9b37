"""What a site repeats on its pages: head and foot, as somebody who has seen several of them knows them.

A line belongs to the foot where it stands at the same distance from the end on other pages too, to the head where it
stands at the same distance from the top. Between such lines there may be some that this page alone has: a filing number
that only the home page shows, in the foot that all pages share. Where a page has no more of its own than of these, or
there is no other page to compare with, repetition tells nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.text import Words
from crawler.capture import STYLES, PageCapture, Reached, Role, Tree, View

DRIFT = 160.0  # px by which the distance of a line from the end of the page may differ, about: other lines come and go
FEW = 3  # pages of which one other must show a line; of more pages two others
LARGE = 0.6  # of the page's height: what reaches further is a template that pages share, neither head nor foot
KEY = 200  # characters of a line that are compared

_POSITION, _OPACITY, _VISIBILITY = map(STYLES.index, ("position", "opacity", "visibility"))


@dataclass(frozen=True, slots=True)
class Ends:
    """Which part of a page is head and foot. Rows are those of its tree, in the order of the page."""

    head: int | None  # the head's last text; None: there is no head
    foot: int | None  # the foot's first text; None: there is no foot
    own: tuple[tuple[int, int, int], ...]  # first and last row, and characters, of each line that no other page has

    def own_before_foot(self, row: int) -> int:
        """Characters that no other page has, after the line of `row` and before the foot.

        0 where other pages have the line as well, or the page has no foot.
        """
        foot = -1 if self.foot is None else self.foot
        alone = any(first <= row <= last for first, last, _ in self.own)
        return sum(size for first, _, size in self.own if row < first < foot) if alone else 0


@dataclass(frozen=True, slots=True)
class _Line:
    first: int  # row of its first text
    last: int
    text: str
    top: float
    bottom: float


class Repetition:
    """Compares the pages of one site, in each view that a browser made of them. A store's page is not the site's."""

    def __init__(self, pages: Iterable[PageCapture]) -> None:
        self._views: dict[str, list[View]] = defaultdict(list)
        for page in pages:
            for view in page.views if page.reached is Reached.OK and page.role is not Role.STORE else ():
                self._views[view.name].append(view)

    def ends(self, view: View) -> Ends | None:
        """Head and foot of one of these views; None: there is nothing that tells."""
        return self._known.get(id(view))

    @cached_property
    def _known(self) -> Mapping[int, Ends]:
        compared = (_compared(views) for views in self._views.values() if len(views) > 1)
        return {key: ends for one in compared for key, ends in one}


def _compared(views: Sequence[View]) -> Iterator[tuple[int, Ends]]:
    """The ends of pages that are not all the same."""
    pages = [tuple(_lines(view.tree)) for view in views]
    texts = [tuple(line.text for line in lines) for lines in pages]
    kinds = {text: number for number, text in enumerate(dict.fromkeys(texts))}  # pages that read the same are one
    numbers = [kinds[text] for text in texts]
    needed = 1 if len(kinds) <= FEW else 2
    heads, feet, anywhere = _Places(), _Places(), _Places()
    for view, lines, number in zip(views, pages, numbers, strict=True):
        for line in lines:
            anywhere.add(line.text, 0.0, number)
            heads.add(line.text, line.top, number)
            feet.add(line.text, view.content_height - line.bottom, number)
    for view, lines, number in zip(views, pages, numbers, strict=True):
        high = [heads.others(line.text, line.top, number) >= needed for line in lines]
        low = [feet.others(line.text, view.content_height - line.bottom, number) >= needed for line in lines]
        own = [line for line in lines if not anywhere.others(line.text, 0.0, number)]
        yield id(view), _ends(view, lines, high, low, own)


class _Places:
    """Which pages hold a line, at which distance: a bit a page."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, int], int] = {}

    def add(self, text: str, distance: float, page: int) -> None:
        place = text, int(distance // DRIFT)
        self._pages[place] = self._pages.get(place, 0) | 1 << page

    def others(self, text: str, distance: float, page: int) -> int:
        """How many other pages hold it at about this distance."""
        near, get = int(distance // DRIFT), self._pages.get
        found = get((text, near - 1), 0) | get((text, near), 0) | get((text, near + 1), 0)
        return (found & ~(1 << page)).bit_count()


def _ends(view: View, lines: Sequence[_Line], high: Sequence[bool], low: Sequence[bool], own: Sequence[_Line]) -> Ends:
    """Head and foot of a page, of which lines are repeated near the top (`high`) and the end (`low`)."""
    first, last = _run(high), len(lines) - _run(low[::-1])
    whole, tall = view.content_height, LARGE * view.content_height
    lowest = max((line.bottom for line, known in zip(lines[:first], high, strict=False) if known), default=0.0)
    highest = min((line.top for line, known in zip(lines[last:], low[last:], strict=True) if known), default=whole)
    return Ends(
        head=lines[first - 1].last if 0 < first <= last and lowest <= tall else None,
        foot=lines[last].first if first <= last < len(lines) and highest >= whole - tall else None,
        own=tuple((line.first, line.last, len(line.text)) for line in own),
    )


def _run(repeated: Sequence[bool]) -> int:
    """How many of these, from the first on, belong together: as many more are repeated than not as there can be."""
    total, best, length = 0, 1, 0
    for at, one in enumerate(repeated):
        total += 1 if one else -1
        if total >= best:
            best, length = total, at + 1
    return length


def _lines(tree: Tree) -> Iterator[_Line]:
    """The lines of a page that may be seen on it; what is fixed to the window has no place among them."""
    tops, bottoms = _heights(tree)
    blocks, apart = Words(tree).blocks, _apart(tree)
    breaks = (row for row, name in enumerate(tree.name) if name == "br")
    rows: list[int] = []
    for row in sorted({*tops, *breaks}):
        ended = tree.name[row] == "br"
        if rows and (ended or blocks[row] != blocks[rows[0]]):
            yield _line(tree, rows, tops, bottoms)
            rows = []
        if not ended and not apart[row]:
            rows.append(row)
    if rows:
        yield _line(tree, rows, tops, bottoms)


def _line(tree: Tree, rows: Sequence[int], tops: Mapping[int, float], bottoms: Mapping[int, float]) -> _Line:
    text = "".join("".join(tree.text[row] for row in rows).casefold().split())[:KEY]
    return _Line(rows[0], rows[-1], text, min(tops[row] for row in rows), max(bottoms[row] for row in rows))


def _heights(tree: Tree) -> tuple[dict[int, float], dict[int, float]]:
    """Where each visible text begins and ends, from the top of the page."""
    shows = [values[_VISIBILITY] == "visible" for values in tree.styles]
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    for row, _, _, _, y, _, height in tree.lines:
        if row in tops:
            tops[row], bottoms[row] = min(tops[row], y), max(bottoms[row], y + height)
        elif shows[tree.style[row]] and tree.text[row].strip():
            tops[row], bottoms[row] = y, y + height
    return tops, bottoms


def _apart(tree: Tree) -> Sequence[bool]:
    """For each row, whether it or something around it is fixed to the window or quite transparent."""
    kinds = [values[_POSITION] == "fixed" or values[_OPACITY] == "0" for values in tree.styles]
    apart: list[bool] = []
    for parent, style in zip(tree.parent, tree.style, strict=True):
        apart.append((parent >= 0 and apart[parent]) or (style >= 0 and kinds[style]))
    return apart
