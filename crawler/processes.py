"""Processes by their ids, as Linux tells of them: what belongs to a browser, how much memory it takes.

Elsewhere nothing is known of them, and nothing is found.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    with suppress(OSError, ValueError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text("ascii").split():
                yield from family(int(child))


def memory(pid: int) -> int:
    """Bytes that a process has to itself: resident and not shared; 0 for one that is gone."""
    try:
        resident, shared = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * _PAGE


def kill(pid: int) -> None:
    """End a process and its descendants at once."""
    for one in reversed(list(family(pid))):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(one, getattr(signal, "SIGKILL", signal.SIGTERM))
