"""One page in the browser: opened as a desktop sees it and as a phone sees it, written down as two `View`s.

The phone view is the same page made narrow, unless the page may have been built otherwise for a phone; then it is
opened anew as a phone. It may have been when the server says that its answer depends on the user agent, when a
script looked at the user agent or the touch screen, when the page has no viewport declaration, or when it is too
wide for the phone.
"""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import BrowserContext

from crawler.browser import BrowserPool, phone_agent
from crawler.camera import Camera
from crawler.capture import PageCapture, Reached, Role, Scroll, Shot, View
from crawler.decode import clean, is_garbled
from crawler.guard import Guard
from crawler.layout import lay_out
from crawler.pictures import PictureReader
from crawler.reached import of_answer, of_browser
from crawler.scout import Scout
from crawler.settings import DESKTOP, PHONE, CrawlSettings
from crawler.snapshot import Snapshot
from crawler.store import SiteFolder
from crawler.tab import TOP, CallError, Tab, both, limited

LOADED = 0.05  # seconds of quiet before the first scrolling: what has just come would be waited for at each step
RESIZED = 0.05  # seconds after the viewport changed, and of quiet then: nothing is loaded, scripts only lay out anew
STEPS = 4  # of the way down the page; what was brought out once needs no second time

SMALL = 0.1
"""Size at which a desktop page is drawn until its picture is taken, as developer tools make a wide page fit: it notices
nothing of that. Scrolling through the page of `benchmarks/render_speed.py` takes 21 ms of processor time so, not 43."""

SHARPNESS = {"desktop": 1.0, "mobile": 2.0}  # picture pixels a CSS pixel, of the places that the scout asks for
LONGEST = 5_000_000  # characters of the HTML that is kept

FACTS = """
JSON.stringify({
  url: location.href,
  title: document.title.slice(0, 500),
  nodes: document.getElementsByTagName('*').length,
  viewport: !!document.querySelector('meta[name=viewport i][content*=width i]'),
  type: document.contentType,
  charset: document.characterSet,
  html: (document.documentElement || {outerHTML: ''}).outerHTML.slice(0, LONGEST),
})
""".replace("LONGEST", str(LONGEST))

HARMED = frozenset({Reached.TRUNCATED, Reached.ENCODING})
"""What plain HTTP found wrong with a page that a browser shows all the same: it stays said."""

SEEN = HARMED | {Reached.OK, Reached.LOGIN}
"""Pages of which views are made: a page that asks to log in shows its filing numbers too."""

FILLED = """
new Promise(done => {
  const until = performance.now() + LIMIT;
  const look = () => {
    const words = document.body ? document.body.innerText.trim() : '';
    const notice = text => text.length < 40 && /加载|请稍|loading/i.test(text);
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    const shell = !words || notice(words) || (middle && notice(middle.innerText || ''));
    const built = () => !document.scripts.length || document.querySelector('iframe,frame,:not(:defined)')
      || [...document.querySelectorAll('body *')].some(e => e.localName.includes('-'));
    if (!shell || built() || performance.now() > until) done(null);
    else setTimeout(look, 100);
  };
  look();
})
"""
"""Waits while a page shows nothing, or a notice that it loads, also over the rest: scripts may still build it."""

NUMBERED = """
new Promise(done => {
  const until = performance.now() + LIMIT, number = /[备備]\\D{0,9}\\d{6}|[a-z]-20\\d{6}/i;
  const look = () => {
    const there = !!document.body && number.test(document.body.innerText);
    if (there || !document.scripts.length || performance.now() > until) done(there);
    else setTimeout(look, 100);
  };
  look();
})
"""
"""Waits for a text like a filing number; the value is whether there is one."""
NUMBER_WAIT = 3.0  # seconds

WIDTH = f"{TOP}, (document.documentElement || {{}}).scrollWidth || 0"
SNIFFED = "window.__gongshi_asked === true"


@dataclass(frozen=True, slots=True)
class Lens:
    """What is the same for all pages of a site: where pictures go, whom to ask, how long to wait."""

    folder: SiteFolder
    scout: Scout
    settings: CrawlSettings
    guard: Guard
    reader: PictureReader


