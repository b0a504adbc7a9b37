"""What the columns of a list are called, and the words that may stand in them."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from seeds.addresses import SeedError
from seeds.model import ModelSource, ServiceKind

HEADERS = {  # the surest name first: a list may have both 网址 and 地址
    "url": "url,网址,网站地址,网站网址,链接,官网,官网地址,域名,网站域名,首页,首页地址,"
    "address,link,domain,homepage,website,site,网站,地址",
    "name": "name,名称,网站名称,产品名称,服务名称,应用名称,产品,服务名,product,title,网站名",
    "operator": "operator,运营者,运营主体,运营单位,运营公司,主体名称,主办单位,备案主体,单位名称,公司名称,企业名称,"
    "公司,企业,开办者,主体,单位,company,entity",
    "service": "service,服务类型,servicekind",
    "model": "model,模型来源,modelsource",
    "numbers": "numbers,备案编号,备案号,filingnumbers,filings",
    "notes": "notes,备注,说明,note,remark,remarks,comment",
}
"""Field of `Seed` → headers that mean it."""

WORDS: dict[type[StrEnum], dict[str, str]] = {
    ServiceKind: {
        "generative": "生成式,生成式ai,生成式人工智能,生成式人工智能服务,大模型,genai",
        "recommendation": "推荐,算法推荐,算法推荐服务,个性化推荐",
        "deep-synthesis": "深度合成,深度合成服务,deepsynthesis,deep_synthesis",
        "none": "无,非ai,no",
    },
    ModelSource: {"own": "自研,自有,自研模型,自有模型,微调", "api": "接口,调用,api调用,第三方,第三方模型,调用api"},
}
"""Words that mean a value, beside the value itself."""

SEPARATORS = re.compile(r"[;；、|，,\n]+")
"""What stands between two filing numbers in one cell."""

Choice = TypeVar("Choice", bound=StrEnum)


@lru_cache(maxsize=64)
def columns(header: tuple[str, ...]) -> dict[str, str]:
    """Return field → column for the columns of a list that gongshi knows; each column serves one field."""
    plain = {_plain(name): name for name in reversed(header)}
    found: dict[str, str] = {}
    for field, names in HEADERS.items():
        column = next((plain[name] for name in names.split(",") if name in plain), None)
        if column is not None:
            found[field] = column
    return found


def choice(kind: type[Choice], text: str | None) -> Choice | None:
    """Return the value that a word means, `None` for no word.

    Raises:
        SeedError: the word is not known. (A row with it is a bad row: what is declared wins over what is seen.)
    """
    word = _plain(text or "")
    if not word:
        return None
    for value in kind:
        if word == _plain(value) or word in WORDS[kind][value].split(","):
            return value
    known = ", ".join(kind)
    raise SeedError(f"不认识“{word[:40]}”；可用：{known}", f"“{word[:40]}” is none of {known}")


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-()（）:：*\ufeff]+", "", name).casefold()
