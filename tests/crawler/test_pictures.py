"""Pictures of a page: cut out as painted, read, told where they could not be."""

import asyncio
import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from auditor.scout import NumberScout
from crawler import pictures as module
from crawler.capture import UNREAD, PageCapture, View
from crawler.ocr import Ocr, Reading, installed
from crawler.scout import NoScout
from crawler.settings import CrawlSettings

pytestmark = pytest.mark.browser

NUMBER = "网信算备110108900000101250019号"
HEAD = "<!DOCTYPE html><meta charset=utf-8><meta name=viewport content='width=device-width'><body>"
CANVAS = """<footer><canvas id=c width=300 height=24></canvas></footer><script>
const pen = document.getElementById('c').getContext('2d');
pen.font = '14px "Noto Sans CJK SC"';
pen.fillText('NUMBER', 4, 18);
</script>""".replace("NUMBER", NUMBER)
BADGE = "<footer><img src=/badge.svg width=320 height=40></footer>"
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='40'><rect width='320' height='40' fill='#fff'/>"
    f"<text x='6' y='26' font-size='14' font-family='Noto Sans CJK SC' fill='#555'>{NUMBER}</text></svg>"
)


class Watched(Ocr):
    """Counts what is read, and says what it is told to; None: reads nothing."""

    def __init__(self, *says: Reading | None) -> None:
        super().__init__()
        self.says = list(says)
        self.seen: list[tuple[int, int]] = []

    async def read(self, png: bytes) -> Reading | None:
        self.seen.append(Image.open(io.BytesIO(png)).size)
        return self.says.pop(0) if self.says else Reading(NUMBER, 0.9)


class Every(NoScout):
    """Has every picture read."""

    def pictures(self, page: PageCapture, view: View) -> tuple[int, ...]:
        return tuple(row for row, name in enumerate(view.tree.name) if name in {"img", "canvas", "b"})


@pytest.fixture
def badge(serve: Any) -> Any:
    def make(html: str) -> str:
        svg = (200, {"Content-Type": "image/svg+xml"}, SVG.encode())
        return str(serve({"/": HEAD + html, "/badge.svg": svg})) + "/"

    return make


@pytest.fixture(scope="module")
def ocr() -> Iterator[Ocr]:
    one = Ocr()
    yield one
    one.close()


@pytest.mark.skipif(not installed(), reason="the extra `ocr` is not installed")
@pytest.mark.parametrize("html", [CANVAS, BADGE])
async def test_numbers_in_pictures_are_read_in_both_views(badge: Any, see: Any, ocr: Ocr, html: str) -> None:
    page = await see(badge(html), scout=NumberScout(), ocr=ocr)
    assert [[found.text for found in view.pictures] for view in page.views] == [[NUMBER], [NUMBER]]
    for view in page.views:
        (found,) = view.pictures
        assert view.tree.name[found.node] in {"canvas", "img"}
        assert found.box == view.tree.box[found.node]
        assert any(_holds(shot.box, found.box) for shot in view.shots)
        assert UNREAD not in view.limits


def _holds(outer: Any, inner: Any) -> bool:
    return bool(outer[1] <= inner[1] and inner[1] + inner[3] <= outer[1] + outer[3])


async def test_a_file_is_read_once_for_both_views(badge: Any, see: Any) -> None:
    watched = Watched()
    page = await see(badge(BADGE), scout=Every(), ocr=watched)
    assert watched.seen == [(640, 80)]
    assert all(view.pictures[0].text == NUMBER for view in page.views)


async def test_what_said_nothing_is_looked_at_again_on_the_phone(badge: Any, see: Any) -> None:
    watched = Watched(Reading("", 1.0))
    page = await see(badge(BADGE), scout=Every(), ocr=watched)
    assert len(watched.seen) == 2
    assert [view.pictures[0].text for view in page.views] == ["", NUMBER]


async def test_tall_pictures_are_taken_at_their_foot(badge: Any, see: Any) -> None:
    tall = "<canvas width=900 height=3000 style='display:block'></canvas>"
    watched = Watched()
    await see(badge(tall), scout=Every(), ocr=watched, settings=CrawlSettings(mobile=False))
    assert watched.seen == [(1800, 800)]


async def test_no_candidates_no_reading(badge: Any, see: Any) -> None:
    watched = Watched()
    page = await see(badge(f"<footer>{NUMBER}</footer><img src=/badge.svg>"), scout=NoScout(), ocr=watched)
    assert watched.seen == []
    assert [view.pictures for view in page.views] == [(), ()]


async def test_what_could_not_be_read_is_said(badge: Any, see: Any) -> None:
    two = BADGE + "<canvas width=200 height=30></canvas>"
    only_desktop = CrawlSettings(mobile=False)
    (view,) = (await see(badge(two), scout=Every(), ocr=Watched(None, None), settings=only_desktop)).views
    assert view.pictures is None and UNREAD in view.limits
    (view,) = (await see(badge(two), scout=Every(), ocr=Watched(None), settings=only_desktop)).views
    assert len(view.pictures) == 1 and UNREAD in view.limits


async def test_reading_has_a_limit_of_time(badge: Any, see: Any) -> None:
    class Slow(Watched):
        async def read(self, png: bytes) -> Reading | None:
            await asyncio.sleep(60)
            return None

    settings = CrawlSettings(mobile=False, reading_timeout=0.1)
    (view,) = (await see(badge(BADGE), scout=Every(), ocr=Slow(), settings=settings)).views
    assert view.pictures is None and UNREAD in view.limits
    assert view.screenshot


async def test_without_the_extra_nobody_reads_and_it_is_said(
    badge: Any, see: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "installed", lambda: False)
    watched = Watched()
    page = await see(badge(BADGE), scout=NumberScout(), ocr=watched)
    assert watched.seen == []
    assert all(view.pictures is None and UNREAD in view.limits for view in page.views)
