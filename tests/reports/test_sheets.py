from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.sheets import filled


def sheet(*rows: tuple[object, ...]) -> Worksheet:
    book, out = Workbook(write_only=True), BytesIO()
    book.create_sheet("a").append(["heading"])
    book.save(out)
    made = load_workbook(BytesIO(filled(out.getvalue(), {"xl/worksheets/sheet1.xml": rows})))["a"]
    assert isinstance(made, Worksheet)
    return made


def test_values_keep_their_types() -> None:
    given = ("text", 3, -2.5, True, False, None, 1e-7)
    read = [[cell.value for cell in row] for row in sheet(given, given).iter_rows()]
    assert read[1:] == [list(given)] * 2
    assert read[0][0] == "heading"


def test_texts_stay_texts() -> None:
    given = ("=1+1", "#REF!", "</t></is></c><c><f>1</f></c>", "  two blanks ", "&amp;", "1", "🀄")
    (row,) = sheet(given).iter_rows(min_row=2)
    assert [cell.value for cell in row] == list(given)
    assert {cell.data_type for cell in row} <= {"inlineStr", "s"}


def test_more_rows_than_a_piece() -> None:
    assert [row[0].value for row in sheet(*((n,) for n in range(2_500))).iter_rows(min_row=2)] == list(range(2_500))
