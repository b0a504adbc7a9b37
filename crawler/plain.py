"""Plain HTTP through Scrapy's downloader: one address in, one `PageCapture` or `LinkCheck` out, whatever happens.

Redirects are followed here, not by Scrapy, so that every hop is recorded and checked. Names are resolved by the
guard.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.archive import current
from crawler.capture import Hop, LinkCheck, PageCapture, Reached
from crawler.decode import decode
from crawler.exchanges import of_plain
from crawler.guard import Guard, RefusalError
from crawler.reached import FAILURES, of_answer, of_exception
from crawler.settings import CrawlSettings

HOPS = 10
_TITLE = re.compile(r"<title[^>]*>([^<]{0,2000})", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
_UNKNOWN = frozenset({"", "*/*", "unknown/unknown", "application/unknown", "application/octet-stream"})
"""Types that say nothing: a browser looks at the bytes (mimesniff.spec.whatwg.org, 7)."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@implementer(IHostResolution)
class _Asked:
    """A resolution that is on its way."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to stop: the guard's own limit ends it."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Twisted's resolver of names, address literals included, that asks the guard. Made with `resolver_of`."""

    guard: Guard

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy's way to make it."""
        resolver = cls()
        resolver.reactor = reactor
        return resolver

    reactor: Any  # the running one

    def install_on_reactor(self) -> None:
        """Answer all of the reactor's questions from now on."""
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802  names of Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[Any]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Tell the receiver the addresses that may be connected to; none where the guard refuses, who remembers why."""
        asked = _Asked(hostName)
        resolutionReceiver.resolutionBegan(asked)
        task = asyncio.ensure_future(self._tell(resolutionReceiver, hostName, portNumber))
        task.add_done_callback(lambda _: resolutionReceiver.resolutionComplete())
        return asked

    async def _tell(self, receiver: Any, host: str, port: int) -> None:
        try:
            for address in await self.guard.resolve(host):
                kind = IPv4Address if address.version == 4 else IPv6Address
                receiver.addressResolved(kind("TCP", str(address), port))
        except RefusalError as refusal:
            self.guard.failed(host, port, refusal)


def resolver_of(guard: Guard) -> type[GuardedResolver]:
    """The class to name as Scrapy's `TWISTED_DNS_RESOLVER`."""
    return type("GuardedResolver", (GuardedResolver,), {"guard": guard})


class Plain:
    """Fetches through the downloader of a crawl, its middlewares (robots.txt, retries, delays, cookies) included."""

    def __init__(self, crawler: Crawler, guard: Guard, settings: CrawlSettings) -> None:
        self._crawler = crawler
        self._guard = guard
        self._settings = settings
        self._robots: dict[str, Response] = {}
        crawler.signals.connect(self._received, signal=signals.response_received)

    def robots(self, page: PageCapture) -> str:
        """What robots.txt of the page's host said: "allowed", "disallowed", "none", "unreadable", "ignored"."""
        if not self._settings.obey_robots:
            return "ignored"
        if page.reached is Reached.ROBOTS:
            return "disallowed"
        answer = self.robots_answer(page)
        if answer is None or answer.status >= 500:
            return "unreadable"
        return "none" if answer.status >= 400 else "allowed"

    def robots_answer(self, page: PageCapture) -> Response | None:
        """The robots.txt of the page's host; None where it was not had."""
        return self._robots.get(urlsplit(page.final_url or page.url).netloc)

    def _received(self, response: Response) -> None:
        parts = urlsplit(response.url)
        if parts.path == "/robots.txt":
            self._robots[parts.netloc] = response

    async def page(self, page: PageCapture) -> PageCapture:
        """Fill in what plain HTTP says about a page.

        chain, status, headers, HTML, reason. Raises nothing for what a site does.
        """
        url, chain = page.url, list[Hop]()
        for _ in range(HOPS):
            if urlsplit(url).scheme not in ("http", "https"):
                return replace(page, reached=Reached.SCHEME, detail=url[:200], chain=tuple(chain))
            response = await self._fetch(url)
            if isinstance(response, tuple):
                return replace(page, reached=response[0], detail=response[1], chain=tuple(chain), final_url=url)
            chain.append(Hop(url, response.status, response.meta.get("retry_times", 0)))
            target = redirect_of(response, url)
            if target is None:
                return read(replace(page, final_url=url, chain=tuple(chain)), response)
            url = target
        return replace(page, reached=Reached.REDIRECT_LOOP, detail=f"{HOPS} redirects", chain=tuple(chain))

    async def link(self, url: str, tries: int = 2) -> LinkCheck:
        """Whether an address opens.

        HEAD, then GET where that says no. "Gone" is asked again before it is believed.
        """
        reached, status, count = Reached.TIMEOUT, None, 0
        for method in ("HEAD", *["GET"] * tries):
            reached, status = await self._open(url, method)
            count += method == "GET" or reached is Reached.OK
            if reached is Reached.OK or (method == "GET" and status not in (404, 410)):
                break
        return LinkCheck(url, reached, status, count)

    async def _open(self, url: str, method: str) -> tuple[Reached, int | None]:
        for _ in range(HOPS):
            if urlsplit(url).scheme not in ("http", "https"):
                return Reached.SCHEME, None
            response = await self._fetch(url, method)
            if isinstance(response, tuple):
                return response[0], None
            target = redirect_of(response, url)
            if target is None:
                headers = headers_of(response)
                return of_answer(response.status, dict(headers), url, "<p>it opens</p>")[0], response.status
            url = target
        return Reached.REDIRECT_LOOP, None

    async def _fetch(self, url: str, method: str = "GET") -> Response | tuple[Reached, str]:
        try:
            request = Request(url, method=method, meta={"handle_httpstatus_all": True}, dont_filter=True)
            if self._crawler.engine is None:
                raise RuntimeError("the crawl has ended")
            response = await self._crawler.engine.download_async(request)
            if archive := current.get():
                await asyncio.to_thread(archive.add, of_plain(response))
            return response
        except FAILURES as error:
            return of_exception(error, url, self._guard)


