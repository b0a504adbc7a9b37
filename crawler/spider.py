"""The Scrapy spider of one shard: visits its sites side by side, stores each, and hands it to whoever judges it."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess

from crawler.archive import Archive, current
from crawler.browser import BrowserPool
from crawler.capture import Reached
from crawler.exchanges import pack
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.ocr import Ocr
from crawler.plain import Plain, resolver_of
from crawler.scout import Scout
from crawler.settings import CrawlSettings, scrapy_settings
from crawler.site import Tools, visit
from crawler.store import Run, SiteFolder
from seeds.model import Seed

After = Callable[[SiteFolder], None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """One site that is finished."""

    url: str  # as in the seed
    reached: Reached
    seconds: float
    problem: str = ""  # what gongshi itself could not do: the capture or the verdict is missing


@dataclass(frozen=True, slots=True)
class Job:
    """What a shard is to do, and with what."""

    seeds: tuple[Seed, ...]
    run: Run
    settings: CrawlSettings
    scout: Scout
    after: After


class SiteSpider(Spider):
    """Visits at most `sites_at_once` sites at a time; each is one coroutine whose requests go through Scrapy's
    downloader.

    So Scrapy's scheduler never holds more than what is being visited: one scheduler over 20,000 hosts loses four
    fifths of its rate. Yields one `Done` a site.
    """

    name = "gongshi"

    def __init__(self, job: Job, guard: Guard, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.guard = guard

    async def start(self) -> AsyncIterator[Any]:
        """All the work; Scrapy takes the results as items."""
        settings = self.job.settings
        async with AsyncExitStack() as stack:
            gate = await stack.enter_async_context(SocksGate(self.guard, settings.connect_timeout))
            pool = await stack.enter_async_context(BrowserPool(settings, gate.port))
            ocr = stack.enter_context(closing(Ocr()))
            plain = Plain(self.crawler, self.guard, settings)
            tools = Tools(self.job.run, settings, self.job.scout, self.guard, plain, pool, ocr)
            async for done in side_by_side(self.job.seeds, settings.sites_at_once, lambda seed: self._one(seed, tools)):
                yield done

    async def _one(self, seed: Seed, tools: Tools) -> Done:
        """One site from address to verdict. The only place that catches everything: no site may cost the others."""
        begun = asyncio.get_running_loop().time()
        folder = tools.run.folder(seed.url)
        reached, problem = Reached.OK, ""
        try:
            archive = Archive(folder, tools.settings.signature) if tools.settings.archive else None
            current.set(archive)
            capture = await visit(seed, tools)
            reached = capture.reached
            await asyncio.to_thread(folder.write, self.job.settings.access.scrubbed(capture))
            await asyncio.to_thread(self.job.after, folder)
            if archive:
                await asyncio.to_thread(pack, archive, folder, capture, tools.plain.robots_answer(capture.pages[0]))
        except OSError as error:
            reached, problem = reached, f"{type(error).__name__}: {error}"
        except Exception as error:
            log.exception("the visit of %s ended unforeseen", seed.url)
            problem = f"{type(error).__name__}: {error}"
        return Done(seed.url, reached, asyncio.get_running_loop().time() - begun, problem)


async def side_by_side(seeds: Iterable[Seed], most: int, work: Callable[[Seed], Any]) -> AsyncIterator[Done]:
    """Run `work` for each seed, at most so many at a time. Yields results as they come."""
    left = iter(seeds)
    tasks: set[asyncio.Task[Done]] = set()
    try:
        while True:
            while len(tasks) < most and (seed := next(left, None)) is not None:
                tasks.add(asyncio.ensure_future(work(seed)))
            if not tasks:
                return
            ended, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                yield task.result()
    finally:
        for task in tasks:
            task.cancel()


def lighten() -> None:
    """Look for garbage more rarely: a layout has a million values, none of it garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def run_shard(job: Job, report: Callable[[Done], object]) -> None:
    """Visit the sites of a shard; returns when all are done. Once a process: Twisted's reactor cannot start again."""
    settings = job.settings
    policy = Policy(settings.allow_private, settings.networks)
    guard = Guard(policy, dict(settings.hosts), timeout=settings.dns_timeout)
    lighten()
    engine = scrapy_settings(settings) | {"TWISTED_DNS_RESOLVER": resolver_of(guard), "GONGSHI_ACCESS": settings.access}
    process = AsyncCrawlerProcess(engine)
    for name in ("scrapy", "twisted"):  # what they would say of a site is in its reason
        logging.getLogger(name).setLevel(logging.CRITICAL)
    crawler = process.create_crawler(SiteSpider)

    def scraped(item: Done) -> None:
        report(item)

    crawler.signals.connect(scraped, signal=signals.item_scraped)
    process.crawl(crawler, job=job, guard=guard)
    try:
        process.start(install_signal_handlers=False)
    finally:
        guard.close()
