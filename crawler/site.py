"""The visit of one site: plain HTTP first, the browser for the pages on which a disclosure must be judged."""

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Error

from crawler.appstores import store_of
from crawler.browser import BrowserPool, NoBrowserError
from crawler.capture import Custody, LinkCheck, PageCapture, Reached, Role, SiteCapture
from crawler.frontier import Frontier, same_site
from crawler.guard import Guard, RefusalError
from crawler.ocr import Ocr
from crawler.page import Lens, capture_page
from crawler.pictures import PictureReader
from crawler.plain import Plain
from crawler.scout import Scout
from crawler.settings import CrawlSettings, gongshi_version
from crawler.store import Run
from crawler.words import words_of
from seeds.model import Seed

MOST_LINKS = 40  # addresses that are checked for one site
JUDGED = frozenset({Role.HOME, Role.DISCLOSURE, Role.ABOUT, Role.PRODUCT, Role.STORE})
"""Roles of the pages that the browser sees in any case."""

OPEN = frozenset({Reached.OK, Reached.TRUNCATED, Reached.ENCODING, Reached.LOGIN})
"""What plain HTTP must say of a page for the browser to look at it."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the visits of a shard share."""

    run: Run
    settings: CrawlSettings
    scout: Scout
    guard: Guard
    plain: Plain
    pool: BrowserPool
    ocr: Ocr


def homes_of(url: str) -> tuple[str, ...]:
    """Addresses to try for a seed, in order: a bare domain is tried as https, then as http.

    >>> homes_of("example.cn")
    ('https://example.cn/', 'http://example.cn/')
    """
    if re.match(r"[a-z][a-z0-9+.-]*://", url, re.IGNORECASE):
        return (url if urlsplit(url).path else f"{url}/",)
    bare = url if "/" in url else f"{url}/"
    return f"https://{bare}", f"http://{bare}"


def is_shell(html: str) -> bool:
    """Whether a page's HTML holds scripts and next to no words: what it shows is built by them."""
    return "<script" in html.lower() and len(words_of(html)) < 200


async def visit(seed: Seed, tools: Tools) -> SiteCapture:
    """See a site. Raises nothing for what a site does; NoBrowserError and OSError of the disk are not the site's."""
    async with AsyncExitStack() as stack:
        return await _Visit(seed, tools, stack).run()


class _Visit:
    """The state of one visit."""

    def __init__(self, seed: Seed, tools: Tools, stack: AsyncExitStack) -> None:
        self.seed = seed
        self.tools = tools
        self.folder = tools.run.folder(seed.url)
        reader = PictureReader(tools.ocr, tools.settings.reading_timeout)
        self.lens = Lens(self.folder, tools.scout, tools.settings, tools.guard, reader)
        self.pages: list[PageCapture] = []
        self._stack = stack
        self._context: BrowserContext | None = None
        self._begun = datetime.now(UTC).isoformat(timespec="seconds")

    async def run(self) -> SiteCapture:
        settings = self.tools.settings
        home = await self._see(await self._home())
        self.pages.append(home)
        if home.reached in OPEN:
            frontier = Frontier(home.final_url or home.url, settings.max_pages, settings.max_clicks)
            frontier.add(home)
            while (page := frontier.next()) is not None:
                page = await self._see(await self.tools.plain.page(page))
                self.pages.append(page)
                frontier.add(page)
        return self._capture(home, await self._links())

    async def _home(self) -> PageCapture:
        """The home page by plain HTTP; of two that fail, the one that answered, else the first."""
        tried: list[PageCapture] = []
        for url in homes_of(self.seed.url):
            role = Role.STORE if store_of(url) else Role.HOME
            page = PageCapture(url, role, 0, (), Reached.OK)
            page = await self._knock(page) or await self.tools.plain.page(page)
            if page.status is not None:
                return page
            tried.append(page)
        return tried[0]

    async def _knock(self, page: PageCapture) -> PageCapture | None:
        """Whether the host can be connected to at all: robots.txt and retries would wait for it several times."""
        try:
            parts = urlsplit(page.url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                return replace(page, reached=Reached.SCHEME, detail=page.url[:200])
            _, writer = await self.tools.guard.connect(parts.hostname, port, self.tools.settings.connect_timeout)
            writer.transport.abort()
        except RefusalError as refusal:
            return replace(page, reached=refusal.reason, detail=refusal.detail)
        except ValueError as error:
            return replace(page, reached=Reached.SCHEME, detail=str(error))
        return None

    async def _see(self, page: PageCapture) -> PageCapture:
        """A page as the browser sees it, where it has to; what plain HTTP gave stays."""
        if page.reached not in OPEN or not (page.html or "").strip() or not await self._deserves_browser(page):
            return page
        for attempt in range(2):
            seen = await self._render(page)
            if seen.reached is not Reached.BROWSER_CRASH or attempt:
                return seen
            self._context = None
        return page

    async def _deserves_browser(self, page: PageCapture) -> bool:
        if self.tools.settings.render != "auto":
            return self.tools.settings.render == "always"
        if page.role in JUDGED or is_shell(page.html or ""):
            return True
        return await asyncio.to_thread(self.tools.scout.deserves_view, page)

    async def _render(self, page: PageCapture) -> PageCapture:
        try:
            if self._context is None:
                self._context = await self._stack.enter_async_context(self.tools.pool.context())
            return await capture_page(self.tools.pool, self._context, self.lens, page, len(self.pages))
        except NoBrowserError as error:
            return replace(page, reached=Reached.NO_BROWSER, detail=str(error)[:300])
        except (Error, TimeoutError) as error:
            return replace(page, reached=Reached.BROWSER_CRASH, detail=str(error)[:300])

    async def _links(self) -> tuple[LinkCheck, ...]:
        """The addresses that the scout asks for; foreign hosts once a run.

        An address that is missing was not tried.
        """
        if not any(page.html or page.views for page in self.pages):
            return ()
        home = self.pages[0].final_url or self.pages[0].url
        wanted = await asyncio.to_thread(self.tools.scout.links, tuple(self.pages))
        fresh = [
            url
            for url in tuple(dict.fromkeys(wanted))[:MOST_LINKS]
            if same_site(url, home) or self.tools.run.first_to_ask(_host(url))
        ]
        return tuple([await self.tools.plain.link(url) for url in fresh])

    def _capture(self, home: PageCapture, links: tuple[LinkCheck, ...]) -> SiteCapture:
        settings, pool = self.tools.settings, self.tools.pool
        rendered = any(page.views for page in self.pages)
        custody = Custody(
            gongshi_version(), pool.product if rendered else None, settings.user_agent, settings.custody()
        )
        return SiteCapture(
            self.seed,
            home.url,
            self._begun,
            home.reached,
            tuple(self.pages),
            links,
            self.tools.plain.robots(home),
            custody,
            home.detail,
        )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
