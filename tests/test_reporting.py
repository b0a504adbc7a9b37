"""Reports on the command line: what is asked for is checked before anything is visited or written."""

import contextlib
import json
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import gongshi
import gongshi_reporting
import gongshi_terms
import reports
from crawler.ledger import begin
from crawler.settings import CrawlSettings
from crawler.store import Run
from seeds.model import Seed


def call(*arguments: str) -> Result:
    return CliRunner().invoke(gongshi.cli, list(arguments))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of which no site has its verdict yet."""
    begin(Run(tmp_path / "run"), [Seed("https://a.example.cn/")], CrawlSettings(), {"policy": "abc"})
    return tmp_path / "run"


@pytest.mark.parametrize("arguments", [("audit", "a.example.cn"), ("report", "RUN", "-o", "out")])
def test_a_missing_library_is_a_wrong_call_that_writes_nothing(
    arguments: tuple[str, ...], run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.chdir(tmp_path)
    called = [str(run) if one == "RUN" else one for one in arguments]
    forms = "parquet" if called[0] == "audit" else "html,parquet"
    with pytest.raises(gongshi_terms.Stop, match="pip install") as stop:
        gongshi.cli.main([*called, "--format", forms], standalone_mode=False)
    assert stop.value.code is gongshi_terms.Exit.USAGE
    assert not (tmp_path / "out").exists()


def test_help_names_every_format() -> None:
    for command in ("audit", "report"):
        told = " ".join(call(command, "--help").stdout.split())
        assert [form for form in reports.format_names() if form not in told] == []


def test_a_terminal_gets_no_binary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    gongshi_reporting.showable("xlsx", tmp_path / "a.xlsx")
    gongshi_reporting.showable("csv", None)
    with pytest.raises(click.UsageError, match="-o FILE"):
        gongshi_reporting.showable("xlsx", None)


def test_the_report_of_a_run_says_what_was_asked(run: Path, tmp_path: Path) -> None:
    assert call("report", str(run), "-o", str(tmp_path / "out"), "--lang", "en").exit_code == 0
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert json.loads((run / "run.json").read_text())["begun_at"][:10] in page
    assert "digest of the policy" in page


@pytest.mark.parametrize(
    "options", [("--with", "nowhere"), ("--template", "no.docx"), ("--template", "run/run.json"), ("--format", "odt")]
)
def test_what_cannot_be_used_is_told_before_anything_is_written(
    options: tuple[str, str], run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(run.parent)
    with pytest.raises(click.ClickException) as stop:
        gongshi.cli.main(["report", str(run), "-o", "out", *options], standalone_mode=False)
    assert getattr(stop.value, "code", stop.value.exit_code) == gongshi_terms.Exit.USAGE
    assert not Path("out").exists()


def test_without_a_browser_notices_have_no_pdf(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGSHI_BROWSER", str(tmp_path / "none"))
    with gongshi_reporting.printing(True) as printer:
        assert printer is None
    assert "DOCX only" in capsys.readouterr().err
    with gongshi_reporting.printing(False) as printer:
        assert printer is None
    assert capsys.readouterr().err == ""


def test_notices_are_printed_unless_told_not_to(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[bool] = []

    def printing(wants: bool) -> contextlib.AbstractContextManager[None]:
        wanted.append(wants)
        return contextlib.nullcontext()

    monkeypatch.setattr(gongshi_reporting, "printing", printing)
    for form, *options in (("notice",), ("notice", "--no-pdf"), ("md",)):
        assert call("report", str(run), "-o", str(tmp_path / "out"), "--format", form, *options).exit_code == 0
    assert wanted == [True, False, False]


def test_reports_made_side_by_side_are_the_same(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.load("html")
    monkeypatch.setattr(gongshi_reporting.os, "cpu_count", lambda: 2)
    for name, many in (("alone", 10), ("beside", 0)):
        monkeypatch.setattr(gongshi_reporting, "MANY", many)
        called = call("report", str(run), "-o", str(tmp_path / name), "--format", "html,csv,json")
        assert called.exit_code == 0, called.stderr
    made = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in ("alone", "beside")]
    assert made[0] == made[1] and "report.jsonl" in made[0]
    assert (tmp_path / "alone/report.html").read_bytes() == (tmp_path / "beside/report.html").read_bytes()
