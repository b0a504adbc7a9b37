"""How long Scrapy's downloader keeps connections: a visit is soon over, and the next one is to another site."""

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler

IDLE = 3
"""Seconds that a connection waits for a next request. Twisted's 240 would leave those of a whole shard open: more than
the 1,024 files that most systems let a process have."""


class Handler(HTTP11DownloadHandler):
    """Scrapy's own for http and https, with that limit."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.cachedConnectionTimeout = IDLE
