"""Rows of a workbook's sheets, written without an object a cell: a long table would take ten times as long.

The workbook comes from openpyxl, with its headings; rows of plain texts and numbers are added to its sheets (ECMA-376
part 1, SpreadsheetML 18.3.1). Texts stand in their cells as texts, so that none is a formula, an error or a link.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import Any

from markupsafe import escape

Row = Iterable[Any]
"""Texts, numbers, truth values; None for an empty cell."""

_PIECE = 1_000  # rows
_END = b"</sheetData>"


def filled(book: bytes, rows: Mapping[str, Iterable[Row]]) -> bytes:
    """A saved workbook with `rows` below what its sheets hold, by the name of the sheet's part."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.namelist():
            begun, end, rest = given.read(part).partition(_END)
            with made.open(part, "w", force_zip64=True) as file:
                file.write(begun)
                for piece in _pieces(rows.get(part, ())):
                    file.write(piece)
                file.write(end + rest)
    return out.getvalue()


def _pieces(rows: Iterable[Row]) -> Iterator[bytes]:
    left = iter(rows)
    while piece := "".join(map(_row, islice(left, _PIECE))):
        yield piece.encode()


def _row(row: Row) -> str:
    return f"<row>{''.join(map(_cell, row))}</row>"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c t="b"><v>{value:d}</v></c>' if isinstance(value, bool) else f"<c><v>{value!r}</v></c>"
