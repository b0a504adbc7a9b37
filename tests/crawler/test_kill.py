"""A sweep that is killed at random moments ends as if nobody had touched it. `GONGSHI_KILLS`: how often (20 in the
benchmark).
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pytest

from crawler.store import Run

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")]

KILLS = int(os.environ.get("GONGSHI_KILLS", "2"))
PLAIN_SITES = 12 + 4 * KILLS // 3  # enough to be still at work when the last kill comes
ROOT = Path(__file__).parents[2]

SCRIPT = """
import sys
from pathlib import Path
from auditor.scout import NumberScout
from crawler.settings import CrawlSettings
from crawler.sweep import sweep
from gongshi_judging import Judge
from seeds.model import Seed
if __name__ == "__main__":
    settings = CrawlSettings(allow_private=True, delay=0, max_pages=3, mobile=False, sites_at_once=4, retries=0,
                             second_tries=2, second_after=0.5, pages_at_once=2)
    seeds = [Seed(url) for url in Path(sys.argv[1]).read_text().split()]
    for done in sweep(seeds, Path(sys.argv[2]), settings, NumberScout(), Judge(None, None), 2):
        print(done, flush=True)
"""

HEAD = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
NOODLES = (
    f"{HEAD}<title>面馆</title><p>{'手工面，每天现做。' * 40}<p><a href=/about>关于我们</a>"
    "<footer>京ICP备99999999号</footer>"
)
ABOUT = f"{HEAD}<title>关于</title><p>{'我们是一家面馆。' * 40}"
CHAT = (
    f"{HEAD}<title>星河助手</title><h1>AI 对话助手</h1><textarea placeholder=向我提问></textarea><p>{'能写会算。' * 60}"
    "<footer><a href=http://record.gov.cn.localhost:PORT/x>网信算备110108900411701250015号</a></footer>"
)


class Farm(ThreadingHTTPServer):
    """Sites by the first letter of their names: n(oodles), c(hat), f(ailing), s(low)."""

    daemon_threads = True
    request_queue_size = 100

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.homes: Counter[str] = Counter()
        self.lock = Lock()
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Clients that are killed hang up."""


class Handler(BaseHTTPRequestHandler):
    server: Farm

    def do_GET(self) -> None:
        name = (self.headers["Host"] or "").partition(".")[0]
        if self.path == "/" and "Chrome" not in (self.headers["User-Agent"] or ""):
            with self.server.lock:
                self.server.homes[name] += 1
        status, text = self._answer(name)
        data = text.replace("PORT", str(self.server.server_port)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, name: str) -> tuple[int, str]:
        time.sleep(0.15)
        if name.startswith("f"):
            return 500, "<h1>oops</h1>"
        if self.path == "/":
            return 200, CHAT if name.startswith("c") else NOODLES
        return (200, ABOUT) if self.path == "/about" else (404, "no")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def farm() -> Iterator[Farm]:
    server = Farm()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def begin(farm: Farm, tmp_path: Path, alive: Any) -> Callable[[Path], subprocess.Popen[bytes]]:
    """Starts a sweep of the farm into a folder."""
    names = [f"n{i}" for i in range(PLAIN_SITES)] + [f"c{i}" for i in range(2)] + ["f0", "f1"]
    (tmp_path / "list.txt").write_text("\n".join(f"http://{name}.localhost:{farm.server_port}/" for name in names))
    (tmp_path / "script.py").write_text(SCRIPT)

    def start(run: Path) -> subprocess.Popen[bytes]:
        arguments = [tmp_path / "script.py", tmp_path / "list.txt", run]
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(tmp_path),
            "GONGSHI_TEST": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path),
        }
        with (tmp_path / "out.txt").open("ab") as out:
            return subprocess.Popen([sys.executable, *map(str, arguments)], env=environment, stdout=out, stderr=out)

    return start


def within(seconds: float, happens: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not happens() and time.monotonic() < until:
        time.sleep(0.05)
    return happens()


TIMED = frozenset({"taken_at", "sha256", "provenance"})
"""What differs between two runs of the same sites."""


def told(run: Path) -> dict[str, Any]:
    """Every audit, without what tells when it was made; and the files of its folder."""
    found = {}
    for folder in Run(run).folders():
        audit = json.loads(folder.read_audit())
        files = sorted(path.relative_to(folder.path).as_posix() for path in folder.path.rglob("*"))
        found[folder.path.name] = (without_times(audit), files)
    return found


def without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_times(one) for key, one in value.items() if key not in TIMED}
    return [without_times(one) for one in value] if isinstance(value, list) else value


def differences(one: Any, other: Any, at: str = "") -> list[str]:
    """Where two JSON values differ: a place and both values each."""
    if one == other:
        return []
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(str(key), one.get(key), other.get(key)) for key in sorted(one.keys() | other.keys())]
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        pairs = [(str(place), *both) for place, both in enumerate(zip(one, other, strict=True))]
    else:
        return [f"{at}: {one!r:.300} / {other!r:.300}"]
    return [line for key, left, right in pairs for line in differences(left, right, f"{at}/{key}")]


def test_a_sweep_that_is_killed_ends_as_one_that_is_not(farm: Farm, begin: Any, alive: Any, tmp_path: Path) -> None:
    dice = random.Random(seed := time.time_ns())
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    for number in range(KILLS):
        before, finished = sum(farm.homes.values()), done(killed)
        homes = dict(farm.homes)
        process = begin(killed)
        within(30, lambda before=before: sum(farm.homes.values()) > before)  # type: ignore[misc]
        time.sleep(dice.uniform(0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert within(15, lambda: not alive()), f"kill {number} of {seed}: processes are left"
        assert finished <= done(killed), "a verdict got lost"
        again = {name for name in finished if farm.homes[host(name)] != homes.get(host(name), 0)}
        assert {name[0] for name in again} <= {"f"}, f"visited again: {again}"
    assert begin(killed).wait(120) == 0, (tmp_path / "out.txt").read_text()
    farm_after_killed = dict(farm.homes)
    assert begin(whole).wait(120) == 0
    ended, expected = told(killed), told(whole)
    assert ended.keys() == expected.keys()
    assert {name: differences(ended[name], expected[name]) for name in ended if ended[name] != expected[name]} == {}
    assert all(farm_after_killed[name] <= 3 + KILLS for name in ("f0", "f1"))
    assert farm.homes["f0"] - farm_after_killed["f0"] == 3, "one visit and two more"
    assert not list((killed / "again").iterdir())
    assert not alive()
    assert not list(tmp_path.glob("gongshi-*")), "temporary folders are left"


def done(run: Path) -> set[str]:
    """Names of the sites with a verdict, each of which can be read whole."""
    found = set()
    for folder in Run(run).folders():
        if folder.done:
            json.loads(folder.read_audit())
            found.add(folder.path.name)
    return found


def host(name: str) -> str:
    return name.partition(".")[0]
