"""Which pictures of a page may show a filing number that its text does not: those are worth reading (OCR).

Sites show numbers as pictures of text, as badges and as drawings, nearly always at the foot of the page, or with words
about filing in the description, the address or the link. Where the text shows every number that a page owes, nothing
has to be read.
"""

import datetime
import re
from collections.abc import Iterator

from auditor.disclosures import Sight, sights
from auditor.facts import ALGORITHM, ICP, MODEL
from auditor.ground import FAINT
from auditor.ink import ink
from auditor.layout import Layout
from auditor.model import Source
from auditor.numbers import find
from auditor.prominence import measure, measure_picture
from auditor.region import region
from auditor.text import Words
from auditor.trees import ancestors, attribute
from crawler.capture import STYLES, Box, Role, View

MOST = 4  # pictures of one view: more are no badges
SHORTLIST = 40  # the lowest of a page with many
LEAST_WIDTH, LEAST_HEIGHT = 60.0, 8.0  # px: smaller ones hold no number that a person can read
BADGE_WIDTH, BADGE_HEIGHT = 1400.0, 240.0  # px: larger ones are photos
AT_THE_END = 100.0  # px between the end of the page and that of a picture that is its foot

ELEMENTS = frozenset({"img", "canvas", "svg", "object", "embed"})
FILING = re.compile(
    r"备案|登记|网信|公安|许可|资质|编号|bei-?an|filing|gong-?an|wang-?an|miit|police|licen[cs]e|"
    r"(?<![a-z])(?:icp|cac|mps|genai|suanfa)(?![a-z])",
    re.IGNORECASE,
)
_SAYING = ("alt", "title", "aria-label", "src", "data", "id", "class", "href", "data-src")
_BACKGROUND = STYLES.index("background-image")


def candidates(role: Role, view: View, today: datetime.date | None) -> tuple[int, ...]:
    """Rows of the pictures of a view to read, the most promising first; none where nothing is missing from the text."""
    layout = Layout(view)
    boxes = {row: box for row in range(len(view.tree.parent)) if (box := _picture(layout, row))}
    if not boxes:
        return ()
    lowest = sorted(boxes, key=lambda row: -boxes[row][1] - boxes[row][3])[:SHORTLIST]
    shown = _shown(layout, today)
    worth = {row: _worth(layout, row, boxes[row], shown, role) for row in lowest}
    best = sorted((row for row in lowest if worth[row]), key=lambda row: -worth[row])
    fit = (row for row in best if not _written_over(layout, boxes[row]) and _can_be_seen(layout, row))
    return tuple(row for row, _ in zip(fit, range(MOST), strict=False))


def _picture(layout: Layout, row: int) -> Box | None:
    """The box of what shows a picture large enough to hold a number."""
    tree = layout.tree
    box, style = tree.box[row], tree.style[row]
    if box is None or style < 0 or box[2] < LEAST_WIDTH or box[3] < LEAST_HEIGHT:
        return None
    name = tree.name[row]
    shows = name in ELEMENTS or (name == "input" and layout.attribute(row, "type") == "image")
    return box if shows or "url(" in tree.styles[style][_BACKGROUND] else None


def _shown(layout: Layout, today: datetime.date | None) -> tuple[Sight, ...]:
    """The numbers that a person can read as text."""
    texts = (sight for sight in sights(Words(layout.tree), today) if sight.source in {Source.TEXT, Source.GENERATED})
    return tuple(sight for sight in texts if sight.number.number and measure(layout, sight.spans).visible)


def _worth(layout: Layout, row: int, box: Box, shown: tuple[Sight, ...], role: Role) -> int:
    """How much a picture promises, 0 for nothing."""
    kinds = {sight.number.kind for sight in shown}
    ai, icp = [bool(kinds.intersection(group)) for group in (ALGORITHM, MODEL)], bool(kinds.intersection(ICP))
    words = " ".join(_words(layout, row))
    if {n.number for n in find(words) if n.number} - {sight.number.number for sight in shown}:
        return 8
    if all(ai) and (icp or role is not Role.HOME):
        return 0
    badge = box[2] <= BADGE_WIDTH and box[3] <= BADGE_HEIGHT
    if FILING.search(words):
        return 4 + badge
    if any(ai):
        return 0
    if badge:
        return 2 if region(layout, layout.element(row)) == "footer" else 0
    return int(box[1] + box[3] >= layout.view.content_height - AT_THE_END and 2 * box[2] >= layout.viewport[0])


def _words(layout: Layout, row: int) -> Iterator[str]:
    """What the element and the link around it say of themselves, addresses included."""
    tree = layout.tree
    link = next((a for a in ancestors(tree, row) if tree.name[a] == "a"), row)
    for node in dict.fromkeys((row, link)):
        values = (attribute(tree, node, name) or "" for name in _SAYING)
        yield from (value[:300] for value in values if not value.startswith("data:"))
    image = tree.styles[tree.style[row]][_BACKGROUND]
    if "data:" not in image:
        yield image[:300]


def _written_over(layout: Layout, box: Box) -> bool:
    """Whether text that can be seen stands on it: then it is a ground, and its words are on the page anyhow."""
    left, top, width, height = box
    for row, _, _, x, y, wide, high in layout.tree.lines:
        inside = left <= x + wide / 2 <= left + width and top <= y + high / 2 <= top + height
        if inside and wide >= 2 and high >= 2 and layout.tree.text[row].strip() and _drawn(layout, row):
            return True
    return False


def _can_be_seen(layout: Layout, row: int) -> bool:
    """Whether some of it shows: what is painted over in part may still say something."""
    found = measure_picture(layout, row)
    return found.visible or found.why_not in {"covered", "clipped"}


def _drawn(layout: Layout, row: int) -> bool:
    return layout.style(layout.element(row), "visibility") == "visible" and ink(layout, row).strength > FAINT
