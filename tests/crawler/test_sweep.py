"""Sweeps: from seeds to verdicts on disk, in worker processes."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.capture import Box, PageCapture, Reached, Role, View
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder, site_name
from crawler.sweep import pending, sweep
from seeds.model import Seed

pytestmark = pytest.mark.browser

QUICK = CrawlSettings(allow_private=True, delay=0, quiet_timeout=1.5, load_timeout=5, mobile=False, retries=0)
VIEWPORT = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"


class Scout(NoScout):
    """Wants views of pages that say 编号, and the links that say 查."""

    def deserves_view(self, page: PageCapture) -> bool:
        return "编号" in (page.html or "")

    def places(self, page: PageCapture, view: View) -> tuple[Box, ...]:
        return ((0, 0, 100, 50),)

    def links(self, pages: tuple[PageCapture, ...]) -> tuple[str, ...]:
        base = pages[0].url
        port = base.rstrip("/").rpartition(":")[2]
        own = (base + "fine", base + "gone", base + "no-head")
        return (
            *own,
            f"http://foreign.localhost:{port}/a",
            f"http://foreign.localhost:{port}/b",
            "javascript:x",
            own[0],
        )


def judge(folder: SiteFolder) -> None:
    folder.write_audit(str(len(folder.read().pages)).encode())


def kill_once(folder: SiteFolder, pid: int) -> None:
    """Kill a process at the first site, as a crash would."""
    mark = folder.path.parents[2] / "died"
    if not mark.exists():
        mark.touch()
        os.kill(pid, signal.SIGKILL)
    judge(folder)


def kill_the_clerk(folder: SiteFolder) -> None:
    kill_once(folder, os.getpid())


def kill_the_worker(folder: SiteFolder) -> None:
    kill_once(folder, os.getppid())


def fail_at_b(folder: SiteFolder) -> None:
    if "b.localhost" in folder.path.name:
        raise RuntimeError("the judge stumbled")
    judge(folder)


def pages(path: str) -> Any:
    table = {
        "/": f"{VIEWPORT}<title>家</title><a href=/gs>备案公示</a><a href=/about>关于</a><a href=/terms>用户协议</a>"
        "<a href=/download>下载</a><a href=/privacy>隐私政策</a><a href=/lost>资质</a><a href=/elsewhere>新闻</a>",
        "/gs/deeper": "three clicks away",
        "/gs": f"{VIEWPORT}<p>公示</p><a href=/gs/more>算法备案</a>",
        "/gs/more": f"{VIEWPORT}<p>深处</p><a href=/gs/deeper>备案</a>",
        "/about": f"{VIEWPORT}<p>关于我们</p>{'<p>一些介绍的文字。</p>' * 30}",
        "/terms": f"{VIEWPORT}<p>编号 1</p>{'<p>一些条款的文字。</p>' * 30}",
        "/privacy": f"{VIEWPORT}<div id=app></div><script>app.textContent = '脚本写的隐私政策'</script>",
        "/download": f"{VIEWPORT}{'<p>一些说明的文字。</p>' * 30}",
        "/fine": "fine",
        "/a": "foreign",
        "/b": "foreign",
    }
    return table.get(path)


def seeds_of(base: str, names: str) -> list[Seed]:
    return [Seed(base.replace("127.0.0.1", f"{name}.localhost") + "/") for name in names]


def test_one_site_from_seed_to_verdict(serve: Any, tmp_path: Path) -> None:
    (seed,) = seeds_of(serve(pages), "a")
    (done,) = sweep([seed], tmp_path, QUICK, Scout(), judge)
    capture = Run(tmp_path).folder(seed.url).read()
    found = {
        page.url.removeprefix(seed.url): (page.role, page.clicks, page.reached, len(page.views))
        for page in capture.pages
    }
    assert (done.reached, done.problem, capture.reached, capture.robots) == (Reached.OK, "", Reached.OK, "none")
    assert found == {
        "": (Role.HOME, 0, Reached.OK, 1),
        "gs": (Role.DISCLOSURE, 1, Reached.OK, 1),
        "lost": (Role.DISCLOSURE, 1, Reached.HTTP_4XX, 0),
        "gs/more": (Role.DISCLOSURE, 2, Reached.OK, 1),
        "about": (Role.ABOUT, 1, Reached.OK, 1),
        "terms": (Role.LEGAL, 1, Reached.OK, 1),
        "privacy": (Role.LEGAL, 1, Reached.OK, 1),
        "download": (Role.DOWNLOAD, 1, Reached.OK, 0),
    }
    assert Run(tmp_path).folder(seed.url).read_audit() == b"8"
    assert capture.custody.browser is not None
    assert ("allow_private", "True") in capture.custody.settings
    checks = {check.url.removeprefix(seed.url): (check.reached, check.status, check.tries) for check in capture.links}
    foreign = [url for url in checks if "foreign" in url]
    assert checks["fine"] == (Reached.OK, 200, 1)
    assert checks["gone"] == (Reached.HTTP_4XX, 404, 2)
    assert len(foreign) == 2
    assert [serve.asked.count(path) for path in ("/a", "/b")] == [1, 1]


def test_what_is_done_is_not_done_again(serve: Any, tmp_path: Path) -> None:
    seeds = seeds_of(serve({"/": f"{VIEWPORT}<p>x"}), "ab")
    assert len(list(sweep(seeds[:1], tmp_path, QUICK, NoScout(), judge))) == 1
    again = list(sweep([*seeds, *seeds], tmp_path, QUICK, NoScout(), judge))
    assert [done.url for done in again] == [seeds[1].url]
    assert list(sweep(seeds, tmp_path, QUICK, NoScout(), judge)) == []


@pytest.mark.parametrize("kill", [kill_the_clerk, kill_the_worker])
def test_a_process_that_dies_costs_no_site(
    serve: Any, tmp_path: Path, alive: Any, kill: Callable[[SiteFolder], None]
) -> None:
    seeds = seeds_of(serve({"/": f"{VIEWPORT}<p>x"}), "abc")
    done = list(sweep(seeds, tmp_path, QUICK, NoScout(), kill))
    assert within(10, lambda: not alive()), "neither a clerk nor a browser outlives its worker"
    assert sorted(one.url for one in done) == [seed.url for seed in seeds]
    assert {one.problem for one in done} == {""}
    assert all(Run(tmp_path).done(seed.url) for seed in seeds)


def test_a_judge_that_fails_costs_one_verdict(serve: Any, tmp_path: Path) -> None:
    seeds = seeds_of(serve({"/": f"{VIEWPORT}<p>x"}), "abc")
    done = list(sweep(seeds, tmp_path, QUICK, NoScout(), fail_at_b))
    assert Counter(one.problem for one in done) == {"": 2, "RuntimeError: the judge stumbled": 1}
    assert [seed.url for seed in pending(seeds, Run(tmp_path))] == [seeds[1].url]
    folder = Run(tmp_path).folder(seeds[1].url)
    assert folder.captured
    (folder.path / ".audit.json.1").write_text("a judge that was killed left this")
    assert len(list(sweep(seeds, tmp_path, QUICK, NoScout(), judge))) == 1
    assert not list(folder.path.glob(".*"))


def working_in(folder: Path) -> set[int]:
    """Browsers whose profile lies in a folder."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"user-data-dir={folder}".encode() in (entry / "cmdline").read_bytes():
                found.add(int(entry.name))
        except OSError:
            continue
    return found


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.sweep import sweep
from seeds.model import Seed
from test_sweep import judge
if __name__ == "__main__":
    settings = CrawlSettings(allow_private=True, delay=0, load_timeout=30)
    for done in sweep([Seed(sys.argv[2])], Path(sys.argv[3]), settings, NoScout(), judge):
        print(done)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_behind_when_a_sweep_is_stopped(serve: Any, tmp_path: Path, sign: signal.Signals) -> None:
    def slow(path: str) -> Any:
        if path == "/slow":
            time.sleep(8)
        return f"{VIEWPORT}<p>x<img src=/slow>" if path == "/" else None

    script = tmp_path / "stopped.py"
    script.write_text(SCRIPT)
    (seed,) = seeds_of(serve(slow), "a")
    here = str(Path(__file__).parent)
    paths = f"{here}{os.pathsep}{Path(__file__).parents[2]}"
    environment = os.environ | {"PYTHONPATH": paths, "TMPDIR": str(tmp_path)}
    command = [sys.executable, str(script), here, seed.url, str(tmp_path / "run")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        assert within(25, lambda: "/slow" in serve.asked)
        assert working_in(tmp_path)
        process.send_signal(sign)
        process.wait(15)
    assert within(10, lambda: not working_in(tmp_path))
    assert not Run(tmp_path / "run").done(seed.url)


def within(seconds: float, happens: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not happens() and time.monotonic() < until:
        time.sleep(0.1)
    return happens()


def test_seeds_of_one_site_are_one() -> None:
    class Nowhere(Run):
        pass

    seeds = [Seed("a.example"), Seed("https://a.example/"), Seed("http://a.example/"), Seed("b.example")]
    left = pending(seeds, Nowhere(Path("/nonexistent")))
    assert [seed.url for seed in left] == ["a.example", "http://a.example/", "b.example"]
    assert len({site_name(seed.url) for seed in seeds}) == 3


@pytest.fixture(autouse=True)
def no_tmp_left(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers clear up their temporary folders."""
    folder = tmp_path_factory.mktemp("workers")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []
