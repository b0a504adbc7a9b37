from pathlib import Path

import pytest

from auditor.model import SiteAudit
from crawler.capture import STYLES, Custody, PageCapture, Reached, Role, Shot, SiteCapture, Tree, View
from crawler.store import Run
from reports.album import of_run

TREE = Tree((), (), (), (), (), (), (), (), (), (), (STYLES,), ())


@pytest.fixture
def run(tmp_path: Path, audit: SiteAudit) -> Path:
    folder = Run(tmp_path).folder(audit.seed.url)
    file, sha256 = folder.write_picture("0-desktop-1", b"RIFF-the-bytes")
    shot = Shot(file, (0.0, 1500.0, 800.0, 500.0), 2.0, sha256)
    view = View("desktop", 1366, 768, 1366, 2000, TREE, None, (shot,))
    page = PageCapture(audit.site, Role.HOME, 0, (), Reached.OK, views=(view,))
    folder.write(SiteCapture(audit.seed, audit.site, "", Reached.OK, (page,), (), "none", Custody("0", None, "", ())))
    (folder.path / "shots" / "stray.webp").write_bytes(b"RIFF")
    return tmp_path


def stored(run: Path, audit: SiteAudit) -> str:
    """The name that the store gave the picture."""
    (path,) = (Run(run).folder(audit.seed.url).path / "shots").glob("0-desktop-1.*")
    return f"shots/{path.name}"


def test_a_picture_comes_with_its_place(run: Path, audit: SiteAudit) -> None:
    picture = of_run(run)(audit, stored(run, audit))
    assert picture
    assert (picture.data, picture.box, picture.scale) == (b"RIFF-the-bytes", (0.0, 1500.0, 800.0, 500.0), 2.0)


@pytest.mark.parametrize(
    "file",
    ["shots/none.webp", "shots/stray.webp", "../capture.json.zst", "shots/../capture.json.zst", "/etc/passwd", ""],
)
def test_only_pictures_of_the_capture_are_given(run: Path, audit: SiteAudit, file: str) -> None:
    assert of_run(run)(audit, file) is None


def test_a_damaged_capture_has_no_pictures(run: Path, audit: SiteAudit) -> None:
    path = Run(run).folder(audit.seed.url).path / "capture.json.zst"
    path.write_bytes(path.read_bytes()[:-7])
    assert of_run(run)(audit, stored(run, audit)) is None
