"""Reading words from pictures (OCR): one process for a worker, started when it is first needed.

    ocr = Ocr()
    reading = await ocr.read(png)  # None: it could not be read
    ocr.close()

RapidOCR is optional (`pip install 'gongshi[ocr]'`); `installed()` tells whether it is there. It works in a process of
its own because it is native code that meets hostile pictures: there its memory is bounded, it can be killed when it
takes too long, and what crashes it costs one picture. The process ends with the pipe that it hangs on.
"""

import asyncio
import hashlib
import json
import logging
import multiprocessing
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from crawler.recognise import LARGEST, READY, serve

START = 60.0  # seconds until the models are loaded, on a machine that does other things
CALL = 10.0  # seconds for one picture
REMEMBERED = 256  # pictures whose words are kept: the foot of every page of a site is the same
MOST_STARTS = 3  # that fail in a row; then this worker reads no more

_spawn = multiprocessing.get_context("spawn")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is written on a picture."""

    text: str  # lines parted by newlines, "" where nothing is written
    confidence: float  # 0 … 1, of the least certain piece


def installed() -> bool:
    """Whether the optional packages are there. Imports nothing."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


class Ocr:
    """Reads pictures, one at a time. Methods other than `close` may be called from several tasks."""

    def __init__(self, *, start: float = START, call: float = CALL) -> None:
        """Wait at most so many seconds for the process to be ready, and for each picture."""
        self._limits = start, call
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Reading | None] = OrderedDict()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._failures = 0

    async def read(self, png: bytes) -> Reading | None:
        """The words on a picture; None where it could not be read. The same picture is read once."""
        return await asyncio.to_thread(self._read, png)

    def close(self) -> None:
        """End the process."""
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.kill()
            self._process.join(5)
        self._process = self._pipe = None

    def _read(self, png: bytes) -> Reading | None:
        key = hashlib.sha256(png).hexdigest()
        with self._lock:
            if key not in self._known:
                self._known[key] = self._ask(png)
            self._known.move_to_end(key)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return self._known[key]

    def _ask(self, png: bytes) -> Reading | None:
        begun = time.monotonic()
        try:
            pipe = self._connected()
            if pipe is None or len(png) > LARGEST:
                return None
            pipe.send_bytes(png)
            answer = json.loads(self._received(pipe, self._limits[1]))
        except (OSError, EOFError, TimeoutError) as error:
            log.warning("a picture was not read in %.1f s: %s", time.monotonic() - begun, type(error).__name__)
            self.close()
            return None
        if "problem" in answer:
            log.warning("a picture could not be read: %s", answer["problem"])
            return None
        return Reading(answer["text"], answer["confidence"])

    def _connected(self) -> Connection | None:
        """The pipe to a process that is ready; None where it did not get ready several times."""
        if self._process and not self._process.is_alive():
            self.close()
        if self._pipe is None and self._failures < MOST_STARTS:
            self._failures += 1
            self._pipe, other = _spawn.Pipe()
            self._process = _spawn.Process(target=serve, args=(other,), daemon=True)
            self._process.start()
            other.close()
            if self._received(self._pipe, self._limits[0]) != READY:
                raise EOFError
            self._failures = 0
        return self._pipe

    @property
    def pid(self) -> int | None:
        """Of the process, None while there is none."""
        return self._process.pid if self._process else None

    @staticmethod
    def _received(pipe: Connection, limit: float) -> bytes:
        if not pipe.poll(limit):
            raise TimeoutError
        return pipe.recv_bytes(LARGEST)
