"""Before deployment: a built folder is served and audited; an earlier result is the baseline; secrets stay secret."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from seeds.samples import FOLDER

LINKED = '<a href="https://beian.cac.gov.cn/#/index"'
TOKEN = "tok-90c3e7a1d4"


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongshi", *arguments], cwd=folder, capture_output=True, text=True, timeout=300
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose built site has one fault: its number carries no link."""
    shutil.copytree(FOLDER / "lanxi-assistant", tmp_path / "web" / "dist")
    for page in (tmp_path / "web" / "dist").glob("*.html"):
        page.write_text(page.read_text("utf-8").replace(LINKED, '<a class="plain"'), "utf-8")
    return tmp_path


@pytest.mark.browser
def test_a_built_folder_fails_once_and_then_only_for_what_is_new(project: Path) -> None:
    first = call(project, "audit", "./web/dist", "--no-mobile", "--format", "json", "--keep", "run", "-o", "first.json")
    told = json.loads((project / "first.json").read_text("utf-8"))
    assert (told["site"], told["pages"][0]["url"]) == ("web/dist/", "web/dist/")
    failed = {one["rule"] for one in told["findings"] if one["outcome"] == "failed" and one["severity"] != "advice"}
    assert "algorithm-number-linked" in failed
    assert first.returncode == 1, first.stderr

    index = project / "web" / "dist" / "index.html"
    for baseline in ("run", "first.json"):
        again = call(project, "audit", "web/dist", "--no-mobile", "--format", "sarif", "--baseline", baseline)
        assert again.returncode == 0, again.stderr
    results = json.loads(again.stdout)["runs"][0]["results"]
    places = {one["physicalLocation"]["artifactLocation"]["uri"] for r in results for one in r["locations"]}
    assert places and all(place.startswith("web/dist/") for place in places)

    index.write_text(
        index.read_text("utf-8").replace("</footer>", "<p>ICP备案号：京ICP备XXXXXXXX号</p></footer>"), "utf-8"
    )
    new = call(
        project, "audit", "./web/dist", "--no-mobile", "--baseline", "first.json", "--fail-on", "review", "--lang", "en"
    )
    assert new.returncode == 1
    assert "web/dist/: new since the baseline: " in new.stderr

    assert call(project, "report", "run", "-o", "report").returncode == 0
    assert "127.0.0.1" not in (project / "report" / "report.html").read_text("utf-8").split('id="data"')[1]
    assert list((project / "report" / "pictures").iterdir())


@pytest.mark.browser
def test_secrets_are_not_written(project: Path) -> None:
    called = call(
        project,
        *("audit", "./web/dist", "--keep", "run", "-o", "out.html", "--format", "html"),
        *("--header", f"X-Key: {TOKEN}", "--cookie", f"sid={TOKEN}", "--http-auth", f"u:{TOKEN}"),
    )
    assert called.returncode == 1, called.stderr
    assert TOKEN not in called.stdout + called.stderr
    assert call(project, "report", "run", "-o", "report", "--format", "html,json,csv,text").returncode == 0
    files = [path for path in project.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [path for path in files if TOKEN.encode() in _read(path)] == []
    assert "cookie sid" in json.loads((project / "run" / "run.json").read_text("utf-8"))["settings"]["access"]


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    return zstandard.decompress(data) if path.suffix == ".zst" else data


@pytest.mark.parametrize(
    "arguments",
    [
        ("./empty",),
        ("a.example.cn", "b.example.com", "--header", f"X-Key: {TOKEN}"),
        ("a.example.cn", "--http-auth", TOKEN),
        ("a.example.cn", "--cookie", TOKEN),
        ("a.example.cn", "--storage-state", "nowhere.json"),
        ("a.example.cn", "--header", f"X-Key: {TOKEN}", "--evidence", "archive"),
        ("a.example.cn", "--baseline", "nowhere.json"),
        ("a.example.cn", "--baseline", "empty"),
    ],
)
def test_a_wrong_call_visits_nothing_and_repeats_no_secret(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = call(tmp_path, "audit", *arguments)
    assert found.returncode == 2, found.stderr
    assert found.stderr.strip() and TOKEN not in found.stderr
    assert "Traceback" not in found.stderr
