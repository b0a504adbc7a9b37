"""Make a run smaller: drop pictures and archives by rule, on record. Captures, verdicts and received HTML always stay.

What is dropped is written into the manifest with its hash before it is removed, so that it can still be recognised if
somebody holds a copy.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from crawler.manifest import Dropped, digest_of
from crawler.store import ARCHIVE, AUDIT, RECHECKS, SHOTS, Run, SiteFolder

DOUBTED = frozenset({"failed", "needs-review"})
"""Outcomes of findings whose evidence is kept."""


class Keep(StrEnum):
    """What may be kept beside captures and verdicts."""

    FINDINGS = "findings"  # of sites with findings: archives, and pictures that show a finding or a number
    PICTURES = "pictures"
    ARCHIVES = "archives"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Shot:
    file: str


@dataclass(frozen=True, slots=True)
class _View:
    screenshot: _Shot | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    screenshot: str | None = None


@dataclass(frozen=True, slots=True)
class _Finding:
    outcome: str
    evidence: tuple[_Seen, ...]


@dataclass(frozen=True, slots=True)
class _Disclosure:
    views: Mapping[str, _View]


@dataclass(frozen=True, slots=True)
class _Audit:
    """Of an audit only what tells which pictures it rests on."""

    findings: tuple[_Finding, ...]
    disclosures: tuple[_Disclosure, ...]

    def cited(self) -> set[str]:
        """Pictures that findings and the numbers beside them rest on; none where nothing was found amiss."""
        doubted = [finding for finding in self.findings if finding.outcome in DOUBTED]
        seen = {one.screenshot for finding in doubted for one in finding.evidence if one.screenshot}
        views = [view for one in self.disclosures for view in one.views.values()] if doubted else []
        return seen | {view.screenshot.file for view in views if view.screenshot}


def plan(run: Run, keep: Collection[Keep]) -> dict[str, Dropped]:
    """What there is to drop: paths in the run, with today's date and their hashes. Nothing is removed.

    A site without a verdict that can be read keeps everything. Raises OSError.
    """
    today = datetime.now(UTC).date().isoformat()
    files = (path for folder in run.folders() for path in _of_site(run, folder, keep))
    return {path.relative_to(run.path).as_posix(): Dropped(today, digest_of(path)) for path in files}


def remove(run: Path, paths: Collection[str]) -> int:
    """Remove files of a run. Returns how many bytes that frees. Raises OSError."""
    freed = 0
    for path in paths:
        freed += (run / path).stat().st_size
        (run / path).unlink()
    return freed


def _of_site(run: Run, folder: SiteFolder, keep: Collection[Keep]) -> Iterator[Path]:
    audits = _audits(run, folder)
    if not audits:
        return
    doubted = any(finding.outcome in DOUBTED for audit in audits for finding in audit.findings)
    cited = {name for audit in audits for name in audit.cited()} if Keep.FINDINGS in keep else set()
    if Keep.PICTURES not in keep:
        pictures = sorted(path for path in folder.path.glob(f"**/{SHOTS}/*") if path.is_file())
        yield from (path for path in pictures if path.relative_to(folder.path).as_posix() not in cited)
    if Keep.ARCHIVES not in keep and not (doubted and Keep.FINDINGS in keep):
        yield from sorted(folder.path.glob(f"**/{ARCHIVE}"))


def _audits(run: Run, folder: SiteFolder) -> list[_Audit]:
    """The verdict of a site and those of rechecks; none where one of them cannot be read."""
    inside = folder.path.relative_to(run.path) / AUDIT
    paths = [folder.path / AUDIT, *run.path.glob(f"{RECHECKS}/*/{inside.as_posix()}")]
    try:
        return [msgspec.json.decode(path.read_bytes(), type=_Audit) for path in paths]
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []
