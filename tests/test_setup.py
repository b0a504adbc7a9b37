"""`make setup`, its scripts and `.ci/run`, on copies in which the slow and the far away is played by small scripts."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from crawler.browser import PATHS

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("Makefile", "scripts", ".ci"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for name in ("pyproject.toml", "requirements.lock", "requirements-replay.lock"):
        (tmp_path / name).touch()
    return tmp_path


def program(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def run(copy: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run with the folder's `bin` first on the PATH."""
    clean = {k: v for k, v in os.environ.items() if not re.match("GONGSHI_BROWSER|MAKE|MFLAGS|PYTHON", k)}
    settings = {**clean, "PATH": f"{copy / 'bin'}:/usr/bin:/bin", "HOME": str(copy), **env}
    return subprocess.run(command, cwd=copy, env=settings, capture_output=True, text=True, timeout=60, check=False)


def no_root(copy: Path) -> None:
    program(copy / "bin/id", "echo 1000")


def pinned(lock: str) -> set[str]:
    """Names in a lock, each of which must have hashes."""
    text = (ROOT / lock).read_text()
    blocks = re.findall(
        r"^([a-z0-9][a-z0-9._-]*)==\S+.*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", text, re.MULTILINE
    )
    assert len(blocks) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert "://" not in text
    return {name for name, _ in blocks}


def test_locks_pin_every_dependency_by_hash_and_name_no_host() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["ocr"], *groups["dev"]]
    assert {re.split(r"[<>=!~;\[ ]", name)[0].lower() for name in asked} <= pinned("requirements.lock")
    assert {*groups["replay"]} <= pinned("requirements-replay.lock")


def test_what_another_python_judges_with_is_pinned() -> None:
    needs = re.search(r"^needs='(.*?)'$", (ROOT / "scripts/other-python").read_text(), re.MULTILINE | re.DOTALL)
    assert needs is not None
    assert {"lxml", "msgspec", "zstandard"} <= {*needs[1].split()} <= pinned("requirements.lock")


def test_help_names_every_target_that_is_meant_for_people(copy: Path) -> None:
    listed = {line.split()[0] for line in run(copy, "make").stdout.splitlines()}
    assert listed == {"help", "setup", "demo", "test", "lint", "check", "bench", "lock", "vendored", "clean"}


@pytest.fixture
def played(copy: Path) -> Path:
    """A copy whose scripts only write down that they ran."""
    for name in ("install-locked", "ensure-browser", "ensure-font", "fetch-replaywebpage", "other-python"):
        program(copy / "scripts" / name, f"echo {name} >> log")
    python = (
        "mkdir -p .venv/bin; printf '#!/bin/sh\\necho \"$*\" >> log\\n' > .venv/bin/python; chmod +x .venv/bin/python"
    )
    program(copy / "scripts/make-venv", f"echo make-venv >> log\n{python}")
    return copy


def steps(copy: Path) -> list[str]:
    log = copy / "log"
    lines = [line.partition(" ")[0] for line in log.read_text().splitlines()]
    log.unlink()
    return lines


def test_setup_does_again_only_what_changed(played: Path) -> None:
    assert run(played, "make", "setup").returncode == 0
    assert steps(played) == ["make-venv", "install-locked", "-m", "ensure-browser", "ensure-font"]
    run(played, "make", "setup")
    assert steps(played) == ["ensure-browser", "ensure-font"]
    later = (played / ".venv/.project").stat().st_mtime + 5
    os.utime(played / "pyproject.toml", (later, later))
    run(played, "make", "setup")
    assert steps(played) == ["-m", "ensure-browser", "ensure-font"]


def test_what_archives_are_opened_with_is_brought_before_the_tests(played: Path) -> None:
    assert run(played, "make", "test").returncode == 0
    assert steps(played)[5:] == ["install-locked", "fetch-replaywebpage", "other-python", "-m"]
    run(played, "make", "test")
    assert steps(played) == ["ensure-browser", "ensure-font", "fetch-replaywebpage", "other-python", "-m"]


def test_another_environment_is_made_where_it_is_missing(copy: Path) -> None:
    made = 'mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; exit'
    program(copy / ".venv/bin/python", f'echo "$*" >> log; case "$*" in *venv\\ --clear*) {made};; esac')
    for _ in range(2):
        assert run(copy, "scripts/install-locked", "requirements-replay.lock", ".venv/replay").returncode == 0
    lines = (copy / "log").read_text().splitlines()
    assert [line for line in lines if "venv" in line] == ["-m venv --clear .venv/replay"]
    assert sum(line.endswith("--require-hashes -r requirements-replay.lock") for line in lines) == 2


