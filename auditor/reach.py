"""Whether scrolling can bring a piece of text before a reader's eyes, and what cuts it off if not.

Sources: CSS 2.1 chapter 10.1 (containing blocks), CSS Overflow 3 (which boxes clip, which scroll, what propagates to
the viewport), CSS Transforms 1 section 3 (transformed boxes hold fixed ones), CSS Containment 2.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.controls import CONTROLS
from auditor.layout import Layout
from auditor.stacking import CHANGES
from crawler.capture import Box

SCROLLS = frozenset({"auto", "scroll", "overlay"})
SLACK_ACROSS = 0.25  # of the line's height: less than half a digit, about the blank beside a glyph
SLACK_DOWN = 0.35  # of the line's height: a line box is taller than the digits in it
LEAST_OPENING = 0.6  # of the line's height: nothing can be read by scrolling through less
WINDOW = 0.9  # of the window, across and down: a box of that size takes its place
SIDEWAYS = 2.0  # viewport widths: text further right than that counts as off the screen


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text comes to stand once everything around it is scrolled towards it."""

    box: Box  # in the page, page itself not scrolled
    why_not: str | None = None
    doubt: str | None = None
    fixed: bool = False  # stays where it is when the page is scrolled
    sway: tuple[float, float] = (0.0, 0.0)  # how far up and down boxes inside the page can move it from there


def contains_fixed(layout: Layout, row: int) -> bool:
    """Whether a box is the containing block of what is `position: fixed` in it."""
    style = layout.style
    return (
        any(style(row, name) not in ("none", "") for name in CHANGES)
        or any(word in style(row, "will-change") for word in CHANGES)
        or any(word in style(row, "contain") for word in ("paint", "layout", "strict", "content"))
        or style(row, "content-visibility") in ("auto", "hidden")
    )


def holders(layout: Layout, row: int) -> Iterator[tuple[int, bool]]:
    """The boxes that clip or scroll a node, from the inside out, each with whether the node is fixed to it.

    Boxes between a positioned element and its containing block are left out. The page itself comes last, as row -1.
    """
    escape = "static"
    for node in (layout.element(row), *layout.ancestors(layout.element(row))):
        if layout.tree.name[node] == "#document":
            if node in layout.scrollers:
                yield node, escape == "fixed"
                escape = "static"
            continue
        position = layout.style(node, "position")
        if escape != "static" and (contains_fixed(layout, node) or (escape == "absolute" and position != "static")):
            escape = "static"
        if escape == "static" and node in layout.scrollers and _clips(layout, node):
            yield node, False
        if position == "fixed" or (position == "absolute" and escape == "static"):
            escape = position
    yield -1, escape == "fixed"


def _clips(layout: Layout, row: int) -> bool:
    """Whether overflow applies to a box: not to inline ones, but for frames and drawings, nor where it propagates."""
    inline = layout.style(row, "display") == "inline" and layout.tree.name[row] not in ("iframe", "svg")
    return not inline and not _propagates(layout, row)


def _propagates(layout: Layout, row: int) -> bool:
    """Whether the overflow of an element is that of its viewport: `html`, or `body` if `html` has none."""
    name = layout.tree.name[row]
    if name == "html":
        return True
    html = layout.tree.parent[row]
    return name == "body" and layout.tree.name[html] == "html" and layout.style(html, "overflow-y") == "visible"


def _roots(layout: Layout, document: int) -> tuple[int, ...]:
    """The `html` of a document and its `body`, whose styles are those of its viewport."""
    names, kinds = layout.tree.name, layout.tree.kind
    html = [node for node in layout.children(document) if names[node] == "html" and kinds[node] == 1]  # no doctype
    body = [node for root in html for node in layout.children(root) if names[node] == "body"]
    return (*html[:1], *body[:1])


