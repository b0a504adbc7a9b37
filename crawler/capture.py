"""What a visit leaves behind. The auditor reads these types and nothing else of the crawler.

Coordinates are CSS pixels from the top left of the (top) document, `(x, y, width, height)`.
Times are ISO 8601 in UTC. Everything that comes from a site is untrusted text.
"""

from dataclasses import dataclass
from enum import StrEnum

from seeds.model import Seed

FORMAT = 1
"""Version of this file's types on disk. A reader for every older version stays (a test holds one capture of each)."""

Box = tuple[float, float, float, float]

STYLES = (
    "display",
    "visibility",
    "opacity",
    "color",
    "background-color",
    "background-image",
    "font-size",
    "font-weight",
    "position",
    "overflow-x",
    "overflow-y",
    "clip",
    "clip-path",
    "transform",
    "zoom",
    "content-visibility",
    "text-shadow",
    "-webkit-text-fill-color",
    "-webkit-text-stroke-width",
    "-webkit-text-stroke-color",
    "background-clip",
    "filter",
    "mix-blend-mode",
    "mask-image",
    "z-index",
    "pointer-events",
    "text-overflow",
    "animation-name",
    "transition-property",
    "cursor",
    "scale",
    "rotate",
    "backface-visibility",
    "contain",
    "overlay",
    "writing-mode",
    "background-repeat",
    "background-size",
    "fill",
    "fill-opacity",
    "float",
    "translate",
    "perspective",
    "will-change",
    "backdrop-filter",
    "transform-style",
    "stroke",
    "direction",
    "flex-direction",
)
"""The computed styles that are captured of every rendered node, in this order. New ones go to the end."""


class Reached(StrEnum):
    """How a visit to a page or a site ended. `OK` or the reason why not."""

    OK = "ok"
    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TLS = "tls"
    TIMEOUT = "timeout"
    NOT_HTTP = "not-http"
    TRUNCATED = "truncated"
    HTTP_4XX = "http-4xx"
    HTTP_5XX = "http-5xx"
    BLOCKED = "blocked"  # 403, 429, a firewall or CAPTCHA page: never "missing"
    LOGIN = "login"
    ROBOTS = "robots"
    PRIVATE_ADDRESS = "private-address"
    SCHEME = "scheme"  # a redirect to ftp:, file:, data: …
    REDIRECT_LOOP = "redirect-loop"
    TOO_LARGE = "too-large"
    NOT_HTML = "not-html"
    DOWNLOAD = "download"
    ENCODING = "encoding"
    EMPTY = "empty"
    PARKED = "parked"
    BROWSER_CRASH = "browser-crash"
    NO_BROWSER = "no-browser"


