import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from crawler import manifest
from crawler.prune import Keep, plan, remove
from crawler.seal import Seal, close, ready, verify
from crawler.store import ARCHIVE, CAPTURE, Run, SiteFolder

FINDINGS = frozenset({Keep.FINDINGS})


def audit(outcome: str, cited: str | None, shown: str | None) -> dict[str, Any]:
    return {
        "site": "https://chat.example.cn/",
        "findings": [{"rule": "number-visible", "outcome": outcome, "evidence": [{"screenshot": cited, "quote": "x"}]}],
        "disclosures": [{"views": {"desktop": {"screenshot": shown and {"file": shown, "scale": 2}}}}],
    }


def site(run: Run, url: str, said: dict[str, Any] | bytes) -> SiteFolder:
    folder = run.folder(url)
    for name in ("shots/0.jpg", "shots/1.jpg", "shots/2.jpg", ARCHIVE, CAPTURE):
        (folder.path / name).parent.mkdir(parents=True, exist_ok=True)
        (folder.path / name).write_text(url + name)
    folder.write_audit(said if isinstance(said, bytes) else json.dumps(said).encode())
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path / "run")


def names(run: Run, folder: SiteFolder, *keep: Keep) -> set[str]:
    start = folder.path.relative_to(run.path).as_posix() + "/"
    return {path.removeprefix(start) for path in plan(run, keep) if path.startswith(start)}


@pytest.mark.parametrize("outcome", ["failed", "needs-review"])
def test_evidence_of_findings_is_kept(run: Run, outcome: str) -> None:
    folder = site(run, "https://a.example.cn/", audit(outcome, "shots/0.jpg", "shots/1.jpg"))
    assert names(run, folder, Keep.FINDINGS) == {"shots/2.jpg"}


def test_a_site_without_findings_keeps_its_capture_and_verdict(run: Run) -> None:
    folder = site(run, "https://a.example.cn/", audit("passed", "shots/0.jpg", "shots/1.jpg"))
    assert names(run, folder, Keep.FINDINGS) == {"shots/0.jpg", "shots/1.jpg", "shots/2.jpg", ARCHIVE}
    assert names(run, folder, Keep.FINDINGS, Keep.ARCHIVES) == {"shots/0.jpg", "shots/1.jpg", "shots/2.jpg"}
    assert names(run, folder, Keep.FINDINGS, Keep.PICTURES) == {ARCHIVE}


def test_none_keeps_none(run: Run) -> None:
    folder = site(run, "https://a.example.cn/", audit("failed", "shots/0.jpg", None))
    assert names(run, folder, Keep.NONE) == {"shots/0.jpg", "shots/1.jpg", "shots/2.jpg", ARCHIVE}


def test_findings_of_a_recheck_count(run: Run) -> None:
    folder = site(run, "https://a.example.cn/", audit("passed", None, None))
    beside = SiteFolder(run.path / "rechecks" / "1" / folder.path.relative_to(run.path))
    beside.write_audit(json.dumps(audit("failed", "shots/2.jpg", None)).encode())
    assert names(run, folder, Keep.FINDINGS) == {"shots/0.jpg", "shots/1.jpg"}


@pytest.mark.parametrize("said", [b"", b"{}", b"\xff", b"[" * 100_000])
def test_a_site_whose_verdict_cannot_be_read_keeps_everything(run: Run, said: bytes) -> None:
    assert names(run, site(run, "https://a.example.cn/", said), Keep.NONE) == set()


def test_what_is_dropped_is_on_record(run: Run) -> None:
    folder = site(run, "https://a.example.cn/", audit("failed", "shots/0.jpg", None))
    close(run.path, Seal())
    digest = hashlib.sha256((folder.path / "shots/2.jpg").read_bytes()).hexdigest()
    leaving = plan(run, FINDINGS)
    close(run.path, Seal(), leaving)
    assert remove(run.path, leaving) == sum(len(f"https://a.example.cn/shots/{n}.jpg") for n in (1, 2))
    found = verify(run.path, archives=False)
    assert (found.intact, found.dropped) == (True, 2)
    place = (folder.path / "shots/2.jpg").relative_to(run.path).as_posix()
    assert manifest.read(run.path).dropped[place].sha256 == digest
    (run.path / place).write_bytes(b"put back")
    assert verify(run.path, archives=False).changes.added == (place,)


def test_the_record_outlives_later_manifests(run: Run) -> None:
    folder = site(run, "https://a.example.cn/", audit("failed", "shots/0.jpg", None))
    leaving = plan(run, FINDINGS)
    close(run.path, Seal(), leaving)
    remove(run.path, leaving)
    ready(run.path, Seal())
    manifest.retire(run.path)
    (folder.path / "shots/1.jpg").write_text("the site was visited again")
    close(run.path, Seal())
    assert [Path(path).name for path in manifest.read(run.path).dropped] == ["2.jpg"]
    assert verify(run.path, archives=False).intact
