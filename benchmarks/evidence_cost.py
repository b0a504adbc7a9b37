"""What evidence costs: time and bytes a site, without and with an archive, and of the manifest.

    python benchmarks/evidence_cost.py [ROUNDS]

The sample sites on this machine, seen with the real browser, both levels in turn; medians of the rounds (3). Pictures,
layout and received HTML are the default; the archive adds every exchange and holds them all once more.
"""

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from auditor.scout import NumberScout
from crawler.seal import Seal, close
from crawler.settings import CrawlSettings
from crawler.sweep import sweep
from gongshi_judging import Judge
from seeds import samples
from seeds.model import Seed

KINDS = {"capture.json.zst": "layout and HTML", ".jpg": "pictures", ".wacz": "archive", "audit.json": "verdict"}
SITES = 8


def visit(seeds: list[Seed], run: Path, *, archive: bool) -> tuple[float, float]:
    """Seconds that the sites take, from the start of the worker to the last verdict: by the clock, of processors."""
    settings = CrawlSettings(allow_private=True, delay=0.0, archive=archive)
    begun, before = time.perf_counter(), worked()
    for done in sweep(seeds, run, settings, NumberScout(), Judge(None, None)):
        if done.problem:
            sys.exit(f"{done.url}: {done.problem}")
    return time.perf_counter() - begun, worked() - before


def worked() -> float:
    """Seconds that the processors worked for all child processes that have ended: workers and their browsers."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def sizes(run: Path, sites: int) -> dict[str, int]:
    """Bytes a site, by kind of file."""
    found = dict.fromkeys(KINDS.values(), 0)
    for path in run.rglob("*"):
        kind = next((word for end, word in KINDS.items() if path.name.endswith(end)), None)
        if kind:
            found[kind] += path.stat().st_size
    return {kind: total // sites for kind, total in found.items()}


def main() -> None:
    """Visit in turn, then say what each level costs."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    spent: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as folder, samples.serve() as sites:
        seeds = [seed for seed, _ in sites][:SITES]
        for number in range(rounds):
            for archive in (False, True):
                run = Path(folder, f"{number}-{archive}")
                spent[archive].append(visit(seeds, run, archive=archive))
        begun = time.perf_counter()
        close(run, Seal())
        sealed = time.perf_counter() - begun
        bytes_of = sizes(run, len(seeds))
    (plain, work), (full, more) = (map(statistics.median, zip(*spent[level], strict=True)) for level in (False, True))
    print(f"pictures and layout: {plain / len(seeds):.2f} s a site, {work / len(seeds):.2f} s of a processor")
    print(
        f"with an archive:     {full / len(seeds):.2f} s a site, {full / plain:.2f} times (at most 1.3); "
        f"{more / len(seeds):.2f} s of a processor, {more / work:.2f} times"
    )
    print("bytes a site: " + ", ".join(f"{kind} {size:,}" for kind, size in bytes_of.items()))
    print(f"manifest of {len(seeds)} sites: {sealed:.2f} s")


if __name__ == "__main__":
    main()
