"""Whose disclosure a number is: the site's own, or somebody else's that the page talks about.

Nobody is blamed for numbers in an article, a table of other companies, user content or an advertisement. A number in
the site's own line of numbers is the site's disclosure, also where it is the number of the model that the site uses.

What stands in a footer, a header or a menu is the site's. Elsewhere an AI number is its own only where something says
so (the site's words or name, a page or heading for filings, the line of its other numbers, a line of nothing but label
and number) and nothing around it speaks of others: another firm, an example, a report, a list.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice

from auditor import stores
from auditor.model import Number, NumberKind
from auditor.numbers import find
from auditor.signals import ARTICLE
from auditor.text import Words
from auditor.trees import ancestors, attribute, end
from crawler.capture import Role

OWN_WORDS = re.compile(
    r"本(?:网站|站|平台|产品|应用|服务|公司|软件|小程序|系统|算法|模型|APP)|我(?:司|们|公司|方)|"
    r"\b(?:our|this (?:site|service|app|product))\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"such as|looks? like|for example|"
    r"文中|提到|写道|记者|客户(?!端|服务)|会员单位|友商|协助|代办|例如|比如|譬如|形如|(?:示|样|范|举)例|以.{1,200}为例|[，。：（“(]如$|e\.g\."
)
"""Words in or right before which a number is an example or a client's."""

STORY_PLACES = re.compile(
    r"(?:^|[-_/ ])"
    r"(?:news|articles?|blog|posts?|story|wiki|forum|thread|question|tutorial|baike|zixun|xinwen)"
    r"(?:[-_/ .]|$)",
    re.IGNORECASE,
)
STORY_MARKS = re.compile(r"(?:^|[-_ ])(?:news|articles?|blog|story|wiki|tutorial)(?:[-_ ]|$)", re.IGNORECASE)
OTHERS_PLACES = re.compile(
    r"(?:^|[-_ ])"
    r"(?:comments?|reply|replies|review-list|user-content|ugc|ads?|advert\w*|sponsor\w*|guanggao|tuiguang|threads?|"
    r"answers?|posts?|floor|cases?|demo|examples?|sample)"
    r"(?:[-_ ]|$)",
    re.IGNORECASE,
)
QUOTING = frozenset({"pre", "code", "blockquote", "q", "samp", "cite"})
ABOUT_OTHERS = re.compile(
    r"查询|名录|名单|清单|一览|汇总|盘点|大全|排行|榜|案例|业绩|(?:示|样|范)例|模板|教程|如何|怎[么样]|(?<!有)什么|哪[里些]|是真的|"
    r"评测|测评|对比|横评|百科|词条|新闻|资讯|早报|晚报|日报|时报|快讯|头条|财经|观察|公告|通知|法规|规定|办法|协会|学会|律师|"
    r"论坛|博客|杂记|周记|招聘|猎|培训|大会|峰会|研究[院所组]|图书|新书|大学|代办|代理|喜讯|祝贺|工商信息|下载站|"
    r"时刻|\b(?:news|weekly|daily|blog|wiki|how to|tutorial|review)\b",
    re.IGNORECASE,
)
"""Titles and headings under which numbers are mostly others'."""

AUTHORITY = re.compile(
    r"网信办|信息办公室|人民政府|(?:管理|公安)[总厅]?局|(?:经信|工信)[局厅]|政务|cyberspace administration",
    re.IGNORECASE,
)
"""Titles of the sites of authorities: the numbers that they list are others'."""

AUTHORITY_HOST = re.compile(r"https?://[^/?#]{1,253}\.gov\.cn(?=[:/?#]|$)", re.IGNORECASE)

COMPANY = re.compile(r"[一-鿿（）()·]{2,30}?(?:公司|集团|研究院|研究所|大学)")
SENTENCE = re.compile(r"[。！？；]|，.*，|[a-z]\. [A-Z]")
REPORTED = re.compile(
    r"记者|报道|日前|近日|昨日|获悉|据悉|据了解|消息|业内|专家|分析|网友|该公司|该企业|此前|據|reported"
)
"""Words of news: who writes so writes about others."""

CONTAINERS = frozenset({"table", "ul", "ol", "dl", "tbody", "section", "main"})
COMPANIES_IN_A_LIST = 3
OPERATORS_IN_A_LIST = 8  # no disclosure line with more operators was seen among 183 real texts: seven at most
OPERATORS_OF_OTHERS = 3  # of a page on which nothing else says whose they are
MODELS_IN_A_LIST = 4  # of a home page outside its footer: more different names of models are a comparison
PROSE = 20  # characters beside the numbers from which a block with a full stop is prose
NEAR = 400  # characters around a number in which a firm's name says whose it is

