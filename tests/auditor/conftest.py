"""Trees and pages made from a few lines of HTML, without a browser."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from auditor import static
from auditor.text import BLOCK_TAGS
from auditor.trees import attribute
from crawler.capture import STYLES, PageCapture, Reached, Role, Tree, View

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


def _row(**styles: str) -> tuple[str, ...]:
    known = _PLAIN | {name.replace("_", "-"): value for name, value in styles.items()}
    return tuple(known.get(name, "") for name in STYLES)


def laid_out_tree(html: str) -> Tree:
    """The tree of a page as if a browser had laid it out in lines of 20 px; `hidden` elements get no box."""
    tree = static.tree(html)
    styles = (_row(display="inline"), _row(display="block"), _row(display="inline", cursor="pointer"))
    shown: list[bool] = []
    style: list[int] = []
    for row, parent in enumerate(tree.parent):
        hidden = tree.name[row] in {"head", "script", "style", "noscript", "template"} or attribute(tree, row, "hidden") is not None
        shown.append((parent < 0 or shown[parent]) and not hidden)
        kind = 1 if tree.name[row] in BLOCK_TAGS or parent < 0 else 0
        if tree.kind[row] == 3:
            kind = style[parent] if parent >= 0 else 0
        elif attribute(tree, row, "class") == "pointer":
            kind = 2
        style.append(kind if shown[row] and tree.kind[row] != 8 else -1)
    box = tuple((0.0, 20.0 * row, 400.0, 20.0) if style[row] >= 0 else None for row in range(len(style)))
    lines = tuple(
        (row, 0, len(tree.text[row]), 0.0, 20.0 * row, 400.0, 20.0)
        for row in range(len(style))
        if style[row] >= 0 and tree.kind[row] == 3 and tree.text[row]
    )
    paint = tuple(0 if s >= 0 else -1 for s in style)
    return replace(tree, style=tuple(style), styles=styles, box=box, paint=paint, lines=lines)


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
        def view(name: str, source: str) -> View:
            return View(name, 1366, 768, 1366, 2000, laid_out_tree(source), None)

        views = (view("desktop", html), view("mobile", mobile or html))
        return PageCapture(url, role, 0, (), Reached.OK, final_url=url, status=200, html=html, views=views)

    return make
