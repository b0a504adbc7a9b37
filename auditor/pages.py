"""Questions about the pages of a site that several rules ask."""

import ipaddress
import re
from urllib.parse import urlsplit

from auditor.facts import Facts, PageFacts
from auditor.model import Disclosure, Text
from crawler.capture import STYLES, Box, PageCapture, Role, Tree

SURFACES = (Role.DISCLOSURE, Role.ABOUT, Role.PRODUCT)
"""Pages besides the home page that could hold a number: where one was not read, its absence is not certain."""

_MECHANISM = re.compile(
    r"算法(?:基本)?原理|运行机制|算法机制|目的意图|算法类型|应用场景|公示内容|算法(?:服务)?(?:推荐)?(?:说明|公示|规则|透明度)"
)
ICON_PX = 64.0
"""Larger pictures are no icons: the platform's own has 20 px."""

_BACKGROUND = STYLES.index("background-image")
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


def links_to(facts: Facts, host: str) -> str | None:
    """The first address at this host that a page links to, wherever on the page."""
    hrefs = (href for page in facts.capture.pages for view in page.views[:1] for href in _hrefs(view.tree))
    return next((href for href in hrefs if _host(href) == host), None)


def in_unread_picture(facts: Facts, disclosure: Disclosure) -> bool:
    """Whether it stands in the description of a picture that nobody has read (no OCR on the machine)."""
    page = next((p for p in facts.capture.pages if disclosure.page in {p.url, p.final_url}), None)
    is_picture = disclosure.selector.rpartition(" ")[2].partition(":")[0].partition("#")[0] == "img"
    return page is not None and is_picture and not _pictures_read(page)


def pictures_unread(facts: Facts) -> bool:
    """Whether a page was rendered, but the words in its pictures were not read."""
    return any(page.views and not _pictures_read(page) for page in facts.capture.pages)


def icon_beside(facts: Facts, disclosure: Disclosure) -> bool:
    """Whether a small picture stands next to it on the same line, in a view that shows it."""
    page = next((p for p in facts.capture.pages if disclosure.page in {p.url, p.final_url}), None)
    return any(
        _is_icon(view.tree, row) and _beside(box, there)
        for view in (page.views if page else ())
        if (seen := disclosure.views.get(view.name)) and (there := seen.box)
        for row, box in enumerate(view.tree.box)
        if box is not None
    )


def outside_icp(facts: Facts) -> Text | None:
    """Why the duty to file a website may not concern this one: reached by a bare address, or not in Chinese."""
    host = _host(facts.capture.site)
    if "." not in host or _is_address(host):
        return Text("网站以IP地址或内部名称访问", "the site was reached by an IP address or an internal name")
    text = facts.home.text if facts.home else ""
    letters = len(_LETTER.findall(text))
    if not host.endswith(".cn") and len(_HAN.findall(text)) <= HAN_SHARE * letters:
        return Text(
            "页面不以中文为主，未必面向境内用户", "the page is not mainly Chinese: it may not be for users in China"
        )
    return None


def _is_icon(tree: Tree, row: int) -> bool:
    if tree.name[row] in {"img", "svg", "canvas", "object"}:
        return True
    style = tree.style[row]
    return style >= 0 and "url(" in tree.styles[style][_BACKGROUND]


def _beside(icon: Box, text: Box) -> bool:
    """Within an icon's width of the text, left or right of it, and on its line."""
    left, top, width, height = icon
    apart = max(text[0] - (left + width), left - (text[0] + text[2]))
    return max(width, height) <= ICON_PX and apart <= ICON_PX and top <= text[1] + text[3] and top + height >= text[1]


def _pictures_read(page: PageCapture) -> bool:
    return any(view.pictures is not None for view in page.views)


def _hrefs(tree: Tree) -> list[str]:
    return [pairs[i + 1] for pairs in tree.attributes for i in range(0, len(pairs) - 1, 2) if pairs[i] == "href"]


def _host(address: str) -> str:
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
