"""Random pages: what is computed from the layout against the pixels that the browser paints.

The text is a row of full blocks, so that each point looked at lies in ink. Two pictures are taken, one with the ink and
one with the ink made clear: where they differ by less than the least contrast, nobody can see it.
"""

import random
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from auditor import colour
from auditor.layout import Layout
from auditor.prominence import LEAST, measure
from crawler.answer import Answer
from crawler.capture import Box, View
from crawler.snapshot import PARAMS, build

TEXT = "█" * 12
SIZE = (800, 600)
SEEDS = 60
LEVELS = (0, 40, 90, 140, 200, 255)
BORDER = 0.06  # of a ratio: the browser rounds colours to 8 bit, group by group

pytestmark = pytest.mark.browser


class Pages:
    """Makes up a page: nested boxes, shifted, stacked, faded, cut, one of them with the text."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.placed = False

    def html(self) -> str:
        body = ""
        while not self.placed:
            body = self.boxes(3)
        ground = self.colour(opaque=True)
        return f"<!doctype html><meta charset=utf-8><body style='margin:60px;background:{ground}'>{body}</body>"

    def colour(self, *, opaque: bool = False) -> str:
        channels = [self.random.choice(LEVELS) for _ in range(3)]
        if self.random.random() < 0.6:
            channels = channels[:1] * 3
        alpha = 1 if opaque else self.random.choice((1, 1, 1, 0.9, 0.6, 0.3, 0.1))
        return f"rgba({channels[0]},{channels[1]},{channels[2]},{alpha})"

    def boxes(self, depth: int) -> str:
        return "".join(self.one(depth) for _ in range(self.random.randint(1, 3)))

    def one(self, depth: int) -> str:
        inner = self.boxes(depth - 1) if depth and self.random.random() < 0.7 else ""
        if not self.placed and (depth <= 1 or self.random.random() < 0.2):
            self.placed = True
            inner = f"<span id=t style='font:16px/20px monospace;color:{self.colour()}'>{TEXT}</span>{inner}"
        tag = self.random.choice(("div", "div", "div", "span", "p"))
        return f"<{tag} style='{self.style()}'>{inner or '&nbsp;'}</{tag}>"

    def style(self) -> str:
        pick = self.random.randint
        chances = (
            (0.5, f"background:{self.colour()}"),
            (0.25, f"opacity:{self.random.choice((0.9, 0.7, 0.5, 0.3, 0.1, 0.05))}"),
            (0.7, self.position()),
            (0.3, f"z-index:{self.random.choice((-1, 0, 1, 2))}"),
            (0.25, f"margin-top:{pick(-40, 20)}px"),
            (0.2, "overflow:hidden"),
            (0.1, f"transform:translate({pick(-20, 20)}px,{pick(-20, 20)}px)"),
            (0.1, f"height:{pick(0, 60)}px"),
            (0.06, f"clip-path:inset({pick(0, 10)}px {pick(0, 40)}px)"),
            (0.08, self.random.choice(("isolation:isolate", "will-change:transform", "contain:paint", "columns:2"))),
            (0.05, f"visibility:{self.random.choice(('hidden', 'visible'))}"),
        )
        return ";".join(text for chance, text in chances if self.random.random() < chance)

    def position(self) -> str:
        pick = self.random.randint
        size = f"width:{pick(40, 300)}px;height:{pick(10, 80)}px"
        return self.random.choice(
            (
                f"position:relative;top:{pick(-30, 30)}px;left:{pick(-40, 40)}px",
                f"position:relative;top:{pick(-30, 30)}px;left:{pick(-40, 40)}px",
                f"position:absolute;top:{pick(-20, 60)}px;left:{pick(-20, 80)}px;{size}",
                f"position:absolute;top:{pick(-20, 60)}px;left:{pick(-20, 80)}px;{size}",
                f"position:fixed;top:{pick(0, 100)}px;left:{pick(0, 100)}px;{size}",
                "display:inline-block",
                "display:flex",
                "float:left",
                "display:grid",
            )
        )


@pytest.fixture(scope="module")
def tab(browser_path: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        yield browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        browser.close()


def painted(tab: Page, box: Box) -> float | None:
    """The lowest contrast of the ink to what shows without it; None: not all of it stands in the window."""
    x, y, width, height = box
    if x < 0 or y < 0 or x + width > SIZE[0] or y + height > SIZE[1]:
        return None
    places = [
        (int(x + width * (step + 0.5) / len(TEXT)), int(y + height * level))
        for step in range(len(TEXT))
        for level in (0.3, 0.7)
    ]
    inked = Image.open(BytesIO(tab.screenshot())).convert("RGB")
    tab.add_style_tag(content="#t { -webkit-text-fill-color: transparent !important }")
    clear = Image.open(BytesIO(tab.screenshot())).convert("RGB")
    return min(colour.contrast(pixel(inked, place), pixel(clear, place)) for place in places)


def pixel(image: Image.Image, place: tuple[int, int]) -> colour.Colour:
    found = image.getpixel(place)
    assert isinstance(found, tuple)
    return (found[0] / 255, found[1] / 255, found[2] / 255, 1.0)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_computed_is_what_is_painted(seed: int, tab: Page) -> None:
    tab.set_content(Pages(seed).html())
    devtools = tab.context.new_cdp_session(tab)
    snapshot = build(Answer(devtools.send("DOMSnapshot.captureSnapshot", PARAMS)))
    devtools.detach()
    layout = Layout(View("desktop", *SIZE, snapshot.width, snapshot.height, snapshot.tree, None))
    row = next(row for row, text in enumerate(snapshot.tree.text) if text == TEXT)
    ((box, _),) = layout.pieces((row, 0, len(TEXT)))
    truth = painted(tab, box)
    found = measure(layout, ((row, 0, len(TEXT)),))
    if truth is None or abs(truth - LEAST) < BORDER * LEAST:
        return
    assert found.visible == (truth > LEAST), (truth, found)
    if found.visible:
        assert found.contrast == pytest.approx(truth, rel=BORDER)
