"""Questions about the pages of a site that several rules ask."""

import ipaddress
import re
from urllib.parse import urlsplit

from auditor import wording
from auditor.facts import Facts, PageFacts, is_seen
from auditor.facts import pictures_unread as unread_on
from auditor.model import Disclosure, NumberKind, Text
from auditor.numbers import find
from auditor.ownership import COMPANY, REPORTED, SENTENCE
from crawler.capture import STYLES, Box, PageCapture, Role, Tree

SURFACES = (Role.DISCLOSURE, Role.ABOUT, Role.PRODUCT)
"""Pages besides the home page that could hold a number: where one was not read, its absence is not certain."""

_MECHANISM = re.compile(
    r"算法(?:基本)?原理|运行机制|算法机制|目的意图|算法类型|应用场景|公示内容|算法(?:服务)?(?:推荐)?(?:说明|公示|规则|透明度)"
)
ICON_PX = 64.0
"""Larger pictures are no icons: the platform's own has 20 px."""

_PICTURES = frozenset({"img", "svg", "canvas", "object"})
_BACKGROUND = STYLES.index("background-image")
MANY_DIGITS = 8  # as no other badge has: a year, a telephone number at most
_DIGIT = re.compile(r"[0-9]")
_HAN = re.compile(r"[一-鿿]")
_LETTER = re.compile(r"[^\W\d_]")
HAN_SHARE = 0.1
"""Share of Chinese characters among letters from which a page is taken to speak to people in China."""


def page_at(facts: Facts, href: str) -> PageFacts | None:
    """The page of the site that was read at this address; fragments and a final slash make no difference."""
    wanted = _address(href)
    return next((p for p in facts.pages if wanted and _address(p.url) == wanted), None)


def explains_algorithm(page: PageFacts) -> bool:
    """Whether a page holds the public information on an algorithm: what it is for and how it works."""
    return len(set(_MECHANISM.findall(page.text))) >= 2


def links_to(facts: Facts, wanted: str) -> str | None:
    """The first address at this host that a page links to, wherever on the page."""
    hrefs = (href for page in facts.capture.pages for view in page.views[:1] for href in _values(view.tree, "href"))
    return next((href for href in hrefs if host(href) == wanted), None)


def in_unread_picture(facts: Facts, disclosure: Disclosure) -> bool:
    """Whether it is told in a description, and a picture of its page may show it all the same: unread, or half read."""
    page = _captured(facts, disclosure)
    return page is not None and (unread_on(page) or _half_read(page))


def pictures_unread(facts: Facts) -> bool:
    """Whether a page was rendered, but the words in its pictures were not read."""
    return any(unread_on(page) for page in facts.capture.pages)


def height(facts: Facts, disclosure: Disclosure, view: str) -> float | None:
    """The height of its page in a view, px."""
    page = _captured(facts, disclosure)
    return next((v.content_height for v in (page.views if page else ()) if v.name == view), None)


def described(facts: Facts, disclosure: Disclosure) -> bool:
    """Whether the alternative text of a picture on its page says this number."""
    page = _captured(facts, disclosure)
    views = page.views[:1] if page else ()
    texts = (text for view in views for name in ("alt", "aria-label") for text in _values(view.tree, name))
    return any(found.number == disclosure.number for text in texts for found in find(text))


def missed(facts: Facts) -> Text | None:
    """Why a number that was not found may be there all the same: a page, or a picture on one, was not read."""
    return facts.unread(*SURFACES)


def icon_beside(facts: Facts, disclosure: Disclosure) -> bool:
    """Whether a small picture stands next to it on the same line, in a view that shows it."""
    page = _captured(facts, disclosure)
    return any(
        _beside(box, there) and _is_icon(view.tree, row)
        for view in (page.views if page else ())
        if (seen := disclosure.views.get(view.name)) and (there := seen.box)
        for row, box in enumerate(view.tree.box)
        if box is not None
    )


