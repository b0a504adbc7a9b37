"""Whose disclosure a number is: the site's own, or somebody else's that the page talks about.

Nobody is blamed for numbers in an article, a table of other companies, user content or an advertisement. A number in
the site's own line of numbers is the site's disclosure, also where it is the number of the model that the site uses.
"""

import re
from collections.abc import Collection, Sequence

from auditor import stores
from auditor.model import Number, NumberKind
from auditor.text import Words
from auditor.trees import ancestors, attribute, end
from crawler.capture import Role

OWN_WORDS = re.compile(
    r"本(?:网站|站|平台|产品|应用|服务|公司|软件|小程序|系统|算法|模型|APP)|我(?:司|们|公司|方)|"
    r"\b(?:our|this (?:site|service|app|product))\b",
    re.IGNORECASE,
)
STORY_PLACES = re.compile(
    r"(?:^|[-_/ ])"
    r"(?:news|articles?|blog|posts?|story|wiki|forum|thread|question|tutorial|baike|zixun|xinwen)"
    r"(?:[-_/ .]|$)",
    re.IGNORECASE,
)
OTHERS_PLACES = re.compile(
    r"(?:^|[-_ ])"
    r"(?:comments?|reply|replies|review-list|user-content|ugc|ads?|advert\w*|sponsor\w*|guanggao|tuiguang)"
    r"(?:[-_ ]|$)",
    re.IGNORECASE,
)
COMPANY = re.compile(r"[一-鿿（）()·]{2,30}?(?:公司|集团|研究院|研究所|大学)")
SENTENCE = re.compile(r"[。！？；]|，.*，|[a-z]\. [A-Z]")
REPORTED = re.compile(r"记者|报道|日前|近日|昨日|获悉|据悉|据了解|消息|业内|专家|分析|网友|该公司|该企业|此前|reported")
"""Words of news: who writes so writes about others."""

CONTAINERS = frozenset({"table", "ul", "ol", "dl", "tbody", "section", "main"})
COMPANIES_IN_A_LIST = 3
OPERATORS_IN_A_LIST = 8  # no disclosure line with more operators was seen among 183 real texts: seven at most
PROSE = 20  # characters beside the numbers from which a block with a full stop is prose

FOOTER_LIKE = frozenset({"footer", "header", "nav"})
OWN_ROLES = frozenset({Role.DISCLOSURE, Role.ABOUT, Role.PRODUCT, Role.DOWNLOAD})


class Ownership:
    """Answers for one page; what is the same for all its numbers is computed once."""

    def __init__(self, words: Words, role: Role, url: str, names: Collection[str], numbers: Sequence[Number]) -> None:
        """`names`: what the operator and the product are called; `numbers`: all that were found on the page."""
        self.words, self.role = words, role
        self.story = bool(STORY_PLACES.search(url.split("?")[0]))
        self.names = tuple(name for name in names if len(name) >= 2)
        self.operators = len({operator for number in numbers if (operator := _operator(number))})

    def own(self, row: int, region: str, block: str, number: Number) -> bool:
        """Whether the number at tree row `row`, in a block of text `block`, belongs to the site's own disclosure."""
        if self._in_others_place(row):
            return False
        if self.role is Role.STORE:
            return stores.belongs_to_app(self.words, row, region)
        if region in FOOTER_LIKE and not self._within(row, "article"):
            return True
        if self._is_ours(block):
            return True
        if self.operators >= OPERATORS_IN_A_LIST or self._in_list_of_companies(row):
            return False
        if self.role in OWN_ROLES:
            return True
        return not (self.story or self._within(row, "article") or self._is_about_others(block, number))

    def _is_ours(self, block: str) -> bool:
        return bool(OWN_WORDS.search(block)) or any(name in block for name in self.names)

    def _is_about_others(self, block: str, number: Number) -> bool:
        """Whether a block is prose that reports, or names a firm: its own firm would have made it the site's own."""
        rest = block.replace(number.raw, "")
        prose = len(rest) >= PROSE and bool(SENTENCE.search(rest))
        return prose and bool(REPORTED.search(rest) or COMPANY.search(rest))

    def _within(self, row: int, name: str) -> bool:
        return any(self.words.tree.name[a] == name for a in ancestors(self.words.tree, row))

    def _in_others_place(self, row: int) -> bool:
        tree = self.words.tree
        return any(
            OTHERS_PLACES.search(mark)
            for a in ancestors(tree, row)
            for mark in (attribute(tree, a, "class"), attribute(tree, a, "id"))
            if mark
        )

    def _in_list_of_companies(self, row: int) -> bool:
        """Whether the nearest list or table names several companies."""
        tree = self.words.tree
        for a in ancestors(tree, row):
            if tree.name[a] in CONTAINERS:
                text = "\n".join(t for t in tree.text[a : end(tree, a)] if t)
                if len({m.group() for m in COMPANY.finditer(text[:20_000])}) >= COMPANIES_IN_A_LIST:
                    return True
        return False


def _operator(number: Number) -> str | None:
    """What tells the operator of a number: its id, or the name of the model."""
    if number.kind is NumberKind.ALGORITHM:
        value = number.parts.get("operator_id")
        return str(value) if value else None
    return None