FOOTER_LIKE = frozenset({"footer", "header", "nav"})
OWN_ROLES = frozenset({Role.DISCLOSURE, Role.ABOUT, Role.PRODUCT, Role.DOWNLOAD})
AI = frozenset({NumberKind.ALGORITHM, NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION})
_OWN_HEADING = re.compile(
    r"(?:算法|大?模型|网站|ICP|生成式(?:人工智能|AI)|服务|产品|平台|[与和及、/])*"
    r"(?:备案(?:信息|公示|说明|情况|编?号)+|(?:信息|资质|算法)公示|公示信息|(?:经营|企业)?资质(?:证照|信息)?|版权信息|"
    r"(?:filing|compliance|regulatory) (?:information|notice))",
    re.IGNORECASE,
)
_SITES_OWN = re.compile(r"ICP备|ICP证|公网安备|©|\(c\)|copyright|版权所有|all rights", re.IGNORECASE)
_PROSE_MARK = re.compile(r"[。！？?；]|，.*，")
_TITLE_PARTS = re.compile(r"[-_|·—–:：,，、!！。]|(?<![\x21-\x7e]) | (?![\x21-\x7e])")
_BRAND = re.compile(r"[A-Z][A-Za-z0-9]{3,}")
_BRAND_WORDS = 3  # English words of a title part up to which a capitalised one of them is a name
_GENERAL = re.compile(
    r"备案|登记|算法|公示|模型|网站|官网|首页|平台$|^\W*AI\W*$|^[a-z]{1,3}$|^[\d\W年]+$", re.IGNORECASE
)
_FILING_LABEL = re.compile(
    r"(?:模型|算法|服务|产品|应用)?名称|"
    r"(?:互联网信息服务|深度合成|生成合成类?|生成式(?:人工智能|AI)|人工智能|服务|大?模型|算法|网信|国家|已|个性化推[送荐]|[、/])*"
    r"(?:备案|登记|上线)(?:公示|信息)?(?:编?号码?)?|"
    r"(?:algorithm|model|generative ai|service|filing|number|no|name|registration)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[\w·]{1,20}?(?:算法|模型)")
_LANDMARKS = frozenset({"contentinfo", "banner", "navigation"})
_FOOT = re.compile(
    r"(?:^|[-_ ])(?:\w{0,12}footer\w{0,12}|foot|copyright\w{0,8}|bei-?an\w{0,8}|bottom\w{0,8})(?:[-_ ]|$)", re.I
)