def viewport_overflow(layout: Layout, document: int) -> tuple[str, str]:
    """The overflow, across and down, of the viewport that shows a document."""
    roots = _roots(layout, document)
    if not roots:
        return "visible", "visible"
    source = roots[-1] if layout.style(roots[0], "overflow-y") in ("visible", "") else roots[0]
    return layout.style(source, "overflow-x"), layout.style(source, "overflow-y")


def place(layout: Layout, row: int, box: Box) -> Place:
    """Scroll everything around a piece of text so that it shows, as far as that can be done."""
    found = Place(box)
    for holder, fixed in holders(layout, row):
        found = _page(layout, found, fixed) if holder < 0 else _through(layout, found, row, holder, fixed)
        if found.why_not:
            outside = box[0] + box[2] <= 0 or box[1] + box[3] <= 0
            return Place(box, "off-screen") if outside else found
    return found


def _through(layout: Layout, found: Place, row: int, holder: int, fixed: bool) -> Place:
    x, y, width, height, left, top, wide, high = layout.scrollers[holder]
    across, down = _overflow(layout, holder)
    if across not in SCROLLS:
        width = _before_ellipsis(layout, found.box, row, holder, width, wide)
    scroll_x, scroll_y = across in SCROLLS and not fixed, down in SCROLLS and not fixed
    box = found.box
    wide, high = max(wide, width), max(high, height)
    back_x, back_y = _backwards(layout, holder)
    first_x, first_y = x - left - (wide - width if back_x else 0.0), y - top - (high - height if back_y else 0.0)
    start_x, lost_x = _axis(box[0], box[2], x, width, (first_x, wide) if scroll_x else None)
    start_y, lost_y = _axis(box[1], box[3], y, height, (first_y, high) if scroll_y else None)
    lost_x = box[2] if scroll_x and width < LEAST_OPENING * box[3] else lost_x
    lost_y = box[3] if scroll_y and height < LEAST_OPENING * box[3] else lost_y
    clips_x, clips_y = across != "visible", down != "visible"
    loss = (lost_x if clips_x else 0.0, lost_y if clips_y else 0.0)
    if loss[0] > SLACK_ACROSS * box[3] or loss[1] > SLACK_DOWN * box[3]:
        nothing = (width <= 1 and clips_x) or (height <= 1 and clips_y)
        partly = loss[0] < min(box[2], box[3]) * 0.9 and loss[1] < box[3] * 0.5
        doubt = "partly-clipped" if partly else "clip-path" if _may_show_more(layout, holder) else None
        if not doubt and _fills_the_window(layout, (x, y, width, height)) and box[1] + box[3] <= first_y + high:
            doubt = "scroll-locked"
        return replace(found, why_not="zero-size" if nothing else "clipped", doubt=doubt)
    moved = (start_x, start_y, box[2], box[3])
    if not scroll_y:
        return replace(found, box=moved)
    offset = box[1] - first_y  # from the start of the content
    highest, lowest = max(y, y + offset - (high - height)), min(y + height - box[3], y + offset)
    up, down_by = min(highest - start_y, 0.0), max(lowest - start_y, 0.0)
    return replace(found, box=moved, sway=(found.sway[0] + up, found.sway[1] + down_by))


def _overflow(layout: Layout, holder: int) -> tuple[str, str]:
    """How a box deals with what does not fit: `visible`, one of `SCROLLS`, or cut it."""
    if layout.tree.name[holder] == "#document":
        frame = layout.tree.parent[holder]
        locked = frame >= 0 and layout.attribute(frame, "scrolling") == "no"
        across, down = viewport_overflow(layout, holder)
        return ("hidden", "hidden") if locked else (_scrolls(across), _scrolls(down))
    across, down = layout.style(holder, "overflow-x"), layout.style(holder, "overflow-y")
    contained = any(word in layout.style(holder, "contain") for word in ("paint", "strict", "content"))
    if contained or layout.style(holder, "content-visibility") in ("auto", "hidden"):
        across, down = ("clip" if value == "visible" else value for value in (across, down))
    return across, down


