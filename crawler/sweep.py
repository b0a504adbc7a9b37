"""Sweeps: shards of seeds in worker processes, results as they come, nothing lost, nothing done twice.

    for done in sweep(seeds, Path("run"), settings, scout, after):
        print(done.url, done.reached)

`after(folder)` is called by the worker's clerk (`crawler.clerk`) when a capture is stored; it judges and writes
`audit.json` last. Sites that have one are skipped, so the same call goes on where an earlier one was stopped; a site
that was captured but not judged is only judged. `scout` and `after` must be picklable.

When all is done, sites whose failure may pass are visited again, `second_tries` times at most and `second_after`
seconds apart.
"""

import errno
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawler import hosts
from crawler.again import Marks
from crawler.capture import Reached
from crawler.clerk import After
from crawler.scout import Scout
from crawler.settings import CrawlSettings
from crawler.spider import Done, Job
from crawler.store import Run, site_name
from crawler.worker import Worker, start, sweep_up, wait_for_any
from seeds.model import Seed

LARGEST_SHARD = 2000
SMALLEST_SHARD = 8
_POLL = 0.2  # seconds
_SILENCE = 3.0  # times the limit of a site that a worker may be silent before it counts as hung

Engine = Callable[[Sequence[Job]], Iterator[Done]]
"""Does jobs side by side and yields a `Done` for each of their sites as it comes; closing it ends all that it began."""

log = logging.getLogger(__name__)


class MachineError(OSError):
    """This machine stopped the sweep: no room on the disk, no browser. The run can be resumed once that is mended."""


def sweep(
    seeds: Iterable[Seed],
    run: Path,
    settings: CrawlSettings,
    scout: Scout,
    after: After,
    workers: int = 1,
    engine: Engine | None = None,
) -> Iterator[Done]:
    """Visit all sites that have no verdict yet. Yields one `Done` a visit, in the order in which they end.

    Closing the iterator, or an interrupt, ends the workers at once and leaves a folder that can be resumed.

    Args:
        seeds: what to visit; a site that stands in it twice is visited once.
        run: the folder.
        settings: how.
        scout: what is asked while a page is open.
        after: judges what was captured.
        workers: how many shards are worked on at a time.
        engine: who does the shards; processes of this machine by default.

    Raises:
        MachineError: this machine can do no more.
        OSError: processes cannot be started, the folder cannot be read.
    """
    listed, place = list(seeds), Run(run)
    hosts.tidy(place)
    sweep_up()
    work = engine or Local(workers)
    job = Job((), place, settings, scout, after)
    yield from _checked(work(cut(job, pending(listed, place), workers)))
    for visits in range(1, settings.second_tries + 1):
        marks = Marks(place)
        again = marks.of(listed).get(visits, [])
        if again:
            time.sleep(marks.wait_of(again, settings.second_after))
            yield from _checked(work(cut(replace(job, visits=visits, again=True), again, workers)))


def pending(seeds: Iterable[Seed], run: Run) -> list[Seed]:
    """The seeds whose sites have no verdict yet, each site once."""
    first = {site_name(seed.url): seed for seed in reversed(list(seeds))}
    return [seed for seed in reversed(first.values()) if not run.done(seed.url)]


def due(seeds: Iterable[Seed], run: Run) -> int:
    """How many sites are still to be visited, for the first time or again. Raises OSError."""
    listed = list(seeds)
    return len(pending(listed, run)) + sum(map(len, Marks(run).of(listed).values()))


def cut(job: Job, seeds: Sequence[Seed], workers: int) -> list[Job]:
    """Shards of seeds: small enough that all workers have something to do, large enough to be worth a process."""
    parts = workers * 2 if workers > 1 else 1
    size = max(SMALLEST_SHARD, min(LARGEST_SHARD, -(-len(seeds) // parts)))
    return [replace(job, seeds=tuple(seeds[begin : begin + size])) for begin in range(0, len(seeds), size)]


def _checked(results: Iterator[Done]) -> Iterator[Done]:
    for done in results:
        yield done
        if done.fatal:
            raise MachineError(errno.EIO, done.problem)


@dataclass(slots=True)
class Local:
    """Does jobs in worker processes of this machine."""

    workers: int
    fresh: list[Job] = field(default_factory=list)
    rests: list[Job] = field(default_factory=list)  # what dead workers left, for a second try by another

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Done]:
        """Do them all. Yields results as they come."""
        self.fresh, self.rests = list(reversed(jobs)), []
        busy: list[Worker] = []
        try:
            while self._begin(busy):
                wait_for_any(busy, _POLL)
                for worker in tuple(busy):
                    ended = worker.ended or _is_hung(worker)
                    yield from worker.reported()
                    if ended:
                        busy.remove(worker)
                        yield from self._bury(worker)
        finally:
            for worker in busy:
                worker.stop()

    def _begin(self, busy: list[Worker]) -> bool:
        """Start as many workers as there should be. Returns whether any is at work.

        One that has less left than it can do at a time makes room for the next: its last sites are the slow ones.
        """
        while self.fresh or self.rests:
            full = sum(len(one.left) > one.job.settings.sites_at_once // 2 for one in busy)
            if full >= self.workers or len(busy) >= 2 * self.workers:
                break
            busy.append(start((self.fresh or self.rests).pop()))
        return bool(busy)

    def _bury(self, worker: Worker) -> Iterator[Done]:
        """Clear up behind a worker that has ended; what it left undone is tried once more, by another."""
        worker.stop()
        yield from worker.unreported()
        if not (rest := tuple(worker.left.values())):
            return
        code = worker.process.exitcode
        if worker.job.rest:
            words = f"its worker ended with code {code}, twice"
            yield from (Done(seed.url, Reached.BROWSER_CRASH, 0.0, words) for seed in rest)
        else:
            log.warning("a worker ended with code %s and %d sites undone", code, len(rest))
            self.rests.append(replace(worker.job, seeds=rest, rest=True))


def _is_hung(worker: Worker) -> bool:
    return time.monotonic() - worker.heard > _SILENCE * worker.job.settings.site_timeout
