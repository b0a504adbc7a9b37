"""Who looked, from where, with which versions, by which clock: what a run tells of itself beside its settings.

Nothing here is secret, and nothing is guessed: who and from where are said by the operator, or are null.
"""

import ctypes
import hashlib
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from crawler.settings import gongshi_version

LOCK = Path(__file__).parents[1] / "requirements.lock"
_TIME_ERROR = 5  # linux/timex.h: the clock is not synchronised
_TIMEX = 256  # bytes: more than struct timex needs


def custody(auditor: str | None = None, location: str | None = None) -> dict[str, Any]:
    """What is recorded of a session.

    Args:
        auditor: who audits, in the operator's own words; None: not told.
        location: from where, e.g. the public address or the city and network; None: not told.
    """
    versions = libraries()
    return {
        "gongshi": gongshi_version(),
        "auditor": auditor,
        "location": location,
        "time_zone": time.strftime("%z"),
        "clock_synchronised": clock_synchronised(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "lock_sha256": hashlib.sha256(LOCK.read_bytes()).hexdigest() if LOCK.is_file() else None,
        "libraries": versions,
    }


def libraries(root: str = "gongshi") -> dict[str, str]:
    """Name and version of every installed library that a distribution needs, directly or not, in alphabetical order."""
    found: dict[str, str] = {}
    wanted = [root]
    while wanted:
        name = wanted.pop().lower()
        try:
            held = distribution(name)
        except PackageNotFoundError:
            continue
        if name in found:
            continue
        found[name] = held.version
        needs = map(Requirement, held.requires or ())
        wanted += [need.name for need in needs if not need.marker or need.marker.evaluate({"extra": ""})]
    found.pop(root, None)
    return dict(sorted(found.items()))


def clock_synchronised() -> bool | None:
    """Whether the kernel says that its clock follows a time server; None where it cannot be asked."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else bool(state != _TIME_ERROR)
