"""One shard in a process of its own: because Twisted's reactor runs once a process, and so that it can be ended whole.

    worker = start(job)
    for done in worker.reported(): …

A worker leads a process group and asks the kernel to be killed with whoever started it; its browser ends when the pipe
to it breaks, its temporary folder goes with it.
"""

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from crawler.child import die_with
from crawler.spider import Done, Job, run_shard
from crawler.store import StoreError, site_name
from seeds.model import Seed

_PREFIX = "gongshi-worker-"  # of temporary folders; who made it follows
_GRACE = 2.0  # seconds that a worker has to end by itself

_spawn = multiprocessing.get_context("spawn")


@dataclass(slots=True)
class Worker:
    """A process that works on a shard."""

    process: SpawnProcess
    job: Job
    said: Connection  # one `Done` a site; a pipe of its own, so that a worker that is killed leaves no lock behind
    tmp: str
    left: dict[str, Seed]  # not reported yet, by the names of their folders
    heard: float  # when it last reported, on the monotonic clock

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return not self.process.is_alive()

    def reported(self) -> Iterator[Done]:
        """What has been reported since the last call, each site once."""
        with suppress(EOFError, OSError):
            while self.said.poll():
                done: Done = self.said.recv()
                if self.left.pop(site_name(done.url), None) is not None:
                    self.heard = time.monotonic()
                    yield done

    def unreported(self) -> Iterator[Done]:
        """What of its sites was finished but not reported when the process ended."""
        for seed in () if self.job.again else tuple(self.left.values()):
            folder = self.job.run.folder(seed.url)
            with suppress(StoreError):
                if folder.done:
                    seen = folder.read()
                    del self.left[site_name(seed.url)]
                    yield Done(seed.url, seen.reached, 0.0, visits=self.job.visits + 1, because=seen.browser_because)

    def stop(self) -> None:
        """End the process and all that it started."""
        for sign in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            with suppress(ProcessLookupError, PermissionError):
                _signal(self.process, sign)
            self.process.join(_GRACE)
        self.said.close()
        shutil.rmtree(self.tmp, ignore_errors=True)


def start(job: Job) -> Worker:
    """A worker that has begun with its shard. Raises OSError where no process can be started."""
    tmp = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    said, saying = _spawn.Pipe(duplex=False)
    process = _spawn.Process(target=_work, args=(job, tmp, os.getpid(), saying), daemon=False)
    process.start()
    saying.close()
    return Worker(process, job, said, tmp, {site_name(seed.url): seed for seed in job.seeds}, time.monotonic())


def sweep_up() -> None:
    """Remove temporary folders whose makers were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        maker = path.name.removeprefix(_PREFIX).partition("-")[0]
        if maker.isdecimal() and not _is_alive(int(maker)):
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def wait_for_any(workers: Sequence[Worker], seconds: float) -> None:
    """Wait until one of them has something to say or has ended, or the time is over."""
    wait([worker.said for worker in workers], seconds)


def _signal(process: SpawnProcess, sign: signal.Signals) -> None:
    if process.pid is not None and hasattr(os, "killpg"):
        os.killpg(process.pid, sign)
    elif process.is_alive():
        process.terminate()


def _work(job: Job, tmp: str, parent: int, saying: Connection) -> None:
    """The main function of a worker process."""
    os.environ["TMPDIR"] = tmp  # the browser's profile goes there, and away with it
    tempfile.tempdir = tmp
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(parent)
    run_shard(job, saying.send)
