"""Help in the language of the call: every text of every command has its Chinese."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

import gongshi
import gongshi_help


def commands(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, inner in command.commands.items() if isinstance(command, click.Group) else ():
        yield from commands(inner, *path, name)


COMMANDS = list(commands(gongshi.cli))
TEXTS = {
    " ".join(one.help.split())
    for _, command in COMMANDS
    for one in (command, *(param for param in command.params if isinstance(param, click.Option)))
    if one.help
}


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_every_text_has_its_chinese(text: str) -> None:
    assert gongshi_help.chinese(text), "reports/help.txt does not have it"


def test_no_text_is_left_over() -> None:
    assert set(gongshi_help.table()) <= TEXTS


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_a_page_is_in_the_language_of_the_call(path: tuple[str, ...]) -> None:
    zh = CliRunner().invoke(gongshi.cli, ["--lang", "zh", *path, "--help"]).output
    en = CliRunner().invoke(gongshi.cli, ["--lang", "en", *path, "--help"]).output
    words = re.findall("[\u4e00-\u9fff]", zh)
    assert zh.startswith("用法：cli")
    assert "选项：" in zh and "显示本说明" in zh and len(words) > 10
    assert en.startswith("Usage:") and "Options:" in en and "显示" not in en


@pytest.mark.parametrize("arguments", [("report", "--lang", "zh", "--help"), ("--lang", "zh", "--help")])
def test_the_language_may_be_named_anywhere_before(arguments: tuple[str, ...]) -> None:
    assert "选项：" in CliRunner().invoke(gongshi.cli, list(arguments)).output


def test_the_environment_names_the_language_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "选项：" in CliRunner().invoke(gongshi.cli, ["report", "--help"]).output