def test_a_machine_without_npm_or_another_python_is_told_so(copy: Path) -> None:
    program(copy / ".venv/bin/python", f'exec {sys.executable} "$@"')
    bare = {"PATH": only(copy), "OTHER_PYTHON": str(copy / ".venv/bin/python"), "PYENV_ROOT": str(copy)}
    for script, said in (("fetch-replaywebpage", "npm is not installed"), ("other-python", "no other Python than")):
        result = run(copy, f"scripts/{script}", **bare)
        assert result.returncode == 0
        assert said in result.stderr
    assert not (copy / ".venv/replaywebpage").exists() and not (copy / ".venv/other").exists()


def test_setup_that_broke_off_starts_there_again(played: Path) -> None:
    program(played / "scripts/install-locked", "echo install-locked >> log; exit 1")
    assert run(played, "make", "setup").returncode != 0
    assert steps(played) == ["make-venv", "install-locked"]
    program(played / "scripts/install-locked", "echo install-locked >> log")
    assert run(played, "make", "setup").returncode == 0
    assert steps(played)[:2] == ["install-locked", "-m"]


def test_bench_runs_all_and_fails_with_one(played: Path) -> None:
    for name in ("one", "two"):
        (played / "benchmarks").mkdir(exist_ok=True)
        (played / "benchmarks" / f"{name}.py").touch()
    run(played, "make", "setup")
    program(played / ".venv/bin/python", 'echo "$1" >> log; [ "$1" != benchmarks/one.py ]')
    (played / "log").unlink()
    result = run(played, "make", "bench")
    assert steps(played)[-2:] == ["benchmarks/one.py", "benchmarks/two.py"]
    assert result.returncode != 0
    assert "failed: benchmarks/one.py" in result.stderr


def python(path: Path, version: str | None) -> None:
    """A Python that only knows its age and how to make a `.venv`; None: a shim that leads nowhere."""
    real = f'exec {sys.executable} -c "import sys; sys.version_info = ({version}); $2"'
    made = 'case "$*" in *venv\\ --clear*) mkdir .venv; echo "$0" > .venv/made-by; exit;; esac'
    program(path, "exit 127" if version is None else f"{made}\n{real}")


def test_shims_and_old_versions_are_passed_over(copy: Path) -> None:
    for name, version in (("python3.13", None), ("python3.12", None), ("python3.11", None), ("python3", "3, 10")):
        python(copy / "bin" / name, version)
    python(copy / "other" / "python3.12", "3, 12")
    result = run(copy, "scripts/make-venv", PATH=f"{copy / 'bin'}:{copy / 'other'}:/usr/bin:/bin", PYTHON="")
    assert result.returncode == 0, result.stderr
    assert (copy / ".venv/made-by").read_text().strip() == str(copy / "other/python3.12")


def test_the_named_python_is_used_or_told_to_be_unfit(copy: Path) -> None:
    python(copy / "old/python", "3, 10")
    python(copy / "new/python", "3, 13")
    result = run(copy, "scripts/make-venv", PYTHON=str(copy / "old/python"))
    assert result.returncode == 1
    assert "No Python 3.11 or newer" in result.stderr and "PYTHON=" in result.stderr
    assert run(copy, "scripts/make-venv", PYTHON=str(copy / "new/python")).returncode == 0
    assert (copy / ".venv/made-by").exists()


def test_browsers_are_looked_for_in_one_order() -> None:
    script = (ROOT / "scripts/ensure-browser").read_text()
    names = re.search(r"^names='(.*?)'$", script, re.MULTILINE | re.DOTALL)
    assert names is not None
    assert names[1].splitlines() == [name for name in PATHS if not name.startswith("C:")]


@pytest.fixture
def bare(copy: Path) -> Path:
    """A copy on which no browser is installed, and nobody is root."""
    script = copy / "scripts/ensure-browser"
    script.write_text(
        re.sub(r"(names='|\n)/[^\n']*", r"\1nothing", script.read_text().partition("runs()")[0])
        + "runs()"
        + script.read_text().partition("runs()")[2]
    )
    program(copy / ".venv/bin/python", 'echo "$*" >> log; exit 1')
    no_root(copy)
    return copy


