"""The shards of a sweep on a Dask cluster: `gongshi sweep LIST -o RUN --scheduler tcp://host:8786`.

Each worker needs gongshi, a browser and RUN at the same path (a shared file system). A task is a small shard; it runs
in a child process of the Dask worker, as on one machine, and does only what has no verdict yet, so that a task that is
run again elsewhere, because its worker died, repeats only the sites that were in flight. The folder is the ledger: when
the scheduler itself dies, the same command with another one goes on.
"""

import errno
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from distributed import Client, KilledWorker, as_completed
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError

from crawler.again import Marks
from crawler.spider import Done, Job
from crawler.sweep import Local, pending

SHARD = 50  # sites a task: what is told at a time
_AHEAD = 3  # tasks a worker thread that are handed out in advance


@dataclass(slots=True)
class Cluster:
    """An engine of `crawler.sweep` that does jobs on a Dask cluster."""

    scheduler: str
    shard: int = SHARD
    timeout: float = 20.0  # seconds in which the scheduler must answer

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Done]:
        """Do them all. Yields results shard by shard. Raises OSError where the scheduler does not answer."""
        parts = [
            replace(job, seeds=job.seeds[begin : begin + self.shard])
            for job in jobs
            for begin in range(0, len(job.seeds), self.shard)
        ]
        if not parts:
            return
        with Client(self.scheduler, timeout=self.timeout, set_as_default=False) as client:
            yield from _in_windows(client, iter(parts))


def _in_windows(client: Client, parts: Iterator[Job]) -> Iterator[Done]:
    """Hand out a few tasks more than there are threads, and another for each that is done."""
    threads = sum(client.nthreads().values()) or 1
    begun: Any = as_completed([_submit(client, part) for part in islice(parts, _AHEAD * threads)], loop=client.loop)
    for future in begun:
        try:
            yield from future.result()
        except (KilledWorker, FutureCancelledError, CommClosedError) as error:
            raise OSError(errno.EIO, f"the cluster gave up a shard ({type(error).__name__})") from error
        for part in islice(parts, 1):
            begun.add(_submit(client, part))


def _submit(client: Client, part: Job) -> Any:
    return client.submit(do_shard, part, pure=False, retries=2)


def do_shard(job: Job) -> list[Done]:
    """What of a shard is still to be done, done in a child process. Runs in a worker of the cluster."""
    _let_have_children()
    left = Marks(job.run).of(job.seeds).get(job.visits, []) if job.again else pending(job.seeds, job.run)
    return list(Local(1)([replace(job, seeds=tuple(left))])) if left else []


def _let_have_children() -> None:
    """Dask marks its workers as daemons, which may start no process; ours end with their worker all the same."""
    with suppress(AttributeError, KeyError):
        multiprocessing.current_process()._config.pop("daemon")  # type: ignore[attr-defined]
