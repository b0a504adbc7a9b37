from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.model import Disclosure, Prominence, SiteAudit
from crawler.capture import Shot
from crawler.store import Run
from reports.album import of_run

PLACE = (0.0, 1500.0, 800.0, 500.0)


@pytest.fixture
def seen(
    make_audit: Callable[..., SiteAudit],
    make_disclosure: Callable[..., Disclosure],
    make_view: Callable[..., Prominence],
    tmp_path: Path,
) -> SiteAudit:
    """An audit of which one picture is stored, beside a stray one that it does not name."""
    folder = Run(tmp_path).folder(make_audit().seed.url)
    file, sha256 = folder.write_picture("0-desktop-1", b"RIFF-the-bytes")
    folder.write_picture("stray", b"RIFF")
    lost = Shot("shots/lost.jpg", PLACE, 2.0, sha256)
    views = {
        "desktop": make_view(screenshot=Shot(file, PLACE, 2.0, sha256)),
        "mobile": make_view(screenshot=lost),
        "late": make_view(screenshot=None),
    }
    return make_audit(disclosures=(make_disclosure(views=views),))


@pytest.mark.parametrize("run", [".", "rechecks/3"])
def test_a_picture_comes_with_its_place(seen: SiteAudit, tmp_path: Path, run: str) -> None:
    picture = of_run(tmp_path / run)(seen, "shots/0-desktop-1.jpg")
    assert picture
    assert (picture.data, picture.box, picture.scale) == (b"RIFF-the-bytes", PLACE, 2.0)
    assert len(picture.sha256) == 64


@pytest.mark.parametrize(
    "file",
    ["shots/lost.jpg", "shots/stray.jpg", "../capture.json.zst", "shots/../capture.json.zst", "/etc/passwd", ""],
)
def test_only_pictures_that_the_audit_names_are_given(seen: SiteAudit, tmp_path: Path, file: str) -> None:
    assert of_run(tmp_path)(seen, file) is None
