"""Two workers against one: the same sites, half of them with something to render, by the clock.

    python benchmarks/sweep_workers.py [--sites 60] [--chat 0.5]

Aim: 1.8 times as fast where cores allow. A worker that renders takes a core, the farm and whoever watches a part of
another: fewer than four cores do not allow it, which is told with the figure.
"""

import argparse
import os
import tempfile
from pathlib import Path

from sweep_farm import FINE, farm, sites
from sweep_mixed import visit

AIM = 1.8
ENOUGH = 4  # cores


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--chat", type=float, default=0.5)
    asked = parser.parse_args()
    with farm() as port, tempfile.TemporaryDirectory() as tmp:
        seeds = sites(asked.sites, port, FINE, asked.chat)
        one, two = (visit(seeds, Path(tmp) / str(workers), workers) for workers in (1, 2))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    told = "" if cores >= ENOUGH else f"; {cores} cores do not allow it"
    print(f"two workers are {one / two:.2f} times as fast as one (aim: {AIM}{told})")


if __name__ == "__main__":
    main()
