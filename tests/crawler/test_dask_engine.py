"""A sweep on a Dask cluster of this machine, one of whose workers is killed."""

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

distributed = pytest.importorskip("distributed")

from crawler.capture import Reached  # noqa: E402
from crawler.dask_engine import Cluster  # noqa: E402
from crawler.scout import NoScout  # noqa: E402
from crawler.settings import CrawlSettings  # noqa: E402
from crawler.store import Run, SiteFolder  # noqa: E402
from crawler.sweep import sweep  # noqa: E402
from seeds.model import Seed  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

PLAIN = CrawlSettings(allow_private=True, delay=0, render="never", retries=0, sites_at_once=2, obey_robots=False)
SITES = 32


def judge(folder: SiteFolder) -> None:
    with (folder.path.parents[2] / "judged.txt").open("a") as file:
        file.write(f"{folder.path.name}\n")
    folder.write_audit(b"{}")


@pytest.fixture
def cluster(alive: Any) -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=4, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as made:
        yield made
    assert not alive(), "a child outlived its worker"


def test_a_worker_that_is_killed_costs_no_site(serve: Any, tmp_path: Path, cluster: Any) -> None:
    base = serve(lambda path: (time.sleep(0.2), "<p>ein Wort" * 99)[1] if path == "/" else None)
    seeds = [Seed(base.replace("127.0.0.1", f"s{number}.localhost") + "/") for number in range(SITES)]
    victim = next(iter(cluster.workers.values())).process.pid
    (killer := threading.Thread(target=kill_when_begun, args=(victim, tmp_path))).start()
    done = list(sweep(seeds, tmp_path, PLAIN, NoScout(), judge, engine=Cluster(cluster.scheduler_address, shard=4)))
    killer.join()
    assert {seed.url for seed in seeds} >= {one.url for one in done}
    assert {(one.reached, one.problem) for one in done} == {(Reached.OK, "")}
    assert all(Run(tmp_path).done(seed.url) for seed in seeds)
    judged = Counter((tmp_path / "judged.txt").read_text().split())
    assert len(judged) == SITES
    assert judged.total() <= SITES + PLAIN.sites_at_once, "only what was in flight is judged again"
    assert SITES <= serve.asked.count("/") <= SITES + PLAIN.sites_at_once, "only sites in flight are visited again"


def kill_when_begun(pid: int, run: Path) -> None:
    until = time.monotonic() + 30
    while not (run / "judged.txt").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)


def test_a_scheduler_that_does_not_answer_is_an_error_of_the_machine(unused_tcp_port: int, tmp_path: Path) -> None:
    engine = Cluster(f"tcp://127.0.0.1:{unused_tcp_port}", timeout=0.5)
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        list(sweep([Seed("http://a.localhost/")], tmp_path, PLAIN, NoScout(), judge, engine=engine))


def test_it_is_not_needed_for_a_sweep_on_one_machine() -> None:
    code = "import sys, crawler.sweep, gongshi; sys.exit('distributed' in sys.modules)"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
