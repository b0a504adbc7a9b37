"""Tells the crawler where a page holds filing numbers: which pages a browser must see, where to point the camera."""

import datetime
import re
from dataclasses import dataclass

from auditor import disclosures, pictured, static
from auditor.facts import AI
from auditor.model import Source
from auditor.numbers import find
from auditor.text import Words
from auditor.trees import ancestors, attribute
from crawler.capture import STYLES, Box, PageCapture, View

FLEETING = re.compile(r"toast|splash|swiper|carousel|slide|marquee|popup|modal|notice|banner|ticker", re.IGNORECASE)
"""Names of containers whose content may be gone a few seconds later."""

MOST_LINKS = 20
_POSITION, _ANIMATION = STYLES.index("position"), STYLES.index("animation-name")


@dataclass(frozen=True, slots=True)
class NumberScout:
    """The scout of `crawler.scout.Scout` that looks for filing numbers."""

    def deserves_view(self, page: PageCapture) -> bool:
        """Whether the static text of a page holds an AI filing number."""
        if not page.html:
            return False
        text = Words(static.tree(page.html)).not_laid_out.text
        return any(number.kind in AI for number in find(text))

    def places(self, page: PageCapture, view: View) -> tuple[Box, ...]:
        """Where the numbers stand, those at the foot of the page first."""
        return disclosures.places(page, view, _today(page))

    def pictures(self, page: PageCapture, view: View) -> tuple[int, ...]:
        """Those that may show a number that the text lacks."""
        return pictured.candidates(page.role, view, _today(page))

    def look_again(self, view: View) -> bool:
        """Whether a number stands in something that may close, turn or fade by itself."""
        words = Words(view.tree)
        return any(
            sight.source in {Source.TEXT, Source.GENERATED} and _is_fleeting(view, sight.row)
            for sight in disclosures.sights(words, None)
        )

    def links(self, pages: tuple[PageCapture, ...]) -> tuple[str, ...]:
        """The addresses that algorithm and generative numbers link to, each once."""
        found = (
            d.link.href
            for page in pages
            for d in disclosures.of_page(page, (), _today(page))
            if d.kind in AI and d.own and d.link.href
        )
        return tuple(dict.fromkeys(href for href in found if href.lower().startswith("http")))[:MOST_LINKS]


def _today(page: PageCapture) -> datetime.date | None:
    return datetime.date.fromisoformat(page.taken_at[:10]) if page.taken_at else None


def _is_fleeting(view: View, row: int) -> bool:
    tree = view.tree
    for a in ancestors(tree, row):
        names = f"{attribute(tree, a, 'class') or ''} {attribute(tree, a, 'id') or ''}"
        styles = tree.styles[tree.style[a]] if tree.style[a] >= 0 else None
        moves = styles is not None and (styles[_POSITION] == "fixed" or styles[_ANIMATION] not in {"none", ""})
        if moves or FLEETING.search(names) or attribute(tree, a, "role") in {"dialog", "alert", "alertdialog"}:
            return True
    return False
