"""The Scrapy spider of one shard: visits its sites side by side, stores each, and hands it to whoever judges it."""

import asyncio
import errno
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess

from crawler.again import Marks
from crawler.archive import Archive, current
from crawler.browser import BrowserPool, NoBrowserError
from crawler.capture import Reached, SiteCapture
from crawler.exchanges import pack
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.hosts import SharedChecks
from crawler.ocr import Ocr
from crawler.plain import Plain, resolver_of
from crawler.scout import Scout
from crawler.settings import CrawlSettings, scrapy_settings
from crawler.site import Tools, visit
from crawler.store import Run, SiteFolder, StoreError
from seeds.model import Seed

After = Callable[[SiteFolder], None]
FATAL = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOTDIR}
)
"""Errors of the disk after which no other site would fare better."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """One site that is finished."""

    url: str  # as in the seed
    reached: Reached
    seconds: float
    problem: str = ""  # what gongshi itself could not do: the capture or the verdict is missing
    fatal: bool = False  # this machine can do no site more
    visits: int = 1  # of this site, with this one
    because: str = ""  # why a browser looked at it


@dataclass(frozen=True, slots=True)
class Job:
    """What a shard is to do, and with what."""

    seeds: tuple[Seed, ...]
    run: Run
    settings: CrawlSettings
    scout: Scout
    after: After
    visits: int = 0  # that were made of each of these sites before
    again: bool = False  # the sites have a verdict, which this visit is to replace
    rest: bool = False  # what a worker that died left undone


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
            rooms = asyncio.Semaphore(2 * settings.pages_at_once)
            shared = SharedChecks(self.job.run)
            told = settings.custody()
            tools = Tools(self.job.run, settings, self.job.scout, self.guard, plain, pool, ocr, shared, rooms, told)
            async for done in side_by_side(self.job.seeds, settings.sites_at_once, lambda seed: self._one(seed, tools)):
                yield done

    async def _one(self, seed: Seed, tools: Tools) -> Done:
        """One site from address to verdict. The only place that catches everything: no site may cost the others."""
        clock, visits = asyncio.get_running_loop().time, self.job.visits + 1
        begun = clock()
        done = Done(seed.url, Reached.OK, 0.0, visits=visits)
        try:
            capture, archive = await self._captured(seed, tools)
            done = replace(done, reached=capture.reached, because=capture.browser_because)
            await asyncio.to_thread(self._store, seed, capture, visits)
            if archive:
                robots = tools.plain.robots_answer(capture.pages[0])
                await asyncio.to_thread(pack, archive, tools.run.folder(seed.url), capture, robots)
        except NoBrowserError as error:
            done = replace(done, problem=str(error), fatal=True)
        except OSError as error:
            fatal = error.errno in FATAL
            words = f"{error.strerror} {error.filename or ''}".strip() if fatal else f"{type(error).__name__}: {error}"
            done = replace(done, problem=words, fatal=fatal)
        except Exception as error:
            log.exception("the visit of %s ended unforeseen", seed.url)
            done = replace(done, problem=f"{type(error).__name__}: {error}")
        return replace(done, seconds=clock() - begun)

    async def _captured(self, seed: Seed, tools: Tools) -> tuple[SiteCapture, Archive | None]:
        """What was seen of a site: now, or before the run was stopped; and the open archive of a visit made now."""
        folder = tools.run.folder(seed.url)
        await asyncio.to_thread(folder.tidy)
        if not self.job.again and folder.captured and not folder.unpacked:
            with suppress(StoreError):
                return await asyncio.to_thread(folder.read), None
            folder.retract()
        if folder.path.exists():
            await asyncio.to_thread(folder.clear)
        archive = Archive(folder, tools.settings.signature) if tools.settings.archive else None
        current.set(archive)
        capture = await visit(seed, tools)
        await asyncio.to_thread(folder.write, self.job.settings.access.scrubbed(capture))
        return capture, archive

    def _store(self, seed: Seed, capture: SiteCapture, visits: int) -> None:
        """Store a capture and hand it to whoever judges it, between the notes on whether the site is visited again."""
        folder, marks, most = self.job.run.folder(seed.url), Marks(self.job.run), self.job.settings.second_tries + 1
        if self.job.again or not folder.captured:
            folder.write(capture)
        marks.note(seed.url, capture.reached, visits, most)
        self.job.after(folder)
        marks.settle(seed.url, capture.reached, visits, most)


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
