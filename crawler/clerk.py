"""A process beside each worker that stores what was seen and judges it, so that no visit waits for a disk or a judge.

    with started(Desk(run, after, most=1)) as clerk:  # before there is any thread of ours: it is a fork
        async with clerk.at_work():
            trouble = await clerk.file(url, reached, visits, capture)

Threads of the worker would do the same, but hand the interpreter to and fro with every call of the system: of the 3.2
ms of processor that a site costs by plain HTTP they took 1.2 (`benchmarks/sweep_http.py`).
"""

import asyncio
import errno
import json
import logging
import multiprocessing
import os
import socket
import struct
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, BinaryIO, NoReturn

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
_SIZES = struct.Struct(">IQ")  # of a message: bytes of its JSON, bytes of the encoded capture after it, if there is one
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
    capture: bytes  # encoded; empty: it is stored already


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
        self._turn = asyncio.Lock()
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
        answer: asyncio.Future[Trouble | None] = asyncio.get_running_loop().create_future()
        async with self._turn:  # one at a time: what waits is a capture, not a copy of it as bytes
            self._count += 1
            self._out.write(_message((self._count, site, reached, visits), encode(capture) if capture else b""))
            self._waiting[self._count] = answer
            try:
                await self._out.drain()
            except OSError:
                _give_up()
        return await answer

    async def _listen(self, answers: asyncio.StreamReader) -> None:
        try:
            while True:
                size, _ = _SIZES.unpack(await answers.readexactly(_SIZES.size))
                number, words, fatal = json.loads(await answers.readexactly(size))
                waiting = self._waiting.pop(number)
                if not waiting.done():
                    waiting.set_result(None if words is None else Trouble(words, fatal))
        except (EOFError, OSError):
            _give_up()


def _give_up() -> NoReturn:
    """End this process as if it had been killed, so that others do what it leaves.

    A worker without its clerk is of no use, nor is a clerk that cannot answer.
    """
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
            try:
                while task := _next():
                    trouble = _done(desk, task)
                    told = (trouble.words, trouble.fatal) if trouble else (None, False)
                    with writing:
                        wire.sendall(_message((task.number, *told)))
            except BaseException:
                log.exception("the clerk cannot go on")
                _give_up()

        def _next() -> _Task | None:
            with reading:
                return _read(tasks)

        list(lanes.map(lane, range(LANES)))


def _done(desk: Desk, task: _Task) -> Trouble | None:
    """Store a capture and hand it to whoever judges it, between the notes on whether the site is visited again."""
    folder, marks = desk.run.folder(task.site), Marks(desk.run)
    try:
        if task.capture:
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


def _message(told: Sequence[object], capture: bytes = b"") -> bytes:
    """JSON, for that takes the halves of characters that a name may have, and bytes as they are."""
    text = json.dumps(told).encode()
    return _SIZES.pack(len(text), len(capture)) + text + capture


def _read(tasks: BinaryIO) -> _Task | None:
    """The next task; None when the worker has no more, also where it broke off in the middle of one."""
    head = tasks.read(_SIZES.size)
    if len(head) < _SIZES.size:
        return None
    size, more = _SIZES.unpack(head)
    text, capture = tasks.read(size), tasks.read(more)
    if len(capture) < more or len(text) < size:
        return None
    number, site, reached, visits = json.loads(text)
    return _Task(number, site, Reached(reached), visits, capture)
