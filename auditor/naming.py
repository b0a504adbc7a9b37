"""Whether the name of a model stands beside its number, and whose model the words make it."""

import re
import unicodedata
from itertools import takewhile

from auditor.facts import Facts
from auditor.model import Disclosure
from auditor.numbers import find
from auditor.ownership import COMPANY
from auditor.registry.names import product_keys
from crawler.capture import Role

_LABEL = re.compile(
    r"生成式|人工智能|大?模型(?=备案|登记|算法|名称|$|\W)|算法|服务|备案|登记|上线|编号|号码?|信息|公示|查询|网信办?|国家|本网?站|本产品|"
    r"ICP|AI|AIGC|版权所有|保留所有权利|copyright|all rights reserved|filing|number|information|record|no\.|"
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]公网安备",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"模型名称\s*[:：|]?\s*[^\s:：|，。]{2,}|(?:(?:^|\n)模型\n|[一-鿿]{0,8}模型\s?[:：|])\s*(?!备案|登记|编号|算法|上线|大?模型)[^\s:：|，。]{2,}|"
    r"(?i:\bmodel(?: name)?\s?[:：]\s?(?!filing|regist|number|no\b)[a-z一-鿿]{2,})|"
    r"[一-鿿A-Za-z0-9]{2,20}模型(?!备案|登记|名称|算法|服务)"
)
_FILED_AS = re.compile(r"([一-鿿A-Za-z0-9·]{2,20}?)(?:大语言|语言|多模态|大)?模型(?=备案|登记)")
_GENERIC = re.compile(
    r"^(?:本|该|我们?|公司|通过|取得|获得|产品|应用|服务|网?站|所|使?用|调用|接入|已|完成|备案|大|语言|基础|生成式|人工智能|AI|的)*模型$",
    re.IGNORECASE,
)
_UPSTREAM = re.compile(
    r"(?:使用|调用|接入|基于|采用|依托|搭载)[^。；;\n]{0,30}模型|模型(?:提供方|来源|名称)|技术支持|powered by", re.I
)
_CLAIMED = re.compile(r"(?:我司|我们|本公司|自有|自研|自主研发)[^。；;\n]{0,30}(?:模型|备案)")
_TAIL = re.compile(r"(?:大语言|语言|多模态|大)?模型$")
_TITLE_PARTS = re.compile(r"[-_|·—–:：,，、!！。 ]+")
_LINES = 3  # before the block of a number: label and name may stand in cells of their own
SHORT_LINE = 24  # characters of a neighbouring line that may be a name, as in the next cell of a table


def model_named(facts: Facts, disclosure: Disclosure) -> bool | None:
    """Whether the model's name stands with its number. None: other words stand there that may be its name."""
    around = _without_numbers(facts.around(disclosure, int(facts.policy["model-name-distance"])), disclosure)
    if _says(around, disclosure) or any(not _GENERIC.match(m.group()) for m in _NAMED.finditer(around)):
        return True
    if any(_left_over(m[1], disclosure) and not _GENERIC.match(f"{m[1]}模型") for m in _FILED_AS.finditer(around)):
        return True
    before = _lines_before(facts, disclosure)
    left = [word for line in (disclosure.context, *before) if (word := _left_over(line, disclosure))]
    return True if any(_is_title(facts, word) for word in left) else None if left else False


def named_as_upstream(facts: Facts, disclosure: Disclosure) -> bool | None:
    """Whether the words around a number name it as another firm's model that the site uses; False: as its own."""
    around = facts.around(disclosure, int(facts.policy["model-name-distance"]))
    if _CLAIMED.search(around):
        return False
    return True if _UPSTREAM.search(around) or _says(_without_numbers(around, disclosure), disclosure) else None


def fold(text: str) -> str:
    """Letters and digits alone, without width and case, so that two spellings of a name compare."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _says(text: str, disclosure: Disclosure) -> bool:
    folded = fold(text)
    registered = disclosure.registry.name or ""
    names = {key for name in (registered, str(disclosure.parts.get("name") or "")) for key in product_keys(name)}
    return any(len(core) >= 2 and core in folded for name in names for core in (fold(name), fold(_TAIL.sub("", name))))


def _is_title(facts: Facts, words: str) -> bool:
    """Whether words are what the site calls itself in its title."""
    titles = [page.title[:200] for page in facts.capture.pages if page.role is Role.HOME]
    return any(fold(words) in map(fold, _TITLE_PARTS.split(title)) for title in titles)


def _lines_before(facts: Facts, disclosure: Disclosure) -> tuple[str, ...]:
    """The short line right before its block; further ones where the block is the number alone, as in a table."""
    page = facts.page(disclosure)
    before = page.text.partition(disclosure.context)[0].rstrip("\n") if page and disclosure.context in page.text else ""
    count = _LINES if disclosure.context.strip() == disclosure.raw else 1
    return tuple(takewhile(lambda line: len(line) <= SHORT_LINE, before.split("\n")[: -count - 1 : -1]))


def _left_over(text: str, disclosure: Disclosure) -> str:
    """What is no number, no label, no firm and no punctuation."""
    bare = COMPANY.sub(" ", _LABEL.sub(" ", _without_numbers(text, disclosure)))
    words = re.findall(r"[一-鿿]{2,}|[A-Za-z]{3,}", bare)
    return " ".join(dict.fromkeys(words))


def _without_numbers(text: str, disclosure: Disclosure) -> str:
    text = text.replace(disclosure.raw, " ")  # a cell that holds it without its label is no number to `find`
    for number in reversed(find(text)):
        text = text[: number.start] + " " + text[number.end :]
    return text
