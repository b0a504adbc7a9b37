"""Which pages of a site to visit after its home page: a deterministic choice by the labels and addresses of its
links.

Best first: a disclosure page two clicks away comes before an agreement that the home page links to. The same
captures give the same choice.
"""

import heapq
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

import tldextract
from w3lib.url import canonicalize_url

from crawler.appstores import store_of
from crawler.capture import PageCapture, Reached, Role, Tree
from crawler.decode import clean
from crawler.words import parse

MOST_ANCHORS = 3000  # of one page
LONGEST_LABEL = 24  # characters; a longer one is a headline, not a label
LONGEST_URL = 500
PER_SHAPE = 2  # pages whose addresses differ only in figures and values
PER_ROLE = {Role.DISCLOSURE: 3, Role.ABOUT: 2, Role.PRODUCT: 3, Role.LEGAL: 2, Role.DOWNLOAD: 1, Role.STORE: 2}
LEADS_TO_STORE = frozenset({Role.HOME, Role.DOWNLOAD, Role.PRODUCT})
"""Pages whose links to app stores are followed, although they leave the site: two in all, and none of a store's own."""


_LABELS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.DISCLOSURE,
        re.compile(
            r"备\s*案|公\s*示|资\s*质|证\s*照|算法(?!工程|岗|招聘|竞赛|题)|filing|disclosure|algorithm|licen[cs]es?\b|credentials",
            re.I,
        ),
    ),
    (Role.LEGAL, re.compile(r"协议|隐私|法律|条款|政策|声明|规则|terms|privacy|legal|polic(?:y|ies)|agreement", re.I)),
    (Role.ABOUT, re.compile(r"关于|公司(?:介绍|简介)|企业(?:介绍|简介)|联系我们|about|company|contact", re.I)),
    (Role.DOWNLOAD, re.compile(r"下载|客户端|download|get the app", re.I)),
    (
        Role.PRODUCT,
        re.compile(r"产品|模型|智能|助手|对话|体验|生成|product|model|\bchat\b|\bAI\b|assistant|try (?:it|now)", re.I),
    ),
)
_PATHS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.DISCLOSURE,
        re.compile(r"bei-?an|gong-?shi|filing|disclosure|algorithm|suanfa|zizhi|licen[cs]e|qualification", re.I),
    ),
    (Role.LEGAL, re.compile(r"privacy|terms|agreement|polic(?:y|ies)|legal|protocol|xieyi|yinsi", re.I)),
    (Role.ABOUT, re.compile(r"about|guanyu|contact|company", re.I)),
    (Role.DOWNLOAD, re.compile(r"download|xiazai", re.I)),
    (Role.PRODUCT, re.compile(r"product|models?\b|chat|chanpin", re.I)),
)
_NOISE = re.compile(
    r"招聘|求职|新闻|资讯|动态|博客|论坛|登录|注册|退出|购物车|careers?|jobs?\b|news|blog|forum|log-?in|sign-?(?:up|in)|logout|cart",
    re.I,
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|zip|rar|7z|gz|apk|exe|dmg|msi|mp[34]|avi|mov|docx?|xlsx?|pptx?)$",
    re.I,
)

