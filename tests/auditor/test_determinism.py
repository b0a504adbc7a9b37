"""The same capture gives the same bytes: whatever the locale, the time zone, the hash seed and the Python.

`make test` gives a second Python of the machine, where it has one, what judging needs (`scripts/other-python`); it is
compared here. `PYTHONS` in the environment names more, parted by the separator of paths.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import distribution
from pathlib import Path

import pytest

Judged = Callable[[str, dict[str, str]], bytes]
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
OTHER = ROOT / ".venv" / "other" / "bin" / "python"
MORE = (*((str(OTHER),) if OTHER.exists() else ()), *filter(None, os.environ.get("PYTHONS", "").split(os.pathsep)))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """A function of a Python and its surroundings that gives the audit. In all of them gongshi counts as installed."""
    told = tmp_path_factory.mktemp("installed")
    for facts in Path(str(distribution("gongshi").locate_file(""))).glob("gongshi-*.dist-info"):
        shutil.copytree(facts, told / facts.name)
    return partial(_judged, os.pathsep.join((str(ROOT), str(told))))


def _judged(path: str, python: str, place: dict[str, str]) -> bytes:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment = {**kept, **place, "PYTHONPATH": path}
    run = subprocess.run([python, "-c", JUDGE, str(CAPTURE)], env=environment, check=True, capture_output=True)
    assert run.stdout.startswith(b'{"site":')
    return run.stdout


@pytest.fixture(scope="module")
def here(judged: Judged) -> bytes:
    return judged(sys.executable, {})


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["TZ"])
def test_the_same_capture_gives_the_same_bytes(judged: Judged, place: dict[str, str], here: bytes) -> None:
    assert judged(sys.executable, place) == here


@pytest.mark.parametrize("python", MORE)
def test_another_python_gives_the_same_bytes(judged: Judged, python: str, here: bytes) -> None:
    asked = [python, "-c", "import sys; print(sys.version_info[:2])"]
    assert subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip() != str(sys.version_info[:2])
    for place in ({}, {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}):
        assert judged(python, place) == here
