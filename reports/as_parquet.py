"""Parquet, a file a table, typed, with lists as lists. It needs pyarrow, which is an extra of gongshi: `parquet`."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BytesIO
from typing import Any

import pandas as pd

from auditor.model import SiteAudit, Text
from reports import Options, UnavailableError
from reports.frames import BOOLEAN, COLUMNS, FLOAT, INTEGER, LIST, STRING, Tables, tables

SUFFIX = ".parquet"
BINARY = True


def render(audits: Iterable[SiteAudit], _options: Options) -> Iterator[bytes]:
    """Yield the table of findings. Raises UnavailableError where pyarrow is not installed."""
    yield _parquet("findings", tables(audits)["findings"], require())


def files(audits: Iterable[SiteAudit], options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """Yield `sites.parquet`, `pages.parquet`, `disclosures.parquet` and `findings.parquet`."""
    return from_tables(tables(audits), options)


def from_tables(frames: Tables, _options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """The same, of tables that are made already."""
    library = require()
    for name, frame in frames.items():
        yield f"{name}{SUFFIX}", [_parquet(name, frame, library)]


def require() -> Any:
    """The library. Raises UnavailableError."""
    try:
        return import_module("pyarrow")
    except ImportError as error:
        raise UnavailableError(
            Text(
                'Parquet 需要 pyarrow：请运行 pip install "gongshi[parquet]"。',
                'Parquet needs pyarrow: pip install "gongshi[parquet]".',
            )
        ) from error


def _parquet(name: str, frame: pd.DataFrame, library: Any) -> bytes:
    """The types are told, not guessed, so that they are the same in every run."""
    text = library.string()
    types = {
        STRING: text,
        BOOLEAN: library.bool_(),
        INTEGER: library.int64(),
        FLOAT: library.float64(),
        LIST: library.list_(text),
    }
    columns = {column: types[COLUMNS[name][column].dtype] if column in COLUMNS[name] else text for column in frame}
    table = library.Table.from_pandas(frame, library.schema(list(columns.items())), preserve_index=False)
    out = BytesIO()
    import_module("pyarrow.parquet").write_table(table.replace_schema_metadata(None), out, compression="zstd")
    return out.getvalue()