class Ownership:
    """Answers for one page; what is the same for all its numbers is computed once."""

    def __init__(
        self, words: Words, role: Role, url: str, title: str, names: Collection[str], numbers: Sequence[Number]
    ) -> None:
        """`names`: what the operator and the product are called; `numbers`: all that were found on the page."""
        self.words, self.role, self.title = words, role, title
        self.authority = bool(AUTHORITY.search(title[:200]) or AUTHORITY_HOST.match(url))
        self.story = bool(STORY_PLACES.search(url.split("?")[0]))
        self.names = tuple(name for name in names if len(name) >= 2)
        self.operators = len({operator for number in numbers if (operator := _operator(number))})
        self.models = len({number.parts.get("name") for number in numbers if number.parts.get("name")})

    def own(self, row: int, region: str, block: str, number: Number) -> bool:
        """Whether the number at tree row `row`, in a block of text `block`, belongs to the site's own disclosure."""
        if self._in_others_place(row):
            return False
        if self.role is Role.STORE:
            return stores.belongs_to_app(self.words, row, region)
        story = self._within(row, {"article"}) or self._has_mark(row, STORY_MARKS)
        if region in FOOTER_LIKE and not story and self._in_landmark(row):
            return True
        if self._is_example(block, number):
            return False
        if self._is_ours(block):
            return True
        if self.operators >= OPERATORS_IN_A_LIST or self._in_list_of_companies(row) or self._near_another_firm(row):
            return False
        if self.role in OWN_ROLES:
            return True
        if self.story or story or self._is_about_others(block, number):
            return False
        if number.kind not in AI:
            return number.number is not None or not self._talks(row)
        return self.role is Role.LEGAL or self._is_disclosure(row, block)

    def _is_disclosure(self, row: int, block: str) -> bool:
        """Whether an AI number in the middle of a page stands as disclosures do."""
        if self._under_own_heading(row) or self._beside_own_numbers(row) or _is_own_line(block):
            return True
        if self._called_as(block):
            return True
        few = self.operators < OPERATORS_OF_OTHERS
        return few and _is_bare(block) and not self._reports and not self._talks(row)

    def _called_as(self, block: str) -> bool:
        """Whether the block names what the page's title names."""
        parts = [part.strip() for part in _TITLE_PARTS.split(self.title[:200])]
        brands = [word for part in parts if len(part.split()) <= _BRAND_WORDS for word in _BRAND.findall(part)]
        return any(part in block for part in (*parts, *brands) if len(part) >= 2 and not _GENERAL.search(part))

    def _under_own_heading(self, row: int) -> bool:
        return bool(_OWN_HEADING.fullmatch(self._heading(row)))

    def _beside_own_numbers(self, row: int) -> bool:
        """Whether it stands in one line of numbers with those of the site itself, or its copyright."""
        tree = self.words.tree
        for a in islice(ancestors(tree, self.words.blocks[row]), 3):
            if tree.name[a] in {"body", "html", "main"}:
                break
            text = "\n".join(t for t in tree.text[a : end(tree, a)] if t.strip())
            if _is_own_line(text):
                return True
        return False

    @cached_property
    def _reports(self) -> bool:
        """Whether the page has the lines of an article: author, source, next and previous."""
        stream = self.words.laid_out.text or self.words.not_laid_out.text
        return any(ARTICLE.search(line[:NEAR].lower()) for line in stream.split("\n", 3000)[:3000])

    def _is_ours(self, block: str) -> bool:
        return bool(OWN_WORDS.search(block)) or any(name in block for name in self.names)

    def _is_example(self, block: str, number: Number) -> bool:
        at = block.find(number.raw)
        return bool(QUOTED.search(block[max(at - NEAR, 0) : max(at, 0)]))

    def _is_about_others(self, block: str, number: Number) -> bool:
        """Whether a block is prose that reports, or names a firm: its own firm would have made it the site's own."""
        rest = block.replace(number.raw, "")
        prose = len(rest) >= PROSE and bool(SENTENCE.search(rest))
        return prose and bool(REPORTED.search(rest) or COMPANY.search(rest))

    def _within(self, row: int, names: Collection[str]) -> bool:
        return any(self.words.tree.name[a] in names for a in ancestors(self.words.tree, row))

    def _in_others_place(self, row: int) -> bool:
        return self._within(row, QUOTING) or self._has_mark(row, OTHERS_PLACES)

    def _has_mark(self, row: int, marks: re.Pattern[str]) -> bool:
        """Whether something around it, the page itself left out, has such a class or id."""
        tree = self.words.tree
        around = (a for a in ancestors(tree, row) if tree.name[a] not in {"html", "body"})
        return any(marks.search(mark) for a in around for mark in self._marks(a))

    def _marks(self, row: int) -> Iterator[str]:
        tree = self.words.tree
        return (mark for name in ("class", "id") if (mark := attribute(tree, row, name)))

    def _in_landmark(self, row: int) -> bool:
        return any(self._is_landmark(a) for a in ancestors(self.words.tree, row))

    def _is_landmark(self, row: int) -> bool:
        tree = self.words.tree
        if tree.name[row] in FOOTER_LIKE or attribute(tree, row, "role") in _LANDMARKS:
            return True
        return tree.name[row] not in {"html", "body"} and any(_FOOT.search(mark) for mark in self._marks(row))

    @cached_property
    def _headings(self) -> tuple[int, ...]:
        tree = self.words.tree
        return tuple(row for row, name in enumerate(tree.name) if re.fullmatch(r"h[1-6]", name))

    def _heading(self, row: int) -> str:
        """The nearest heading before a row."""
        tree, at = self.words.tree, bisect_right(self._headings, row) - 1
        return "".join(tree.text[self._headings[at] : end(tree, self._headings[at])])[:200].strip() if at >= 0 else ""

    def _talks(self, row: int) -> bool:
        """Whether title or heading announce the numbers of others, or the page compares models."""
        texts = (self.title[:200], self._heading(row))
        if self.authority:
            return True
        return self.models >= MODELS_IN_A_LIST or any(ABOUT_OTHERS.search(text) for text in texts)

    def _near_another_firm(self, row: int) -> bool:
        """Whether the words around it name firms, none of them the site's own, of which the name is known."""
        own = [name for name in self.names if COMPANY.search(name)]
        if not own:
            return False
        firms = [m.group() for m in COMPANY.finditer(self._neighbourhood(row))]
        return bool(firms) and not any(name in firm or firm in name for firm in firms for name in self.names)

    def _neighbourhood(self, row: int) -> str:
        """The text of the largest element around it that is no longer than `NEAR`."""
        tree, text = self.words.tree, ""
        for a in ancestors(tree, row):
            wider = "\n".join(t for t in tree.text[a : end(tree, a)] if t.strip())
            if len(wider) > NEAR or tree.name[a] in {"body", "html", "main"}:
                break
            text = wider
        return text

    def _in_list_of_companies(self, row: int) -> bool:
        """Whether the nearest list or table names several companies."""
        tree = self.words.tree
        for a in ancestors(tree, row):
            if tree.name[a] in CONTAINERS:
                text = "\n".join(t for t in tree.text[a : end(tree, a)] if t)
                if len({m.group() for m in COMPANY.finditer(text[:20_000])}) >= COMPANIES_IN_A_LIST:
                    return True
        return False


def _is_own_line(text: str) -> bool:
    """Whether the site's own numbers, or its copyright, stand in a short text that is no prose."""
    return len(text) <= NEAR and bool(_SITES_OWN.search(text)) and not _PROSE_MARK.search(text)


def _is_bare(block: str) -> bool:
    """Whether a block holds nothing but numbers, their labels, and names that end in 算法 or 模型."""
    rest = block
    for number in find(block):
        rest = rest.replace(number.raw, "|")
    return not re.sub(r"[\W_]", "", _NAMED.sub("", _FILING_LABEL.sub("|", rest)))


def _operator(number: Number) -> str | None:
    """What tells the operator of a number: its id, or the name of the model."""
    if number.kind is NumberKind.ALGORITHM:
        value = number.parts.get("operator_id")
        return str(value) if value else None
    return None
