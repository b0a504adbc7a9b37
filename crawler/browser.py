"""Finding a Chromium, and a pool of pages in it.

    async with BrowserPool(settings, gate.port) as pool:
        async with pool.context() as context:  # one a site
            …

Order of the search: `GONGSHI_BROWSER`, the headless shell (2.3 times the page rate of the full browser; the binary
itself, its wrapper does not hand on signals), Chromium, Chrome, Edge, Playwright's own.

Why not scrapy-playwright: one of its requests is one page load, while a capture is a conversation (two viewports,
layout, pictures, a second look) in which every call needs its own limit and what was got must survive the call that
hangs. It also sends every sub-request through Python. Measured for goto, content and one picture, three pages at once,
on 1,500 elements with 300 KB of script: 431, 468, 457 ms of processor time a page directly, 537, 499, 462 ms through
scrapy-playwright.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from playwright.async_api import Browser, BrowserContext, Error, Playwright
from playwright.sync_api import sync_playwright

from crawler import driver, processes
from crawler.settings import CrawlSettings

PATHS = (
    "/usr/lib/chromium/chromium-headless-shell",
    "chrome-headless-shell",
    "/usr/lib/chromium/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)

_LOOK = 1.0  # seconds between two looks at the memory of browsers
_CALL = 20.0  # seconds that a start or an end of a browser may take

NEUTRAL = """
(() => {
  const set = (name, value) => { try { Object.defineProperty(window, name, {value, writable: true}); } catch {} };
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) set(name, () => null);
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) set(name, undefined);
  if (window !== top) return;
  const counters = /hm\\.baidu\\.com|google-analytics|googletagmanager|cnzz\\.com|umeng\\.com|clarity\\.ms/;
  for (const name of ['userAgent', 'userAgentData', 'platform', 'maxTouchPoints']) {
    const of = Object.getOwnPropertyDescriptor(Navigator.prototype, name);
    if (of) Object.defineProperty(Navigator.prototype, name, {...of, get() {
      if (!window.__gongshi_asked && !counters.test(new Error().stack))
        Object.defineProperty(window, '__gongshi_asked', {value: true});
      return of.get.call(this);
    }});
  }
})();
"""
"""Runs first in every frame. Dialogs would stop the page, pop-ups leave it, WebRTC and WebTransport leave the proxy.

It also notes whether the page looks at what tells a phone from a desktop (visitor counters, which all do, left out).
"""


class NoBrowserError(Exception):
    """No browser could be found or started; `zh` and `en` say what was tried and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def candidates(wanted: str | None = None) -> Iterator[str]:
    """Browsers that exist on this machine, best first. A wanted one (option or `GONGSHI_BROWSER`) is the only one."""
    wanted = wanted or os.environ.get("GONGSHI_BROWSER")
    for name in (wanted,) if wanted else PATHS:
        if found := shutil.which(name):
            yield str(Path(found).resolve()) if not wanted else found


def find_browser(playwrights_own: str | None = None, wanted: str | None = None) -> str:
    """Path of the browser to use. Raises NoBrowserError."""
    for found in candidates(wanted):
        return found
    wanted = wanted or os.environ.get("GONGSHI_BROWSER")
    if wanted:
        raise NoBrowserError(
            f"指定的浏览器 {wanted}（GONGSHI_BROWSER）不是可执行文件；请改正或取消该设置。",
            f"The browser {wanted} (GONGSHI_BROWSER) is not an executable file. Correct or unset it.",
        )
    if playwrights_own and Path(playwrights_own).is_file():
        return playwrights_own
    tried = f"GONGSHI_BROWSER, {', '.join(PATHS)}, {playwrights_own or 'Playwright'}"
    raise NoBrowserError(
        f"没有找到浏览器。已尝试：{tried}。请安装（Debian、Ubuntu：apt-get install chromium-headless-shell；"
        "其他系统：playwright install chromium），或将 GONGSHI_BROWSER 设为浏览器路径。",
        f"No browser was found. Tried: {tried}. Install one (Debian, Ubuntu: apt-get install chromium-headless-shell; "
        "elsewhere: playwright install chromium) or set GONGSHI_BROWSER to its path.",
    )


def require_browser(wanted: str | None = None) -> str:
    """Path of the browser that visits would use, asked before any is begun. Raises NoBrowserError."""
    found = next(candidates(wanted), None)
    if found or wanted or os.environ.get("GONGSHI_BROWSER"):
        return find_browser(None, wanted)
    with sync_playwright() as playwright:
        return find_browser(playwright.chromium.executable_path)


def flags(proxy_port: int) -> list[str]:
    """Command-line switches.

    everything through the gate, no name resolved by the browser, nothing that phones home.
    """
    return [
        f"--proxy-server=socks5://127.0.0.1:{proxy_port}",
        "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--disable-quic",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-background-networking",
        "--disable-print-preview",
        "--autoplay-policy=user-gesture-required",
        "--mute-audio",
        "--disable-features=Translate,MediaRouter,OptimizationHints,LocalNetworkAccessChecks,HttpsUpgrades",
    ]


@dataclass(slots=True)
class _Running:
    """One browser process with what it has served."""

    browser: Browser
    pid: int | None  # None: it would not tell
    served: int = 0
    open: int = 0
    memory: int = 0  # bytes that all its processes take, when last looked at

    def look(self, most: int) -> None:
        """Measure the memory. A page whose process takes more than so many bytes crashes: it is killed."""
        taken = {pid: processes.memory(pid) for pid in processes.family(self.pid)} if self.pid else {}
        self.memory = sum(taken.values())
        for pid, memory in taken.items():
            if pid != self.pid and memory > most:
                processes.kill(pid)