_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as a page shows it."""

    url: str  # absolute
    label: str


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """The registrable domain of a host; of one under no known suffix the last two labels; of an address itself.

    >>> site_of("chat.example.com.cn"), site_of("127.0.0.1"), site_of("a.shop.localhost")
    ('example.com.cn', '127.0.0.1', 'shop.localhost')
    """
    if _is_address(host):
        return host
    return _extract(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one site: one registrable domain, or one address and port."""
    try:
        a, b = urlsplit(one), urlsplit(other)
        if site_of(a.hostname or "") != site_of(b.hostname or ""):
            return False
        return a.port == b.port or not _is_address(a.hostname or "")
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def key_of(url: str) -> str:
    """What two addresses of one page have in common: no scheme, no fragment (but for a script's route), no index
    file.

    >>> key_of("http://EXAMPLE.cn/index.html#top") == key_of("https://example.cn/")
    True
    >>> key_of("https://example.cn/#/about")
    'example.cn/#/about'
    """
    route = re.search(r"#!?/", url) is not None
    plain = canonicalize_url(url, keep_fragments=route).partition("://")[2]
    host, slash, rest = plain.partition("/")
    plain = re.sub(r":(?:80|443)$", "", host.lower()) + slash + rest
    return re.sub(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)(?=$|[?#])", "/", plain, flags=re.I).removesuffix("/")


def shape_of(url: str) -> str:
    """An address without what numbers its pages: figures, and values of its query."""
    key = key_of(url)
    return re.sub(r"=[^&#]*", "=", re.sub(r"\d+", "0", key))


def anchors_of(page: PageCapture) -> tuple[Anchor, ...]:
    """The links of a page, as laid out where the browser saw it, then those of the HTML as received."""
    base = page.final_url or page.url
    found = [*(_of_tree(page.views[0].tree) if page.views else ()), *(_of_html(page.html, base) if page.html else ())]
    return tuple(dict.fromkeys(found))[:MOST_ANCHORS]


def _of_tree(tree: Tree) -> Iterator[Anchor]:
    words: dict[int, list[str]] = {}
    holder: list[int] = []
    for row, (parent, name) in enumerate(zip(tree.parent, tree.name, strict=True)):
        above = holder[parent] if parent >= 0 else -1
        holder.append(row if name.lower() == "a" else above)
        if name.lower() == "a":
            words[row] = []
        if above >= 0 and tree.kind[row] == 3:
            words[above].append(tree.text[row])
    for row, parts in words.items():
        pairs = tree.attributes[row]
        names = dict(zip(pairs[::2], pairs[1::2], strict=True))
        if href := names.get("href"):
            yield Anchor(href, _label("".join(parts) or names.get("title", "")))


def _of_html(text: str, base: str) -> Iterator[Anchor]:
    document = parse(text)
    for a in document.iter("a") if document is not None else ():
        if href := (a.get("href") or "").strip():
            try:
                yield Anchor(urljoin(base, href), _label("".join(map(str, a.itertext())) or a.get("title") or ""))
            except ValueError:
                continue


def _label(words: str) -> str:
    return " ".join(words.split())[:80]


def role_of(anchor: Anchor) -> tuple[Role, bool]:
    """What a link leads to, and whether its label (not only its address) says so."""
    if _NOISE.search(anchor.label) or _NOISE.search(urlsplit(anchor.url).path):
        return Role.OTHER, False
    if len(anchor.label) <= LONGEST_LABEL:
        for role, pattern in _LABELS:
            if pattern.search(anchor.label):
                return role, True
    parts = urlsplit(anchor.url)
    for role, pattern in _PATHS:
        if pattern.search(f"{parts.path}#{parts.fragment}"):
            return role, False
    return Role.OTHER, False


class Frontier:
    """The pages of a site that are still to be visited, best first."""

    def __init__(self, home: str, max_pages: int, max_clicks: int) -> None:
        self._home = home
        self._left = max_pages
        self._max_clicks = max_clicks
        self._known = {key_of(home)}
        self._shapes: Counter[str] = Counter()
        self._roles: Counter[Role] = Counter()
        self._heap: list[tuple[tuple[int, int, bool, int, int], PageCapture]] = []
        self._order = 0

    def add(self, page: PageCapture) -> None:
        """Learn the links of a page that was visited."""
        if page.final_url:
            self._known.add(key_of(page.final_url))
        if self._left <= 0 or page.clicks >= self._max_clicks or page.role is Role.STORE:
            return
        for anchor in anchors_of(page):
            role, labelled = self._role(anchor, page.role)
            if role is not Role.OTHER:
                self._push(anchor, role, labelled, page)

    def next(self) -> PageCapture | None:
        """The next page to visit (not visited yet); None when there is none or enough were."""
        while self._heap and self._left > 0:
            page = heapq.heappop(self._heap)[1]
            shape = shape_of(page.url)
            if (
                self._roles[page.role] >= PER_ROLE[page.role]
                or self._shapes[shape] >= PER_SHAPE
                or key_of(page.url) in self._known
            ):
                continue
            self._left -= 1
            self._known.add(key_of(page.url))
            self._roles[page.role] += 1
            self._shapes[shape] += 1
            return page
        return None

    def _role(self, anchor: Anchor, parent: Role) -> tuple[Role, bool]:
        try:
            parts = urlsplit(anchor.url)
            if parts.scheme not in ("http", "https") or len(anchor.url) > LONGEST_URL or _FILES.search(parts.path):
                return Role.OTHER, False
            if store_of(anchor.url) is not None:
                new = parent in LEADS_TO_STORE and key_of(anchor.url) not in self._known
                return (Role.STORE if new else Role.OTHER), False
            role, labelled = role_of(anchor)
            if role is Role.OTHER or not same_site(anchor.url, self._home) or key_of(anchor.url) in self._known:
                return Role.OTHER, False
            return role, labelled
        except ValueError:
            return Role.OTHER, False

    def _push(self, anchor: Anchor, role: Role, labelled: bool, parent: PageCapture) -> None:
        clicks, rank = parent.clicks + 1, list(PER_ROLE).index(role)
        self._order += 1
        order = (rank, clicks, not labelled, urlsplit(anchor.url).path.count("/"), self._order)
        url = anchor.url if re.search(r"#!?/", anchor.url) else anchor.url.partition("#")[0]
        page = PageCapture(clean(url), role, clicks, (*parent.via, clean(anchor.label)), Reached.OK)
        heapq.heappush(self._heap, (order, page))