def only(copy: Path) -> str:
    """A PATH that holds the folder's own programs and the few that the scripts call."""
    for name in ("sh", "ls", "grep", "cat", "uname", "printf"):
        target = copy / "bin" / name
        if not target.exists():
            target.symlink_to(shutil.which(name) or f"/bin/{name}")
    return str(copy / "bin")


def test_a_stub_is_no_browser(bare: Path) -> None:
    program(bare / "bin/chromium-browser", "echo requires the chromium snap to be installed >&2; exit 1")
    program(bare / "bin/google-chrome", "echo Google Chrome 150.0")
    result = run(bare, "scripts/ensure-browser", PATH=only(bare))
    assert result.returncode == 0
    assert result.stdout == f"browser: Google Chrome 150.0 ({bare / 'bin/google-chrome'})\n"


def test_no_browser_tells_what_was_tried_and_what_to_do(bare: Path) -> None:
    result = run(bare, "scripts/ensure-browser", PATH=only(bare))
    assert result.returncode == 1
    assert (bare / "log").read_text() == "-m playwright install chromium\n"
    for word in (
        "headless shell",
        "Chrome",
        "Edge",
        "chromium-headless-shell",
        "playwright install",
        "GONGSHI_BROWSER",
    ):
        assert word in result.stderr


def test_the_browser_of_the_environment_is_the_only_one(copy: Path) -> None:
    program(copy / "mine", "echo Chromium 149")
    result = run(copy, "scripts/ensure-browser", GONGSHI_BROWSER=str(copy / "mine"))
    assert result.stdout == f"browser: Chromium 149 ({copy / 'mine'})\n"
    result = run(copy, "scripts/ensure-browser", GONGSHI_BROWSER=str(copy / "gone"))
    assert result.returncode == 1
    assert "GONGSHI_BROWSER names" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring fonts along")
def test_a_missing_font_is_told_and_does_not_stop_the_setup(copy: Path) -> None:
    no_root(copy)
    program(copy / "bin/fc-list", "true")
    result = run(copy, "scripts/ensure-font")
    assert result.returncode == 0
    assert "fonts-noto-cjk" in result.stderr
    program(copy / "bin/fc-list", "echo Noto Sans CJK SC")
    result = run(copy, "scripts/ensure-font")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_packages_are_installed_after_an_update_of_the_lists(copy: Path) -> None:
    program(copy / "bin/id", "echo 0")
    program(copy / "bin/apt-get", 'echo "$*" >> log; case "$1" in update) touch lists;; *) [ -e lists ];; esac')
    result = run(copy, "scripts/apt-install", "fonts-noto-cjk")
    assert result.returncode == 0
    assert steps(copy) == ["install", "update", "install"]
    no_root(copy)
    assert run(copy, "scripts/apt-install", "fonts-noto-cjk").returncode == 1
    assert not (copy / "log").exists()


@pytest.mark.parametrize(
    ("lint", "test", "output", "code", "last"),
    [
        (0, 0, "3 passed in 0.10s", 0, "3 passed in 0.10s"),
        (1, 0, "3 passed in 0.10s", 1, "3 passed in 0.10s"),
        (0, 2, "1 failed, 2 passed in 71.20s (0:01:11)", 1, "1 failed, 2 passed in 71.20s (0:01:11)"),
        (0, 2, "== 1 error in 0.20s ==", 1, "== 1 error in 0.20s =="),
        (0, 2, "make: no rule", 1, "pytest did not finish"),
        (0, 0, "", 1, "pytest did not finish"),
    ],
)
def test_ci_fails_when_anything_does_and_ends_with_the_closing_line(
    copy: Path, lint: int, test: int, output: str, code: int, last: str
) -> None:
    program(
        copy / "bin/make",
        f'case "$*" in *lint*) exit {lint};; *) echo "{output}"; echo "make: trailing words" >&2; exit {test};; esac',
    )
    result = run(copy, ".ci/run")
    assert result.returncode == code
    assert result.stdout.rstrip().splitlines()[-1] == last


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").iterdir()), ids=lambda path: path.name)
def test_scripts_are_plain_sh_and_name_no_host(script: Path) -> None:
    assert script.read_text().startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
    assert "://" not in script.read_text()