def redirect_of(response: Response, url: str) -> str | None:
    """Where an answer sends its reader; None where it is the end of the way."""
    location = response.headers.get("Location")
    if response.status not in _REDIRECTS or not location:
        return None
    try:
        return urljoin(url, location.decode("utf-8", "replace").strip())
    except ValueError:
        return f"invalid:{location[:100]!r}"


def headers_of(response: Response) -> tuple[tuple[str, str], ...]:
    """Names in lower case, in the order of the answer."""
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )


def read(page: PageCapture, response: Response) -> PageCapture:
    """What the answer at the end of the way says."""
    headers = headers_of(response)
    page = replace(page, status=response.status, headers=headers)
    kind = dict(headers).get("content-type", "")
    if "attachment" in dict(headers).get("content-disposition", "").lower() and response.status < 400:
        return replace(page, reached=Reached.DOWNLOAD, detail=dict(headers)["content-disposition"][:200])
    if response.status < 400 and response.body and not is_html(kind, response.body):
        return replace(page, reached=Reached.NOT_HTML, detail=kind[:100] or "binary")
    html, readable = decode(response.body, kind)
    page = replace(page, html=html, title=title_of(html))
    reached, detail = of_answer(response.status, dict(headers), page.final_url or page.url, html)
    if reached is Reached.OK and not readable:
        reached, detail = Reached.ENCODING, "no encoding fits"
    if reached in (Reached.OK, Reached.EMPTY) and "dataloss" in response.flags:
        reached, detail = Reached.TRUNCATED, f"{len(response.body)} bytes, then nothing"
    return replace(page, reached=reached, detail=detail)


def title_of(html: str) -> str:
    """The title of a page that no browser has seen.

    >>> title_of("<head><title> 星语 &amp; 智聊\\n</title>")
    '星语 & 智聊'
    """
    found = _TITLE.search(html, 0, 200_000)
    return " ".join(unescape(found[1]).split())[:500] if found else ""


def is_html(kind: str, body: bytes) -> bool:
    """Whether an answer is a page, by its media type, else by its first bytes.

    >>> is_html("", b"%PDF-1.7"), is_html("", b" <!doctype html>"), is_html("image/png", b"<html>")
    (False, True, False)
    """
    media = kind.partition(";")[0].strip().lower()
    if body[:5] == b"%PDF-" or body[:4] in (b"PK\x03\x04", b"\x89PNG", b"GIF8") or body[:3] == b"\xff\xd8\xff":
        return False
    return media in _HTML or (media in _UNKNOWN and b"<" in body[:2000])
