"""Whether a text stays: things that open, turn or fade by themselves, and the same text in a later look."""

import re
from collections.abc import Iterator, Sequence

from auditor.layout import Layout, Span
from auditor.region import region

FLEETING = re.compile(r"toast|snackbar|splash|tooltip|popover|popup|lightbox", re.IGNORECASE)
"""Names of what closes by itself or is there to be closed."""


FRAME = re.compile(
    r"(?:^|[-_ ])(?:slides?|carousel-{1,2}item|carousel__item|banner-item|swiper?-item|owl-item)(?:[-_ ]|$)",
    re.IGNORECASE,
)
"""Names of one frame of a carousel (Swiper, Slick, Bootstrap, Element, Vant, Owl …)."""

MOST = 50  # places of the same text that are compared


def fleeting(layout: Layout, row: int) -> bool:
    """Whether something stands in a dialog, a toast or the like: seen only until it closes."""
    if region(layout, row) == "dialog" or runs_by(layout, row) or turns(layout, row):
        return True
    return any(
        FLEETING.search(layout.attribute(node, "class") or "") is not None
        and layout.style(node, "position") in ("fixed", "absolute")
        for node in layout.ancestors(row)
    )


def runs_by(layout: Layout, row: int) -> bool:
    """Whether something runs across the page, now in sight and now not."""
    return any(layout.tree.name[node] == "marquee" for node in layout.ancestors(row))


def turns(layout: Layout, row: int) -> bool:
    """Whether something stands in a frame of a carousel: named so, beside others of which one is out of sight."""
    return any(
        _is_frame(layout, node) and any(_out_of_sight(layout, other) for other in _frames_beside(layout, node))
        for node in layout.ancestors(row)
    )


def waits_its_turn(layout: Layout, row: int) -> bool:
    """Whether something out of sight stands in one of several frames of a carousel, which show it by and by."""
    return any(_is_frame(layout, node) and _frames_beside(layout, node) for node in layout.ancestors(row))


def _is_frame(layout: Layout, row: int) -> bool:
    return FRAME.search(layout.attribute(row, "class") or "") is not None


def _frames_beside(layout: Layout, row: int) -> list[int]:
    return [node for node in layout.children(layout.tree.parent[row]) if node != row and _is_frame(layout, node)]


def _out_of_sight(layout: Layout, row: int) -> bool:
    """Whether a frame is not drawn, faded out, or stands beside the page."""
    box = layout.tree.box[row]
    if box is None or not box[2] or not box[3]:
        return True
    faded = layout.style(row, "visibility") == "hidden" or layout.style(row, "opacity") == "0"
    return faded or box[0] + box[2] <= 0 or box[0] >= layout.viewport[0]


def same_text(layout: Layout, spans: Sequence[Span], other: Layout) -> Iterator[tuple[Span, ...]]:
    """Places of another layout that hold the same text: the same path first, else the same region."""
    words = [layout.tree.text[row][start:end] for row, start, end in spans]
    path, part = layout.selector(spans[0][0]), region(layout, spans[0][0])
    starts = [row for row, text in enumerate(other.tree.text) if words[0] and words[0] in text][:MOST]
    exact = [row for row in starts if other.selector(row) == path]
    for row in exact or [row for row in starts if region(other, row) == part]:
        found = _from(other, row, words)
        if found:
            yield found


def _from(layout: Layout, row: int, words: Sequence[str]) -> tuple[Span, ...] | None:
    """The pieces of a text, one after the other from a row on."""
    found: list[Span] = []
    for word in words:
        texts = enumerate(layout.tree.text[row : row + 50])
        at = next((row + step for step, text in texts if word in text), None)
        if at is None:
            return None
        start = layout.tree.text[at].index(word)
        found.append((at, start, start + len(word)))
        row = at + 1
    return tuple(found)
