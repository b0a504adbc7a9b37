"""The HTTP stage of a sweep against a bare Scrapy spider that only downloads the same pages, with the same settings.

    python benchmarks/sweep_http.py [--small 2000] [--large 20000] [--rounds 3] [--folder DIR]

Both ask robots.txt and the home page of every host, no two of which are alike, in one process at a time; ours also
knocks, decodes and reads, and its clerk, a process beside it, writes `capture.json.zst` and a verdict of two bytes,
then, in a sweep of its own, the verdict that the auditor gives. Told are sites a second and processor seconds a
thousand sites, those of the clerk and of the process that hands out the shards included. Aims: ≥ 0.8 of the rate of the
bare spider; the rate at the large count ≥ 0.9 of that at the small.

The runs are kept in `--folder` (that of temporary files by default) until the end, for ext4 takes 0.75 ms to create a
file where thousands were deleted in the last five minutes, not 0.02: after other benchmarks, name another folder.
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
from dataclasses import dataclass, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from sweep_farm import FINE, farm, sites

from auditor.scout import NumberScout
from crawler.clerk import After
from crawler.guard import Guard, Policy
from crawler.plain import resolver_of
from crawler.scout import NoScout, Scout
from crawler.settings import CrawlSettings, scrapy_settings
from crawler.store import SiteFolder
from crawler.sweep import LARGEST_SHARD, sweep
from gongshi import Judge

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


def run_bare(count: int, port: int, _: Path) -> None:
    """In processes of their own, shard by shard."""
    for begin in range(0, count, LARGEST_SHARD):
        size = min(LARGEST_SHARD, count - begin)
        subprocess.run([sys.executable, __file__, "--bare", json.dumps([size, port])], check=True)


def done(folder: SiteFolder) -> None:
    """Instead of a judge."""
    folder.write_audit(b"{}")


def run_ours(count: int, port: int, run: Path) -> None:
    """A sweep, with verdicts of two bytes."""
    _sweep(count, port, run, SETTINGS, NoScout(), done)


def run_all(count: int, port: int, run: Path) -> None:
    """A sweep as the command does it: what is worth a browser is looked for, and every site is judged."""
    _sweep(count, port, run, replace(SETTINGS, render="auto"), NumberScout(), Judge(None, None))


def _sweep(count: int, port: int, run: Path, settings: CrawlSettings, scout: Scout, after: After) -> None:
    results = sweep(sites(count, port, FINE), run, settings, scout, after)
    if (fine := sum(one.reached == "ok" and not one.problem for one in results)) != count:
        raise SystemExit(f"the sweep reached {fine} of {count} sites")


def cost(work: Callable[[int, int, Path], None], count: int, port: int, folder: Path) -> Cost:
    """Do it into a new folder, and take the time."""
    run = Path(tempfile.mkdtemp(dir=folder))
    before, begun = _processor(), time.perf_counter()
    work(count, port, run)
    took = time.perf_counter() - begun
    return Cost(count / took, 1000 * (_processor() - before) / count)


def _processor() -> float:
    """Seconds that this process and those that it waited for have used."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def told(name: str, count: int, one: Cost) -> str:
    """A line for people."""
    return f"{count} sites, {name}: {one.rate:.0f}/s, {one.cpu:.1f} s of processor a thousand"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", type=int, default=2000)
    parser.add_argument("--large", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--bare", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.bare:
        bare(*asked.bare)
        return
    clock, processor, ours = [], [], []
    with farm() as port, tempfile.TemporaryDirectory(dir=asked.folder) as tmp:
        folder = Path(tmp)
        for _ in range(asked.rounds):
            least = cost(run_bare, asked.small, port, folder)
            ours.append(cost(run_ours, asked.small, port, folder))
            clock.append(ours[-1].rate / least.rate)
            processor.append(least.cpu / ours[-1].cpu)
            print(told("bare", asked.small, least), told("ours", asked.small, ours[-1]), sep="\n", flush=True)
        print(told("ours with verdicts", asked.small, cost(run_all, asked.small, port, folder)), flush=True)
        large = cost(run_ours, asked.large, port, folder)
    print(told("ours", asked.large, large))
    print(
        f"ours against bare, median: {statistics.median(processor):.2f} by the processor, "
        f"{statistics.median(clock):.2f} by the clock (aim: 0.8)"
    )
    print(
        f"{asked.large} sites against {asked.small}: "
        f"{statistics.median(one.cpu for one in ours) / large.cpu:.2f} by the processor, "
        f"{large.rate / statistics.median(one.rate for one in ours):.2f} by the clock (aim: 0.9)"
    )


if __name__ == "__main__":
    main()
