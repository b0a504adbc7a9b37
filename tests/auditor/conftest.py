"""Trees, pages and whole captures made from HTML, without a browser."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest

from auditor import policy, static
from auditor.engine import judge
from auditor.layout import union
from auditor.model import SiteAudit
from auditor.registry import Register
from auditor.text import BLOCK_TAGS
from auditor.trees import attribute
from crawler.capture import STYLES, Box, Custody, LinkCheck, PageCapture, Reached, Role, SiteCapture, Tree, View
from seeds.model import Seed

_PLAIN = {
    "display": "inline",
    "visibility": "visible",
    "opacity": "1",
    "color": "rgb(0, 0, 0)",
    "background-color": "rgba(0, 0, 0, 0)",
    "background-image": "none",
    "font-size": "16px",
    "font-weight": "400",
    "position": "static",
    "overflow-x": "visible",
    "overflow-y": "visible",
    "clip-path": "none",
    "transform": "none",
    "zoom": "1",
    "cursor": "auto",
    "animation-name": "none",
}
_INHERITED = ("visibility", "color", "font-size", "font-weight", "cursor")
_UNSEEN = frozenset({"head", "script", "style", "noscript", "template"})
_REPLACED = frozenset({"img", "input", "textarea", "button", "select"})
_LINE, _MARGIN, _WIDTH = 24.0, 8.0, 1366
SITE = "https://www.example.cn/"


def laid_out_tree(html: str, width: int = _WIDTH) -> Tree:
    """The tree of a page as if a browser had laid it out: blocks below each other, words on lines of 24 px.

    Black on white at 16 px, unless a `style` attribute says otherwise in computed values; `hidden` gets no box.
    """
    tree = static.tree(html)
    known = tuple(_styles(tree))
    rows = tuple(dict.fromkeys(style for style in known if style is not None))
    numbers = {style: number for number, style in enumerate(rows)}
    style = tuple(-1 if s is None else numbers[s] for s in known)
    laid = replace(
        tree, style=style, styles=tuple(rows), paint=tuple(row if s >= 0 else -1 for row, s in enumerate(style))
    )
    lines, boxes = _lines(laid, float(width))
    laid = replace(laid, lines=lines)
    return replace(laid, box=_boxes(laid, boxes, float(width)))


def _styles(tree: Tree) -> Iterator[tuple[str, ...] | None]:
    """The computed styles of each row, None where nothing is rendered."""
    seen: list[dict[str, str] | None] = []
    for row, parent in enumerate(tree.parent):
        above = seen[parent] if parent >= 0 else _PLAIN
        own = dict(re.findall(r"([-a-z]+)\s*:\s*([^;]+)", attribute(tree, row, "style") or ""))
        gone = tree.name[row] in _UNSEEN or attribute(tree, row, "hidden") is not None or own.get("display") == "none"
        if above is None or gone or tree.kind[row] == 8:
            seen.append(None)
            yield None
            continue
        block = tree.name[row] in BLOCK_TAGS or parent < 0
        pointer = {"cursor": "pointer"} if attribute(tree, row, "class") == "pointer" else {}
        inherited = {name: above[name] for name in _INHERITED}
        all_ = _PLAIN | inherited | {"display": "block" if block else "inline"} | pointer | own
        seen.append(above if tree.kind[row] == 3 else all_ | {"-webkit-text-fill-color": all_["color"]})
        yield tuple((seen[-1] or {}).get(name, "") for name in STYLES)


def _lines(
    tree: Tree, width: float
) -> tuple[tuple[tuple[int, int, int, float, float, float, float], ...], dict[int, Box]]:
    """Text boxes, and the boxes of pictures and controls."""
    lines: list[tuple[int, int, int, float, float, float, float]] = []
    boxes: dict[int, Box] = {}
    x, y, last = _MARGIN, _MARGIN, -1
    for row, style in enumerate(tree.style):
        name = tree.name[row]
        if style < 0 or not (tree.kind[row] == 3 or name in _REPLACED or name == "br"):
            continue
        block = _block(tree, row)
        if block != last or name == "br":
            x, y, last = _MARGIN, y + (_LINE if last >= 0 else 0.0), block
        size = float(tree.styles[style][STYLES.index("font-size")].removesuffix("px"))
        if tree.kind[row] != 3:
            boxes[row] = (x, y, *((20.0, 20.0) if name == "img" else (200.0, 20.0)))
            x += boxes[row][2] + 2 if name != "br" else 0
        start, text = 0, tree.text[row]
        while tree.kind[row] == 3 and start < len(text):
            room = max(int((width - _MARGIN - x) / size), 0)
            if room == 0:
                x, y, room = _MARGIN, y + _LINE, int((width - 2 * _MARGIN) / size)
            count = min(room, len(text) - start)
            lines.append((row, start, count, x, y, count * size, size * 1.25))
            start, x = start + count, x + count * size
    return tuple(lines), boxes


def _block(tree: Tree, row: int) -> int:
    display = STYLES.index("display")
    row = tree.parent[row]
    while tree.parent[row] >= 0 and tree.styles[tree.style[row]][display].startswith("inline"):
        row = tree.parent[row]
    return row


def _boxes(tree: Tree, known: Mapping[int, Box], width: float) -> tuple[Box | None, ...]:
    """Each node's box around everything in it; blocks are as wide as the page, the document is the window."""
    inside: dict[int, list[Box]] = {row: [box] for row, box in known.items()}
    for row, *_, x, y, wide, high in tree.lines:
        inside.setdefault(row, []).append((x, y, wide, high))
    found: list[Box | None] = [None] * len(tree.parent)
    for row in range(len(tree.parent) - 1, -1, -1):
        if tree.style[row] < 0:
            continue
        box = union(inside.get(row, [])) or (_MARGIN, 0.0, 0.0, 0.0)
        if tree.styles[tree.style[row]][STYLES.index("display")] == "block" and tree.kind[row] == 1:
            box = (0.0, box[1], width, box[3])
        found[row] = box
        if tree.parent[row] >= 0 and box[3]:
            inside.setdefault(tree.parent[row], []).append(box)
    found[0] = (0.0, 0.0, width, 768.0 if width == _WIDTH else 844.0)
    return tuple(found)


