"""What a run was asked to do, written into its folder before anything is visited."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from crawler.capture import Reached
from crawler.settings import CrawlSettings, gongshi_version
from crawler.store import RECHECKS, Run, SiteFolder, StoreError, write_atomically
from seeds.model import Seed

RUN, RESUMED, SEEDS = "run.json", "resumed.jsonl", "seeds.csv"
_COLUMNS = tuple(field.name for field in fields(Seed) if field.name != "extra")


def begin(
    run: Run,
    seeds: Collection[Seed],
    settings: CrawlSettings,
    judged_by: Mapping[str, str | None],
    held_by: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Write `run.json` and `seeds.csv`. A run that is resumed keeps the first, takes the seeds of this call, and gets
    a line in `resumed.jsonl`.

    Args:
        run: the folder, made where it is missing.
        seeds: what was asked for.
        settings: how sites are visited.
        judged_by: versions and digests of what judges (rules, policy, register).
        held_by: who looks, from where, with what: `crawler.custody`.

    Raises:
        OSError: the folder cannot be written.
    """
    asked = {
        "gongshi": gongshi_version(),
        "begun_at": _now(),
        "sites": len(seeds),
        "user_agent": settings.user_agent,
        "settings": dict(settings.custody()),
        **judged_by,
        **held_by,
    }
    if (run.path / RUN).exists():
        before = (run.path / RESUMED).read_bytes() if (run.path / RESUMED).exists() else b""
        write_atomically(run.path / RESUMED, before + _json(asked) + b"\n")
    else:
        write_atomically(run.path / RUN, _json(asked, indent=2))
    write_atomically(run.path / SEEDS, _csv(seeds).encode("utf-8", "replace"))


def begin_recheck(
    run: Run, judged_by: Mapping[str, str | None], held_by: Mapping[str, Any] = MappingProxyType({})
) -> Run:
    """A new folder for verdicts beside those of a run, with what they are made with; as many as there were rechecks.

    Raises OSError.
    """
    shelf = run.path / RECHECKS
    done = [int(path.name) for path in shelf.iterdir() if path.name.isdecimal()] if shelf.is_dir() else []
    beside = Run(shelf / str(1 + max(done, default=0)))
    asked = {"gongshi": gongshi_version(), "judged_at": _now(), **judged_by, **held_by}
    write_atomically(beside.path / RUN, _json(asked, indent=2))
    return beside


def forget(run: Run, seeds: Iterable[Seed], reasons: Collection[Reached]) -> int:
    """Take the verdict from sites that ended with one of these reasons, so that they are visited again; how many."""
    again = [folder for folder in (run.folder(seed.url) for seed in seeds) if folder.done and _ended(folder, reasons)]
    for folder in again:
        folder.retract()
    return len(again)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _json(value: Mapping[str, Any], indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace")


def _ended(folder: SiteFolder, reasons: Collection[Reached]) -> bool:
    try:
        return folder.read().reached in reasons
    except StoreError:
        return True


def _csv(seeds: Iterable[Seed]) -> str:
    rows = [_row(seed) for seed in seeds]
    extra = dict.fromkeys(name for row in rows for name in row if name not in _COLUMNS)
    text = io.StringIO()
    writer = csv.DictWriter(text, [*_COLUMNS, *extra], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(seed: Seed) -> dict[str, str]:
    known = {name: getattr(seed, name) for name in _COLUMNS}
    return {
        **dict(seed.extra),
        **{name: " ".join(v) if isinstance(v, tuple) else str(v) if v is not None else "" for name, v in known.items()},
    }
