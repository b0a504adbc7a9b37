"""`see(url, …)`: one address through gate and browser, without Scrapy. `alive()`: what a test began and still runs."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.browser import BrowserPool
from crawler.capture import PageCapture, Reached, Role
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.ocr import Ocr
from crawler.page import Lens, capture_page
from crawler.pictures import PictureReader
from crawler.scout import NoScout, Scout
from crawler.settings import CrawlSettings
from crawler.store import SiteFolder

See = Callable[..., Awaitable[PageCapture]]


@pytest.fixture
def see(tmp_path: Path, browser_path: str) -> See:
    """A function of address, guard, settings, scout, OCR and the HTML that plain HTTP read, which gives the captured
    page; pictures go to `tmp_path`.
    """

    async def look(
        url: str,
        guard: Guard | None = None,
        settings: CrawlSettings | None = None,
        scout: Scout | None = None,
        ocr: Ocr | None = None,
        read: str | None = None,
    ) -> PageCapture:
        guard = guard or Guard(Policy(allow_private=True))
        settings = settings or CrawlSettings()
        page = PageCapture(url, Role.HOME, 0, (), Reached.OK, html=read)
        lens = Lens(
            SiteFolder(tmp_path), scout or NoScout(), settings, guard, PictureReader(ocr, settings.reading_timeout)
        )
        try:
            async with SocksGate(guard) as gate, BrowserPool(settings, gate.port) as pool, pool.context() as context:
                return await capture_page(pool, context, lens, page, 0)
        finally:
            guard.close()

    return look


@pytest.fixture
def alive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], set[int]]:
    """A function that gives the ids of the processes that the test started, browsers and drivers included. Linux.

    Python's own tracker of shared memory, which lives as long as the tests, is left out.
    """
    mark = f"GONGSHI_TEST={tmp_path}"
    monkeypatch.setenv(*mark.split("=", 1))

    def found() -> set[int]:
        pids = set()
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                marked = mark.encode() in (entry / "environ").read_bytes().split(b"\0")
                if marked and b"resource_tracker" not in (entry / "cmdline").read_bytes():
                    pids.add(int(entry.name))
        return pids

    return found
