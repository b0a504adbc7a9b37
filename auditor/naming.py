"""Whether the name of a model stands beside its number, and whose model the words make it."""

import re
import unicodedata

from auditor.facts import Facts
from auditor.model import Disclosure
from auditor.numbers import find
from auditor.ownership import COMPANY
from auditor.registry.names import product_keys

_LABEL = re.compile(
    r"生成式|人工智能|大?模型(?=备案|登记|算法|名称|$|\W)|算法|服务|备案|登记|上线|编号|号码?|信息|公示|查询|网信办?|国家|本网?站|本产品|"
    r"ICP|AI|AIGC|版权所有|保留所有权利|copyright|all rights reserved|filing|number|information|record|no\.|"
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]公网安备",
    re.IGNORECASE,
)
_NAMED = re.compile(r"模型名称\s*[:：|]?\s*[^\s:：|，。]{2,}|[一-鿿A-Za-z0-9]{2,20}模型(?!备案|登记|名称|算法|服务)")
_GENERIC = re.compile(
    r"^(?:本|该|我们|公司|产品|应用|服务|网?站|所|使?用|调用|接入|已|完成|备案|大|语言|基础|生成式|人工智能|AI|的)*模型$",
    re.IGNORECASE,
)
_UPSTREAM = re.compile(
    r"(?:使用|调用|接入|基于|采用|依托|搭载)[^。；;\n]{0,30}模型|模型(?:提供方|来源|名称)|技术支持|powered by", re.I
)
_CLAIMED = re.compile(r"(?:我司|我们|本公司|自有|自研|自主研发)[^。；;\n]{0,30}(?:模型|备案)")
_TAIL = re.compile(r"(?:大语言|语言|多模态|大)?模型$")
SHORT_LINE = 24  # characters of a neighbouring line that may be a name, as in the next cell of a table


def model_named(facts: Facts, disclosure: Disclosure) -> bool | None:
    """Whether the model's name stands with its number. None: other words stand there that may be its name."""
    around = _without_numbers(facts.around(disclosure, int(facts.policy["model-name-distance"])), disclosure)
    if _says(around, disclosure) or any(not _GENERIC.match(m.group()) for m in _NAMED.finditer(around)):
        return True
    left = _left_over(disclosure.context, disclosure) or _left_over(_line_before(facts, disclosure), disclosure)
    return None if left else False


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


def _line_before(facts: Facts, disclosure: Disclosure) -> str:
    page = facts.page(disclosure)
    before = page.text.partition(disclosure.context)[0].rstrip("\n") if page and disclosure.context in page.text else ""
    line = before.rpartition("\n")[2]
    return line if len(line) <= SHORT_LINE else ""


def _left_over(text: str, disclosure: Disclosure) -> str:
    """What is no number, no label, no firm and no punctuation."""
    bare = COMPANY.sub(" ", _LABEL.sub(" ", _without_numbers(text, disclosure)))
    words = re.findall(r"[一-鿿]{2,}|[A-Za-z]{3,}", bare)
    return " ".join(words)


def _without_numbers(text: str, disclosure: Disclosure) -> str:
    text = text.replace(disclosure.raw, " ")  # a cell that holds it without its label is no number to `find`
    for number in reversed(find(text)):
        text = text[: number.start] + " " + text[number.end :]
    return text
