"""Help in Chinese, where that is the language of the call. The English texts stand beside the code of the commands."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import click

import reports
from gongshi_terms import language

_FIXED = (
    (r"^Usage: ", "用法："),
    (r"^Options:", "选项："),
    (r"^Commands:", "命令："),
    (r"\[default:\s+", "[默认："),
    (r"\[required\]", "[必填]"),
    ("Show the version and exit\\.", "显示版本。"),
    ("Show this message and exit\\.", "显示本说明。"),
    ("One or several of (?=csv)", "以下一种或几种："),
)
"""What click says of itself, and the names of all formats."""


@cache
def table() -> dict[str, str]:
    """The Chinese of each English text."""
    lines = (Path(reports.__file__).parent / "help.txt").read_text("utf-8").splitlines()
    rows = (line.split(" | ") for line in lines if not line.startswith("#"))
    return {english: told.replace("\\n", "\n").replace("\\b", "\b") for english, told in rows}


def chinese(text: str) -> str | None:
    """The Chinese of a help text; None where there is none."""
    plain = " ".join(text.split())
    return plain if any(re.match(pattern, plain) for pattern, _ in _FIXED) else table().get(plain)


class _Spoken(click.Command):
    """A command that tells its help in the language of the call."""

    def get_help(self, ctx: click.Context) -> str:
        """Its help page."""
        root = ctx.find_root()
        if language(root.obj or root.params.get("lang")) != "zh":
            return super().get_help(ctx)
        with _in_chinese(self):
            told = super().get_help(ctx)
        for pattern, words in _FIXED:
            told = re.sub(pattern, words, told, flags=re.MULTILINE)
        return told


class SpokenCommand(_Spoken):
    """A command whose help is told in the language of the call."""


class SpokenGroup(_Spoken, click.Group):
    """Commands whose help is told in the language of the call."""

    command_class = SpokenCommand
    group_class = type


@contextmanager
def _in_chinese(command: click.Command) -> Iterator[None]:
    """Put Chinese texts where click looks for help, and the English ones back."""
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    told = [*(one for one in command.params if isinstance(one, click.Option)), command, *inner]
    english = [one.help for one in told]
    for one in told:
        one.help = (one.help and chinese(one.help)) or one.help
    try:
        yield
    finally:
        for one, text in zip(told, english, strict=True):
            one.help = text