_CLAIM = re.compile(r"[^。！？\n]{0,20}(?:已|完成|通过)[^。！？\n]{0,8}算法备案[^。！？\n]{0,20}")
_NOTICE = re.compile(
    r"算法(?:推荐)?(?:服务)?(?:说明|公示|规则|原理|机制|透明度)|个性化推荐(?:说明|管理|设置|规则)|(?:关闭|管理)个性化(?:推荐|内容)"
)
_PLATFORM = re.compile(
    r"开放平台|API\s*(?:文档|接入|价格|调用|Key)|开发者(?:中心|平台|文档)|接口文档|SDK|企业接入|模型服务平台|MaaS",
    re.IGNORECASE,
)


def claims_filing(facts: Facts) -> str | None:
    """Words on the home page that say an algorithm has been filed."""
    text = facts.home.text if facts.home else ""
    found = _CLAIM.search(text) if "算法备案" in text else None  # looked for first: it is quick, and rare
    return found.group().strip() if found else None


def notice_of_algorithm(facts: Facts) -> str | None:
    """Words on any page that tell of an algorithm and how it works, or lead to where that is told."""
    return next((found.group() for page in facts.pages if (found := _NOTICE.search(page.text))), None)


def seen_of_others(facts: Facts, *kinds: NumberKind) -> Text | None:
    """Why a number that was not found may be there all the same: one that may be its own."""
    unclear = (d for d in facts.disclosures if d.kind in kinds and not d.own and d.number and is_seen(d))
    found = next((wording.short(d.raw) for d in unclear if not _is_others(d)), None)
    if found is None:
        return None
    return Text(f"页面载有编号 {found}，是否为本网站所有尚不确定", f"{found} stands there and may be its own")


def _is_others(d: Disclosure) -> bool:
    """Whether a number is plainly not the site's: in a store, in an article or a table, in a report, beside a firm."""
    places = set(re.findall(r"[a-z]+", d.selector))
    return (
        d.role in {Role.STORE, Role.OTHER}
        or bool(places & {"article", "table", "blockquote", "pre", "code", "li"})
        or bool(REPORTED.search(d.context) or COMPANY.search(d.context) or SENTENCE.search(d.context))
    )


def is_platform(facts: Facts) -> bool:
    """Whether the home page offers a model or an interface for other firms to build on."""
    return bool(facts.home and _PLATFORM.search(facts.home.text))


def speaks_chinese(facts: Facts) -> bool:
    """Whether the home page is mainly Chinese."""
    text = facts.home.text if facts.home else ""
    return len(_HAN.findall(text)) > HAN_SHARE * len(_LETTER.findall(text))


def outside_icp(facts: Facts) -> Text | None:
    """Why the duty to file a website may not concern this one: reached by a bare address, or not in Chinese."""
    name = host(facts.capture.site)
    if "." not in name or _is_address(name):
        return Text("网站以IP地址或内部名称访问", "the site was reached by an IP address or an internal name")
    if not name.endswith(".cn") and not speaks_chinese(facts):
        return Text(
            "页面不以中文为主，未必面向境内用户", "the page is not mainly Chinese: it may not be for users in China"
        )
    return None


def _is_icon(tree: Tree, row: int) -> bool:
    if tree.name[row] in _PICTURES:
        return True
    style = tree.style[row]
    return style >= 0 and "url(" in tree.styles[style][_BACKGROUND]


def _beside(icon: Box, text: Box) -> bool:
    """Within an icon's width of the text, left or right of it, and on its line."""
    left, top, width, height = icon
    apart = max(text[0] - (left + width), left - (text[0] + text[2]))
    return max(width, height) <= ICON_PX and apart <= ICON_PX and top <= text[1] + text[3] and top + height >= text[1]


def _half_read(page: PageCapture) -> bool:
    """Whether OCR saw many digits in a picture, but no number in them."""
    texts = (picture.text for view in page.views for picture in view.pictures or ())
    return any(len(_DIGIT.findall(text)) >= MANY_DIGITS and not find(text) for text in texts)


def _captured(facts: Facts, disclosure: Disclosure) -> PageCapture | None:
    return next((p for p in facts.capture.pages if disclosure.page in {p.url, p.final_url}), None)


def _values(tree: Tree, attribute: str) -> list[str]:
    return [pairs[i + 1] for pairs in tree.attributes for i in range(0, len(pairs) - 1, 2) if pairs[i] == attribute]


def host(address: str) -> str:
    """The host name of an address, "" where it has none."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _address(href: str) -> str:
    return href.partition("#")[0].rstrip("/")
