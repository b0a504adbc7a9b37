"""Tells the crawler where a page holds filing numbers: which pages a browser must see, where to point the camera."""

import datetime
import re
from dataclasses import dataclass

from auditor import disclosures, pictured, static
from auditor.facts import AI
from auditor.model import Source
from auditor.numbers import find
from auditor.observe import visible_page
from auditor.service import gives_a_sign
from auditor.text import Words
from auditor.trees import ancestors, attribute
from crawler.capture import STYLES, Box, PageCapture, View

FLEETING = re.compile(r"toast|splash|swiper|carousel|slide|marquee|popup|modal|notice|banner|ticker", re.IGNORECASE)
"""Names of containers whose content may be gone a few seconds later."""

FILING = re.compile(r"(?:算法|模型|生成式|人工智能|深度合成|信息服务).{0,12}(?:备案|登记|公示)|网信算备|上线编号")
"""Words that stand where a filing is told of, with or without its number."""

WORDS = (
    *("人工智能", "智能", "大模型", "模型", "算法", "机器人", "数字人", "换脸", "语音合成", "个性化"),
    *("aigc", "gpt", "deepseek", "llm", "copilot"),
)
"""Words without which hardly a page of an AI service does, in lower case, wherever they stand."""

WHOLE_WORDS = re.compile(r"(?<![a-z])(?:ai(?![a-z])|chat)")
"""Such words that count only where a word begins."""

DESCRIBES = frozenset({"description", "keywords"})
MOST_CHARACTERS = 1_000_000  # of a page's HTML that are looked at for its title and description
MOST_LINKS = 20
_POSITION, _ANIMATION = STYLES.index("position"), STYLES.index("animation-name")


@dataclass(frozen=True, slots=True)
class NumberScout:
    """The scout of `crawler.scout.Scout` that looks for filing numbers."""

    def worth_a_browser(self, page: PageCapture) -> str | None:
        """A number or a label of one, signs of an AI service, or only a word of AI; None where there is none of it.

        Looks at the whole HTML for numbers, and at what can be read of it for words.
        """
        source = page.html or ""
        if any(number.kind in AI for number in find(source)):
            return "number"
        visible = visible_page(page)
        text = f"{page.title}\n{visible.text}\n{' '.join(visible.controls)}\n{_described(source)}"
        if FILING.search(text):
            return "filing"
        if gives_a_sign(visible):
            return "service"
        return "words" if _speaks_of_ai(text.casefold()) else None

    def deserves_view(self, page: PageCapture) -> bool:
        """Whether the static text of a page holds an AI filing number."""
        if not page.html:
            return False
        text = static.words(page.html).not_laid_out.text
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


def _speaks_of_ai(text: str) -> bool:
    """Whether a text in lower case holds a word of AI. Word by word: a pattern of them all takes longer."""
    return any(word in text for word in WORDS) or bool(WHOLE_WORDS.search(text))


def _described(source: str) -> str:
    """What a page says of itself in its head, for search engines."""
    tree = static.tree(source[:MOST_CHARACTERS])
    rows = (row for row, name in enumerate(tree.name) if name == "meta")
    words = (attribute(tree, row, "content") or "" for row in rows if attribute(tree, row, "name") in DESCRIBES)
    titles = (tree.text[row] for row, up in enumerate(tree.parent) if up >= 0 and tree.name[up] == "title")
    return " ".join((*words, *titles))[:5000]


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
