"""Names of firms and products, brought to a form in which two spellings can be compared."""

import re
import unicodedata
from functools import lru_cache

_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|股份公司|公司)$")
_LEGAL_NAME = re.compile(
    r"(?:公司|合伙企业(?:\((?:有限|普通|特殊普通)合伙\))?|合作社|事务所|工作室|商行|经营部|研究[院所]|中心|大学|学院|学校|医院|银行|报社|出版社|电视台|图书馆|[局部委会厅台所院])$"
)
_NOISE = re.compile(r"[\s·•・．.\-_‐–—,，、'\"“”‘’]+")
_KINDS = r"APP|网站|小程序|公众账号|公众号|快应用|客户端|软件|其他"
_KIND = re.compile(rf"\((?:{_KINDS})(?:[、,/和](?:{_KINDS}))*\)$", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)$")
_RENAMED = re.compile(r"主体名称(?:由)?[“\"]([^”\"]{2,80})[”\"]\s*变更为[“\"]([^”\"]{2,80})[”\"]")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=50_000)
def entity_key(name: str) -> str:
    """The name without width, case, blanks and punctuation; brackets stay: they can tell a firm from its subsidiary.

    >>> entity_key("甲乙（北京） 科技有限公司") == entity_key("甲乙(北京)科技有限公司")
    True
    """
    return _NOISE.sub("", _plain(name))


def entity_core(name: str) -> str:
    """The key without the legal form (有限公司, 股份有限公司 …).

    >>> entity_core("北京甲乙科技股份有限公司")
    '北京甲乙科技'
    """
    key = entity_key(name)
    return _LEGAL_FORM.sub("", key) or key


def is_legal_name(name: str) -> bool:
    """Whether a text has the form of a registered name and not of a brand or a short form."""
    return bool(_LEGAL_NAME.search(entity_key(name)))


def former_names(remark: str) -> tuple[str, ...]:
    """Both names of every renaming that a remark tells: 原主体名称“…”变更为“…”."""
    return tuple(name for pair in _RENAMED.findall(remark) for name in pair) if "主体名称" in remark else ()


@lru_cache(maxsize=100_000)
def product_key(product: str) -> str:
    """A product's name without its kind, width, case, blanks and punctuation.

    >>> product_key("甲乙 助手（APP、小程序）")
    '甲乙助手'
    """
    return _NOISE.sub("", _KIND.sub("", _plain(product).strip()))


def split_products(cell: str) -> tuple[str, ...]:
    """The products of a 应用产品 cell; the mark between them counts outside brackets only.

    >>> split_products("甲(APP、小程序)、乙（网站）")
    ('甲(APP、小程序)', '乙（网站）')
    """
    parts, depth, start = [], 0, 0
    for at, mark in enumerate(cell):
        depth = max(0, depth + (mark in "(（") - (mark in ")）"))
        if not depth and mark in "、，,；;":
            parts.append(cell[start:at])
            start = at + 1
    return tuple(part for part in (raw.strip() for raw in (*parts, cell[start:])) if part.strip("-—–"))


def product_keys(product: str) -> tuple[str, ...]:
    """Every key that a product may be looked up by: whole, and the parts outside and inside a trailing bracket.

    >>> product_keys("甲乙清言（JiaYiGLM）")
    ('甲乙清言(jiayiglm)', '甲乙清言', 'jiayiglm')
    """
    whole = product_key(product)
    bracket = _BRACKET.search(whole)
    keys = (whole, whole[: bracket.start()], bracket[1]) if bracket else (whole,)
    return tuple(key for key in dict.fromkeys(keys) if key)
