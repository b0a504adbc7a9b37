"""CSV in UTF-8, a file a table; one document is the table of sites.

A text that a spreadsheet would take for a formula gets an apostrophe before it; lists are joined with a blank.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from auditor.model import SiteAudit
from reports import Options
from reports.frames import Tables, tables
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
    yield _text(frame.iloc[:0]).encode()
    for start in range(0, len(frame), _ROWS):
        yield _text(frame.iloc[start : start + _ROWS], header=False).encode()


def _text(frame: pd.DataFrame, header: bool = True) -> str:
    harmless = frame.rename(columns=inert).apply(_harmless)
    return str(harmless.to_csv(index=False, header=header, lineterminator="\r\n"))


def _harmless(column: pd.Series) -> pd.Series:
    """Each text made inert once, however often it stands in the column."""
    if not (pd.api.types.is_string_dtype(column.dtype) or column.dtype == object):
        return column
    known: dict[Any, Any] = {one: _cell(one) for one in column.unique()}
    return column.map(known).astype(object)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return inert(" ".join(value))
    return inert(value) if isinstance(value, str) else None
