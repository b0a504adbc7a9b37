"""A machine that fails in the middle of a sweep: told in one sentence, and the same command goes on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder
from crawler.sweep import SMALLEST_SHARD, MachineError, sweep
from seeds.model import Seed

PLAIN = CrawlSettings(allow_private=True, delay=0, render="never", retries=0, sites_at_once=2)
ROOT = Path(__file__).parents[2]


def judge(folder: SiteFolder) -> None:
    folder.write_audit(b"{}")


def fill_up(folder: SiteFolder) -> None:
    """The third verdict does not fit on the disk."""
    run = folder.path.parents[2]
    if len(list(run.glob("sites/*/*/audit.json"))) >= 2 and not (run / "mended").exists():
        raise OSError(28, "No space left on device")
    judge(folder)


def seeds_of(base: str, count: int) -> list[Seed]:
    return [Seed(base.replace("127.0.0.1", f"s{number}.localhost") + "/") for number in range(count)]


def test_a_full_disk_stops_the_sweep_which_goes_on_when_there_is_room(serve: Any, tmp_path: Path) -> None:
    seeds = seeds_of(serve({"/": "<p>x"}), SMALLEST_SHARD)
    with pytest.raises(MachineError, match="No space left on device"):
        list(sweep(seeds, tmp_path, PLAIN, NoScout(), fill_up))
    assert serve.asked.count("/") < len(seeds), "it does not try all others"
    (tmp_path / "mended").touch()
    assert all(done.problem == "" for done in sweep(seeds, tmp_path, PLAIN, NoScout(), fill_up))
    assert all(Run(tmp_path).done(seed.url) for seed in seeds)
    assert serve.asked.count("/") <= len(seeds) + PLAIN.sites_at_once - 1, (
        "what was captured is judged without another visit"
    )


@pytest.mark.browser
def test_a_machine_without_a_browser_is_not_the_sites_fault(serve: Any, tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "broken").chmod(0o755)
    settings = CrawlSettings(allow_private=True, delay=0, browser=str(tmp_path / "broken"))
    with pytest.raises(MachineError, match="does not start"):
        list(sweep(seeds_of(serve({"/": "<p>x"}), 1), tmp_path / "run", settings, NoScout(), judge))
    assert not Run(tmp_path / "run").done(seeds_of(serve({}), 1)[0].url)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 KB; only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("needs root to mount a small disk")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", str(place)], capture_output=True)
    if made.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def gongshi(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"XDG_DATA_HOME": "/nonexistent", "LANG": "C.UTF-8"}
    command = [sys.executable, ROOT / "gongshi.py", *arguments]
    return subprocess.run([*map(str, command)], env=environment, capture_output=True, text=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a tmpfs")
def test_the_command_says_that_the_disk_is_full_and_goes_on(serve: Any, small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("\n".join(seed.url for seed in seeds_of(serve({"/": "<p>x"}), SMALLEST_SHARD)))
    command = ("sweep", tmp_path / "list.txt", "-o", small_disk / "run", "--allow-private", "--render", "never")
    full = gongshi(*command)
    assert full.returncode == 5, full.stderr
    sentences = [line for line in full.stderr.splitlines() if line.startswith("Error")]
    assert len(sentences) == 1
    assert "No space left on device" in sentences[0]
    assert "Traceback" not in full.stderr
    kept = {path: path.read_bytes() for path in small_disk.rglob("audit.json")}
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    mended = gongshi(*command)
    assert mended.returncode == 0, mended.stderr
    assert len(list(small_disk.rglob("audit.json"))) == SMALLEST_SHARD
    assert all(path.read_bytes() == data for path, data in kept.items())
    assert not list(small_disk.rglob(".*")), "what did not fit left nothing behind"
