"""A sweep on a Dask cluster of this machine, one of whose workers is killed."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

distributed = pytest.importorskip("distributed")

from crawler import dask_engine  # noqa: E402
from crawler.capture import Reached  # noqa: E402
from crawler.dask_engine import Cluster  # noqa: E402
from crawler.remote import Store, mirror_of  # noqa: E402
from crawler.scout import NoScout  # noqa: E402
from crawler.settings import CrawlSettings  # noqa: E402
from crawler.spider import Job  # noqa: E402
from crawler.store import Run, SiteFolder  # noqa: E402
from crawler.sweep import sweep  # noqa: E402
from seeds.model import Seed  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

PLAIN = CrawlSettings(allow_private=True, delay=0, render="never", retries=0, sites_at_once=2, obey_robots=False)
SITES = 10


def judge(folder: SiteFolder) -> None:
    with (folder.path.parents[2] / "judged.txt").open("a") as file:
        file.write(f"{folder.path.name}\n")
    folder.write_audit(b"{}")


@pytest.fixture
def cluster(alive: Any) -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as made:
        yield made
    assert not alive(), "a child outlived its worker"


@pytest.fixture
def seeds(serve: Any) -> list[Seed]:
    base = serve(lambda path: (time.sleep(0.2), "<p>ein Wort" * 99)[1] if path == "/" else None)
    return [Seed(base.replace("127.0.0.1", f"s{number}.localhost") + "/") for number in range(SITES)]


def test_a_worker_that_is_killed_costs_no_site(serve: Any, seeds: list[Seed], tmp_path: Path, cluster: Any) -> None:
    victim = next(iter(cluster.workers.values())).process.pid
    (killer := threading.Thread(target=kill_when_begun, args=(victim, tmp_path))).start()
    told: list[str] = []
    engine = Cluster(cluster.scheduler_address, shard=4, tell=told.append)
    done = list(sweep(seeds, tmp_path, PLAIN, NoScout(), judge, engine=engine))
    killer.join()
    assert {seed.url for seed in seeds} >= {one.url for one in done}
    assert {(one.reached, one.problem) for one in done} == {(Reached.OK, "")}
    assert all(Run(tmp_path).done(seed.url) for seed in seeds)
    judged = Counter((tmp_path / "judged.txt").read_text().split())
    assert len(judged) == SITES
    assert judged.total() <= SITES + PLAIN.sites_at_once, "only what was in flight is judged again"
    assert SITES <= serve.asked.count("/") <= SITES + PLAIN.sites_at_once, "only sites in flight are visited again"
    assert len(told) == 1


def kill_when_begun(pid: int, run: Path) -> None:
    until = time.monotonic() + 60
    while not (run / "judged.txt").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)


class Machines:
    """A scheduler and two workers, as on machines of their own: their mirrors are not ours."""

    def __init__(self, tmp_path: Path, port: int) -> None:
        self.address = f"tcp://127.0.0.1:{port}"
        environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "theirs"), "PYTHONPATH": os.pathsep.join(sys.path)}
        place = ("--host", "127.0.0.1", "--no-dashboard")
        self.running = [
            subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], *place],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for arguments in (
                ("scheduler", "--port", str(port)),
                *[("worker", self.address, "--nthreads", "1", "--no-nanny", "--death-timeout", "20")] * 2,
            )
        ]

    def end(self, sign: signal.Signals = signal.SIGKILL) -> None:
        for process in self.running:
            process.send_signal(sign)
        for process in self.running:
            process.wait()


def ports(count: int) -> list[int]:
    opened = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    numbers = [one.getsockname()[1] for one in opened]
    for one in opened:
        one.close()
    return numbers


def test_the_scheduler_may_die_and_another_goes_on_from_the_store(
    serve: Any, seeds: list[Seed], tmp_path: Path, alive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in the store is done, whoever did it; the workers see nothing of our folder, nor we of theirs."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "ours"))
    store = Store(f"local://{tmp_path}/store")
    first, second = (Machines(tmp_path, port) for port in ports(2))
    engines = [Cluster(one.address, shard=3, timeout=60, store=store) for one in (first, second)]
    run = Run(mirror_of(store.address))
    try:
        with pytest.raises(OSError, match="gave up a shard"):
            for _ in sweep(seeds, run.path, PLAIN, NoScout(), judge, engine=engines[0]):
                first.running[0].kill()
        first.end()
        before = {seed.url for seed in seeds if store.has(run, seed.url)}
        visited = serve.asked.count("/")
        again = list(sweep(seeds, run.path, PLAIN, NoScout(), judge, engine=engines[1]))
    finally:
        first.end()
        second.end()
    assert before
    store.fetch(run)
    assert all(run.done(seed.url) for seed in seeds)
    assert before.isdisjoint({one.url for one in again}), "what has a verdict is not done again"
    assert SITES - len(before) <= serve.asked.count("/") - visited <= SITES - len(before) + 2 * PLAIN.sites_at_once
    assert within(10, lambda: not alive()), "a child outlived its worker"


def within(seconds: float, happens: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not happens() and time.monotonic() < until:
        time.sleep(0.05)
    return happens()


def test_a_scheduler_that_does_not_answer_is_an_error_of_the_machine(unused_tcp_port: int, tmp_path: Path) -> None:
    engine = Cluster(f"tcp://127.0.0.1:{unused_tcp_port}", timeout=0.5)
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        list(sweep([Seed("http://a.localhost/")], tmp_path, PLAIN, NoScout(), judge, engine=engine))


def test_it_is_not_needed_for_a_sweep_on_one_machine() -> None:
    code = "import sys, crawler.sweep, gongshi; sys.exit('distributed' in sys.modules)"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0


class Handed:
    """Stands in for Dask: futures that are done when they are asked for; how many were out at a time."""

    def __init__(self) -> None:
        self.out: list[Any] = []
        self.most = 0
        self.sizes: list[int] = []
        self.loop = None

    def submit(self, _: Any, part: Any, *__: Any, **___: Any) -> Any:
        self.sizes.append(len(part.seeds))
        self.out.append(Future())
        self.most = max(self.most, len(self.out))
        return self.out[-1]

    def add(self, future: Any) -> None:
        """As `as_completed` takes one more."""

    def __iter__(self) -> Iterator[Any]:
        while self.out:
            yield self.out.pop(0)


class Future:
    def result(self) -> list[Any]:
        return []


def test_a_long_list_is_handed_out_in_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dask = Handed()
    monkeypatch.setattr(dask_engine, "as_completed", lambda first, loop: dask)
    job = Job(tuple(Seed(f"s{n}.example") for n in range(1003)), Run(tmp_path), PLAIN, NoScout(), judge)
    parts = list(dask_engine.cut([job, job], 10))
    assert sum(len(part.seeds) for part in parts) == 2006
    told = list(dask_engine._in_windows(dask, iter(parts), threads=4, store=None))  # type: ignore[arg-type]
    assert len(told) == len(parts) == len(dask.sizes) == 202
    assert [part.seeds for part, _ in told] == [part.seeds for part in parts]
    assert dask.most <= 4 * 3, "a few tasks a thread, whatever the length of the list"
