"""`gongshi sweep` as its users call it: what it prints, how it ends, what stays."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from crawler.store import Run

ROOT = Path(__file__).parents[1]


def command(sites: Path, run: Path, *options: str) -> list[str]:
    plain = ("--allow-private", "--render", "never")
    return [
        sys.executable,
        *map(str, (ROOT / "gongshi.py", "--lang", "en", "sweep", sites, "-o", run, *plain, *options)),
    ]


def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"XDG_DATA_HOME": str(tmp_path / "data"), "LANG": "C.UTF-8"}


def gongshi(tmp_path: Path, *arguments: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), env=environment(tmp_path), capture_output=True, text=True)


@pytest.fixture
def sites(serve: Any, tmp_path: Path) -> Path:
    """Two sites that answer, one that is closed to us, one that does not exist."""
    base = serve({"/": "<title>面馆</title><p>手工面</p>"})
    closed = serve({"/": (403, {}, b"<h1>no</h1>")})
    urls = [base.replace("127.0.0.1", f"{name}.localhost") + "/" for name in ("a", "b")]
    file = tmp_path / "sites.txt"
    file.write_text("\n".join([*urls, closed.replace("127.0.0.1", "c.localhost"), "http://nobody.invalid/"]))
    return file


def test_a_sweep_tells_a_line_a_site_and_what_became_of_all(tmp_path: Path, sites: Path) -> None:
    run = tmp_path / "run"
    first = gongshi(tmp_path, sites, run)
    assert first.returncode == 4, first.stderr
    listed, _, told = first.stdout.partition("\n\n")
    assert [line.split("  ")[-1].split()[0] for line in listed.splitlines()][-2:] in (
        ["blocked", "dns"],
        ["dns", "blocked"],
    )
    assert told.startswith("4 sites, 50% of them reached\n")
    assert "Coverage is low: 50%" in first.stderr
    assert "[4/4]" in first.stderr
    visits = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert sorted(visit["reached"] for visit in visits) == ["blocked", "dns", "ok", "ok"]
    before = (run / "manifest.sha256").read_bytes()
    again = gongshi(tmp_path, sites, run)
    assert (again.returncode, (run / "manifest.sha256").read_bytes()) == (4, before), "nothing was left to do"
    assert again.stdout.strip() == first.stdout.partition("\nslowest")[0].strip()


def test_sites_are_visited_again_for_their_reason(tmp_path: Path, sites: Path, serve: Any) -> None:
    run = tmp_path / "run"
    gongshi(tmp_path, sites, run)
    asked = serve.asked.count("/")
    retried = gongshi(tmp_path, sites, run, "--retry", "blocked")
    assert (retried.returncode, serve.asked.count("/")) == (4, asked + 1)
    assert gongshi(tmp_path, sites, run, "--retry", "no-such-reason").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_130_and_the_same_command_goes_on(tmp_path: Path, serve: Any, sign: signal.Signals) -> None:
    def slow(path: str) -> str | None:
        time.sleep(1)
        return "<p>x</p>" if path == "/" else None

    base = serve(slow)
    sites, run = tmp_path / "sites.txt", tmp_path / "run"
    urls = [base.replace("127.0.0.1", f"s{number}.localhost") + "/" for number in range(3)]
    sites.write_text("\n".join(urls))
    process = subprocess.Popen(
        command(sites, run), env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 30
    while not serve.asked and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(sign)
    out, told = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert told.splitlines()[-1] == "Interrupted: the same command goes on."
    assert "Traceback" not in told
    assert gongshi(tmp_path, sites, run).returncode == 0
    assert all(Run(run).done(url) for url in urls)
    (run / "manifest.sha256").unlink()  # as where it was killed before that was written
    assert "manifest.sha256 has the digest" in gongshi(tmp_path, sites, run).stderr
    assert (run / "manifest.sha256").exists()


def test_a_run_may_be_kept_in_a_store(tmp_path: Path, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    base = serve({"/": "<title>面馆</title><p>手工面</p>"})
    (sites := tmp_path / "sites.txt").write_text(base.replace("127.0.0.1", "a.localhost"))
    store = f"local://{tmp_path}/store"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "one"))
    first = gongshi(tmp_path, sites, store)
    assert first.returncode == 0, first.stderr
    kept = {path.name for path in (tmp_path / "store").rglob("*") if path.is_file()}
    assert kept >= {"run.json", "seeds.csv", "capture.json.zst", "audit.json", "log.jsonl", "manifest.sha256"}
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other machine"))
    again = gongshi(tmp_path, sites, store)
    assert (again.returncode, serve.asked.count("/")) == (0, 1), "another machine knows what was done"
    mirror = Path(again.stderr.partition("on this machine: ")[2].splitlines()[0])
    assert (mirror / "manifest.sha256").read_bytes() == (tmp_path / "store" / "manifest.sha256").read_bytes()
    assert gongshi(tmp_path, sites, store, "--retry", "ok").returncode == 0
    assert serve.asked.count("/") == 2


def test_a_dashboard_needs_a_scheduler(tmp_path: Path, sites: Path) -> None:
    asked = gongshi(tmp_path, sites, tmp_path / "run", "--dashboard")
    assert (asked.returncode, "--dashboard needs --scheduler" in asked.stderr) == (2, True)
    assert not (tmp_path / "run").exists(), "nothing is written"
