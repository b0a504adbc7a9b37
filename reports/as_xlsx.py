"""An Excel workbook: a sheet a table, typed, with filters and a frozen heading, and a sheet that explains the columns.

Texts are stored as texts, so that none is a formula, an error or a link. Passed and inapplicable rules are left out:
they would fill the sheet and stand in the other formats.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from auditor.model import Outcome, SiteAudit
from reports import Options
from reports.frames import COLUMNS, Tables, tables, values
from reports.i18n import pick, say
from reports.safe import clean, web_address
from reports.sheets import Row, filled

SUFFIX = ".xlsx"
BINARY = True

ROWS = 1_048_575  # that a sheet holds below its heading; a longer table goes on in a further sheet
LINKS = 65_000  # Excel opens no sheet with more links than 65,530
_LONGEST = 32_000  # characters that a cell holds, of 32,767
_QUIET = (Outcome.PASSED.value, Outcome.NOT_APPLICABLE.value)
_WIDE = {
    "site": 34,
    "host": 28,
    "page": 34,
    "url": 34,
    "message_zh": 48,
    "message_en": 48,
    "remedy_zh": 48,
    "remedy_en": 48,
    "context": 48,
    "raw": 32,
    "number": 32,
}


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield the workbook."""
    yield _workbook(tables(audits), options)


def from_tables(frames: Tables, options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """The report of a run, of tables that are made already."""
    yield f"report{SUFFIX}", [_workbook(frames, options)]


def _workbook(frames: Tables, options: Options) -> bytes:
    book, rows, out = Workbook(write_only=True), dict[str, Iterable[Row]](), BytesIO()
    for name, frame in frames.items():
        shown = frame[~frame["outcome"].isin(_QUIET)] if name == "findings" else frame
        for part, start in enumerate(range(0, max(len(shown), 1), ROWS), 1):
            piece = shown.iloc[start : start + ROWS]
            sheet = _sheet(book, name if part == 1 else f"{name} {part}", piece)
            if name == "sites":
                _add_sites(sheet, piece)
            else:
                rows[f"xl/worksheets/sheet{len(book.worksheets)}.xml"] = _rows(piece)
    _explain(book, options)
    book.save(out)
    return filled(out.getvalue(), rows)


def _sheet(book: Workbook, name: str, frame: pd.DataFrame) -> WriteOnlyWorksheet:
    sheet = _begin(book, name, [(str(column), _WIDE.get(str(column), 20)) for column in frame.columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(frame.columns))}{len(frame) + 1}"  # type: ignore[attr-defined]
    return sheet


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return zip(*(_column(frame[name]) for name in frame.columns), strict=True)


def _column(column: pd.Series) -> list[Any]:
    """Its values, each different one made fit for a cell once."""
    told = values(column)
    known = {one: _value(one) for one in set(told)}
    return [known[one] for one in told]


def _add_sites(sheet: WriteOnlyWorksheet, frame: pd.DataFrame) -> None:
    """The rows that have times and links."""
    place = list(frame.columns).index("taken_at")
    for number, row in enumerate(_rows(frame)):
        cells = [_cell(sheet, _time(one) if column == place else one) for column, one in enumerate(row)]
        if number < LINKS:
            cells[0] = _link(sheet, row[0])
        sheet.append(cells)


def _begin(book: Workbook, name: str, columns: list[tuple[str, int]]) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(name)
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    sheet.page_setup.orientation = "landscape"
    for place, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    heading = []
    for title, _ in columns:
        cell = _cell(sheet, clean(title, 200), always=True)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF0F2")
        cell.alignment = Alignment(vertical="top")
        heading.append(cell)
    sheet.append(heading)
    return sheet  # type: ignore[no-any-return]


def _explain(book: Workbook, options: Options) -> None:
    words = [say(key, options.language) for key in ("table", "column", "type", "meaning")]
    sheet = _begin(book, "columns", list(zip(words, (14, 28, 12, 60), strict=True)))
    for table, columns in COLUMNS.items():
        for name, column in columns.items():
            sheet.append([table, name, column.dtype, pick(column.told, options.language)])


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return clean(" ".join(value), _LONGEST)
    if isinstance(value, str):
        return clean(value, _LONGEST)
    return value


def _time(value: Any) -> Any:
    """A time without its zone, which Excel does not know; it is UTC, as the column says."""
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None) if value else None
    except ValueError:
        return value


def _cell(sheet: WriteOnlyWorksheet, value: Any, *, always: bool = False) -> Any:
    """A value as it is, or a cell that holds it as a text where Excel would see a formula or an error in it."""
    if not always and not (isinstance(value, str) and value[:1] in ("=", "#")):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _link(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    url = web_address(value)
    if not url or len(url) > 2000:
        return _cell(sheet, value)
    cell = _cell(sheet, value, always=True)
    cell.hyperlink = url
    cell.data_type = "s"
    cell.font = Font(color="0B4A8F", underline="single")
    return cell
