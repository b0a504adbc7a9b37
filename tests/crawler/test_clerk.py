"""What is filed with a clerk is stored, judged and answered. In a process of its own: a clerk is forked before any
thread is there, and pytest has threads."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.clerk import Trouble, trouble_of
from crawler.store import Run

FILE = """
import asyncio, os, re, sys, time
from pathlib import Path
from crawler.capture import Custody, PageCapture, Reached, Role, SiteCapture
from crawler.clerk import Desk, started
from crawler.store import Run
from seeds.model import Seed

def judge(folder):
    name = folder.path.name
    if name.startswith("stumbles"):
        raise RuntimeError("the judge stumbled")
    if name.startswith("full"):
        raise OSError(28, "No space left on device", "audit.json")
    if name.startswith("ends"):
        os._exit(9)
    if name.startswith("exits"):
        raise SystemExit(3)
    if name.startswith("half"):
        raise ValueError("half of a character: \\ud800")
    folder.write_audit(str(len(folder.read().pages[0].html)).encode())

def seen(site, words):
    page = PageCapture(f"http://{site}/", Role.HOME, 0, (), Reached.OK, html="字" * words)
    return SiteCapture(Seed(site), page.url, "2026-11-26T00:00:00+00:00", Reached.OK, (page,), (), "allowed",
                       Custody("1", None, "", ()))

def clerk_of(pid):
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text())

def most_memory():
    told = Path("/proc/self/status")
    return int(re.search(r"VmHWM:\\s*(\\d+)", told.read_text())[1]) >> 10 if told.exists() else ""

async def file(clerk, sites):
    async with clerk.at_work():
        if sites[0][0] == "killed":
            await clerk.file("first.example", Reached.OK, 1, seen("first.example", 1))
            os.kill(clerk_of(os.getpid()), 9)
            time.sleep(0.3)  # so that the loop learns of it by writing
            try:
                await clerk.file("next.example", Reached.OK, 1, seen("next.example", 1))
            except OSError as error:
                print("the site is blamed:", error)
        for trouble in await asyncio.gather(
            *(clerk.file(site, Reached.OK, 1, seen(site, int(words)) if words else None) for site, words in sites)
        ):
            print(ascii(trouble.words)[1:-1] if trouble else "done", trouble.fatal if trouble else "")

if __name__ == "__main__":
    sites = [argument.split("=") for argument in sys.argv[2:]]
    with started(Desk(Run(Path(sys.argv[1])), judge, 1)) as clerk:
        asyncio.run(file(clerk, sites))
    print("the worker goes on")
    print(most_memory(), file=sys.stderr)
"""


def filed(run: Path, *sites: str) -> tuple[list[str], int]:
    """What is said of sites, "name=characters" or "name=" for one that is stored already; the worker's exit code."""
    command = (sys.executable, "-u", "-c", FILE, str(run), *sites)
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, text=True)
    return [line.strip() for line in ended.stdout.splitlines()], ended.returncode


def test_every_site_is_stored_and_judged_and_answered_large_or_small(tmp_path: Path) -> None:
    sites = [f"s{number}.example={number + 1}" for number in range(200)] + ["large.example=10000000"]
    assert filed(tmp_path, *sites) == (["done"] * 201 + ["the worker goes on"], 0)
    for site in sites:
        name, _, words = site.partition("=")
        folder = Run(tmp_path).folder(name)
        assert folder.read_audit().decode() == words
        assert len(folder.read().pages[0].html or "") == int(words)
    assert filed(tmp_path, "s7.example=") == (["done", "the worker goes on"], 0)


def test_what_goes_wrong_is_told_of_its_site_alone(tmp_path: Path) -> None:
    sites = ("stumbles.example=1", "full.example=1", "never-seen.example=", "fine.example=1", "half.example=1")
    said = filed(tmp_path, *sites, "\udcff.example=1")[0]
    assert said[0] == "RuntimeError: the judge stumbled False"
    assert said[1] == "No space left on device audit.json True"
    assert said[2].startswith("StoreError: ")
    assert said[3] == "done"
    assert said[4:] == [r"ValueError: half of a character: \ud800 False", "done", "the worker goes on"]
    assert Run(tmp_path).folder("stumbles.example").captured, "so that only the verdict is to be given again"


@pytest.mark.parametrize("site", ["ends.example=1", "exits.example=1"])
def test_a_worker_whose_clerk_has_ended_ends_too(tmp_path: Path, site: str) -> None:
    """Others do what it leaves; nothing is said of the site."""
    assert filed(tmp_path, site) == ([], 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_clerk_that_is_killed_is_not_the_sites_fault(tmp_path: Path) -> None:
    assert filed(tmp_path, "killed=1") == ([], 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_waits_for_the_clerk_is_not_kept_as_bytes_too(tmp_path: Path) -> None:
    """24 captures of 10 MB, of which JSON takes 15 MB each."""
    command = (
        sys.executable,
        "-u",
        "-c",
        FILE,
        str(tmp_path),
        *[f"large{number}.example=5000000" for number in range(24)],
    )
    ended = subprocess.run(command, capture_output=True, timeout=60, text=True)
    assert ended.stdout.splitlines() == ["done "] * 24 + ["the worker goes on"]
    assert int(ended.stderr.split()[-1]) < 24 * 10 + 150, "MB"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_disk_that_takes_no_more_is_the_end_of_the_sweep(number: int) -> None:
    assert trouble_of(OSError(number, "words", "a/b")) == Trouble("words a/b", fatal=True)


def test_other_errors_are_of_one_site() -> None:
    assert trouble_of(OSError(errno.EMFILE, "words")) == Trouble(f"OSError: [Errno {errno.EMFILE}] words", fatal=False)
    assert trouble_of(ValueError("x")) == Trouble("ValueError: x", fatal=False)
