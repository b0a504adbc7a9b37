"""What a run was asked to do, written into its folder before anything is visited."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime

from crawler.capture import Reached
from crawler.settings import CrawlSettings, gongshi_version
from crawler.store import RECHECKS, Run, SiteFolder, StoreError, write_atomically
from seeds.model import Seed

RUN, SEEDS = "run.json", "seeds.csv"
_COLUMNS = tuple(field.name for field in fields(Seed) if field.name != "extra")


def begin(run: Run, seeds: Collection[Seed], settings: CrawlSettings, judged_by: Mapping[str, str | None]) -> None:
    """Write `run.json` and `seeds.csv`; a run that is resumed keeps the first and takes the seeds of this call.

    Args:
        run: the folder, made where it is missing.
        seeds: what was asked for.
        settings: how sites are visited.
        judged_by: versions and digests of what judges (policy, register).

    Raises:
        OSError: the folder cannot be written.
    """
    if not (run.path / RUN).exists():
        asked = {
            "gongshi": gongshi_version(),
            "begun_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "sites": len(seeds),
            "settings": dict(settings.custody()),
            **judged_by,
        }
        write_atomically(run.path / RUN, json.dumps(asked, ensure_ascii=False, indent=2).encode())
    write_atomically(run.path / SEEDS, _csv(seeds).encode("utf-8", "replace"))


def begin_recheck(run: Run, judged_by: Mapping[str, str | None]) -> Run:
    """A new folder for verdicts beside those of a run, with what they are made with; as many as there were rechecks.

    Raises OSError.
    """
    shelf = run.path / RECHECKS
    done = [int(path.name) for path in shelf.iterdir() if path.name.isdecimal()] if shelf.is_dir() else []
    beside = Run(shelf / str(1 + max(done, default=0)))
    asked = {"gongshi": gongshi_version(), "judged_at": datetime.now(UTC).isoformat(timespec="seconds"), **judged_by}
    write_atomically(beside.path / RUN, json.dumps(asked, ensure_ascii=False, indent=2).encode())
    return beside


def forget(run: Run, seeds: Iterable[Seed], reasons: Collection[Reached]) -> int:
    """Take the verdict from sites that ended with one of these reasons, so that they are visited again; how many."""
    again = [folder for folder in (run.folder(seed.url) for seed in seeds) if folder.done and _ended(folder, reasons)]
    for folder in again:
        folder.retract()
    return len(again)


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
