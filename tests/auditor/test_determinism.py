"""The same capture gives the same bytes: whatever the locale, the time zone, the hash seed and the Python.

`PYTHONS` in the environment names more interpreters to compare with, each with gongshi's dependencies, parted by the
separator of paths: `PYTHONS=/venvs/3.12/bin/python:/venvs/3.13/bin/python pytest tests/auditor/test_determinism.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CAPTURE = ROOT / "tests" / "captures" / "format-1"
JUDGE = """
import builtins, functools, math, operator, os, sys

def summed(values, start=0):
    values = list(values)
    exact = os.environ["SUMS"] == "3.12" and any(isinstance(value, float) for value in values)
    return math.fsum([start, *values]) if exact else functools.reduce(operator.add, values, start)

if "SUMS" in os.environ:
    builtins.sum = summed
from pathlib import Path
from auditor.engine import judge
from auditor.policy import load
from crawler.store import SiteFolder
from reports.as_json import encode

folder = SiteFolder(Path(sys.argv[1]))
sys.stdout.buffer.write(encode(judge(folder.read(), folder.capture_sha256(), load(None), None, folder.read_picture)))
"""
# `sum` of floats is another one from Python 3.12 on: both ways to add are played on whichever Python runs the tests.
PLACES = (
    {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1", "SUMS": "3.12"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2", "SUMS": "3.11"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
    {"TZ": "UTC", "LC_ALL": "POSIX", "PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "1"},
)
PYTHONS = (sys.executable, *filter(None, os.environ.get("PYTHONS", "").split(os.pathsep)))


def judged(python: str, place: dict[str, str]) -> bytes:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment = {**kept, **place, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([python, "-c", JUDGE, str(CAPTURE)], env=environment, check=True, capture_output=True)
    assert run.stdout.startswith(b'{"site":')
    return run.stdout


@pytest.fixture(scope="module")
def here() -> bytes:
    return judged(sys.executable, {})


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["TZ"])
def test_the_same_capture_gives_the_same_bytes(python: str, place: dict[str, str], here: bytes) -> None:
    assert judged(python, place) == here
