"""Sends what opens a site (`crawler.access`) with Scrapy's requests to it, robots.txt included."""

from http.cookies import CookieError, SimpleCookie
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.access import Access


class Opener:
    """A downloader middleware that comes after the one for cookies: what the site has set since wins."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it. Raises NotConfigured where nothing is to be sent."""
        access = crawler.settings["GONGSHI_ACCESS"]
        if not access:
            raise NotConfigured
        return cls(access)

    def process_request(self, request: Request) -> None:
        """Add headers and cookies where the request goes to the site."""
        if not self._access.opens(request.url):
            return
        for name, value in self._access.headers:
            request.headers[name] = value
        known = (request.headers.get("Cookie") or b"").decode("latin-1")
        ours = self._access.cookies_for(request.url, _names(known))
        if ours:
            request.headers["Cookie"] = "; ".join(filter(None, (known, ours)))


def _names(header: str) -> set[str]:
    try:
        return set(SimpleCookie(header))
    except CookieError:
        return set()
