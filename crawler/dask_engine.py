"""The shards of a sweep on a Dask cluster: `gongshi sweep LIST -o RUN --scheduler tcp://host:8786`.

Each worker needs gongshi, a browser and RUN: at the same path (a shared file system), or in a store that all of them
reach (`crawler.remote`). A task is a shard; it runs in a child process of the Dask worker, as on one machine, and does
only what has no verdict yet, so that a task that is run again elsewhere, because its worker died, repeats only the
sites that were in flight. The folder is the ledger: when the scheduler itself dies, the same command with another one
goes on.
"""

import errno
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from distributed import Client, KilledWorker, as_completed
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError

from crawler.again import Marks
from crawler.remote import Store, mirror_of
from crawler.spider import Done, Job
from crawler.store import Run
from crawler.sweep import SMALLEST_SHARD, Local, pending
from seeds.model import Seed

SHARD = 200  # sites a task at most: what is told at a time; a process that starts is worth some
_AHEAD = 3  # tasks a worker thread that are handed out in advance


def _say_nothing(_: str) -> None: ...


@dataclass(slots=True)
class Cluster:
    """An engine of `crawler.sweep` that does jobs on a Dask cluster."""

    scheduler: str
    shard: int = SHARD
    timeout: float = 20.0  # seconds in which the scheduler must answer
    store: Store | None = None  # where the workers put what they did; None: RUN is a folder that all of them see
    tell: Callable[[str], object] = _say_nothing  # is told the address of the dashboard, "" where there is none

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Done]:
        """Do them all. Yields results shard by shard. Raises OSError where the scheduler does not answer."""
        if not jobs:
            return
        with Client(self.scheduler, timeout=self.timeout, set_as_default=False) as client:
            self.tell(client.dashboard_link if "dashboard" in client.scheduler_info()["services"] else "")
            threads = sum(client.nthreads().values()) or 1
            parts = cut(jobs, min(self.shard, _fair(jobs, threads)))
            for part, results in _in_windows(client, parts, threads, self.store):
                for done in results:
                    if self.store and not done.problem:
                        self.store.fetch_site(part.run, done.url)
                    yield done


def cut(jobs: Sequence[Job], size: int) -> Iterator[Job]:
    """Jobs of so many sites at most."""
    return (
        replace(job, seeds=job.seeds[begin : begin + size]) for job in jobs for begin in range(0, len(job.seeds), size)
    )


def _fair(jobs: Sequence[Job], threads: int) -> int:
    """Sites a task so that each thread has some tasks, and the last ones end together."""
    return max(SMALLEST_SHARD, sum(len(job.seeds) for job in jobs) // (_AHEAD * threads))


def _in_windows(
    client: Client, parts: Iterator[Job], threads: int, store: Store | None
) -> Iterator[tuple[Job, list[Done]]]:
    """Hand out a few tasks more than there are threads, and another for each that is done."""
    handed: dict[Any, Job] = {}

    def hand_out(most: int) -> list[Any]:
        new = {client.submit(do_shard, part, store, pure=False, retries=2): part for part in islice(parts, most)}
        handed.update(new)
        return list(new)

    begun: Any = as_completed(hand_out(_AHEAD * threads), loop=client.loop)
    for future in begun:
        try:
            yield handed.pop(future), future.result()
        except (KilledWorker, FutureCancelledError, CommClosedError) as error:
            raise OSError(errno.EIO, f"the cluster gave up a shard ({type(error).__name__})") from error
        for another in hand_out(1):
            begun.add(another)


def do_shard(job: Job, store: Store | None = None) -> list[Done]:
    """What of a shard is still to be done, done in a child process. Runs in a worker of the cluster."""
    _let_have_children()
    if store:
        return list(_stored(replace(job, run=Run(mirror_of(store.address))), store))
    left = _marked(job) if job.again else pending(job.seeds, job.run)
    return list(Local(1)([replace(job, seeds=tuple(left))])) if left else []


def _stored(job: Job, store: Store) -> Iterator[Done]:
    """Work in this machine's mirror; each site is stored as soon as it is done."""
    store.fetch_answers(job.run)
    for seed in job.seeds if job.again else ():
        store.fetch_site(job.run, seed.url)
    left = _marked(job) if job.again else [seed for seed in job.seeds if not store.has(job.run, seed.url)]
    for done in Local(1)([replace(job, seeds=tuple(left))]) if left else ():
        if not done.problem:
            store.put_site(job.run, done.url)
        yield done
    store.put_answers(job.run)


def _marked(job: Job) -> list[Seed]:
    return Marks(job.run).of(job.seeds).get(job.visits, [])


def _let_have_children() -> None:
    """Dask marks its workers as daemons, which may start no process; ours end with their worker all the same."""
    with suppress(AttributeError, KeyError):
        multiprocessing.current_process()._config.pop("daemon")  # type: ignore[attr-defined]
