"""The official lists on the command line: which register is meant, and what is read into it."""

import errno
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongshi_terms import Exit, say

if TYPE_CHECKING:
    from auditor.registry import Register


@cache
def load_register(path: Path | None) -> "Register | None":
    """The register at `path`, else the user's own; None where there is none of either."""
    from auditor.registry import Register, default_path

    place = path or default_path()
    return Register.load(place) if path or place.is_file() else None


def take_over(files: Iterable[Path], place: Path | None) -> Exit:
    """Import files into the register and say what each brought; 1 where something could not be read.

    Raises FileNotFoundError before anything is written.
    """
    files = tuple(files)
    for missing in (file for file in files if not file.exists()):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(missing))
    from auditor.registry import Register, default_path, import_files

    target = place or default_path()
    done = import_files(files, Register.load(target) if target.is_file() else Register())
    done.register.save(target)
    for file in done.files:
        click.echo(f"{file.file}\t+{file.added}\t~{file.changed}\t={file.unchanged}")
    for problem in done.problems:
        say(problem.told.zh, problem.told.en)
    return Exit.FOUND if done.problems else Exit.CLEAN
