"""Published files taken over into a register."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from auditor.model import Text
from auditor.registry.limits import shorten
from auditor.registry.readers import UnreadableError, read
from auditor.registry.register import Register
from auditor.registry.row import ALGORITHM_LISTS, Row, number_key
from auditor.registry.tables import Problem, rows_of

Key = tuple[str, ...]

_CONTENT = tuple(field.name for field in fields(Row) if field.name not in ("source", "source_row"))


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file brought."""

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def rows(self) -> int:
        """Rows that were read."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    register: Register  # the new state; the caller saves it
    files: tuple[FileReport, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that could not be read, with file and row."""
        return tuple(problem for file in self.files for problem in file.problems)


def import_files(paths: Iterable[Path], register: Register) -> Report:
    """Read published files, or folders of them, into a register.

    Lists that are issued again replace their rows; what cannot be read is told and leaves the rest alone.
    The same files give the same register again.
    """
    rows = {_key(row): row for row in register.rows}
    files = tuple(_import(path, rows) for path in _files(paths))
    return Report(Register(rows.values()), files)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                p for p in path.iterdir() if p.is_file() and not p.name.startswith(".") and p.suffix != ".json"
            )
        else:
            yield path


def _import(path: Path, rows: dict[Key, Row]) -> FileReport:
    try:
        found = list(rows_of(read(path), path.name))
    except UnreadableError as error:
        return FileReport(path.name, problems=(Problem(path.name, error.row, error.text),))
    except OSError as error:
        reason = shorten(error.strerror or error)
        return FileReport(
            path.name, problems=(Problem(path.name, None, Text(f"无法打开：{reason}", f"cannot be opened: {reason}")),)
        )
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in found:
        if isinstance(row, Row):
            counts[_merge(row, rows)] += 1
    return FileReport(path.name, **counts, problems=tuple(item for item in found if isinstance(item, Problem)))


def _key(row: Row) -> Key:
    """What makes two rows the same entry.

    An algorithm list is complete for its month, and one number may stand in two months; the generative lists are told
    again in yearly notices.
    """
    batch = row.batch if row.list in ALGORITHM_LISTS else ""
    return (row.list, number_key(row.number), batch)


def _merge(new: Row, rows: dict[Key, Row]) -> str:
    key = _key(new)
    old = rows.get(key)
    rows[key] = new if old is None else _settled(old, new)
    return "added" if old is None else "unchanged" if rows[key] is old else "changed"


def _settled(old: Row, new: Row) -> Row:
    """One row of two copies. The CAC adds remarks and removes none: the copy that lacks its remark is the older one."""
    under, over = (new, old) if old.remark and not new.remark else (old, new)
    filled = {name: getattr(over, name) or getattr(under, name) for name in _CONTENT}
    filled["batch"] = min(filter(None, (old.batch, new.batch)), default="")
    if all(getattr(old, name) == value for name, value in filled.items()):
        return old
    return replace(over, **filled)
