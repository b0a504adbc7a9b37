"""Runs as evidence, on the command line: verify, seal, recheck, report into a run. No browser: a stored capture."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import gongshi
import gongshi_register
from auditor.registry import Register
from auditor.registry.row import List, Row
from crawler.archive import Archive
from crawler.seal import Seal, close
from crawler.store import ARCHIVE, AUDIT, CAPTURE, Run, SiteFolder
from reports.as_json import decode

GOLDEN = Path(__file__).parent / "captures" / "format-1"
Call = Callable[..., "Result"]
NUMBER = "网信算备610113911772901250019号"


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No register and no settings of whoever runs the tests; worker processes see the same."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("GONGSHI_TSA_CA", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    gongshi_register.load_register.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    """The golden capture, judged, in a run of its own."""
    capture = SiteFolder(GOLDEN).read()
    folder = Run(tmp_path / "run").folder(capture.seed.url)
    shutil.copytree(GOLDEN, folder.path)
    gongshi.Judge(None, None)(folder)
    return folder


@pytest.fixture
def run(folder: SiteFolder) -> Path:
    """A run of one site with its manifest."""
    path = folder.path.parents[2]
    (path / "run.json").write_text("{}")
    close(path, Seal())
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    path.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


class Result(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """`gongshi ARGUMENTS`, in this process."""

    def run(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongshi", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            gongshi.main()
            sys.exit(0)
        told = capsys.readouterr()
        return Result(int(ended.value.code or 0), told.out, told.err)

    return run


def snapshot(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_verify_says_that_a_run_is_intact(call: Call, run: Path) -> None:
    result = call("verify", run)
    assert result.exit_code == 0
    assert "intact: nothing was changed" in result.stdout
    assert "完好" in call("verify", run, "--lang", "zh").stdout


def test_verify_names_every_change(call: Call, run: Path, folder: SiteFolder) -> None:
    place = folder.path.relative_to(run).as_posix()
    (folder.path / AUDIT).write_bytes((folder.path / AUDIT).read_bytes().replace(b"warning", b"clean  ", 1))
    (folder.path / CAPTURE).unlink()
    (run / "extra\x1b[31m").write_text("")
    result = call("verify", run)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:3] == [
        f"changed\t{place}/{AUDIT}",
        f"missing\t{place}/{CAPTURE}",
        "added\textra",
    ]


def test_verify_tells_a_damaged_manifest_from_a_missing_one(call: Call, run: Path, tmp_path: Path) -> None:
    (run / "manifest.sha256").write_bytes((run / "manifest.sha256").read_bytes()[:-5])
    damaged = call("verify", run)
    assert damaged.exit_code == 1
    (run / "manifest.sha256").unlink()
    missing = call("verify", run)
    assert missing.exit_code == 2
    nowhere = call("verify", tmp_path / "nowhere")
    assert nowhere.exit_code == 2


def test_verify_opens_the_archives(call: Call, run: Path, folder: SiteFolder) -> None:
    archive = Archive(folder, "gongshi/test")
    archive.pack([], [AUDIT])
    call("seal", run)
    assert call("verify", run).exit_code == 0
    data = (folder.path / ARCHIVE).read_bytes()
    (folder.path / ARCHIVE).write_bytes(data[: len(data) // 2])
    call("seal", run)  # whoever sealed it did not look
    place = (folder.path / ARCHIVE).relative_to(run).as_posix()
    result = call("verify", run)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines()[0] == f"{place} is no whole archive: its end is missing"
    assert "intact" not in result.stdout
    assert f"{place} 不是完整的存档：结尾不完整" in call("verify", run, "--lang", "zh").stdout


def test_seal_signs_what_is_there_and_keeps_the_old_manifest(call: Call, run: Path, key: Path) -> None:
    before = (run / "manifest.sha256").read_bytes()
    (run / "note.txt").write_text("added on purpose")
    assert call("seal", run, "--sign", key).exit_code == 0
    assert "signed with the key" in call("verify", run).stdout
    assert (run / "manifests" / "1" / "manifest.sha256").read_bytes() == before


def test_a_time_stamp_that_fails_is_loud(call: Call, run: Path) -> None:
    result = call("seal", run, "--timestamp", "http://127.0.0.1:1/")
    assert result.exit_code == 5
    assert "NOT sealed" in result.stderr
    assert "time-stamp manifest.sha256.tsr is missing" in call("verify", run).stdout


def test_a_bad_key_changes_nothing(call: Call, run: Path) -> None:
    before = snapshot(run)
    assert call("seal", run, "--sign", run / "run.json").exit_code == 2
    assert snapshot(run) == before


def test_seals_of_an_audit_need_a_place(call: Call, key: Path) -> None:
    result = call("audit", "https://chat.example.cn/", "--sign", key)
    assert result.exit_code == 2
    assert "--keep" in result.stderr


def test_a_report_into_the_run_is_vouched_for(call: Call, run: Path, key: Path) -> None:
    call("seal", run, "--sign", key)
    result = call("report", run, "-o", run / "report")
    assert result.exit_code == 0
    assert "not signed or time-stamped" in result.stderr
    assert call("verify", run).exit_code == 0


def test_a_changed_run_is_not_reported_into(call: Call, run: Path) -> None:
    (run / "run.json").write_text("{ }")
    assert call("report", run, "-o", run / "report").exit_code == 2
    assert not (run / "report").exists()


def test_recheck_without_a_change_says_nothing_and_gives_the_same_bytes(
    call: Call, run: Path, folder: SiteFolder
) -> None:
    before = snapshot(run)
    result = call("recheck", run)
    assert (result.exit_code, result.stdout) == (0, "")
    new = run / "rechecks" / "1" / folder.path.relative_to(run) / AUDIT
    assert new.read_bytes() == folder.read_audit()
    after = snapshot(run)
    assert {name: after[name] for name in before if name != "manifest.sha256"} == {
        name: data for name, data in before.items() if name != "manifest.sha256"
    }
    assert call("verify", run).exit_code == 0


def test_recheck_tells_what_changed_and_by_which_rule(
    call: Call, run: Path, folder: SiteFolder, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("[threshold.contrast]\nvalue = 1\n[threshold.font-px]\nvalue = 4\n", "utf-8")
    old = folder.read_audit()
    result = call("recheck", run, "--policy", policy)
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    told = {(what, name): values for _, what, name, values, *_ in lines}
    assert told["rule", "number-contrast"].startswith("failed (warning) → passed")
    assert ("judged-with", "policy") in told
    assert folder.read_audit() == old
    again = call("recheck", run)
    assert again.stdout == ""
    assert (run / "rechecks" / "2" / folder.path.relative_to(run) / AUDIT).read_bytes() == old


def test_recheck_tells_the_register_row(call: Call, run: Path, tmp_path: Path) -> None:
    place = tmp_path / "register"
    Register([Row(List.SYNTHESIS, NUMBER, "海棠算法", "海棠示例教育有限公司", batch="2026-05")]).save(place)
    result = call("recheck", run, "--registry", place)
    register = [line.split("\t") for line in result.stdout.splitlines() if "\tregister\t" in line]
    assert next((line[2], line[3].split(" → ")[0]) for line in register) == (NUMBER, "not-checked")
    assert "listed · 海棠示例教育有限公司" in register[0][3]


def test_the_report_of_a_recheck_shows_the_pictures_of_the_run(call: Call, run: Path, tmp_path: Path) -> None:
    call("recheck", run)
    assert call("report", run, "-o", tmp_path / "old").exit_code == 0
    assert call("report", run / "rechecks" / "1", "-o", tmp_path / "new").exit_code == 0
    pictures = [{file.name for file in (tmp_path / name).rglob("pictures/*")} for name in ("old", "new")]
    assert pictures[0]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("name", "harm", "said"),
    [
        (CAPTURE, lambda data: data[: len(data) // 2], "not a whole capture"),
        (CAPTURE, lambda _: b"", "not a whole capture"),
        (CAPTURE, lambda _: bytes.fromhex("28b52ffde0ffffffffffffff00"), "not a whole capture"),
        (CAPTURE, lambda _: b"[" * 100_000, "not a whole capture"),
        (AUDIT, lambda data: data[: len(data) // 2], "its old verdict:"),
        (AUDIT, lambda _: b"\xff\xfe{}", "its old verdict:"),
        (AUDIT, lambda _: b"[" * 100_000, "its old verdict:"),
    ],
)
def test_damaged_files_end_in_one_clear_sentence(
    call: Call, run: Path, folder: SiteFolder, name: str, harm: Callable[[bytes], bytes], said: str
) -> None:
    other = Run(run).folder("https://other.example.cn/")
    shutil.copytree(folder.path, other.path)
    (folder.path / name).write_bytes(harm((folder.path / name).read_bytes()))
    call("seal", run)
    result = call("recheck", run)
    assert result.exit_code == 5
    assert [line for line in result.stderr.splitlines() if said in line and str(folder.path) in line]
    assert "Traceback" not in result.stderr
    audits = [decode(path.read_bytes()) for path in (run / "rechecks" / "1").rglob(AUDIT)]
    assert len(audits) == (1 if name == CAPTURE else 2)


@pytest.mark.parametrize("harm", [lambda data: data[:-2], lambda _: b"", lambda _: b"\xff", lambda _: b"[" * 100_000])
def test_a_damaged_verdict_ends_every_reader_in_one_clear_sentence(
    call: Call, run: Path, folder: SiteFolder, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    shutil.copytree(run, tmp_path / "other")
    (folder.path / AUDIT).write_bytes(harm(folder.read_audit()))
    for command in (
        ("report", run, "-o", tmp_path / "report", "--format", "html,json"),
        ("diff", tmp_path / "other", run),
        ("diff", run, tmp_path / "other"),
        ("audit", "https://chat.example.cn/", "--baseline", run),
    ):
        result = call(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{folder.path / AUDIT}: not a whole verdict" in result.stderr
        assert len(result.stderr.splitlines()) == 1
    assert f"{folder.path / AUDIT}：不是完整的核查结果" in call("diff", run, run, "--lang", "zh").stderr
    assert call("verify", run).stdout.startswith(f"changed\t{(folder.path / AUDIT).relative_to(run)}")


def test_a_recheck_says_with_what_it_judged(call: Call, run: Path) -> None:
    call("recheck", run)
    asked = json.loads((run / "rechecks" / "1" / "run.json").read_text("utf-8"))
    assert {"gongshi", "judged_at", "policy", "register"} <= asked.keys()


def test_prune_keeps_the_evidence_of_findings_and_records_the_rest(call: Call, run: Path, folder: SiteFolder) -> None:
    (folder.path / "shots" / "3-desktop-1.jpg").write_bytes(b"nothing rests on it")
    call("seal", run)
    result = call("prune", run)
    assert result.exit_code == 0
    assert "1 files dropped" in result.stderr
    assert sorted(path.name for path in (folder.path / "shots").iterdir()) == ["0-desktop-2.jpg", "0-mobile-2.jpg"]
    verified = call("verify", run)
    assert verified.exit_code == 0
    assert "1 more were dropped, on record" in verified.stdout


def test_prune_refuses_what_it_does_not_know(call: Call, run: Path) -> None:
    before = snapshot(run)
    assert call("prune", run, "--keep", "everything").exit_code == 2
    assert snapshot(run) == before


@pytest.mark.browser
def test_a_violation_that_does_not_repeat_is_in_doubt(call: Call, tmp_path: Path, serve: Callable[..., str]) -> None:
    visits = 0

    def page(path: str) -> str | None:
        nonlocal visits
        visits += path == "/robots.txt"  # asked once a visit
        style = "" if visits > 1 else "style='display:none'"
        number = f"<p {style}>算法备案：<a href='https://beian.cac.gov.cn/'>网信算备110108900411701250015号</a></p>"
        words = "<h1>星屿智聊</h1><p>AI对话助手</p>" + "<p>会倾听的助手，随时回答。</p>" * 20
        return f"<!doctype html><html lang=zh>{words}<footer>{number}</footer>" if path == "/" else None

    keep, sites = tmp_path / "kept", tmp_path / "sites.csv"
    sites.write_text(f"url,service\n{serve(page)}/,generative\n")
    call("sweep", sites, "-o", keep, "--allow-private")
    (folder,) = Run(keep).folders()
    (first,) = (one for one in decode(folder.read_audit()).findings if one.rule == "number-visible")
    assert (first.outcome, first.severity) == ("failed", "violation")
    call("sweep", sites, "-o", keep, "--allow-private", "--confirm")
    found = {finding.rule: finding for finding in decode(folder.read_audit()).findings}["number-visible"]
    assert found.outcome == "needs-review"
    assert "did not show it again" in found.message.en
    assert any((seen.screenshot or "").startswith("second/shots/") for seen in found.evidence)
    assert (folder.path / "second" / CAPTURE).is_file()
    assert not (keep / "second").exists()
    (session,) = map(json.loads, (keep / "resumed.jsonl").read_text("utf-8").splitlines())
    assert session["second_visits"] == "1"
    assert call("verify", keep).exit_code == 0
    call("recheck", keep)
    assert decode(next((keep / "rechecks").rglob(AUDIT)).read_bytes()).findings == decode(folder.read_audit()).findings
