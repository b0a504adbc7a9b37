"""The pictures of a run, where the crawler left them."""

from functools import partial
from pathlib import Path

from auditor.model import SiteAudit
from crawler.capture import Shot
from crawler.store import SECOND, Run, SiteFolder, StoreError, captures_of
from reports.pictures import Album, Picture


def of_run(path: Path) -> Album:
    """The album of a run's folder: the pictures that its audits name, each with its place in the page."""
    return partial(_picture, Run(captures_of(path)))


def _picture(run: Run, audit: SiteAudit, file: str) -> Picture | None:
    folder = run.folder(audit.seed.url)
    if file.startswith(f"{SECOND}/"):
        return _of_second(SiteFolder(folder.path / SECOND), file.removeprefix(f"{SECOND}/"))
    shot = _shots(audit).get(file)
    data = folder.read_picture(file) if shot else None
    return Picture(data, shot.box, shot.scale, shot.sha256) if shot and data else None


def _of_second(folder: SiteFolder, file: str) -> Picture | None:
    """A picture of the second visit, which has an audit of its own."""
    try:
        shot = _shots(folder.read_audit_as(SiteAudit)).get(file)
    except StoreError:
        return None
    data = folder.read_picture(file) if shot else None
    return Picture(data, shot.box, shot.scale, shot.sha256) if shot and data else None


def _shots(audit: SiteAudit) -> dict[str, Shot]:
    views = (view for disclosure in audit.disclosures for view in disclosure.views.values())
    return {view.screenshot.file: view.screenshot for view in views if view.screenshot}
