"""The visit of one site: plain HTTP first, the browser for the pages on which a disclosure must be judged.

Why a browser looked at a site stands in its capture (`browser_because`): "always" (the settings say so), "declared"
(the list says that it is an AI service, or which numbers it shows), "script" (its HTML is a shell that scripts fill),
what the scout saw in the HTML of one of its pages, or "sample" (no reason: to see what such sites are missed for).
A site that does not answer, is parked or blocked needs none; one whose pages, all of those that would be judged, say
nothing of AI gets none.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlsplit

from lxml import etree
from playwright.async_api import BrowserContext, Error

from crawler.appstores import store_of
from crawler.browser import BrowserPool
from crawler.capture import Custody, LinkCheck, PageCapture, Reached, Role, SiteCapture
from crawler.frontier import Frontier, same_site
from crawler.guard import Guard, RefusalError
from crawler.hosts import SharedChecks
from crawler.ocr import Ocr
from crawler.page import Lens, capture_page
from crawler.pictures import PictureReader
from crawler.plain import Plain
from crawler.scout import Scout
from crawler.settings import CrawlSettings, gongshi_version
from crawler.store import Run, site_name
from crawler.trust import Trust
from crawler.words import parse, words_of
from seeds.model import Seed, ServiceKind

S = TypeVar("S")
T = TypeVar("T")
MOST_LINKS = 40  # addresses that are checked for one site
LANES = 2  # pages of one site that are seen side by side
SHORT = 30_000  # characters of HTML that are read at once, without a thread
FEW_WORDS = 200  # characters: a page with scripts and fewer is a shell
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
    shared: SharedChecks
    rooms: asyncio.Semaphore  # sites that are in the browser stage at a time
    custody: tuple[tuple[str, str], ...]  # the settings as text


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
    """Whether a page's HTML lacks what the page shows: scripts, frames or another page would fill it.

    >>> is_shell("<div id=app></div><script src=/app.js></script>"), is_shell("<p>hello</p>")
    (True, False)
    """
    if not _FILLED_LATER.search(html):
        return False
    return len(words_of(html, FEW_WORDS)) < FEW_WORDS or _has_empty_mount(html)


def _is_shell(page: PageCapture) -> bool:
    return is_shell(page.html or "")


_FILLED_LATER = re.compile(r"<(?:script|i?frame|object|embed)\b|http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_MOUNTS = ("app", "root", "__next", "__nuxt", "main-app", "container-app", "app-root")
"""Ids of the elements that the common frameworks fill."""
_MOUNT = etree.XPath(f"descendant-or-self::*[{' or '.join(f'@id={name!r}' for name in _MOUNTS)}]")


def _has_empty_mount(html: str) -> bool:
    document = parse(html)
    found: Any = _MOUNT(document) if document is not None else ()
    return any(not "".join(map(str, element.itertext())).strip() for element in found)


async def _aside(work: Callable[[S], T], what: S, short: bool) -> T:
    """What is made of a page or several; of much in a thread, so that no neighbour waits for it."""
    return work(what) if short else await asyncio.to_thread(work, what)


def _is_short(*pages: PageCapture) -> bool:
    return not any(page.views for page in pages) and sum(len(page.html or "") for page in pages) <= SHORT


def in_sample(url: str, share: float) -> bool:
    """Whether a site belongs to the share of sites that are looked at without a reason; the same in every run."""
    return int(hashlib.sha256(site_name(url).encode()).hexdigest()[:8], 16) < share * (1 << 32)


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
        self.pages: list[PageCapture] = []
        self.because = ""
        self._plain: dict[str, PageCapture] = {}  # what plain HTTP said, by address
        self._trust = Trust(tools.guard, tools.settings.connect_timeout, tools.settings.doubtful_certificates)
        self._stack = stack
        self._contexts: dict[int, BrowserContext] = {}  # one a lane
        self._begun = datetime.now(UTC).isoformat(timespec="seconds")
        self._until = asyncio.get_running_loop().time() + tools.settings.site_timeout

    @cached_property
    def _lens(self) -> Lens:
        tools = self.tools
        reader = PictureReader(tools.ocr, tools.settings.reading_timeout)
        return Lens(self.folder, tools.scout, tools.settings, tools.guard, reader)

    async def run(self) -> SiteCapture:
        home = await self._home()
        self.because = self._asked_for()
        if not self.because and self.tools.settings.render == "auto":
            self.because = await self._survey(home)
        if self.because:
            async with self.tools.rooms:
                await self._walk(home)
        elif not self.pages:
            await self._walk(home)
        return self._capture(self.pages[0], await self._links())

    def _asked_for(self) -> str:
        """Why a browser is needed whatever the pages say."""
        if self.tools.settings.render != "auto":
            return "always" if self.tools.settings.render == "always" else ""
        declared = self.seed.service not in (None, ServiceKind.NONE) or self.seed.numbers
        return "declared" if declared else ""

    async def _survey(self, home: PageCapture) -> str:
        """Look at the pages by plain HTTP until one is worth a browser. Returns why; with no reason, all are seen."""
        if home.reached not in OPEN:
            return ""
        frontier = self._frontier(home)
        page: PageCapture | None = home
        while page is not None:
            if because := await self._worth(page):
                self.pages.clear()
                return because
            self.pages.append(page)
            frontier.add(page)
            page = frontier.next()
            page = page and await self._by_http(page)
        if in_sample(self.seed.url, self.tools.settings.sample):
            self.pages.clear()
            return "sample"
        return ""

    async def _worth(self, page: PageCapture) -> str:
        if page.reached not in OPEN or not (page.html or "").strip():
            return ""
        short = _is_short(page)
        if await _aside(_is_shell, page, short):
            return "script"
        return await _aside(self.tools.scout.worth_a_browser, page, short) or ""

    async def _walk(self, home: PageCapture) -> None:
        """See the home page, then the others, two at a time."""
        home = await self._see(home, 0, 0)
        self.pages.append(home)
        if home.reached not in OPEN:
            return
        frontier = self._frontier(home)
        frontier.add(home)
        while asyncio.get_running_loop().time() < self._until:
            batch = [page for page in (frontier.next() for _ in range(LANES)) if page is not None]
            if not batch:
                return
            first = len(self.pages)
            seen = await asyncio.gather(*(self._see_next(page, first + n, n) for n, page in enumerate(batch)))
            for page in seen:
                self.pages.append(page)
                frontier.add(page)

    def _frontier(self, home: PageCapture) -> Frontier:
        return Frontier(home.final_url or home.url, self.tools.settings.max_pages, self.tools.settings.max_clicks)

    async def _see_next(self, page: PageCapture, number: int, lane: int) -> PageCapture:
        return await self._see(await self._by_http(page), number, lane)

    async def _by_http(self, page: PageCapture) -> PageCapture:
        """What plain HTTP says of a page; asked once a visit."""
        known = self._plain.get(page.url)
        if known is None:
            known = self._plain[page.url] = await self._trust.of(await self.tools.plain.page(page))
        return replace(known, role=page.role, clicks=page.clicks, via=page.via)

    async def _home(self) -> PageCapture:
        """The home page by plain HTTP; of two that fail, the one that answered, else the first."""
        tried: list[PageCapture] = []
        for url in homes_of(self.seed.url):
            role = Role.STORE if store_of(url) else Role.HOME
            page = PageCapture(url, role, 0, (), Reached.OK)
            page = await self._knock(page) or await self._trust.of(await self.tools.plain.page(page))
            if page.status is not None and page.reached is not Reached.TLS:
                return page
            tried.append(page)
        return next((page for page in tried if page.status is not None), tried[0])

    async def _knock(self, page: PageCapture) -> PageCapture | None:
        """Whether the host can be connected to at all: robots.txt and retries would wait for it several times."""
        try:
            parts = urlsplit(page.url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                return replace(page, reached=Reached.SCHEME, detail=page.url[:200])
            await self.tools.guard.knock(parts.hostname, port, self.tools.settings.connect_timeout)
        except RefusalError as refusal:
            return replace(page, reached=refusal.reason, detail=refusal.detail)
        except ValueError as error:
            return replace(page, reached=Reached.SCHEME, detail=str(error))
        return None

    async def _see(self, page: PageCapture, number: int, lane: int) -> PageCapture:
        """A page as the browser sees it, where it has to; what plain HTTP gave stays. Raises NoBrowserError."""
        if page.reached not in OPEN or not (page.html or "").strip() or not await self._deserves_browser(page):
            return page
        seen = await self._render(page, number, lane)
        if seen.reached is Reached.BROWSER_CRASH:
            self._contexts.pop(lane, None)
            seen = await self._render(page, number, lane)
        return replace(seen, detail=page.detail) if seen.reached is Reached.OK and not seen.detail else seen

    async def _deserves_browser(self, page: PageCapture) -> bool:
        if not self.because or self.because == "always":
            return bool(self.because)
        short = _is_short(page)
        if page.role in JUDGED or await _aside(_is_shell, page, short):
            return True
        return await _aside(self.tools.scout.deserves_view, page, short)

    async def _render(self, page: PageCapture, number: int, lane: int) -> PageCapture:
        try:
            if lane not in self._contexts:
                self._contexts[lane] = await self._stack.enter_async_context(self.tools.pool.context())
            return await capture_page(self.tools.pool, self._contexts[lane], self._lens, page, number)
        except (Error, TimeoutError) as error:
            return replace(page, reached=Reached.BROWSER_CRASH, detail=str(error)[:300])

    async def _links(self) -> tuple[LinkCheck, ...]:
        """The addresses that the scout asks for; those outside the site are opened once a run."""
        if not any(page.html or page.views for page in self.pages):
            return ()
        home = self.pages[0].final_url or self.pages[0].url
        wanted = await _aside(self.tools.scout.links, tuple(self.pages), _is_short(*self.pages))
        asked = tuple(dict.fromkeys(wanted))[:MOST_LINKS]
        return tuple([await self._link(url, home) for url in asked if _can_be_asked(url)])

    async def _link(self, url: str, home: str) -> LinkCheck:
        if same_site(url, home):
            return await self.tools.plain.link(url)
        return await self.tools.shared.check(url, self.tools.plain.link)

    def _capture(self, home: PageCapture, links: tuple[LinkCheck, ...]) -> SiteCapture:
        settings, pool = self.tools.settings, self.tools.pool
        rendered = any(page.views for page in self.pages)
        custody = Custody(
            gongshi_version(), pool.product if rendered else None, settings.user_agent, self.tools.custody
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
            browser_because=self.because if rendered else "",
        )


def _can_be_asked(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
