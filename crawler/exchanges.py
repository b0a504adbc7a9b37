"""What goes over the wire, on its way into the archive of a visit (`crawler.archive`)."""

import asyncio
from datetime import UTC, datetime

from playwright.async_api import Error, Page, Request
from scrapy.http import Response

from crawler.archive import Archive, Exchange, Visited
from crawler.capture import SiteCapture
from crawler.store import AUDIT, CAPTURE, SHOTS, SiteFolder

TOLD = frozenset({"accept", "accept-encoding", "accept-language", "host", "origin", "range", "referer", "user-agent"})
"""Headers of requests that are kept, `sec-…` beside: any other may be what opens the site, a cookie, a password."""

SECRET = frozenset({"set-cookie", "set-cookie2"})
"""Headers of answers that are not kept: they may be what keeps the site open."""

_REDIRECTS = range(300, 400)


def of_plain(response: Response) -> Exchange:
    """What Scrapy's downloader asked and got."""
    request = response.request
    asked = request.headers if request else {}
    return Exchange(
        response.url,
        request.method if request else "GET",
        tuple(
            (n.decode("latin-1"), v.decode("latin-1"))
            for n, vs in asked.items()
            for v in vs
            if _is_told(n.decode("latin-1"))
        ),
        response.status,
        tuple(
            (n.decode("latin-1"), v.decode("latin-1"))
            for n, vs in response.headers.items()
            for v in vs
            if n.decode("latin-1").lower() not in SECRET
        ),
        response.body,
        datetime.now(UTC),
    )


class Recorder:
    """Keeps what a page of the browser asks for and gets. Bodies are gone with the page: `finish` comes before."""

    def __init__(self, page: Page, archive: Archive) -> None:
        self._archive = archive
        self._tasks: set[asyncio.Task[None]] = set()
        page.on("requestfinished", self._finished)

    async def finish(self) -> None:
        """Wait until everything that was received is written."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _finished(self, request: Request) -> None:
        if request.url.startswith(("http:", "https:")):
            task = asyncio.ensure_future(self._keep(request, datetime.now(UTC)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _keep(self, request: Request, time: datetime) -> None:
        """Write one exchange; what the browser no longer has is counted."""
        try:
            response = await request.response()
            if response is None:
                return
            asked = await request.headers_array()
            headers = await response.headers_array()
            body = b"" if response.status in _REDIRECTS else await response.body()
        except Error:
            self._archive.lost += 1
            return
        one = Exchange(
            request.url,
            request.method,
            tuple((one["name"], one["value"]) for one in asked if _is_told(one["name"])),
            response.status,
            tuple((one["name"], one["value"]) for one in headers if one["name"].lower() not in SECRET),
            body,
            time,
        )
        await asyncio.to_thread(self._archive.add, one)


def pack(archive: Archive, folder: SiteFolder, capture: SiteCapture, robots: Response | None) -> None:
    """End the archive of a visit: with robots.txt, what was made of the visit, and the pages. Raises OSError."""
    if robots is not None:
        archive.add(of_plain(robots))
    made = [CAPTURE, *([AUDIT] if (folder.path / AUDIT).is_file() else [])]
    made += sorted(path.relative_to(folder.path).as_posix() for path in folder.path.glob(f"{SHOTS}/*"))
    pages = (page for page in capture.pages if page.status is not None)
    archive.pack((Visited(page.final_url or page.url, page.title, page.taken_at) for page in pages), made)


def _is_told(name: str) -> bool:
    return name.lower() in TOLD or name.lower().startswith("sec-")