async def capture_page(
    pool: BrowserPool, context: BrowserContext, lens: Lens, page: PageCapture, number: int
) -> PageCapture:
    """What the browser sees of a page that plain HTTP has seen (or not). `number` tells the site's pictures apart.

    Raises nothing for what a page does: what was got until then is kept, and the reason told.
    """
    begun = replace(page, taken_at=datetime.now(UTC).isoformat(timespec="seconds"))
    visit = _Visit(lens, begun, number)
    try:
        async with pool.turn, asyncio.timeout(lens.settings.page_timeout) as limit:
            await visit.run(context, pool, limit)
    except CallError as error:
        visit.fail(error.reason, error.detail)
    except TimeoutError:
        visit.fail(Reached.TIMEOUT, f"more than {lens.settings.page_timeout:g} s in the browser", "the page crashed")
    finally:
        await visit.close()
    return visit.page


class _Visit:
    """The state of one capture: `page` grows as things are got."""

    def __init__(self, lens: Lens, page: PageCapture, number: int) -> None:
        self.lens = lens
        self.page = page
        self.number = number
        self._tab: Tab | None = None

    async def run(self, context: BrowserContext, pool: BrowserPool, limit: asyncio.Timeout) -> None:
        """All of it. A page that crashes answers nothing any more: `limit` runs out at once."""
        tab = self._tab = await Tab.open(context, self.lens.settings)
        tab.page.on("crash", lambda _: _run_out(limit))
        await _as_desktop(tab, SMALL)
        limits, scroll = await self._go(tab)
        facts, _ = await both(self._identify(tab), _as_desktop(tab, 1))
        if self.page.reached not in SEEN:
            return
        desktop = await self._view(tab, "desktop", DESKTOP, limits, scroll)
        self.page = replace(self.page, views=(desktop,))
        if self.lens.settings.mobile:
            self.page = replace(self.page, views=(desktop, await self._phone(tab, facts, pool.version)))
        self.page = replace(self.page, console_errors=tab.console_errors)

    async def close(self) -> None:
        """Leave the page; one that cannot be closed in time goes with its context."""
        if self._tab and self._tab.recorder:
            with suppress(CallError):
                await limited(self._tab.recorder.finish(), 10)
        if self._tab:
            with suppress(CallError):
                await limited(self._tab.page.close(), 5)

    def fail(self, reason: Reached, words: str, crash: str = "") -> None:
        """End with a reason; a page whose desktop view was got is a page that was reached.

        `crash`: the words for a page that crashed, where others than `words` tell it better.
        """
        if self._tab and self._tab.crashed:
            reason, words = Reached.BROWSER_CRASH, crash or words
        if self.page.views:
            self.page = replace(self.page, detail=f"mobile: {reason}: {words}")
            return
        url = self._tab.lost[0] if self._tab and self._tab.lost else self.page.url
        reason, words = of_browser(words, url, self.lens.guard) or (reason, words)
        self.page = replace(self.page, reached=reason, detail=words)

    async def _identify(self, tab: Tab) -> dict[str, Any]:
        """Take down what the page is, and whether it is the page at all."""
        facts: dict[str, Any] = json.loads(await tab.ask(FACTS))
        if facts["url"].startswith(("chrome-error:", "about:")):
            raise CallError(Reached.BROWSER_CRASH, tab.lost[1] if tab.lost else "net::ERR_ABORTED")
        response = tab.response
        told = await limited(response.all_headers(), self.lens.settings.call_timeout) if response else {}
        headers = tuple((name.lower(), clean(value)) for name, value in told.items())
        status = response.status if response else None
        html = clean(facts["html"])
        reached, detail = of_answer(status or 200, dict(headers), facts["url"], html)
        if reached is Reached.OK and self.page.reached in HARMED:
            reached, detail = self.page.reached, self.page.detail
        elif reached is Reached.OK and is_garbled(html, self.page.html or "", facts["charset"]):
            raise CallError(Reached.ENCODING, f"browsers read it as {clean(facts['charset'])[:40]}, which it is not")
        if facts["nodes"] > self.lens.settings.max_nodes:
            reached, detail = Reached.TOO_LARGE, f"{facts['nodes']} elements"
        self.page = replace(
            self.page,
            reached=reached,
            detail=detail,
            final_url=clean(facts["url"]),
            status=status,
            chain=tuple(tab.hops) or self.page.chain,
            headers=headers or self.page.headers,
            title=clean(facts["title"]),
            rendered=html,
            console_errors=tab.console_errors,
        )
        return facts

    async def _go(self, tab: Tab) -> tuple[tuple[str, ...], Scroll]:
        """Open the page, wait for what a script shell shows only after a pause, bring out what scrolling brings out.

        Most of the quiet is waited for after the scrolling; a page that got more meanwhile is scrolled again.
        """
        late = await tab.go(self.page.url)
        await tab.wait_until(FILLED, self.lens.settings.quiet_timeout)
        restless = await tab.settle(LOADED)
        scroll = await tab.scroll(STEPS)
        limits = restless or await tab.settle()
        if await tab.grew():
            scroll = await tab.scroll(STEPS)
        return (*late, *limits), scroll

    async def _phone(self, tab: Tab, facts: dict[str, Any], version: str) -> View:
        """The page on a phone: made narrow where that is the same, else opened anew."""
        sniffed = bool(await tab.ask_page(SNIFFED))
        await _as_phone(tab, phone_agent(version, self.lens.settings))
        vary = dict(self.page.headers).get("vary", "").lower()
        same = facts["viewport"] and not sniffed and "user-agent" not in vary and vary != "*"
        if same:
            await asyncio.sleep(RESIZED)  # what listens to a change of the size often waits before it builds anew
            limits = await tab.settle(RESIZED)
        if not same or await tab.ask(WIDTH) > PHONE[0] + 1:
            limits, scroll = await self._go(tab)
        else:
            scroll = await tab.scroll(1)
        return await self._view(tab, "mobile", PHONE, limits, scroll)

    async def _view(self, tab: Tab, name: str, size: tuple[int, int], limits: tuple[str, ...], scroll: Scroll) -> View:
        camera = Camera(tab, self.lens.folder, f"{self.number}-{name}")
        screenshot, laid = await both(camera.viewport(*size), lay_out(tab))
        view = _view_of(name, size, laid, screenshot, (*limits, *laid.limits))
        if self.page.role is Role.HOME and await self._comes_late(tab, view):
            laid = await lay_out(tab)
            view = _view_of(name, size, laid, screenshot, (*limits, *laid.limits))
        view = replace(view, scroll=scroll, url=clean(tab.page.url))
        pictures = await asyncio.to_thread(self.lens.scout.pictures, self.page, view)
        view = await self.lens.reader.read(tab, view, pictures)
        places = await asyncio.to_thread(self.lens.scout.places, self.page, view)
        shots = await camera.places(places, (laid.width, laid.height), SHARPNESS[name])
        return replace(view, shots=shots, later=await self._later(tab, view))

    async def _comes_late(self, tab: Tab, view: View) -> bool:
        """Whether a home page on which no number was seen shows one some seconds later."""
        if await asyncio.to_thread(self.lens.scout.places, self.page, view):
            return False
        return bool(await tab.wait_until(NUMBERED, min(NUMBER_WAIT, self.lens.settings.later_after)))

    async def _later(self, tab: Tab, view: View) -> Any:
        if not await asyncio.to_thread(self.lens.scout.look_again, view):
            return None
        await tab.ask(TOP)
        await asyncio.sleep(self.lens.settings.later_after)
        return (await lay_out(tab)).tree


