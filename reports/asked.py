"""What was asked of a run, for its readers: from `run.json`."""

import json
from pathlib import Path

from crawler.manifest import MANIFEST, digest
from crawler.store import captures_of
from reports.safe import clean

_TOLD = ("gongshi", "begun_at", "auditor", "location", "sites", "policy", "register", MANIFEST)
_SETTINGS = ("mobile", "max_pages", "max_clicks", "obey_robots", "contact", "networks", "page_timeout")
"""Settings that decide what is seen; the capture of each site holds all of them."""


def asked(run: Path) -> tuple[tuple[str, str], ...]:
    """Name and value of what the reader of a report should know of its run; nothing where the run does not tell.

    Of a recheck: what was asked of the run that it judges, with what it is judged.
    """
    visited, judged = _read(captures_of(run)), _read(run)
    settings = visited.get("settings")
    told = visited | judged | (settings if isinstance(settings, dict) else {})
    told[MANIFEST] = digest(captures_of(run))
    return tuple((name, clean(str(told[name]), 200)) for name in (*_TOLD, *_SETTINGS) if told.get(name))


def _read(run: Path) -> dict[str, object]:
    try:
        found = json.loads((run / "run.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
