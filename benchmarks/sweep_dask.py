"""One of four Dask workers is killed in the middle of a sweep: what is lost, what it costs.

    python benchmarks/sweep_dask.py [--sites 400] [--rounds 1]

Sites that answer slowly (half a second a request), by plain HTTP, on a cluster of four worker processes on this
machine: once whole, once with a worker killed when a third of the sites have their verdict. The cluster starts another
in its place, as Dask's nanny and its operator do. Aims: every site has one verdict; by the clock at most 10 % more.
"""

import argparse
import os
import signal
import statistics
import tempfile
import threading
import time
from collections import Counter
from ipaddress import ip_network
from pathlib import Path

from distributed import LocalCluster
from sweep_farm import FINE, farm, sites

from crawler.dask_engine import Cluster
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder
from crawler.sweep import sweep
from seeds.model import Seed

WORKERS = 4
SETTINGS = CrawlSettings(networks=(ip_network("127.0.0.0/8"),), render="never", max_pages=2, delay=0, sites_at_once=8)


def judge(folder: SiteFolder) -> None:
    """Note who was judged, then the verdict."""
    with (folder.path.parents[2] / "judged.txt").open("a") as file:
        file.write(f"{folder.path.name}\n")
    folder.write_audit(b"{}")


def kill(pid: int, run: Path, after: int) -> None:
    """End a worker when so many sites are judged."""
    judged = run / "judged.txt"
    while not judged.exists() or len(judged.read_text().split()) < after:
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)


def visit(seeds: list[Seed], run: Path, victim: bool) -> float:
    """Sweep. Returns the seconds that it took."""
    from sweep_dask import judge as judge_by_name  # workers find it by the name of this file, not as `__main__`

    with LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        pid = next(iter(cluster.workers.values())).process.pid
        begun = time.perf_counter()
        if victim:
            threading.Thread(target=kill, args=(pid, run, len(seeds) // 3)).start()
        engine = Cluster(cluster.scheduler_address)
        done = list(sweep(seeds, run, SETTINGS, NoScout(), judge_by_name, engine=engine))
        took = time.perf_counter() - begun
    lost = [seed.url for seed in seeds if not Run(run).done(seed.url)]
    if lost or any(one.problem for one in done):
        raise SystemExit(f"{len(lost)} sites were lost: {lost[:3]}")
    judged = Counter((run / "judged.txt").read_text().split())
    print(
        f"{len(seeds)} sites, {'one of four workers killed' if victim else 'whole'}: {took:.1f} s, "
        f"{judged.total() - len(judged)} done again",
        flush=True,
    )
    return took


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    ratios = []
    with farm(delay=0.5) as port, tempfile.TemporaryDirectory() as tmp:
        seeds = sites(asked.sites, port, FINE)
        for number in range(asked.rounds):
            whole, killed = (visit(seeds, Path(tmp) / f"{number}-{victim}", victim) for victim in (False, True))
            ratios.append(killed / whole)
    print(f"killing one of four workers costs {100 * (statistics.median(ratios) - 1):.0f} % (aim: under 10 %)")


if __name__ == "__main__":
    main()