def _fills_the_window(layout: Layout, box: Box) -> bool:
    """Whether a box is as large as the window: what it cuts off below is a page that is scrolled otherwise.

    By scripts that listen to the wheel, one screen at a time, as many product pages are (fullPage.js); or it is locked.
    """
    wide, high = layout.viewport
    return box[2] >= WINDOW * wide and WINDOW * high <= box[3] <= high / WINDOW


def _may_show_more(layout: Layout, holder: int) -> bool:
    """Whether a margin, which is not captured, may move the edge at which a box clips (`overflow-clip-margin`).

    Source: CSS Overflow 3, section 3.2. Of form controls the browser itself clips the words at their edge.
    """
    both = layout.style(holder, "overflow-x") == layout.style(holder, "overflow-y") == "clip"
    return both and layout.tree.name[holder] not in CONTROLS


def _backwards(layout: Layout, row: int) -> tuple[bool, bool]:
    """Whether what overflows a box across, or down, lies before its start: it is scrolled from its end.

    Sources: CSS Overflow 3, section 2.2; CSS Flexbox 1, section 5.1.
    """
    if layout.tree.name[row] == "#document":
        return any(_backwards(layout, root)[0] for root in _roots(layout, row)), False
    across = layout.style(row, "direction") == "rtl" or layout.style(row, "writing-mode") == "vertical-rl"
    turned = layout.style(row, "flex-direction") if layout.style(row, "display").endswith("flex") else ""
    return across != (turned == "row-reverse"), turned == "column-reverse"


def _scrolls(overflow: str) -> str:
    return "auto" if overflow in ("visible", "") else overflow


def _before_ellipsis(layout: Layout, box: Box, row: int, holder: int, width: float, wide: float) -> float:
    """The width that is left for letters: an ellipsis takes about one em of a line that does not fit."""
    own = holder == layout.element(row) or layout.style(holder, "display") not in ("inline", "")
    ellipsis = layout.style(holder, "text-overflow") not in ("clip", "")
    return width - box[3] * 0.8 if own and ellipsis and wide > width + 1 else width


def _axis(
    start: float, size: float, opening: float, length: float, content: tuple[float, float] | None
) -> tuple[float, float]:
    """Along one axis: where a piece comes to stand in an opening, and how much of it is lost.

    `content` is where the scrolled content starts and how long it is; None: nothing can be scrolled.
    """
    if content is None:
        return start, size - _overlap(start, size, opening, length)
    lost = size - _overlap(start, size, content[0], content[1])
    if start < opening:
        return opening, lost
    return max(opening, min(start, opening + length - size)), lost


def _overlap(start: float, size: float, other: float, length: float) -> float:
    return max(0.0, min(start + size, other + length) - max(start, other))


def _page(layout: Layout, found: Place, fixed: bool) -> Place:
    """The last step: the viewport of the page itself."""
    x, y, width, height = found.box
    wide, high = layout.viewport
    across, down = viewport_overflow(layout, 0)
    right = wide if fixed or across in ("hidden", "clip") else max(layout.view.content_width, wide)
    bottom = high if fixed or down in ("hidden", "clip") else max(layout.view.content_height, high)
    left = min(wide - right, 0.0) if _backwards(layout, 0)[0] else 0.0
    lost_x = width - _overlap(x, width, left, min(right, SIDEWAYS * wide))
    lost_y = height - _overlap(y, height, 0.0, bottom)
    found = replace(found, fixed=fixed)
    if lost_x <= SLACK_ACROSS * height and lost_y <= SLACK_DOWN * height:
        return found
    if not fixed and down in ("hidden", "clip") and y + height <= layout.view.content_height and lost_y > 0:
        return replace(found, why_not="off-screen", doubt="scroll-locked")
    whole = lost_x >= width * 0.99 or lost_y >= height * 0.99
    return replace(found, why_not="off-screen" if whole else "clipped", doubt=None if whole else "partly-clipped")
