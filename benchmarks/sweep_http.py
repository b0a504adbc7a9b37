"""The HTTP stage of a sweep against a bare Scrapy spider that only downloads the same pages, with the same settings.

    python benchmarks/sweep_http.py [--small 1000] [--large 10000] [--rounds 3]

Both ask robots.txt and the home page of every host; ours also decodes, reads, writes `capture.json.zst` and a verdict
of two bytes. Told are sites a second and processor seconds a thousand sites: on a machine that others use too, the
processor time is what compares. Aims: ≥ 0.8 of the bare spider; the rate at the large count ≥ 0.9 of that at the small.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from sweep_farm import FINE, farm, sites

from crawler.guard import Guard, Policy
from crawler.plain import resolver_of
from crawler.scout import NoScout
from crawler.settings import CrawlSettings, scrapy_settings
from crawler.store import SiteFolder
from crawler.sweep import LARGEST_SHARD, sweep

AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Cost:
    """What so many sites took."""

    rate: float  # sites a second
    cpu: float  # processor seconds a thousand sites


SETTINGS = CrawlSettings(
    networks=(ip_network("127.0.0.0/8"),), render="never", max_pages=0, delay=0, sites_at_once=AT_ONCE
)
"""Only the home page, no browser."""


class Bare(Spider):
    """Downloads and forgets."""

    name = "bare"

    def __init__(self, urls: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.got = 0

    async def start(self) -> AsyncIterator[Any]:
        """All addresses."""
        for url in self.urls:
            yield Request(url, callback=self.parse, dont_filter=True)

    def parse(self, response: Any, **_: Any) -> None:
        """Count it."""
        self.got += response.status == 200


def bare(count: int, port: int) -> None:
    """The bare spider, in shards of the same size."""
    guard = Guard(Policy(networks=SETTINGS.networks))
    engine = scrapy_settings(SETTINGS) | {
        "TWISTED_DNS_RESOLVER": resolver_of(guard),
        "CONCURRENT_REQUESTS": AT_ONCE,
    }
    process = AsyncCrawlerProcess(engine)
    crawler = process.create_crawler(Bare)
    process.crawl(crawler, urls=[seed.url for seed in sites(count, port, FINE)])
    process.start(install_signal_handlers=False)
    guard.close()
    spider: Any = crawler.spider
    if spider.got != count:
        raise SystemExit(f"the bare spider got {spider.got} of {count} pages")


def run_bare(count: int, port: int) -> None:
    """In processes of their own, shard by shard."""
    for begin in range(0, count, LARGEST_SHARD):
        size = min(LARGEST_SHARD, count - begin)
        subprocess.run([sys.executable, __file__, "--bare", json.dumps([size, port])], check=True)


def done(folder: SiteFolder) -> None:
    """Instead of a judge."""
    folder.write_audit(b"{}")


def run_ours(count: int, port: int) -> None:
    """A sweep into a folder that goes away."""
    with tempfile.TemporaryDirectory() as tmp:
        results = list(sweep(sites(count, port, FINE), Path(tmp), SETTINGS, NoScout(), done))
    if (fine := sum(one.reached == "ok" and not one.problem for one in results)) != count:
        raise SystemExit(f"the sweep reached {fine} of {count} sites")


def cost(work: Callable[[int, int], None], count: int, port: int) -> Cost:
    """Do it and take the time."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work(count, port)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(count / took, 1000 * cpu / count)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bare", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.bare:
        bare(*asked.bare)
        return
    ratios = []
    with farm() as port:
        for _ in range(asked.rounds):
            least, all_of_it = cost(run_bare, asked.small, port), cost(run_ours, asked.small, port)
            ratios.append(least.cpu / all_of_it.cpu)
            print(
                f"{asked.small} sites: bare {least.rate:.0f}/s, {least.cpu:.1f} s of processor a thousand; ours "
                f"{all_of_it.rate:.0f}/s, {all_of_it.cpu:.1f} s; ratio {all_of_it.rate / least.rate:.2f} by the clock, "
                f"{ratios[-1]:.2f} by the processor",
                flush=True,
            )
        large = cost(run_ours, asked.large, port)
    print(f"median ratio {statistics.median(ratios):.2f} (aim: 0.8)")
    print(
        f"{asked.large} sites: ours {large.rate:.0f}/s, {large.cpu:.1f} s a thousand; against {asked.small} sites "
        f"{all_of_it.cpu / large.cpu:.2f} by the processor, {large.rate / all_of_it.rate:.2f} by the clock (aim: 0.9)"
    )


if __name__ == "__main__":
    main()
