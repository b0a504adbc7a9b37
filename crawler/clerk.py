"""A process beside each worker that stores what was seen and judges it, so that no visit waits for a disk or a judge.

    with started(Desk(run, after, most=1)) as clerk:  # before there is any thread: it is a fork
        async with clerk.at_work():
            trouble = await clerk.file(url, reached, visits, capture)

Threads of the worker would do the same, but hand the interpreter to and fro with every call of the system: of the 3.2
ms of processor that a site costs by plain HTTP they took 1.2 (`benchmarks/sweep_http.py`).
"""

import asyncio
import errno
import logging
import multiprocessing
import os
import socket
import struct
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, BinaryIO

import msgspec

from crawler.again import Marks
from crawler.capture import Reached, SiteCapture
from crawler.child import die_with
from crawler.store import Run, SiteFolder, encode

After = Callable[[SiteFolder], None]

LANES = 4  # sites that are stored and judged at a time, for a disk is waited for
FATAL = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOTDIR}
)
"""Errors of the disk after which no other site would fare better."""

_GRACE = 2.0  # seconds that a clerk with nothing left to do has to end
_SIZE = struct.Struct(">Q")  # bytes of the message that follows
_START = "fork" if sys.platform.startswith("linux") else "spawn"
"""A fork is there at once, a new interpreter takes a second of processor. Only on Linux is a fork safe."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What gongshi itself could not do for a site."""

    words: str
    fatal: bool  # this machine can do no site more


@dataclass(frozen=True, slots=True)
class Desk:
    """What a clerk works with."""

    run: Run
    after: After
    most: int  # visits of a site


@dataclass(frozen=True, slots=True)
class _Task:
    """A site to be stored and judged."""

    number: int
    site: str
    reached: Reached
    visits: int
    capture: bytes | None  # encoded; None: it is stored already


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of it."""

    number: int
    trouble: Trouble | None


def trouble_of(error: Exception) -> Trouble:
    """What an error means for a site, and for the others."""
    if isinstance(error, OSError) and error.errno in FATAL:
        return Trouble(f"{error.strerror} {error.filename or ''}".strip(), fatal=True)
    return Trouble(f"{type(error).__name__}: {error}", fatal=False)


class Clerk:
    """The clerk as its worker sees it."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire
        self._waiting: dict[int, asyncio.Future[Trouble | None]] = {}
        self._count = 0
        self._out: asyncio.StreamWriter

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """What enters may `file`. Needs the running loop, so that it begins later than the process."""
        answers, self._out = await asyncio.open_connection(sock=self._wire.dup())
        listening = asyncio.create_task(self._listen(answers))
        try:
            yield
        finally:
            listening.cancel()
            self._out.close()

    async def file(self, site: str, reached: Reached, visits: int, capture: SiteCapture | None) -> Trouble | None:
        """Store what was seen of a site, None if that was done before, and have it judged."""
        self._count += 1
        task = _packed(_Task(self._count, site, reached, visits, encode(capture) if capture else None))
        answer: asyncio.Future[Trouble | None] = asyncio.get_running_loop().create_future()
        self._waiting[self._count] = answer
        self._out.write(task)
        await self._out.drain()
        return await answer

    async def _listen(self, answers: asyncio.StreamReader) -> None:
        """Without its clerk a worker is of no use: it ends as if it had been killed, and others do what it leaves."""
        try:
            while True:
                (size,) = _SIZE.unpack(await answers.readexactly(_SIZE.size))
                answer: _Answer = msgspec.msgpack.decode(await answers.readexactly(size), type=_Answer)
                waiting = self._waiting.pop(answer.number)
                if not waiting.done():
                    waiting.set_result(answer.trouble)
        except (EOFError, OSError):
            os._exit(1)


@contextmanager
def started(desk: Desk) -> Iterator[Clerk]:
    """A clerk in a process of its own, which ends with the worker."""
    ours, theirs = socket.socketpair()
    context: Any = multiprocessing.get_context(_START)
    process = context.Process(target=_work, args=(desk, theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Clerk(ours)
    finally:
        ours.shutdown(socket.SHUT_WR)  # to close it is not enough: a fork has our end too
        ours.close()
        process.join(_GRACE)


def _work(desk: Desk, wire: socket.socket, parent: int) -> None:
    """The main function of a clerk's process."""
    die_with(parent)
    reading, writing = Lock(), Lock()
    with wire, wire.makefile("rb") as tasks, ThreadPoolExecutor(LANES) as lanes:

        def lane(_: int) -> None:
            while True:
                with reading:
                    task = _read(tasks)
                if task is None:
                    return
                answer = _packed(_Answer(task.number, _done(desk, task)))
                with writing:
                    wire.sendall(answer)

        list(lanes.map(lane, range(LANES)))


def _done(desk: Desk, task: _Task) -> Trouble | None:
    """Store a capture and hand it to whoever judges it, between the notes on whether the site is visited again."""
    folder, marks = desk.run.folder(task.site), Marks(desk.run)
    try:
        if task.capture is not None:
            folder.write_encoded(task.capture)
        marks.note(task.site, task.reached, task.visits, desk.most)
        desk.after(folder)
        marks.settle(task.site, task.reached, task.visits, desk.most)
    except OSError as error:
        return trouble_of(error)
    except Exception as error:
        log.exception("the verdict on %s ended unforeseen", task.site)
        return trouble_of(error)
    return None


def _packed(message: _Task | _Answer) -> bytes:
    data = msgspec.msgpack.encode(message)
    return _SIZE.pack(len(data)) + data


def _read(tasks: BinaryIO) -> _Task | None:
    """The next task; None when the worker has no more."""
    size = tasks.read(_SIZE.size)
    if len(size) < _SIZE.size:
        return None
    task: _Task = msgspec.msgpack.decode(tasks.read(*_SIZE.unpack(size)), type=_Task)
    return task
