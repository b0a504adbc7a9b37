"""Product pages of app stores: told by address and structure, read for what they say of one app.

No store was seen to publish the form of its pages, so nothing depends on one store's markup: a product page is one that
stands at a store's address and shows rows of information (developer, version, size …), or carries the data of the very
app that its address names. What counts as displayed is visible text; data in scripts only tells name and developer.
The store's own footer, and other apps that it recommends, say nothing about the app.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from auditor import static
from auditor.text import Words
from auditor.trees import ancestors, attribute, end
from crawler.appstores import STORES, Store, store_of
from crawler.capture import PageCapture, Role

LABELS = {
    "developer": r"(?:应用)?(?:开发者|开发商|开发者名称|供应商|提供者|提供商|运营者)|developer|seller|provider",
    "version": r"(?:当前|最新)?版本号?|version",
    "size": r"(?:应用|文件|软件|安装包)?大小|size",
    "updated": r"(?:更新|发布)(?:时间|日期)|updated",
    "permissions": r"(?:应用|所需|涉及)?权限(?:说明|详情|信息|列表)?|permissions",
    "category": r"(?:应用)?(?:类别|分类)|category",
    "filing": r"(?:APP|应用|ICP)?\s*备案(?:编?号|信息)?",
    "about": r"(?:应用|软件|产品)?(?:简介|介绍|描述|详情)|description|about this app",
    "facts": r"(?:应用|详细|软件|更多)?信息|information|additional information",
}
_LABEL = {name: re.compile(rf"(?:{words})\s*[:：]?", re.I) for name, words in LABELS.items()}
_ROW = {name: re.compile(rf"(?:{words})\s*[:：]\s*(\S.{{0,200}})", re.I) for name, words in LABELS.items()}
ROWS = frozenset({"developer", "version", "size", "updated", "permissions", "category", "filing"})
OF_APP = frozenset({"version", "size", "updated", "permissions", "about", "facts"})
"""Labels that no store's footer has."""

OTHER_APPS = re.compile(
    r"(?:相关|同类|热门|精品|猜你喜欢|为你|编辑|更多|其他|其它|同开发者|该开发者)?的?(?:应用|软件|APP|推荐|游戏){1,2}(?:推荐)?"
    r"|(?:猜你|你可能(?:还|也)?|大家(?:还|都)?(?:在)?)(?:喜欢|想看|下载|在看|在用|玩)|(?:用户)?(?:评论|评价|评分|评分及评论)(?:\(\d+\))?|"
    r"you might also like|ratings (?:&|and) reviews|more by this developer|similar apps",
    re.I,
)
"""Headings of parts that are about other apps, or in which users write."""

_FOOT = re.compile(r"(?:^|[-_ ])(?:\w{0,8}footer|foot|copyright|beian)(?:[-_ ]|$)", re.I)
_RIGHTS = re.compile(r"©|\(c\)\s|copyright|版权所有|all rights", re.I)
LINES, LONGEST, NEAR = 3000, 200, 600
MOST_DATA = 2_000_000  # characters of a data script that is still read
MOST_VALUES = 50_000


@dataclass(frozen=True, slots=True)
class StorePage:
    """What a product page says of its app."""

    store: str
    app: str | None
    developer: str | None


def read(page: PageCapture, stores: Sequence[Store] = STORES) -> StorePage | None:
    """The app of a product page; None where address or structure is another.

    Args:
        page: what was captured.
        stores: the table of addresses that are taken for a store's.
    """
    address = page.final_url or page.url
    store = store_of(address, stores)
    if store is None or not (page.views or page.html):
        return None
    words = Words(page.views[0].tree if page.views else static.tree(page.html or ""))
    text = (words.laid_out if page.views else words.not_laid_out).text
    rows, data = _rows(text), _data(words, address)
    if data is None and (len(rows) < 2 or not {"developer", "version"} & set(rows)):
        return None
    name, developer = data or (None, None)
    title = re.split(r"\s*[-_|–—]\s*|官方|下载|app", page.title, maxsplit=1, flags=re.I)[0].strip(" 《》「」\"'")
    return StorePage(store.name, _heading(words) or name or title or None, rows.get("developer") or developer)