def _view(name: str, html: str, width: int, height: int) -> View:
    tree = laid_out_tree(html, width)
    bottom = max((box[1] + box[3] for box in tree.box if box), default=0.0)
    return View(name, width, height, float(width), bottom + _MARGIN, tree, None, pictures=())


@cache
def _page(html: str, mobile: str | None, role: Role, url: str, title: str, clicks: int) -> PageCapture:
    views = (_view("desktop", html, _WIDTH, 768), _view("mobile", mobile or html, 390, 844))
    via = () if role is Role.HOME else (title or "链接",)
    return PageCapture(
        url, role, clicks, via, Reached.OK, final_url=url, status=200, title=title, html=html, views=views
    )


@pytest.fixture
def laid_out() -> Callable[[str], Tree]:
    """HTML in, laid-out tree out."""
    return laid_out_tree


@pytest.fixture
def page_of() -> Callable[..., PageCapture]:
    """A captured page from HTML, seen at both sizes; `mobile` where the phone saw other HTML."""

    def make(
        html: str, mobile: str | None = None, role: Role = Role.HOME, url: str = "https://a.example.cn/"
    ) -> PageCapture:
        return replace(_page(html, mobile, role, url, "", 0), via=())

    return make


def captured(
    home: str,
    pages: Mapping[str, str] | None = None,
    seed: Seed | None = None,
    url: str = SITE,
    links: tuple[LinkCheck, ...] = (),
    mobile: str | None = None,
) -> SiteCapture:
    """A visit to a site.

    Args:
        home: HTML of the home page; its `title` is the page's.
        pages: HTML by role ("about"), or by role and address ("store https://…"), one click away each.
        seed: what the list declares; nothing by default.
        url: address of the home page.
        links: what opening links gave.
        mobile: HTML of the home page as a phone sees it, where that is another.
    """
    role = Role.STORE if "/appdetail/" in url else Role.HOME
    seen = [_page(home, mobile, role, url, _title(home), 0)]
    for key, html in (pages or {}).items():
        name, _, address = key.partition(" ")
        seen.append(_page(html, None, Role(name), address or f"{url}{name}", _title(html), 1))
    custody = Custody("0.1.0", None, "gongshi", ())
    taken = "2026-11-24T07:00:00Z"
    return SiteCapture(seed or Seed(url), url, taken, Reached.OK, tuple(seen), links, "allowed", custody)


def _title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return found[1] if found else ""


@pytest.fixture
def capture_of() -> Callable[..., SiteCapture]:
    """`captured`, for tests."""
    return captured


@pytest.fixture
def audit_of() -> Callable[..., SiteAudit]:
    """HTML in, audit out; see `captured`."""

    def make(
        home: str,
        pages: Mapping[str, str] | None = None,
        register: Register | None = None,
        change: Callable[[SiteCapture], SiteCapture] = lambda capture: capture,
        **more: object,
    ) -> SiteAudit:
        capture = change(captured(home, pages, **more))  # type: ignore[arg-type]
        return judge(capture, "0" * 64, policy.load(), register)

    return make
