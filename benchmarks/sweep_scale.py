"""What a site costs in short and in long lists: the commands of a user, start-up, resume and report included.

    python benchmarks/sweep_scale.py [--sites 100 1000 10000] [--workers 2]

Each count is swept by `gongshi sweep` into a new folder (plain HTTP of the home page and what it links to, verdicts,
summary, manifest), swept again when nothing is left to do, and reported as HTML and CSV. Aims: a site costs no more in
the longest list than in the shortest; a finished run of 10,000 sites is resumed in less than 5 s.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sweep_farm import FINE, farm, sites

GONGSHI = Path(__file__).parents[1] / "gongshi.py"
RESUME = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    cpu: float  # seconds of all its processes

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.seconds + other.seconds, self.cpu + other.cpu)


def call(*arguments: object) -> Cost:
    """Run a command of gongshi. Raises SystemExit where it fails."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, *map(str, (GONGSHI, "--lang", "en", *arguments))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {run.returncode}: {run.stderr[-500:]}")
    return Cost(took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(count: int, port: int, workers: int, folder: Path) -> float:
    """All commands for so many sites. Returns milliseconds of processor a site."""
    listed, run = folder / f"{count}.txt", folder / str(count)
    listed.write_text("\n".join(seed.url for seed in sites(count, port, FINE)), "utf-8")
    sweep = ("sweep", listed, "-o", run, "--allow-network", "127.0.0.0/8", "--render", "never", "--workers", workers)
    swept, resumed = call(*sweep), call(*sweep)
    reported = call("report", run, "-o", folder / f"report-{count}", "--format", "html,csv")
    whole = swept + resumed + reported
    aim = f" (aim: {RESUME:g})" if count >= 10_000 else ""
    print(
        f"{count} sites: {1000 * whole.cpu / count:.1f} ms of processor a site, {1000 * whole.seconds / count:.1f} ms "
        f"by clock; sweep {swept.seconds:.1f} s, resume {resumed.seconds:.1f} s{aim}, report {reported.seconds:.1f} s",
        flush=True,
    )
    return 1000 * whole.cpu / count


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with farm() as port, tempfile.TemporaryDirectory() as tmp:
        os.environ["XDG_DATA_HOME"] = tmp  # without the register of whoever measures
        costs = [measure(count, port, asked.workers, Path(tmp)) for count in asked.sites]
    print(f"a site of the longest list costs {costs[-1] / costs[0]:.2f} of one of the shortest (aim: at most 1)")


if __name__ == "__main__":
    main()