def classified(page: PageCapture, stores: Sequence[Store] = STORES) -> PageCapture:
    """The page with the role that its address and its structure together give it."""
    if read(page, stores) is not None:
        return replace(page, role=Role.STORE)
    if page.role is Role.STORE:
        return replace(page, role=Role.OTHER if page.clicks else Role.HOME)
    return page


def about_app(text: str) -> str:
    """The lines of a product page before those about other apps."""
    lines = text.split("\n")
    stop = next((i for i, line in enumerate(lines) if OTHER_APPS.fullmatch(line.strip()[:LONGEST])), len(lines))
    return "\n".join(lines[:stop])


def belongs_to_app(words: Words, row: int, region: str) -> bool:
    """Whether a number at tree row `row` of a product page is about the app: in its rows or its description."""
    tree = words.tree
    for a in ancestors(tree, row):
        names = f"{attribute(tree, a, 'class') or ''} {attribute(tree, a, 'id') or ''}"[:LONGEST]
        role = attribute(tree, a, "role")
        if tree.name[a] in {"footer", "nav"} or role in {"contentinfo", "navigation"} or _FOOT.search(names):
            return False
        lines = [t.strip() for t in tree.text[a : end(tree, a)] if t.strip()]
        if lines and OTHER_APPS.fullmatch(lines[0][:LONGEST]):
            return False
        labelled = any(_LABEL[name].fullmatch(line) or _ROW[name].match(line) for line in lines for name in OF_APP)
        if labelled:
            return region not in {"footer", "nav", "header"} or sum(map(len, lines)) <= NEAR
        if any(_RIGHTS.search(line[:LONGEST]) for line in lines):
            return False
    return False


def _rows(text: str) -> dict[str, str]:
    """The rows of information, `开发者：某公司` or label and value on two lines."""
    lines = [line.strip() for line in text.split("\n", LINES)[:LINES] if line.strip()]
    found: dict[str, str] = {}
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        for name in ROWS - set(found) if len(line) <= LONGEST else ():
            if value := _ROW[name].match(line):
                found[name] = value[1].strip()
            elif _LABEL[name].fullmatch(line) and following and not _is_label(following):
                found[name] = following[:LONGEST]
    return found


def _is_label(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in _LABEL.values())


def _heading(words: Words) -> str | None:
    tree = words.tree
    for row, name in enumerate(tree.name):
        if name == "h1":
            text = next((t.strip() for t in tree.text[row : end(tree, row)] if t.strip()), "")
            return text[:60] or None
    return None


def _data(words: Words, address: str) -> tuple[str | None, str | None] | None:
    """Name and developer of the app in the page's data: the item of the package that the address names."""
    tree = words.tree
    for row, text in words.scripts:
        script = tree.parent[row]
        linked = attribute(tree, script, "type") == "application/ld+json"
        if not (linked or attribute(tree, script, "id") == "__NEXT_DATA__") or len(text) > MOST_DATA:
            continue
        try:
            values = _values(json.loads(text))
            found = next((v for v in values if (_is_application(v) if linked else _is_item(v, address))), None)
        except (ValueError, RecursionError):
            continue
        if found is not None:
            return _said(found, "name", "app_name"), _said(found, "developer", "developerName", "author", "operator")
    return None


def _values(data: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < MOST_VALUES:
        value, seen = waiting.pop(), seen + 1
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _is_application(value: dict[str, Any]) -> bool:
    return str(value.get("@type", "")).endswith("Application")


def _is_item(value: dict[str, Any], address: str) -> bool:
    package = value.get("pkg_name") or value.get("pkgName") or value.get("package_name")
    return isinstance(package, str) and len(package) > 3 and package in address


def _said(item: dict[str, Any], *keys: str) -> str | None:
    for key in keys:
        value = item.get(key)
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value.strip()[:LONGEST]
    return None
