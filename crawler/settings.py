"""Everything that decides how sites are visited, in one value, and Scrapy's settings made from it.

The values are recorded with each capture (`Custody.settings`): a capture without them could not be weighed.
"""

from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from crawler.access import PUBLIC, Access

DESKTOP = (1366, 768)
PHONE = (390, 844)


@cache
def gongshi_version() -> str:
    """The installed version, or `0` where the code runs without having been installed."""
    try:
        return version("gongshi")
    except PackageNotFoundError:
        return "0"


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """How to visit sites. Times are seconds, sizes bytes, unless the name says otherwise."""

    contact: str = ""  # address or e-mail of who asks; stands in every user agent
    obey_robots: bool = True
    allow_private: bool = False  # loopback and private addresses may be visited
    networks: tuple[IPv4Network | IPv6Network, ...] = ()  # these ranges may be visited, whatever they are
    hosts: tuple[tuple[str, str], ...] = ()  # name → address, asked before DNS (a site that moves, a test)
    doubtful_certificates: bool = False  # pages whose certificate no browser would trust are judged all the same
    max_pages: int = 8  # beside the home page
    max_clicks: int = 2
    render: str = "auto"  # "auto", "always", "never": which pages the browser sees
    sample: float = 0.0  # share of the sites that need no browser and get one all the same, to see what that misses
    mobile: bool = True
    browser: str | None = None  # path; None: the first one found, see crawler.browser
    sites_at_once: int = 64
    pages_at_once: int = 3  # in one browser
    recycle_after: int = 200  # pages after which a browser is replaced
    browser_memory: int = 2_000_000_000  # of one browser with all its processes, above which it is replaced
    page_memory: int = 1_500_000_000  # of one of its processes, above which that is ended
    delay: float = 0.25  # between two requests to one host
    http_timeout: float = 20.0  # a whole plain exchange
    dns_timeout: float = 8.0
    connect_timeout: float = 10.0
    load_timeout: float = 20.0  # until the load event
    quiet_timeout: float = 6.0  # until network and DOM are quiet
    call_timeout: float = 15.0  # any one browser call
    page_timeout: float = 90.0  # one page in the browser, all views
    site_timeout: float = 600.0  # after which no further page of a site is begun
    reading_timeout: float = 40.0  # the pictures of one view that are read (OCR); the first loads the models
    later_after: float = 5.0  # between the two looks, where the scout asks for a second one
    max_body: int = 8 * 1024 * 1024  # of one answer, unpacked
    max_nodes: int = 100_000  # elements of a page that is still laid out for us
    archive: bool = False  # keep every exchange with the site (WACZ)
    retries: int = 1  # of a plain request that broke off
    access: Access = PUBLIC  # what opens a site that is not public; told by name only
    second_tries: int = 0  # visits, after all others, of sites whose reason may pass (timeout, reset, http-5xx)
    second_after: float = 60.0  # between two visits of such a site

    @property
    def user_agent(self) -> str:
        """What plain requests and robots.txt see."""
        return f"Mozilla/5.0 (compatible; {self.signature})"

    @property
    def signature(self) -> str:
        """The part of every user agent that says who asks."""
        return f"gongshi/{gongshi_version()}" + (f"; +{self.contact}" if self.contact else "")

    def custody(self) -> tuple[tuple[str, str], ...]:
        """Every setting as text, for the capture."""
        return tuple((f.name, _plain(getattr(self, f.name))) for f in fields(self))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join("=".join(v) if isinstance(v, tuple) else str(v) for v in value)
    return str(value)


ENGINE: dict[str, Any] = {
    "ROBOTSTXT_USER_AGENT": "gongshi",
    "CONCURRENT_ITEMS": 4,
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_FAIL_ON_DATALOSS": False,  # what arrived is kept, and called truncated
    "RETRY_EXCEPTIONS": [
        "scrapy.exceptions.DownloadFailedError",
        "scrapy.exceptions.ResponseDataLossError",
        "twisted.internet.error.ConnectionLost",
    ],
    "RETRY_HTTP_CODES": [500, 502, 504],
    "REDIRECT_ENABLED": False,  # crawler.plain follows them, and records each
    "METAREFRESH_ENABLED": False,
    "HTTPPROXY_ENABLED": False,  # a proxy would resolve names behind the guard's back
    "TELNETCONSOLE_ENABLED": False,
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    },
    "DOWNLOAD_HANDLERS": {"http": "crawler.handler.Handler", "https": "crawler.handler.Handler"},
    "DOWNLOADER_STATS": False,
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.robots.Robots": 100,
        "crawler.unpack.Unpacker": 590,  # where Scrapy's own would be
        "crawler.opener.Opener": 750,  # after Scrapy's own for cookies
    },
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
    "EXTENSIONS_BASE": {},  # they count, log and throttle what passes Scrapy's scheduler
    "SPIDER_MIDDLEWARES_BASE": {},  # they look at what a callback returns; there is none
}
"""What is the same for every crawl.

Measured with 20,000 hosts in one process: the defaults fall from 708 to 143 pages/s, because `CONCURRENT_ITEMS` starts
that many tasks for every answer and the default queue looks at every host on every pop; the values here give 406.
"""


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Scrapy's settings for one shard."""
    return ENGINE | {
        "USER_AGENT": settings.user_agent,
        "ROBOTSTXT_OBEY": settings.obey_robots,
        "CONCURRENT_REQUESTS": settings.sites_at_once * 2,
        "DOWNLOAD_DELAY": settings.delay,
        "DOWNLOAD_TIMEOUT": settings.http_timeout,
        "DNS_TIMEOUT": settings.dns_timeout,
        "DOWNLOAD_MAXSIZE": settings.max_body,
        "RETRY_TIMES": settings.retries,
    }
