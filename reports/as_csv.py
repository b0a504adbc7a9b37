"""CSV in UTF-8, a file a table; one document is the table of sites.

A text that a spreadsheet would take for a formula gets an apostrophe before it; lists are joined with a blank.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import pandas as pd

from auditor.model import SiteAudit
from reports import Options
from reports.frames import Tables, tables, values
from reports.safe import inert

SUFFIX = ".csv"

_ROWS = 20_000  # rows a piece


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield the table of sites."""
    return _csv(tables(audits)["sites"], options)


def files(audits: Iterable[SiteAudit], options: Options) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield `sites.csv`, `pages.csv`, `disclosures.csv` and `findings.csv`."""
    return from_tables(tables(audits), options)


def from_tables(frames: Tables, options: Options) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The same, of tables that are made already."""
    for name, frame in frames.items():
        yield f"{name}{SUFFIX}", _csv(frame, options)


def _csv(frame: pd.DataFrame, options: Options) -> Iterator[bytes]:
    if options.bom:
        yield b"\xef\xbb\xbf"
    yield _lines([[inert(str(name)) for name in frame.columns]])
    for start in range(0, len(frame), _ROWS):
        part = frame.iloc[start : start + _ROWS]
        yield _lines(zip(*(_cells(values(part[name])) for name in part.columns), strict=True))


def _lines(rows: Iterable[Iterable[Any]]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _cells(column: list[Any]) -> list[Any]:
    """Each text made inert once, however often it stands in the column."""
    known = {one: _cell(one) for one in set(column)}
    return [known[one] for one in column]


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        value = " ".join(value)
    return inert(value) if isinstance(value, str) else value
