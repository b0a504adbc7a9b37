"""PDF tables: cut at page ends without repeated headings, and cells cut across pages."""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from auditor.model import Text
from auditor.registry.limits import MAX_COLUMNS, MAX_PAGES, MAX_ROWS, MAX_STREAMS, clean, shorten
from auditor.registry.readers import Cells, Sheet, UnreadableError

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font without a bounding box

_STREAM = re.compile(rb"stream\r?\n")
_WHOLE = re.compile(r"[网網]信算[备備]\d{21,22}号|[A-Za-z]{3,20}-\S+-\d{8}(?:S?\d{4,6})?")
_DAMAGE = (
    PDFException,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
    OverflowError,
)
# pdfminer raises its own exceptions for some damage and whatever Python raises for the rest


def read_pdf(data: bytes) -> tuple[Sheet, ...]:
    """The tables of a PDF, one sheet in all, rows that a page end has cut made whole again.

    Raises `UnreadableError` for a damaged file, one with too many pages, and one whose pages are only pictures.
    """
    if not _bounded(data):
        raise UnreadableError(Text("PDF 解开后过大", "the PDF unpacks to too much"))
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableError(Text(f"超过 {MAX_PAGES} 页", f"more than {MAX_PAGES} pages"))
            title, tables = _tables(document.pages)
    except _DAMAGE as error:
        raise UnreadableError(Text(f"PDF 已损坏：{shorten(error)}", f"damaged PDF: {shorten(error)}")) from error
    if not tables:
        raise UnreadableError(Text("PDF 中没有表格（可能是扫描件）", "no table in the PDF (it may be a scan)"))
    rows = tuple(_joined(tables))
    return (Sheet(title, tuple(enumerate(rows[:MAX_ROWS], start=1))),)


def _bounded(data: bytes) -> bool:
    """Whether the compressed streams of a PDF, stacked ones included, unpack to no more than `MAX_STREAMS` together."""
    budget = MAX_STREAMS
    for start in _STREAM.finditer(data):
        packed: bytes | memoryview = memoryview(data)[start.end() :]
        while budget > 0 and (packed := _inflated(packed, budget + 1)):
            budget -= len(packed)
    return budget > 0


def _inflated(packed: bytes | memoryview, limit: int) -> bytes:
    """The start of what a zlib stream unpacks to; nothing if it is none."""
    try:
        return zlib.decompressobj().decompress(packed, limit)
    except zlib.error:
        return b""


def _tables(pages: Any) -> tuple[str, list[list[Cells]]]:
    title = ""
    tables: list[list[Cells]] = []
    for page in pages:
        found = page.find_tables(_settings(page))
        if not tables:
            title = title or _above(page, found)
        for table in found:
            tables += [[tuple(clean(cell or "") for cell in row[:MAX_COLUMNS]) for row in table.extract()]]
        page.close()
    return title, tables


def _settings(page: Any) -> dict[str, Any]:
    """Ruled lines; where a row is cut by the page's end, the ends of the upright lines stand for the missing ones."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)] if upright else []
    return {"vertical_strategy": "lines", "horizontal_strategy": "lines", "explicit_horizontal_lines": ends}


def _above(page: Any, tables: Any) -> str:
    top = min((table.bbox[1] for table in tables), default=page.height)
    if top <= page.bbox[1] + 1:
        return ""
    above = page.crop((page.bbox[0], page.bbox[1], page.bbox[2], top))
    return clean(above.extract_text(y_tolerance=6) or "")[:500]  # digits of another font sit some points lower


def _joined(tables: list[list[Cells]]) -> Iterator[Cells]:
    last: Cells | None = None
    for table in tables:
        for at, row in enumerate(table):
            if last is not None and at == 0 and _continues(last, row):
                last = tuple(clean(f"{upper}\n{lower}") for upper, lower in zip(last, row, strict=True))
            else:
                if last is not None:
                    yield last
                last = row
    if last is not None:
        yield last


def _continues(upper: Cells, lower: Cells) -> bool:
    """Whether the first row of a page is the rest of the last row before it: one of the two lacks its serial number.

    Where no row has a serial number, two whole filing numbers are two rows.
    """
    if len(upper) != len(lower) or (upper[0] and lower[0]):
        return False
    return not (_number(upper) and _number(lower))


def _number(row: Cells) -> bool:
    return any(_WHOLE.fullmatch("".join(cell.split())) for cell in row)