def _run_out(limit: asyncio.Timeout) -> None:
    with suppress(RuntimeError):  # it has already
        limit.reschedule(asyncio.get_running_loop().time())


def _view_of(name: str, size: tuple[int, int], laid: Snapshot, shot: Shot | None, limits: tuple[str, ...]) -> View:
    return View(name, *size, laid.width, laid.height, laid.tree, shot, limits=limits)


async def _as_desktop(tab: Tab, scale: float) -> None:
    size = {"width": DESKTOP[0], "height": DESKTOP[1], "deviceScaleFactor": 1, "mobile": False}
    await tab.send("Emulation.setDeviceMetricsOverride", {**size, "scale": scale})


async def _as_phone(tab: Tab, agent: str) -> None:
    """A phone as Chrome's developer tools imitate one.

    One picture pixel a CSS pixel: the layout is told in picture pixels.
    """
    width, height = PHONE
    screen = {"screenWidth": width, "screenHeight": height}
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True, **screen}
    brand = {"platform": "Android", "platformVersion": "10", "architecture": "", "model": "K", "mobile": True}
    told = {"userAgent": agent, "platform": "Linux armv8l", "userAgentMetadata": brand}
    await asyncio.gather(
        tab.send("Emulation.setDeviceMetricsOverride", size),
        tab.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5}),
        tab.send("Emulation.setUserAgentOverride", told),
    )
