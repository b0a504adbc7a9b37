"""robots.txt as Scrapy reads it, asked again where its first answer was no answer."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser


class Robots(RobotsTxtMiddleware):
    """Scrapy keeps one answer for a host, whatever the scheme: a site without https would never be asked by http."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._failed: set[str] = set()

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of a host; None where it has none. What failed under https is asked once more under http."""
        parts = urlsplit(request.url)
        if parts.scheme == "http" and parts.netloc in self._failed:
            self._failed.discard(parts.netloc)
            self._parsers.pop(parts.netloc, None)
        parser = await super().robot_parser(request)
        if parser is None and parts.scheme == "https":
            self._failed.add(parts.netloc)
        return parser
