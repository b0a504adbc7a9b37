"""Captures of every format version stay readable and judge as they did: `tests/captures/format-N`."""

from pathlib import Path

import msgspec
import pytest
import zstandard

from auditor.engine import judge
from auditor.model import NumberKind, Outcome, Verdict
from auditor.policy import load
from crawler.capture import FORMAT, STYLES, SiteCapture
from crawler.store import CAPTURE, SiteFolder, StoreError

CAPTURES = Path(__file__).parents[1] / "captures"
VERSIONS = range(1, FORMAT + 1)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_capture_is_read_and_judged(version: int) -> None:
    folder = SiteFolder(CAPTURES / f"format-{version}")
    capture = folder.read()
    audit = judge(capture, folder.capture_sha256(), load(None), None, folder.read_picture)
    own = {(d.kind, d.number) for d in audit.disclosures if d.own}
    assert own == {
        (NumberKind.ALGORITHM, "网信算备610113911772901250019号"),
        (NumberKind.GENAI_FILING, "Shaanxi-HaiTangJiaJiao-202504119016"),
        (NumberKind.ICP, "陕ICP备2024999016号-1"),
    }
    failed = {finding.rule for finding in audit.findings if finding.outcome is Outcome.FAILED}
    assert {"number-contrast", "number-text-size"} <= failed
    assert audit.verdict is Verdict.WARNING
    assert not [finding.rule for finding in audit.findings if finding.outcome is Outcome.ERROR]


def test_there_is_a_capture_of_every_version() -> None:
    assert [(CAPTURES / f"format-{version}" / CAPTURE).is_file() for version in VERSIONS] == [True] * FORMAT


def test_styles_have_only_been_added_at_the_end() -> None:
    columns = {len(row) for page in _first().pages for view in page.views for row in view.tree.styles}
    assert columns == {39}
    assert STYLES[:39][-3:] == ("background-repeat", "background-size", "fill")


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    data = msgspec.json.encode({**msgspec.to_builtins(_first()), "format": FORMAT + 1})
    (tmp_path / CAPTURE).write_bytes(zstandard.compress(data))
    with pytest.raises(StoreError, match=f"format {FORMAT + 1}, this version reads up to {FORMAT}"):
        SiteFolder(tmp_path).read()


def _first() -> SiteCapture:
    return SiteFolder(CAPTURES / "format-1").read()
