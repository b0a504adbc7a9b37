"""How far the clock of this machine is off, as far as that can be known without asking anybody for it.

Two witnesses: the kernel, where a time server disciplines it, and the `Date` that the visited sites put on their
answers. Neither corrects anything: times are recorded as this machine told them.
"""

import ctypes
import statistics
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.capture import PageCapture, SiteCapture

_TIME_ERROR = 5  # linux/timex.h: the clock is not synchronised
_NANO = 0x2000  # linux/timex.h: the offset is told in nanoseconds
_TIMEX = struct.Struct("@Illlli")  # begin of struct timex: modes, offset, freq, maxerror, esterror, status
_ROOM = 256  # bytes: more than struct timex needs


@dataclass(frozen=True, slots=True)
class Kernel:
    """What the kernel says of its clock; None: it cannot be asked, or does not know."""

    synchronised: bool | None = None
    offset: float | None = None  # seconds that the clock is still being moved by
    error: float | None = None  # seconds that it is off at most


@dataclass(frozen=True, slots=True)
class Compared:
    """How the clocks of sites compare with this machine's: seconds that theirs are ahead, each a site's home page.

    `Date` has whole seconds, and is written some moments after the visit of a page begins: a difference of two or
    three seconds says nothing.
    """

    sites: int
    median: float
    lower: float  # quartiles: what half of the sites lie between
    upper: float


def kernel() -> Kernel:
    """Ask the kernel (Linux, adjtimex)."""
    if not sys.platform.startswith("linux"):
        return Kernel()
    told = ctypes.create_string_buffer(_ROOM)
    try:
        state = ctypes.CDLL(None).adjtimex(told)
    except (OSError, AttributeError):
        return Kernel()
    return read(state, told.raw)


def read(state: int, timex: bytes) -> Kernel:
    """What an answer of adjtimex says. An offset counts only where something disciplines the clock."""
    if state < 0:
        return Kernel()
    if state == _TIME_ERROR:
        return Kernel(synchronised=False)
    _, offset, _, error, _, status = _TIMEX.unpack_from(timex)
    return Kernel(True, offset / (1e9 if status & _NANO else 1e6), error / 1e6)


def compared(captures: Iterable[SiteCapture]) -> Compared | None:
    """Compare with the sites that were visited; None where none of them told the time."""
    ahead = sorted(seconds for capture in captures if (seconds := _ahead(capture)) is not None)
    if not ahead:
        return None
    quarter = len(ahead) // 4
    return Compared(len(ahead), statistics.median(ahead), ahead[quarter], ahead[-1 - quarter])


def _ahead(capture: SiteCapture) -> float | None:
    return next((seconds for page in capture.pages if (seconds := _ahead_on(page)) is not None), None)


def _ahead_on(page: PageCapture) -> float | None:
    """Seconds that a server was ahead when it answered; what comes from a cache is older by its `Age` (RFC 9111)."""
    headers = {name.lower(): value for name, value in page.headers}
    try:
        date, here = parsedate_to_datetime(headers["date"]), datetime.fromisoformat(page.taken_at)
        age = int(headers.get("age", "0"))
        return (date.replace(tzinfo=date.tzinfo or UTC) - here).total_seconds() + age
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
