"""Sweeps: shards of seeds in worker processes, results as they come, nothing done twice.

    for done in sweep(seeds, Path("run"), settings, scout, after):
        print(done.url, done.reached)

`after(folder)` is called in the worker when a capture is stored; it judges and writes `audit.json` last. Sites that
have one are skipped, so the same call goes on where an earlier one was stopped. `scout` and `after` must be
picklable.

A worker is a process of its own because Twisted's reactor runs once a process. It leads a process group and asks the
kernel to be killed with its parent; its browser ends when the pipe to it breaks.
"""

import ctypes
import logging
import multiprocessing
import os
import queue
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from crawler.capture import Reached
from crawler.scout import Scout
from crawler.settings import CrawlSettings
from crawler.spider import After, Done, Job, run_shard
from crawler.store import Run, site_name
from seeds.model import Seed

LARGEST_SHARD = 500
SMALLEST_SHARD = 8
_POLL = 0.2  # seconds
_GRACE = 2.0  # seconds that a worker has to end by itself
_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_spawn = multiprocessing.get_context("spawn")
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Worker:
    """A process that works on a shard."""

    process: SpawnProcess
    job: Job
    tmp: str
    left: dict[str, Seed]  # not finished yet
    again: bool  # this shard is the rest of one whose worker died


@dataclass(slots=True)
class _Shards:
    """What is still to be handed out, the rests of dead workers last."""

    fresh: Iterator[tuple[Seed, ...]]
    rests: list[tuple[Seed, ...]] = field(default_factory=list)

    def take(self) -> tuple[tuple[Seed, ...], bool] | None:
        if (shard := next(self.fresh, None)) is not None:
            return shard, False
        return (self.rests.pop(), True) if self.rests else None


def sweep(
    seeds: Iterable[Seed], run: Path, settings: CrawlSettings, scout: Scout, after: After, workers: int = 1
) -> Iterator[Done]:
    """Visit all sites that have no verdict yet. Yields one `Done` a site, in the order in which they end.

    Closing the iterator, or an interrupt, ends the workers at once and leaves a folder that can be resumed. Raises
    OSError where processes cannot be started.
    """
    todo = pending(seeds, Run(run))
    size = max(SMALLEST_SHARD, min(LARGEST_SHARD, -(-len(todo) // (workers * 2))))
    shards = _Shards(tuple(todo[start : start + size]) for start in range(0, len(todo), size))
    results: Any = _spawn.Queue()
    busy: list[_Worker] = []
    try:
        while True:
            while len(busy) < workers and (shard := shards.take()) is not None:
                busy.append(_start(Job(shard[0], Run(run), settings, scout, after), shard[1], results))
            if not busy:
                return
            yield from _finished(busy, results)
            for worker in [one for one in busy if not one.process.is_alive()]:
                yield from _finished(busy, results)
                busy.remove(worker)
                yield from _bury(worker, shards)
    finally:
        for worker in busy:
            _stop(worker)
        results.cancel_join_thread()
        results.close()


def pending(seeds: Iterable[Seed], run: Run) -> list[Seed]:
    """The seeds whose sites have no verdict yet, each site once."""
    first = {site_name(seed.url): seed for seed in reversed(list(seeds))}
    return [seed for seed in reversed(first.values()) if not run.done(seed.url)]


def _start(job: Job, again: bool, results: Any) -> _Worker:
    tmp = tempfile.mkdtemp(prefix="gongshi-")
    process = _spawn.Process(target=_work, args=(job, tmp, os.getpid(), results), daemon=False)
    process.start()
    return _Worker(process, job, tmp, {site_name(seed.url): seed for seed in job.seeds}, again)


def _finished(busy: list[_Worker], results: Any) -> Iterator[Done]:
    """What workers have reported; waits a moment for the first report."""
    wait = _POLL
    while True:
        try:
            done: Done = results.get(timeout=wait)
        except queue.Empty:
            return
        wait = 0.01
        name = site_name(done.url)
        if any(worker.left.pop(name, None) for worker in busy):
            yield done


def _bury(worker: _Worker, shards: _Shards) -> Iterator[Done]:
    """Clear up behind a worker that has ended; what it left undone is tried once more, by another."""
    _stop(worker)
    rest = tuple(seed for seed in worker.left.values() if not worker.job.run.done(seed.url))
    if rest and not worker.again:
        log.warning("a worker ended with code %s and %d sites undone", worker.process.exitcode, len(rest))
        shards.rests.append(rest)
    elif rest:
        words = f"its worker ended with code {worker.process.exitcode}, twice"
        yield from (Done(seed.url, Reached.BROWSER_CRASH, 0.0, words) for seed in rest)


def _stop(worker: _Worker) -> None:
    """End a worker and all that it started."""
    process = worker.process
    for sign in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with suppress(ProcessLookupError, PermissionError):
            _signal(process, sign)
        process.join(_GRACE)
    shutil.rmtree(worker.tmp, ignore_errors=True)


def _signal(process: SpawnProcess, sign: signal.Signals) -> None:
    if process.pid is not None and hasattr(os, "killpg"):
        os.killpg(process.pid, sign)
    elif process.is_alive():
        process.terminate()


def _work(job: Job, tmp: str, parent: int, results: Any) -> None:
    """The main function of a worker process."""
    os.environ["TMPDIR"] = tmp  # the browser's profile goes there, and away with it
    tempfile.tempdir = tmp
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent)
    run_shard(job, results.put)


def _die_with(parent: int) -> None:
    """Ask the kernel for a SIGKILL when the parent is gone. Only Linux can do that."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
