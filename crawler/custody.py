"""Who looked, from where, with which versions, by which clock: what a run tells of itself beside its settings.

Nothing here is secret, and nothing is guessed: who and from where are said by the operator, or are null.
"""

import hashlib
import platform
import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from crawler.clock import kernel
from crawler.settings import gongshi_version

LOCK = Path(__file__).parents[1] / "requirements.lock"


def custody(auditor: str | None = None, location: str | None = None) -> dict[str, Any]:
    """What is recorded of a session.

    Args:
        auditor: who audits, in the operator's own words; None: not told.
        location: from where, e.g. the public address or the city and network; None: not told.
    """
    versions, clock = libraries(), kernel()
    return {
        "gongshi": gongshi_version(),
        "auditor": auditor,
        "location": location,
        "time_zone": time.strftime("%z"),
        "clock_synchronised": clock.synchronised,
        "clock_offset": clock.offset,
        "clock_error": clock.error,
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
