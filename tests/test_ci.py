"""The GitHub action, the hook of pre-commit, the examples of docs/ci.md: they parse, and their steps do as they say."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import gongshi
from seeds.samples import FOLDER

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
SETUP, AUDIT = ACTION["runs"]["steps"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a built site."""
    shutil.copytree(FOLDER / "lanxi-assistant", tmp_path / "project" / "dist")
    return tmp_path / "project"


def step(one: dict[str, Any], project: Path, action: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does: bash -e, the expressions of its environment filled in."""
    given = {name: str(told.get("default", "")) for name, told in ACTION["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in one.get("env", {}).items()
    }
    environment |= {
        "PATH": f"{project / 'bin'}:/usr/bin:/bin",
        "HOME": str(project),
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_OUTPUT": str(project / "output.txt"),
        "GITHUB_STEP_SUMMARY": str(project / "summary.md"),
    }
    assert "${{" not in "".join(environment.values())
    script = project / "step.sh"
    script.write_text(one["run"], "utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_every_input_is_used_and_reaches_no_script_as_text() -> None:
    used = set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", str(AUDIT["env"])))
    assert used == set(ACTION["inputs"])
    assert all("${{" not in one["run"] for one in (SETUP, AUDIT)), "an input would be run, not read"
    assert all(one["shell"] == "bash" for one in (SETUP, AUDIT))


def test_the_set_up_is_make_setup_of_the_action(project: Path, tmp_path: Path) -> None:
    (project / "bin").mkdir()
    (project / "bin" / "make").write_text('#!/bin/sh\necho "$@"\n')
    (project / "bin" / "make").chmod(0o755)
    assert step(SETUP, project, tmp_path / "a b").stdout == f"-C {tmp_path / 'a b'} setup\n"
    assert re.search(r"^setup:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.fixture
def action(tmp_path: Path) -> Path:
    """The action where its gongshi only tells how it was called."""
    program = tmp_path / "action" / ".venv" / "bin" / "gongshi"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "<%s>" "$@"; echo\necho "auth=$GONGSHI_HTTP_AUTH"\nexit "${EXIT:-0}"\n')
    program.chmod(0o755)
    return tmp_path / "action"


def test_inputs_reach_the_call_as_they_are(project: Path, action: Path) -> None:
    called = step(
        AUDIT,
        project,
        action,
        target="./dist\n./a b; touch evil\n",
        headers="X-Key: $(touch evil)\nX-Other: `touch evil`",
        http_auth="user:pass word",
        options="--service generative",
        fail_on="review",
        baseline="last.json",
    )
    assert called.returncode == 0, called.stderr
    line, auth = called.stdout.splitlines()
    assert line.startswith("<audit><./dist><./a b; touch evil><--lang><zh><--format><github>")
    assert "<--service><generative><--baseline><last.json>" in line
    assert "<--header><X-Key: $(touch evil)><--header><X-Other: `touch evil`>" in line
    assert auth == "auth=user:pass word"
    assert not (project / "evil").exists()


@pytest.mark.browser
def test_the_audit_annotates_summarises_and_ends_with_the_code(project: Path) -> None:
    index = project / "dist" / "index.html"
    index.write_text(re.sub(r'<a href="https://beian\.cac[^>]*>', "<a>", index.read_text("utf-8")), "utf-8")
    called = step(AUDIT, project, ROOT, target="./dist", lang="en")
    assert called.returncode == 1, called.stderr
    assert "::error " in called.stdout
    told = dict(line.split("=", 1) for line in (project / "output.txt").read_text().splitlines())
    assert told["exit-code"] == "1"
    assert all((project / told[name]).is_file() for name in ("report", "sarif"))
    assert "dist/" in (project / "summary.md").read_text("utf-8")


def test_the_hook_calls_what_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    _, command = hook["entry"].split()
    assert CliRunner().invoke(gongshi.cli, [command, "--help"]).exit_code == 0
    assert hook["pass_filenames"] is False


def test_the_examples_parse_and_use_inputs_that_exist() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.DOTALL)
    github, gitlab, hooks = (yaml.safe_load(block) for block in blocks)
    (used,) = [one for one in github["jobs"]["gongshi"]["steps"] if "gongshi@" in str(one.get("uses"))]
    assert set(used["with"]) <= set(ACTION["inputs"])
    assert gitlab["filing-numbers"]["artifacts"]["reports"] == {"junit": "gongshi.xml"}
    assert hooks["repos"][0]["hooks"][0]["id"] == "gongshi"
