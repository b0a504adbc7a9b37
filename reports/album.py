"""The pictures of a run, where the crawler left them."""

from pathlib import Path

from auditor.model import SiteAudit
from crawler.capture import Shot
from crawler.store import Run, captures_of
from reports.pictures import Album, Picture


def of_run(path: Path) -> Album:
    """The album of a run's folder: the pictures that its audits name, each with its place in the page."""
    run = Run(captures_of(path))

    def album(audit: SiteAudit, file: str) -> Picture | None:
        shot = _shots(audit).get(file)
        data = run.folder(audit.seed.url).read_picture(file) if shot else None
        return Picture(data, shot.box, shot.scale, shot.sha256) if shot and data else None

    return album


def _shots(audit: SiteAudit) -> dict[str, Shot]:
    views = (view for disclosure in audit.disclosures for view in disclosure.views.values())
    return {view.screenshot.file: view.screenshot for view in views if view.screenshot}
