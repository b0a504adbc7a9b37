"""A sweep that is killed with SIGKILL at twenty random moments, compared with one that is not.

python benchmarks/sweep_kill.py [--kills 20]
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

TEST = Path(__file__).parents[1] / "tests" / "crawler" / "test_kill.py"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    kills = parser.parse_args().kills
    begun = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(TEST)], env=os.environ | {"GONGSHI_KILLS": str(kills)}, check=False
    )
    verdict = "FAILED" if run.returncode else "ended as if nothing had been"
    print(f"{kills} kills in {time.perf_counter() - begun:.0f} s: {verdict}")
    raise SystemExit(run.returncode)


if __name__ == "__main__":
    main()
