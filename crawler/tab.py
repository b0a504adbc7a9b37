"""One page of the browser, with a limit around every call: going somewhere, waiting until it is quiet, asking it."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from msgspec import Raw
from playwright.async_api import BrowserContext, CDPSession, ConsoleMessage, Error, Frame, Page, Request, Response
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from crawler.archive import current
from crawler.capture import Hop, Reached, Scroll
from crawler.driver import answer_of
from crawler.exchanges import Recorder
from crawler.settings import CrawlSettings

S = TypeVar("S")
T = TypeVar("T")

_STEP = 0.03  # seconds between two looks at the network
_QUIET = 0.15  # seconds without a change that count as quiet
_ENDLESS = frozenset({"eventsource", "websocket", "media", "ping"})  # requests that may stay open for ever
_HOPS = 30
_ABORTED = "ERR_ABORTED"
TRIES = 3  # for a question that a page leaves open by moving on

_WORLD = "gongshi"

STIRS = """
globalThis.stirred ??= (() => {
  const at = {last: performance.now(), grown: performance.now(), scrolled: undefined};
  new MutationObserver(changes => {
    at.last = performance.now();
    if (changes.some(change => change.type === 'childList')) at.grown = at.last;
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  return at;
})();
"""
"""Runs first in every document, out of reach of its scripts: notes when it last changed, and got or lost nodes."""

DOM_QUIET = (
    STIRS
    + """
new Promise(done => {
  const until = performance.now() + LIMIT;
  const look = () => {
    const now = performance.now(), left = stirred.last + QUIET - now;
    if (left <= 0) done(true);
    else if (now > until) done(false);
    else setTimeout(look, Math.min(left, Math.max(0, until - now) + 1));
  };
  look();
})
"""
)

SCROLL = (
    STIRS
    + """
(async () => {
  const page = document.scrollingElement || document.documentElement;
  if (!page) return JSON.stringify({rounds: 0, heights: [0], settled: true});
  const room = e => e.scrollHeight - e.clientHeight;
  let it = page;
  if (room(page) < 8)
    for (const e of document.querySelectorAll('div,main,section,body,ul,article'))
      if (room(e) > 8 && e.clientHeight > innerHeight / 2 && room(e) > room(it))
        if (/auto|scroll/.test(getComputedStyle(e).overflowY)) it = e;
  const pause = time => new Promise(done => setTimeout(done, time));
  const frame = () => new Promise(done => {
    const late = setTimeout(done, 60);
    requestAnimationFrame(() => { clearTimeout(late); setTimeout(done); });
  });
  const heights = [it.scrollHeight], until = performance.now() + LIMIT;
  let settled = false, rounds = 0, moved = false;
  const seen = new MutationObserver(() => { moved = true; });
  seen.observe(document, {subtree: true, childList: true, attributes: true});
  while (rounds < ROUNDS && performance.now() < until) {
    const steps = Math.min(STEPS, Math.ceil(room(it) / Math.max(200, 2 * it.clientHeight)));
    for (let i = 1; i <= steps; i++) { it.scrollTo({top: room(it) * i / steps, behavior: 'instant'}); await frame(); }
    await pause(30);
    if (moved) await pause(WAIT);
    heights.push(it.scrollHeight);
    if (it.scrollHeight <= heights.at(-2)) { settled = true; break; }
    rounds++;
  }
  seen.disconnect();
  it.scrollTo({top: 0, behavior: 'instant'});
  await frame();
  const fades = document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished);
  await Promise.race([Promise.allSettled(fades), pause(1500)]);
  stirred.scrolled = performance.now();
  return JSON.stringify({rounds, heights, settled});
})()
"""
)

TOP = "void scrollTo({top: 0, behavior: 'instant'})"
END = "scrollTo({top: 1e9, behavior: 'instant'}), (document.documentElement || {}).scrollHeight || 0"

GREW = f"{STIRS} !(stirred.grown <= stirred.scrolled)"
"""Whether the document got nodes since it was scrolled, or is another one."""


class CallError(Exception):
    """A page that could not be opened or asked: the reason and the browser's words."""

    def __init__(self, reason: Reached, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Tab:
    """A page in a context of its own. Make it with `Tab.open`."""

    def __init__(self, page: Page, cdp: CDPSession, settings: CrawlSettings) -> None:
        self.page = page
        self.cdp = cdp
        self.settings = settings
        self.hops: list[Hop] = []
        self.response: Response | None = None
        self.lost: tuple[str, str] | None = None  # address and failure of the last way that led nowhere
        self.console_errors = 0
        self.crashed = False
        self.recorder: Recorder | None = None
        self._open: set[Request] = set()
        self._moved = time.monotonic()
        self._frame = ""
        self._world: int | None = None  # of our own scripts in the document that is open, where it was made

    @classmethod
    async def open(cls, context: BrowserContext, settings: CrawlSettings) -> "Tab":
        """A new page. Raises CallError."""
        page = await limited(context.new_page(), settings.call_timeout)
        cdp = await limited(context.new_cdp_session(page), settings.call_timeout)
        tab = cls(page, cdp, settings)
        tab._listen(context)
        await tab._admit()
        if archive := current.get():
            tab.recorder = Recorder(page, archive)
        first = {"source": STIRS, "worldName": _WORLD}
        _, tree = await both(tab.send("Page.addScriptToEvaluateOnNewDocument", first), tab.send("Page.getFrameTree"))
        tab._frame = tree["frameTree"]["frame"]["id"]
        return tab

    @property
    def still(self) -> bool:
        """Whether the document runs no scripts (`sandbox`, W3C CSP 3, 6.3.2): it stays, and no timer of ours rings."""
        told = self.response.headers.get("content-security-policy", "").lower() if self.response else ""
        rules = (rule.split() for rule in re.split(r"[;,\n]", told) if rule.strip())
        return any(rule[0] == "sandbox" and "allow-scripts" not in rule for rule in rules)

    async def wait_until(self, script: str, seconds: float) -> Any:
        """The value of a promise that looks again and again for so many seconds (`LIMIT`, told in milliseconds).

        None at once in a document that does not change. Raises CallError.
        """
        limit = min(seconds, self.settings.call_timeout - 1)
        return None if self.still else await self.ask(script.replace("LIMIT", str(int(limit * 1000))))

    async def send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """One call of the DevTools protocol. Raises CallError."""
        return await ask(self.cdp, method, params or {}, self.settings.call_timeout)

    async def ask(self, script: str) -> Any:
        """The value of an expression, evaluated out of reach of the page's own scripts. Raises CallError.

        Asked again where the page has moved on to another document meanwhile.
        """
        for _ in range(TRIES - 1):
            try:
                return await self._ask(script)
            except CallError as error:
                if error.reason is Reached.TIMEOUT or self.crashed:
                    raise
                self._world = None
                await asyncio.sleep(_QUIET)
        return await self._ask(script)

    async def _ask(self, script: str) -> Any:
        """As `ask`, in the world that was made for the last question, if the document is the same still."""
        if self._world is None:
            self._world = await self._own_world(self._frame)
        world = self._world
        value = await self._evaluate(script, {"contextId": world})
        if self._world != world:
            raise CallError(Reached.BROWSER_CRASH, "the page has moved on")
        return value

    async def _own_world(self, frame: str) -> int:
        asked = {"frameId": frame, "worldName": _WORLD}
        return int((await self.send("Page.createIsolatedWorld", asked))["executionContextId"])

    async def ask_frame(self, frame: str, script: str) -> Any:
        """The value of an expression in a frame, by its id, out of reach of the page's own scripts. Raises CallError.

        A frame that lives in another process is not found.
        """
        if frame == self._frame:
            return await self._ask(script)
        return await self._evaluate(script, {"contextId": await self._own_world(frame)})

    async def ask_page(self, script: str) -> Any:
        """The value of an expression in the world of the page's own scripts. Raises CallError."""
        return await self._evaluate(script, {})

    async def _evaluate(self, script: str, where: dict[str, Any]) -> Any:
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True, **where}
        answer = await self.send("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            words = str(answer["exceptionDetails"].get("text", "a script failed"))[:300]
            raise CallError(Reached.BROWSER_CRASH, words)
        return answer["result"].get("value")

    async def go(self, url: str) -> tuple[str, ...]:
        """Open an address and wait until it is loaded.

        Returns the limits that ran out ("load"). Raises CallError.
        """
        self.hops.clear()
        self._open.clear()
        limit = self.settings.load_timeout
        try:
            await limited(self.page.goto(url, wait_until="commit", timeout=limit * 1000), limit + 5)
        except CallError as error:
            if not re.search(f"{_ABORTED}|interrupted", error.detail):
                raise
            await asyncio.sleep(_QUIET)  # a script has sent the page elsewhere; where to is seen when it is there
        try:
            await limited(self.page.wait_for_load_state("load", timeout=limit * 1000), limit + 5)
        except CallError as error:
            if error.reason is not Reached.TIMEOUT:
                raise
            return ("load",)
        return ()

    async def settle(self, quiet: float = _QUIET) -> tuple[str, ...]:
        """Wait until network and DOM have been quiet for so many seconds since the last change.

        Returns the limits that ran out ("network", "dom"). Raises CallError.
        """
        network, dom = await asyncio.gather(self._network_quiet(quiet), self._dom_quiet(quiet))
        return tuple(name for name, quiet in (("network", network), ("dom", dom)) if not quiet)

    async def scroll(self, steps: int) -> Scroll:
        """Scroll to the end in so many steps at most, again while it moves away (five times), then back to the top.

        The steps let a page show what it shows only when it comes into view, and transitions that this began (footers
        that fade in) are waited for. Raises CallError.
        """
        if self.still:
            return await self._scroll_still()
        values = {"LIMIT": int(self.settings.quiet_timeout * 1000), "ROUNDS": 5, "STEPS": steps, "WAIT": 250}
        script = SCROLL
        for name, value in values.items():
            script = script.replace(name, str(value))
        found = json.loads(await self.ask(script))
        return Scroll(int(found["rounds"]), tuple(float(h) for h in found["heights"]), bool(found["settled"]))

    async def _scroll_still(self) -> Scroll:
        """As `scroll`, without a timer of the document's."""
        height = float(await self.ask(END))
        await asyncio.sleep(_QUIET)
        await self.ask(TOP)
        return Scroll(0, (height,), True)

    async def grew(self) -> bool:
        """Whether the page got anything new since it was scrolled. Raises CallError."""
        return not self.still and bool(await self.ask(GREW))

    async def _network_quiet(self, quiet: float) -> bool:
        until = time.monotonic() + self.settings.quiet_timeout
        while (now := time.monotonic()) < until:
            left = self._moved + quiet - now
            if not self._open and left <= 0:
                return True
            await asyncio.sleep(_STEP if self._open else left)
        return False

    async def _dom_quiet(self, quiet: float) -> bool:
        if self.still:
            return True
        limit = min(self.settings.quiet_timeout, self.settings.call_timeout - 1)
        script = DOM_QUIET
        for name, seconds in (("QUIET", quiet), ("LIMIT", limit)):
            script = script.replace(name, str(int(seconds * 1000)))
        return bool(await self.ask(script))

    def _listen(self, context: BrowserContext) -> None:
        self.page.on("request", self._began)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)
        self.page.on("framenavigated", self._moved_on)
        self.page.on("crash", self._crash)
        self.page.on("pageerror", self._erred)
        self.page.on("console", self._said)
        self._others: set[asyncio.Task[None]] = set()
        context.on("page", self._other)

    async def _admit(self) -> None:
        """Have the browser ask before each request, where a site needs headers that no other may see."""
        if self.settings.access.headers:
            self.cdp.on("Fetch.requestPaused", lambda event: self._side(self._let_go(event)))
            await self.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    async def _let_go(self, paused: dict[str, Any]) -> None:
        with suppress(CallError):  # the page has gone on without it
            await self.send("Fetch.continueRequest", self.settings.access.continued(paused))

    def _began(self, request: Request) -> None:
        self._moved = time.monotonic()
        if request.resource_type not in _ENDLESS:
            self._open.add(request)

    def _ended(self, request: Request) -> None:
        self._moved = time.monotonic()
        self._open.discard(request)

    def _failed(self, request: Request) -> None:
        self._ended(request)
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            failure = request.failure or ""
            if _ABORTED not in failure:  # it only gave way to another
                self.lost = request.url, failure

    def _answered(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and response.frame == self.page.main_frame and len(self.hops) < _HOPS:
            self.hops.append(Hop(response.url, response.status))
            self.response = response

    def _moved_on(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self._world = None

    def _crash(self, _: Page) -> None:
        self.crashed = True

    def _said(self, message: ConsoleMessage) -> None:
        self.console_errors += message.type == "error"

    def _erred(self, _: object) -> None:
        self.console_errors += 1

    def _other(self, other: Page) -> None:
        """A pop-up: close it."""
        self._side(_close(other))

    def _side(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._others.add(task)
        task.add_done_callback(self._others.discard)


async def ask(session: CDPSession, method: str, params: dict[str, Any], seconds: float) -> dict[str, Any]:
    """One call of the DevTools protocol. Raises CallError.

    Asks the object behind Playwright's session: the session itself walks through every answer, value by value, in
    search of Playwright's own objects. For the 240,000 values of a layout that takes as long as the browser needs to
    make it (60 ms).
    """
    return answer_of(await ask_unread(session, method, params, seconds))


async def ask_unread(session: CDPSession, method: str, params: dict[str, Any], seconds: float) -> dict[str, Any] | Raw:
    """As `ask`, the answer as it came where it is long. Raises CallError."""
    told: dict[str, Any] | Raw = await limited(session._impl_obj.send(method, params, None), seconds)
    return told


async def _close(page: Page) -> None:
    try:
        await asyncio.wait_for(page.close(), 5)
    except (Error, TimeoutError):
        return


async def both(one: Coroutine[Any, Any, S], other: Coroutine[Any, Any, T]) -> tuple[S, T]:
    """Two things at the same time. Raises what the first one that fails raises; the other is ended."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = group.create_task(one), group.create_task(other)
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return tasks[0].result(), tasks[1].result()


async def limited(call: Awaitable[T], seconds: float) -> T:
    """Await a call of the browser for so long. Raises CallError."""
    try:
        return await asyncio.wait_for(call, seconds)
    except (TimeoutError, PlaywrightTimeoutError) as error:
        raise CallError(Reached.TIMEOUT, f"no answer of the browser in {seconds:g} s") from error
    except Error as error:
        words = (error.message or type(error).__name__).splitlines()[0][:300]
        raise CallError(Reached.BROWSER_CRASH, words) from error