class BrowserPool:
    """Hands out fresh contexts, one a site; replaces the browser when it is worn or gone.

    A page is opened only while `turn` is held, so that `pages_at_once` are open.
    """

    def __init__(self, settings: CrawlSettings, proxy_port: int) -> None:
        self.settings = settings
        self.product = ""
        self.version = ""
        self._proxy_port = proxy_port
        self.turn = asyncio.Semaphore(settings.pages_at_once)
        self._lock = asyncio.Lock()
        self._running: _Running | None = None
        self._all: list[_Running] = []
        self._playwright: Playwright | None = None
        self._watcher: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        """Nothing yet: Playwright's driver and the browser start with the first context."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all browsers and the driver."""
        if self._watcher:
            self._watcher.cancel()
        for running in list(self._all):
            await self._end(running)
        if self._playwright:
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(self._playwright.stop(), _CALL)

    @asynccontextmanager
    async def context(self) -> AsyncIterator[BrowserContext]:
        """A fresh context. Raises NoBrowserError, playwright's Error when the browser is gone, TimeoutError."""
        async with self._lock:
            running = await self._current()
            running.open += 1
            running.served += 1
        try:
            context = await asyncio.wait_for(self._context(running.browser), _CALL)
            try:
                yield context
            finally:
                await self._close(context, running)
        finally:
            running.open -= 1
            if running is not self._running and not running.open:
                await self._end(running)

    async def start(self) -> str:
        """Make sure that a browser runs. Returns its product and version. Raises NoBrowserError."""
        async with self._lock:
            await self._current()
        return self.product

    async def _current(self) -> _Running:
        old = self._running
        if old and not self._is_worn(old):
            return old
        browser = await self._launch()
        self._running = _Running(browser, await _pid_of(browser))
        self._all.append(self._running)
        if old and not old.open:
            await self._end(old)
        return self._running

    def _is_worn(self, running: _Running) -> bool:
        return (
            not running.browser.is_connected()
            or running.served >= self.settings.recycle_after
            or running.memory > self.settings.browser_memory
        )

    async def _watch(self) -> None:
        """Look after the memory of the browsers."""
        while True:
            await asyncio.sleep(_LOOK)
            for running in self._all:
                running.look(self.settings.page_memory)

    async def _launch(self) -> Browser:
        if self._playwright is None:
            self._playwright = await driver.start()
            self._watcher = asyncio.ensure_future(self._watch())
        path = find_browser(self._playwright.chromium.executable_path, self.settings.browser)
        try:
            browser = await self._playwright.chromium.launch(
                executable_path=path,
                args=flags(self._proxy_port),
                chromium_sandbox=not is_root(),
                timeout=_CALL * 1000,
                handle_sigint=False,
            )
        except Error as error:
            reason = error.message.splitlines()[0] if error.message else "no reason given"
            raise NoBrowserError(
                f"浏览器 {path} 无法启动：{reason}。请将 GONGSHI_BROWSER 设为另一个浏览器。",
                f"The browser {path} does not start: {reason}. Set GONGSHI_BROWSER to another one.",
            ) from error
        self.version = browser.version
        self.product = f"{'HeadlessChrome' if 'shell' in path else browser.browser_type.name}/{browser.version}"
        return browser

    async def _context(self, browser: Browser) -> BrowserContext:
        context = await browser.new_context(
            no_viewport=True,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            service_workers="block",
            accept_downloads=False,
            ignore_https_errors=self.settings.doubtful_certificates,
            storage_state=self.settings.access.state(),
            user_agent=desktop_agent(browser.version, self.settings),
        )
        await context.add_init_script(NEUTRAL)
        return context

    async def _close(self, context: BrowserContext, running: _Running) -> None:
        """Close a context; a browser that cannot do that in time is given up."""
        try:
            await asyncio.wait_for(context.close(), self.settings.call_timeout)
        except (Error, TimeoutError):
            if running is self._running:
                self._running = None

    async def _end(self, running: _Running) -> None:
        if running in self._all:
            self._all.remove(running)
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(running.browser.close(), self.settings.call_timeout)
        if running.pid:
            processes.kill(running.pid)


async def _pid_of(browser: Browser) -> int | None:
    """The process id of a browser, so that it can be ended when it does not answer any more."""
    try:
        session = await asyncio.wait_for(browser.new_browser_cdp_session(), _CALL)
        told = await asyncio.wait_for(session.send("SystemInfo.getProcessInfo"), _CALL)
        await session.detach()
    except (Error, TimeoutError):
        return None
    return next((int(one["id"]) for one in told["processInfo"] if one["type"] == "browser"), None)


def is_root() -> bool:
    """Whether this process may do everything: Chromium refuses to sandbox itself then."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def desktop_agent(version: str, settings: CrawlSettings) -> str:
    """User agent of the desktop view: what Chrome says, and who asks."""
    major = version.partition(".")[0]
    chrome = (
        f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    )
    return f"{chrome} {settings.signature}"


def phone_agent(version: str, settings: CrawlSettings) -> str:
    """User agent of the phone view: what Chrome on Android says, and who asks."""
    major = version.partition(".")[0]
    phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
    return f"{phone} Chrome/{major}.0.0.0 Mobile Safari/537.36 {settings.signature}"
