"""The command line as a user meets it, but for the browser."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongshi

COMMANDS = sorted(gongshi.cli.commands)


def shell(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A call in a folder, in a process of its own."""
    command, surroundings = (
        [sys.executable, "-m", "gongshi", *arguments],
        os.environ | {"LC_ALL": "C.UTF-8", "LANG": "C"},
    )
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=60)


def call(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(gongshi.cli, list(arguments), input=stdin)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"gongshi {command}" in result.stdout.split("Example")[1]


@pytest.mark.parametrize("command", sorted(gongshi.cli.commands["registry"].commands))  # type: ignore[attr-defined]
def test_help_of_the_registry_shows_an_example(command: str) -> None:
    assert f"gongshi registry {command}" in call("registry", command, "--help").stdout.split("Example")[1]


def test_find_writes_the_published_objects() -> None:
    result = call("find", "--format", "json", stdin="算法备案：网信算备 110108900000101250019号，京ICP备2025000001号-1")
    first, second = json.loads(result.stdout)
    assert first["kind"] == "algorithm"
    assert first["number"] == "网信算备110108900000101250019号"
    assert first["problems"] == ["separator"]
    assert first["well_formed"] is True
    assert second["kind"] == "icp"


def test_find_reads_gb18030_and_says_when_there_is_nothing() -> None:
    assert "110108900000101250019" in call("find", stdin="网信算备110108900000101250019号".encode("gb18030")).stdout
    nothing = call("--lang", "zh", "find", stdin="没有")
    assert nothing.stdout == ""
    assert "没有找到编号" in nothing.stderr


def test_find_keeps_control_characters_out_of_the_terminal() -> None:
    result = call("find", stdin="京ICP备\x1b[31m2025000001号 网信算备\x1b]0;x\x07110108900000101250019号")
    assert "\x1b" not in result.stdout


def test_rules_lists_all_and_explains_one() -> None:
    assert len(call("rules").stdout.splitlines()) == 47
    one = call("rules", "number-visible", "--lang", "zh").stdout
    assert "显著位置" in one
    assert call("rules", "no-such-rule").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit",),
        ("audit", "ftp://a.example.cn"),
        ("audit", "https://a.example.cn", "--format", "docx"),
        ("audit", "https://a.example.cn", "--allow-network", "nonsense"),
        ("audit", "https://a.example.cn", "--policy", "no-such-file.toml"),
        ("audit", "https://a.example.cn", "--registry", "no-such-file"),
        ("sweep", "no-such-list.csv", "-o", "run"),
        ("report", "no-such-run", "-o", "out"),
        ("report", ".", "-o", "out", "--format", "odt"),
        ("recheck", "no-such-run"),
        ("nonsense",),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    found = shell(tmp_path, *arguments)
    assert found.returncode == 2, found.stderr
    assert found.stderr.strip()
    assert "Traceback" not in found.stderr
    assert found.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_where_a_result_goes_is_seen_before_the_visit(tmp_path: Path) -> None:
    found = shell(tmp_path, "audit", "https://chat.example.cn/", "-o", "no/x.json")
    assert (found.returncode, found.stderr) == (2, "Error: no such folder: no\n")


def test_a_strict_list_tells_each_row_on_a_line_in_one_language(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("url,name\nhttp://,甲\nhttp://bad host/,乙\n", "utf-8")
    found = shell(tmp_path, "--lang", "zh", "sweep", "list.csv", "-o", "run", "--strict")
    assert found.returncode == 2
    assert [line.split(": ")[0] for line in found.stderr.splitlines()[:-1]] == ["list.csv:2", "list.csv:3"]
    assert "holds" not in found.stderr
    assert not (tmp_path / "run").exists()


def test_a_register_is_not_begun_for_a_missing_file(tmp_path: Path) -> None:
    found = shell(tmp_path, "registry", "import", "no.csv", "--registry", "register.zst")
    assert (found.returncode, found.stdout, list(tmp_path.iterdir())) == (2, "", [])


def test_a_list_without_addresses_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("url,name\nftp://a.example.cn,甲\n", "utf-8")
    found = call("sweep", str(tmp_path / "list.csv"), "-o", str(tmp_path / "run"))
    assert found.exit_code == 1 or found.exit_code == 2


def test_a_private_address_is_told_with_what_permits_it() -> None:
    told = call("audit", "http://127.0.0.1:9/", "--lang", "en", "--render", "never")
    assert told.exit_code == 3
    assert "--allow-private permits it" in told.stderr
    assert "--allow-private" not in told.stdout
