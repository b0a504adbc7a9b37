"""The Scrapy spider of one shard: visits its sites side by side, stores each, and hands it to whoever judges it."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawler.archive import Archive, current
from crawler.browser import BrowserPool, NoBrowserError
from crawler.capture import Reached, SiteCapture
from crawler.clerk import After, Clerk, Desk, Trouble, started, trouble_of
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
    fifths of its rate. Reports one `Done` a site; an item of Scrapy's for each would cost as much as a request.
    """

    name = "gongshi"

    def __init__(self, job: Job, guard: Guard, clerk: Clerk, report: Callable[[Done], object], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.guard = guard
        self.clerk = clerk
        self.report = report

    async def start(self) -> AsyncIterator[Any]:
        """All the work. Yields nothing: Scrapy has nothing to schedule."""
        settings = self.job.settings
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.clerk.at_work())
            gate = await stack.enter_async_context(SocksGate(self.guard, settings.connect_timeout))
            pool = await stack.enter_async_context(BrowserPool(settings, gate.port))
            ocr = stack.enter_context(closing(Ocr()))
            plain = Plain(self.crawler, self.guard, settings)
            rooms = asyncio.Semaphore(2 * settings.pages_at_once)
            shared = SharedChecks(self.job.run)
            told = settings.custody()
            tools = Tools(self.job.run, settings, self.job.scout, self.guard, plain, pool, ocr, shared, rooms, told)
            await side_by_side(self.job.seeds, settings.sites_at_once, lambda seed: self._report(seed, tools))
        requests: tuple[Any, ...] = ()
        for request in requests:
            yield request

    async def _report(self, seed: Seed, tools: Tools) -> None:
        self.report(await self._one(seed, tools))

    async def _one(self, seed: Seed, tools: Tools) -> Done:
        """One site from address to verdict. The only place that catches everything: no site may cost the others."""
        clock, visits = asyncio.get_running_loop().time, self.job.visits + 1
        begun = clock()
        done = Done(seed.url, Reached.OK, 0.0, visits=visits)
        try:
            folder, archive = tools.run.folder(seed.url), None
            known = await asyncio.to_thread(self._known, folder) if folder.path.exists() else None
            if known is None:
                archive = Archive(folder, tools.settings.signature) if tools.settings.archive else None
                current.set(archive)
            capture = known or await visit(seed, tools)
            done = replace(done, reached=capture.reached, because=capture.browser_because)
            seen = None if known else tools.settings.access.scrubbed(capture)
            trouble = await self.clerk.file(seed.url, capture.reached, visits, seen)
            if archive and not trouble:
                robots = tools.plain.robots_answer(capture.pages[0])
                await asyncio.to_thread(pack, archive, folder, capture, robots)
        except NoBrowserError as error:
            trouble = Trouble(str(error), fatal=True)
        except OSError as error:
            trouble = trouble_of(error)
        except Exception as error:
            log.exception("the visit of %s ended unforeseen", seed.url)
            trouble = trouble_of(error)
        if trouble:
            done = replace(done, problem=trouble.words, fatal=trouble.fatal)
        return replace(done, seconds=clock() - begun)

    def _known(self, folder: SiteFolder) -> SiteCapture | None:
        """What was seen of a site before the run was stopped; else its folder is made ready for a visit."""
        folder.tidy()
        if not self.job.again and folder.captured and not folder.unpacked:
            with suppress(StoreError):
                return folder.read()
            folder.retract()
        folder.clear()
        return None


async def side_by_side(seeds: Iterable[Seed], most: int, work: Callable[[Seed], Awaitable[None]]) -> None:
    """Do `work` for each seed, at most so many at a time."""
    left = iter(seeds)

    async def lane() -> None:
        for seed in left:
            await work(seed)

    async with asyncio.TaskGroup() as lanes:
        for _ in range(most):
            lanes.create_task(lane())


def lighten() -> None:
    """Look for garbage more rarely: a layout has a million values, none of it garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def run_shard(job: Job, report: Callable[[Done], object]) -> None:
    """Visit the sites of a shard; returns when all are done. Once a process: Twisted's reactor cannot start again."""
    settings = job.settings
    lighten()
    with started(Desk(job.run, job.after, settings.second_tries + 1)) as clerk:
        guard = Guard(
            Policy(settings.allow_private, settings.networks), dict(settings.hosts), timeout=settings.dns_timeout
        )
        own = {"TWISTED_DNS_RESOLVER": resolver_of(guard), "GONGSHI_ACCESS": settings.access}
        process = AsyncCrawlerProcess(scrapy_settings(settings) | own)
        for name in ("scrapy", "twisted"):  # what they would say of a site is in its reason
            logging.getLogger(name).setLevel(logging.CRITICAL)
        process.crawl(process.create_crawler(SiteSpider), job=job, guard=guard, clerk=clerk, report=report)
        try:
            process.start(install_signal_handlers=False)
        finally:
            guard.close()
