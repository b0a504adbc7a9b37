"""Lists as published (DOCX, PDF, XLSX, CSV) read into plain sheets of cells.

The kind of a file is told by its content, never by its name.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from lxml import etree

from auditor.model import Text
from auditor.registry.limits import MAX_COLUMNS, MAX_FILE, MAX_ROWS, MAX_UNPACKED, clean, shorten

Cells = tuple[str, ...]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = {_W + "p": "\n", _W + "br": "\n", _W + "cr": "\n", _W + "tab": " "}
_ENCODINGS = ("utf-8-sig", "gb18030")


class UnreadableError(Exception):
    """A file that cannot be read as a list; `text` says why, for people, and `row` where."""

    def __init__(self, text: Text, row: int | None = None):
        super().__init__(text.en)
        self.text = text
        self.row = row


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, or several of one file in their order."""

    title: str  # words that stand before the table; "" where there are none
    rows: tuple[tuple[int, Cells], ...]  # row number in the file, from 1, and its cells


def read(path: Path) -> tuple[Sheet, ...]:
    """The tables of a published file.

    Raises `UnreadableError` for what is no list (an HTML page, an old .doc, a damaged or oversized file), `OSError`
    for what cannot be opened.
    """
    if path.stat().st_size > MAX_FILE:
        raise UnreadableError(Text(f"文件超过 {MAX_FILE >> 20} MB", f"the file is larger than {MAX_FILE >> 20} MB"))
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if b"%PDF-" in data[:1024]:
        from auditor.registry.pdf import read_pdf  # takes 0.3 s to import

        return read_pdf(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(
            Text("旧版 .doc/.xls 文件，请另存为 .docx/.xlsx", "an old .doc/.xls file: save it as .docx/.xlsx")
        )
    return (_text(data),)


def _zipped(data: bytes) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableError(Text("压缩文件解开后过大", "the file unpacks to too much"))
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return _docx(archive.read("word/document.xml"))
        if "xl/workbook.xml" in names:
            return tuple(_xlsx(data))
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, etree.XMLSyntaxError, *_DAMAGE) as error:
        raise UnreadableError(Text(f"文件已损坏：{shorten(error)}", f"damaged file: {shorten(error)}")) from error
    raise UnreadableError(Text("不是 Word 或 Excel 文件", "neither a Word nor an Excel file"))


# What zipfile, zlib and openpyxl raise on damaged members; openpyxl has no exception of its own for most of it.
_DAMAGE = (
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def _docx(document: bytes) -> tuple[Sheet, ...]:
    """Word tables straight from the XML: python-docx takes ten times as long and repeats cells that are merged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(document, parser)
    body = root.find(_W + "body")
    if body is None or b"<!DOCTYPE" in document[:2000]:
        raise UnreadableError(Text("不是正常的 Word 文件", "not a regular Word file"))
    title = " ".join(filter(None, (_words(p) for p in body.findall(_W + "p"))))[:500]
    rows = enumerate((_row(tr) for tr in islice(body.iter(_W + "tr"), MAX_ROWS)), start=1)
    return (Sheet(title, tuple(rows)),)


def _row(tr: etree._Element) -> Cells:
    """Cells by grid column: one that spans two is followed by an empty one, so split cells keep their place."""
    cells: list[str] = []
    for tc in tr.iter(_W + "tc"):
        span = tc.find(f"{_W}tcPr/{_W}gridSpan")
        cells += [_words(tc), *[""] * (_number(span, 1) - 1)]
    return tuple(cells[:MAX_COLUMNS])


def _number(element: etree._Element | None, default: int) -> int:
    value = "" if element is None else element.get(_W + "val", "")
    return min(int(value), MAX_COLUMNS) if value.isdecimal() and len(value) < 4 else default


def _words(element: etree._Element) -> str:
    parts = [node.text or "" if node.tag == _W + "t" else _MARKS[node.tag] for node in element.iter(_W + "t", *_MARKS)]
    return clean("".join(parts))


def _xlsx(data: bytes) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # takes 0.15 s to import, and starts threads

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the stated size may be wrong, by accident or on purpose
        rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
        numbered = ((at, tuple(map(_value, row))) for at, row in enumerate(rows, start=1))
        yield Sheet(sheet.title, tuple((at, cells) for at, cells in numbered if any(cells)))


def _value(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d"))
    return clean(str(value))


def _text(data: bytes) -> Sheet:
    text = _decoded(data)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<head", "<script")):
        raise UnreadableError(Text("是网页，不是清单文件", "a web page instead of a list"))
    delimiter = "\t" if text.partition("\n")[0].count("\t") > 1 else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, Cells]] = []
    try:
        rows.extend((reader.line_num, tuple(map(clean, cells[:MAX_COLUMNS]))) for cells in islice(reader, MAX_ROWS))
    except csv.Error as error:
        raise UnreadableError(Text(f"CSV 格式错误：{error}", f"broken CSV: {error}"), reader.line_num) from error
    return Sheet("", tuple(rows))


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise UnreadableError(Text("空文件", "an empty file"))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError(Text("既不是表格文件，也不是文本", "neither a table nor a text"))
