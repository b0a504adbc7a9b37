"""A whole sweep of the mixed farm: sites a minute, processor time, memory, disk; and what resuming it costs.

    python benchmarks/sweep_mixed.py [--sites 400] [--chat 0.05] [--workers 2]

`--chat`: share of the sites that answer which show an AI number, and so get a browser. Everything that a real sweep
does is done: robots.txt, up to eight more pages, pictures, verdicts, second visits (here after two seconds).
"""

import argparse
import os
import resource
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path

from sweep_farm import MIXED, farm, sites

from auditor.scout import NumberScout
from crawler.processes import family, memory
from crawler.settings import CrawlSettings
from crawler.store import Run
from crawler.sweep import sweep
from gongshi_judging import Judge
from seeds.model import Seed

SETTINGS = CrawlSettings(
    networks=(ip_network("127.0.0.0/8"),), delay=0.05, http_timeout=10, second_tries=2, second_after=2.0
)


@contextmanager
def watched() -> Iterator[list[int]]:
    """Bytes of all processes but this one, taken twice a second."""
    taken, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(0.5):
            taken.append(sum(map(memory, list(family(os.getpid()))[1:])))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield taken
    finally:
        ended.set()
        thread.join()


def size(paths: Iterator[Path]) -> int:
    """Bytes of files."""
    return sum(path.stat().st_size for path in paths)


def visit(seeds: list[Seed], run: Path, workers: int) -> float:
    """Sweep and tell. Returns the seconds that it took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with watched() as taken:
        done = [
            one for one in sweep(seeds, run, SETTINGS, NumberScout(), Judge(None, None), workers) if not one.problem
        ]
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    first = [one for one in done if one.visits == 1]
    if len(first) != len(seeds):
        raise SystemExit(f"{len(first)} of {len(seeds)} sites have a result")
    print(
        f"{len(seeds)} sites in {took:.0f} s with {workers} workers: {60 * len(seeds) / took:.0f} sites a minute, "
        f"{1000 * cpu / len(seeds):.0f} ms of processor a site, at most {max(taken) / 1e6:.0f} MB"
    )
    print(
        "  " + ", ".join(f"{reason} {count}" for reason, count in Counter(one.reached for one in first).most_common())
    )
    browsers = Counter(one.because or "none" for one in first)
    print("  browser: " + ", ".join(f"{because} {count}" for because, count in browsers.most_common()))
    return took


def disk(run: Path) -> None:
    """Tell what a site takes."""
    folders = list(Run(run).folders())
    pictured = [folder for folder in folders if any(folder.path.glob("shots/*"))]
    plain = [folder for folder in folders if folder not in pictured]
    for name, group in (("with pictures", pictured), ("by plain HTTP only", plain)):
        pictures = sum(size(folder.path.glob("shots/*")) for folder in group)
        rest = sum(size(path for path in folder.path.glob("*") if path.is_file()) for folder in group)
        count = max(1, len(group))
        per, shown = rest / count / 1000, pictures / count / 1000
        print(f"  {len(group)} sites {name}: {per:.0f} KB a site + {shown:.0f} KB of pictures")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int, default=400)
    parser.add_argument("--chat", type=float, default=0.05)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with farm() as port, tempfile.TemporaryDirectory() as tmp:
        seeds, run = sites(asked.sites, port, MIXED, asked.chat), Path(tmp) / "run"
        visit(seeds, run, asked.workers)
        disk(run)
        begun = time.perf_counter()
        left = list(sweep(seeds, run, SETTINGS, NumberScout(), Judge(None, None), asked.workers))
        print(f"  resuming when all is done: {time.perf_counter() - begun:.2f} s, {len(left)} sites visited")


if __name__ == "__main__":
    main()
