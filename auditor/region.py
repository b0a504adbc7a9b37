"""In which part of a page something stands, as a person would say.

Landmarks first (HTML-AAM, https://www.w3.org/TR/html-aam-1.0/), then what the site repeats on its pages, then the names
that authors give, then the place.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from auditor.layout import Layout
from auditor.lettering import words_around
from auditor.repetition import Ends

_BY_NAME = {"dialog": "dialog", "footer": "footer", "header": "header", "nav": "nav", "main": "main"}
_BY_ROLE = {
    "dialog": "dialog",
    "alertdialog": "dialog",
    "contentinfo": "footer",
    "banner": "header",
    "navigation": "nav",
    "main": "main",
}
_WORDS = {
    "dialog": ("modal", "dialog", "popup", "popover", "toast", "snackbar", "lightbox", "splash"),
    "footer": ("footer", "foot", "copyright", "beian"),
    "header": ("header", "topbar"),
    "nav": ("nav", "navbar", "navigation", "sidebar", "sidenav", "menu"),
}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SCOPES = frozenset({"article", "section", "aside", "main"})

ORDER = ("dialog", "footer", "nav", "header", "main")
"""Which of several nested regions a person would name: a menu in the footer is in the footer."""

FOOT = 0.2  # of the document's height, the last part of a page
LEAST_FOOT, MOST_FOOT = 160.0, 600.0  # px
HEAD = 120.0  # px from the top
PROSE = 200  # characters in one block: more of them are no footer
LARGE = 0.6  # of the document's height: what is taller is no footer, whatever its name says


def region(layout: Layout, row: int, compared: Callable[[], Ends | None] = lambda: None) -> str:
    """`header`, `main`, `footer`, `dialog`, `nav`, or `unknown` where neither names nor places tell.

    `compared` tells what the page has in common with others of its site; it takes a third of the time of a verdict, so
    it is asked only where no landmark decides. Where it and the markup disagree, a person decides by what can be seen,
    and sees no markup: what several pages show at their end is their foot, be it marked up as main content, as a menu
    or not at all; what they show at their top is their head, if it is no menu. The author's landmark of a footer or a
    dialog holds. A mere name ("card-footer") or a low place does not where the page alone has this text and, before the
    foot that it shares, more text that it alone has: both together still do.
    """
    named = [*_named(layout, row)]
    known = _first(name for name, _ in named)
    if known == "dialog" or ("footer", True) in named:
        return known or "footer"
    ends = compared()
    placed, shared = _by_place(layout, row), _shared(layout, row, ends) if ends else None
    if known == "footer" and placed != "footer" and shared == "main":
        known = _first(name for name, _ in named if name != "footer")
    if "footer" in (known, shared):
        return "footer"
    if known in ("nav", "header"):
        return known
    if shared == "header" or (shared == "main" and placed == "footer"):
        return shared
    if known == "main":  # often the whole page is wrapped in it, its foot included
        return "footer" if placed == "footer" and layout.view.content_height > layout.viewport[1] else "main"
    return placed or "unknown"


def _first(names: Iterable[str]) -> str | None:
    found = {*names}
    return next((name for name in ORDER if name in found), None)


def _shared(layout: Layout, row: int, ends: Ends) -> str | None:
    """`header` or `footer` of several pages, `main` for what only this page has, well before its foot.

    What is fixed to the window stands at neither end of the page.
    """
    if any(layout.style(node, "position") == "fixed" for node in (row, *layout.ancestors(row))):
        return None
    if ends.foot is not None and row >= ends.foot:
        return "footer"
    if ends.head is not None and row <= ends.head:
        return "header"
    return "main" if ends.own_before_foot(row) > PROSE else None


def _named(layout: Layout, row: int) -> Iterator[tuple[str, bool]]:
    """What the elements around it are called, and whether that is a landmark or only a class or id."""
    chain = [node for node in (row, *layout.ancestors(row)) if layout.tree.kind[node] == 1]
    for at, node in enumerate(chain):
        name, role = layout.tree.name[node], (layout.attribute(node, "role") or "").strip().lower()
        landmark = _BY_ROLE.get(role) or (None if role else _BY_NAME.get(name))
        if landmark in ("footer", "header") and not role and _scoped(layout, chain[at + 1 :]):
            landmark = None
        if landmark or layout.attribute(node, "aria-modal") == "true":
            yield landmark or "dialog", True
        elif name not in ("html", "body"):
            yield from ((word, False) for word in _by_words(layout, node))


def _scoped(layout: Layout, above: list[int]) -> bool:
    """Whether a header or footer belongs to an article or a section rather than to the page."""
    return any(layout.tree.name[node] in _SCOPES for node in above)


def _by_words(layout: Layout, row: int) -> Iterator[str]:
    box = layout.tree.box[row]
    if box is not None and box[3] > max(LARGE * layout.view.content_height, layout.viewport[1]):
        return
    label = f"{layout.attribute(row, 'class') or ''} {layout.attribute(row, 'id') or ''}"[:500]
    words = {word.lower() for word in _WORD.findall(label)}
    for name, known in _WORDS.items():
        floats = name != "dialog" or layout.style(row, "position") in ("fixed", "absolute")
        if floats and any(word in known or word.endswith(known[0]) or word.startswith(known[0]) for word in words):
            yield name


def _by_place(layout: Layout, row: int) -> str | None:
    """By the distance from the end and the top of the page."""
    box, height = layout.standing(row), layout.view.content_height
    if box is None or height <= 0:
        return None
    middle = box[1] + box[3] / 2
    near_end = height - middle <= min(max(FOOT * height, LEAST_FOOT), MOST_FOOT) and middle > height / 2
    if near_end and words_around(layout, row) <= PROSE:
        return "footer"
    return "header" if middle < HEAD else "main"
