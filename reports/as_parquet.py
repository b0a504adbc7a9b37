"""Parquet, a file a table, typed, with lists as lists. It needs pyarrow, which is not installed with gongshi."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import pandas as pd

from auditor.model import SiteAudit, Text
from reports import Options, UnavailableError
from reports.frames import tables

SUFFIX = ".parquet"


def render(audits: Iterable[SiteAudit], _options: Options) -> Iterator[bytes]:
    """Yield the table of findings. Raises UnavailableError where pyarrow is not installed."""
    yield _parquet(tables(audits)["findings"])


def files(audits: Iterable[SiteAudit], _options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """Yield `sites.parquet`, `pages.parquet`, `disclosures.parquet` and `findings.parquet`."""
    for name, frame in tables(audits).items():
        yield f"{name}{SUFFIX}", [_parquet(frame)]


def _parquet(frame: pd.DataFrame) -> bytes:
    out = BytesIO()
    try:
        frame.to_parquet(out, engine="pyarrow", index=False, compression="zstd")
    except ImportError as error:
        raise UnavailableError(
            Text("Parquet 需要 pyarrow：请运行 pip install pyarrow。", "Parquet needs pyarrow: pip install pyarrow.")
        ) from error
    return out.getvalue()