class Role(StrEnum):
    """What a page is for, told from the label and the address of the link that led to it."""

    HOME = "home"
    DISCLOSURE = "disclosure"  # 备案公示, 资质, 算法公示
    ABOUT = "about"
    PRODUCT = "product"
    LEGAL = "legal"  # agreements, policies, help articles
    DOWNLOAD = "download"
    STORE = "store"  # a product page of an app store
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tree:
    """A page as the browser laid it out: one row a node, parents before children, frames and shadow roots flattened in.

    All columns have the same length. Source: `DOMSnapshot.captureSnapshot` of the DevTools protocol.
    """

    parent: tuple[int, ...]  # row of the parent; -1 for the root
    kind: tuple[int, ...]  # DOM nodeType: 1 element (and pseudo-element), 3 text, 8 comment, 9 document
    name: tuple[str, ...]  # "div", "#text", "::before"; of a frame's document "#document"
    text: tuple[str, ...]  # text and pseudo nodes: as laid out, else as written; comments: content; else ""
    attributes: tuple[tuple[str, ...], ...]  # name, value, name, value …; href and src made absolute
    box: tuple[Box | None, ...]  # None: the browser made no box for it
    style: tuple[int, ...]  # row of `styles`; -1 where there is no box
    paint: tuple[int, ...]  # paint order, higher is painted later; -1 where there is no box
    ground: tuple[str | None, ...]  # blended background colour behind the text of an element, as the browser tells it
    opacity: tuple[float, ...]  # blended opacity of text, as the browser tells it
    styles: tuple[tuple[str, ...], ...]  # distinct rows of computed styles, in the order of `STYLES`
    lines: tuple[tuple[int, int, int, float, float, float, float], ...]
    # text boxes: node row, start and length in `text` (UTF-16 code units), x, y, width, height
    scrollers: tuple[tuple[int, float, float, float, float, float, float, float, float], ...] = ()
    # boxes that clip or scroll what they hold: node row (of a frame: its "#document"), x, y, width, height of the part
    # that shows, then distance scrolled from the left and the top, width and height of the content


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a part of a page."""

    file: str  # relative to the site's folder, e.g. "shots/0-desktop-1.jpg"
    box: Box  # what it shows
    scale: float  # picture pixels a CSS pixel
    sha256: str


UNREAD = "pictures"
"""Stands in `View.limits` where pictures that may hold words were not all read."""


@dataclass(frozen=True, slots=True)
class PictureText:
    """Words that were read from a picture (OCR)."""

    node: int  # row of the picture in the tree
    box: Box
    text: str
    confidence: float  # 0 … 1, as the recogniser says


@dataclass(frozen=True, slots=True)
class Scroll:
    """What scrolling to the end did: whether the end of the page can be reached."""

    rounds: int  # how often the end moved away and was followed
    heights: tuple[float, ...]  # document height before and after each round, px
    settled: bool  # False: the end still moved when the limit ran out


@dataclass(frozen=True, slots=True)
class View:
    """One page at one viewport size."""

    name: str  # "desktop" or "mobile"
    width: int
    height: int
    content_width: float
    content_height: float
    tree: Tree
    screenshot: Shot | None  # the viewport as it was at the top of the page
    shots: tuple[Shot, ...] = ()  # the places that the scout asked for, with their surroundings
    scroll: Scroll | None = None
    pictures: tuple[PictureText, ...] | None = None  # (): none was worth reading; None: none could be read
    later: Tree | None = None  # the same view some seconds later; None: the page gave no reason to look twice
    limits: tuple[str, ...] = ()  # waits that ran out ("load", "network", "dom"); what was cut ("nodes", "text" …)
    url: str = ""  # address of the page in this view, where it ended up


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way to a page."""

    url: str
    status: int
    retries: int = 0  # requests before this one that broke off or were answered with a server's error


@dataclass(frozen=True, slots=True)
class PageCapture:
    """One page of a site, reached or not."""

    url: str  # as asked for
    role: Role
    clicks: int  # from the home page
    via: tuple[str, ...]  # labels of the links that lead here from the home page
    reached: Reached
    detail: str = ""  # the reason in the words of the network or the browser
    final_url: str | None = None
    status: int | None = None
    chain: tuple[Hop, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    html: str | None = None  # as received, decoded
    rendered: str | None = None  # as serialised by the browser after its scripts ran
    views: tuple[View, ...] = ()  # empty: not rendered
    console_errors: int = 0
    taken_at: str = ""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """Whether an address that a disclosure links to opens."""

    url: str
    reached: Reached
    status: int | None
    tries: int


@dataclass(frozen=True, slots=True)
class Custody:
    """Who looked, with what, under which settings."""

    gongshi: str  # version
    browser: str | None  # product and version, None: no browser was used
    user_agent: str
    settings: tuple[tuple[str, str], ...]  # every setting that can change what is seen


@dataclass(frozen=True, slots=True)
class SiteCapture:
    """One visit to one site."""

    seed: Seed
    site: str  # address of the home page that was asked for, with scheme
    taken_at: str
    reached: Reached
    pages: tuple[PageCapture, ...]
    links: tuple[LinkCheck, ...]
    robots: str  # "allowed", "disallowed", "none", "unreadable", "ignored"
    custody: Custody
    detail: str = ""
    format: int = FORMAT
    browser_because: str = ""  # why a browser looked at it, see crawler.site.visit; "": none did
