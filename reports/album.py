"""The pictures of a run, where the crawler left them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
import zstandard

from auditor.model import SiteAudit
from crawler.capture import Shot
from crawler.store import CAPTURE, LARGEST, Run, captures_of, unpack
from reports.pictures import Album, Picture


@dataclass(frozen=True, slots=True)
class _View:
    screenshot: Shot | None
    shots: tuple[Shot, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    views: tuple[_View, ...] = ()


@dataclass(frozen=True, slots=True)
class _Capture:
    """Of a capture only what tells where its pictures stand; the rest, most of it, is passed over unread."""

    pages: tuple[_Page, ...]


def of_run(path: Path) -> Album:
    """The album of a run's folder. A picture that is missing, damaged or not the crawler's is not shown."""
    run = Run(captures_of(path))

    @lru_cache(maxsize=8)
    def shots(folder: Path) -> dict[str, Shot]:
        return {shot.file: shot for shot in _shots(folder / CAPTURE)}

    def album(audit: SiteAudit, file: str) -> Picture | None:
        folder = run.folder(audit.seed.url)
        shot = shots(folder.path).get(file)
        data = folder.read_picture(file) if shot else None
        return Picture(data, shot.box, shot.scale, shot.sha256) if shot and data else None

    return album


def _shots(capture: Path) -> tuple[Shot, ...]:
    try:
        pages = msgspec.json.decode(unpack(capture.read_bytes(), LARGEST), type=_Capture).pages
    except (OSError, EOFError, zstandard.ZstdError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ()
    views = (view for page in pages for view in page.views)
    return tuple(shot for view in views for shot in (*view.shots, view.screenshot) if shot)
