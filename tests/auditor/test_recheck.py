"""Judging again, in this process; the command is tested in `tests/test_evidence.py`."""

import shutil
from pathlib import Path

import pytest

from auditor.recheck import Rejudged, rejudge
from crawler.store import AUDIT, CAPTURE, Run, SiteFolder
from gongshi_judging import Judge

GOLDEN = Path(__file__).parents[1] / "captures" / "format-1"


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    folder = Run(tmp_path / "run").folder("https://chat.example.cn/")
    shutil.copytree(GOLDEN, folder.path)
    return folder


def without_sense(_: SiteFolder) -> bytes:
    raise IndexError("list index out of range")


def told(done: Rejudged) -> tuple[str, str]:
    assert done.problem is not None
    return done.problem.zh, done.problem.en


def test_what_cannot_be_judged_costs_one_verdict(folder: SiteFolder, tmp_path: Path) -> None:
    zh, en = told(done := rejudge(folder, Run(tmp_path / "beside"), without_sense))
    assert en == f"{folder.path}: its capture cannot be judged (IndexError: list index out of range)"
    assert zh.startswith(f"{folder.path}：取证文件无法判断")
    assert (done.verdict, [*(tmp_path / "beside").rglob(AUDIT)]) == (None, [])


def test_a_file_that_cannot_be_read_is_told_in_both_languages(folder: SiteFolder, tmp_path: Path) -> None:
    (folder.path / CAPTURE).write_bytes(b"not a capture")
    zh, en = told(rejudge(folder, Run(tmp_path / "beside"), Judge(None, None).verdict))
    assert "不是完整的取证文件" in zh
    assert "not a whole capture" in en


def test_an_old_verdict_that_cannot_be_read_does_not_keep_from_a_new_one(folder: SiteFolder, tmp_path: Path) -> None:
    folder.write_audit(b"{")
    zh, en = told(done := rejudge(folder, Run(tmp_path / "beside"), Judge(None, None).verdict))
    assert zh.startswith("原结论：") and en.startswith("its old verdict: ")
    assert done.verdict == "warning"
    assert folder.read_audit() == b"{"
    assert len([*(tmp_path / "beside").rglob(AUDIT)]) == 1
