"""Lists as the CAC publishes them, of invented firms, made in the form of each kind of file."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

Table = Sequence[Sequence[str]]


@pytest.fixture
def word(tmp_path: Path) -> Callable[..., Path]:
    def make(rows: Table, title: str = "", name: str = "list.docx") -> Path:
        document = docx.Document()
        document.add_paragraph("附件")
        document.add_paragraph(title)
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
        document.save(str(tmp_path / name))
        return tmp_path / name

    return make


@pytest.fixture
def excel(tmp_path: Path) -> Callable[..., Path]:
    def make(rows: Table, title: str = "", name: str = "list.xlsx") -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in ([title], *rows):
            sheet.append(list(row))
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Path]:
    """A PDF of ruled tables, one a page; `open_end`: no line below the last row of a page, as where a cell is cut."""

    def make(pages: Sequence[Table], title: str = "", name: str = "list.pdf", open_end: bool = False) -> Path:
        streams = [
            _page(rows, title if at == 0 else "", open_end and at < len(pages) - 1) for at, rows in enumerate(pages)
        ]
        path = tmp_path / name
        path.write_bytes(_document(streams))
        return path

    return make


_LINE, _WIDTH, _LEFT, _TOP, _SIZE = 12.0, 160.0, 30.0, 780.0, 9.0


def _page(rows: Table, title: str, open_end: bool) -> bytes:
    out, y = [_text(_LEFT, _TOP + 20, title)] if title else [], _TOP
    columns = len(rows[0])
    edges = [_rule(_LEFT, y, _LEFT + columns * _WIDTH, y)]
    for at, row in enumerate(rows):
        height = max(cell.count("\n") + 1 for cell in row) * _LINE + 6
        for column, cell in enumerate(row):
            x = _LEFT + column * _WIDTH
            out += [_text(x + 3, y - (line + 1) * _LINE, text) for line, text in enumerate(cell.split("\n")) if text]
        edges += [_rule(_LEFT + n * _WIDTH, y, _LEFT + n * _WIDTH, y - height) for n in range(columns + 1)]
        y -= height
        if not (open_end and at == len(rows) - 1):
            edges.append(_rule(_LEFT, y, _LEFT + columns * _WIDTH, y))
    return "\n".join(edges + out).encode()


def _rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S"


def _text(x: float, y: float, text: str) -> str:
    return f"BT /F {_SIZE} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _document(streams: list[bytes]) -> bytes:
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/W[1 95 500 814 939 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/FontBBox[0 -120 1000 880]"
        b"/Ascent 880/Descent -120/Flags 6>>>>",
    ]
    for at, stream in enumerate(streams):
        resources = "/MediaBox[0 0 1340 842]/Resources<</Font<</F 3 0 R>>>>"
        page = f"<</Type/Page/Parent 2 0 R{resources}/Contents {6 + 2 * at} 0 R>>"
        objects += [page.encode(), b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream)]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj%b endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()
