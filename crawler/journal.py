"""`RUN/log.jsonl`: one JSON object a line for whatever happened to a run, for those who watch it with other programs.

The state of a run is its folder; nothing reads the log back. Whoever writes it holds a lock on it, so that no two
sweeps work on one folder. The last line of a session compares the clock of this machine with those of the sites.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from crawler.capture import SiteCapture
from crawler.clock import compared
from crawler.spider import Done
from crawler.store import Run, StoreError

LOG = "log.jsonl"
_ASKED = 50  # sites whose clocks are compared: the first ones that a browser sees


class Journal:
    """Appends to the log of a run while it is entered; lines are written at once and whole."""

    def __init__(self, run: Path) -> None:
        run.mkdir(parents=True, exist_ok=True)
        self._run = run
        self._seen: list[str] = []
        self._file = os.open(run / LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)

    def __enter__(self) -> Self:
        """End a line that was torn when the run was stopped. Raises OSError where another sweep holds the lock."""
        self._lock()
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say how the clocks compare, unless the session broke off, and close the file."""
        if kind is None and (clocks := compared(self._captures())):
            self.event("clock", **asdict(clocks))
        os.close(self._file)

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # Windows
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise OSError(errno.EBUSY, "another sweep is at work on this folder", str(self._run)) from error

    def visit(self, done: Done) -> None:
        """A visit that ended. Raises OSError."""
        if done.because and len(self._seen) < _ASKED:
            self._seen.append(done.url)
        self.event(
            "visit",
            url=done.url,
            reached=done.reached,
            seconds=round(done.seconds, 2),
            visits=done.visits,
            browser_because=done.because,
            problem=done.problem,
        )

    def event(self, what: str, **facts: object) -> None:
        """Anything else that happened: "begin", "end". Raises OSError."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": what, **facts}
        os.write(self._file, msgspec.json.encode(line) + b"\n")

    def _captures(self) -> Iterator[SiteCapture]:
        for url in self._seen:
            with suppress(StoreError):
                yield Run(self._run).folder(url).read()
