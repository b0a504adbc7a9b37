import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from auditor.registry import limits, readers
from auditor.registry.readers import UnreadableError, read

HEADING = ("序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "备注")
ROW = (
    "1",
    "甲算法",
    "服务提供者",
    "甲乙丙科技有限公司",
    "甲（APP）",
    "应用于问答",
    "网信算备110101900000101240011号",
    "",
)

Make = Callable[..., Path]


def refused(path: Path) -> str:
    with pytest.raises(UnreadableError) as error:
        read(path)
    assert error.value.text.zh
    return error.value.text.en


def test_kind_is_told_by_content(word: Make, excel: Make) -> None:
    for made in (word([HEADING, ROW]), excel([HEADING, ROW])):
        renamed = made.rename(made.with_name(f"{made.stem}-{made.suffix[1:]}.pdf"))
        assert ROW[:7] in [cells[:7] for _, cells in read(renamed)[0].rows]


def test_word_title_and_row_numbers(word: Make) -> None:
    (sheet,) = read(word([HEADING, ROW], title="境内深度合成服务算法备案清单（2026年5月）"))
    assert "2026年5月" in sheet.title
    assert [at for at, _ in sheet.rows] == [1, 2]


def document(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return out.getvalue()


def cell(text: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'


def test_split_word_cells_keep_their_columns(tmp_path: Path) -> None:
    rows = [[cell("a"), cell("b", 2), cell("c")], [cell("1", 2), cell("2"), cell("3")]]
    body = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    path = tmp_path / "split"
    path.write_bytes(document(f"<w:tbl>{body}</w:tbl>"))
    assert [cells for _, cells in read(path)[0].rows] == [("a", "b", "", "c"), ("1", "", "2", "3")]


def test_paragraphs_of_a_word_cell_join(word: Make) -> None:
    row = (*ROW[:5], "应用于\n问答 Hi\nEcho", *ROW[6:])
    assert read(word([row]))[0].rows[0][1][5] == "应用于问答 Hi Echo"


def test_excel_dates_and_numbers(tmp_path: Path, excel: Make) -> None:
    path = excel([("备案时间", "序号"), (date(2026, 1, 5), 1)])
    assert read(path)[0].rows[-1][1][:2] == ("2026-01-05", "1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_text_encodings_and_delimiters(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("\r\n".join(mark.join(row) for row in (HEADING, ROW)).encode(encoding))
    assert [cells for _, cells in read(path)[0].rows] == [HEADING, ROW]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"<!DOCTYPE html><title>403</title>", "web page"),
        (b"\xef\xbb\xbf\n <html>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old"),
        (b"PK\x03\x04" + bytes(80), "damaged"),
        (bytes(range(128, 256)) * 20, "neither"),
        (b'a,"' + b"b" * 200_000, "CSV"),
    ],
)
def test_what_is_no_list(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(data)
    assert why in refused(path)


def test_zip_that_is_neither_word_nor_excel(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "neither" in refused(tmp_path / "a.docx")


def test_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_UNPACKED", 1 << 20)
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(2 << 20))
    assert path.stat().st_size < 10_000
    assert "unpacks" in refused(path)


def test_oversized_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_FILE", 10)
    (tmp_path / "a.csv").write_text("x" * 11)
    assert "larger" in refused(tmp_path / "a.csv")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "xxe.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&a;</w:body></w:document>',
        )
    assert "regular" in refused(path)


def test_cells_are_bounded_and_clean() -> None:
    assert limits.clean("甲\u200b乙\x00 \t丙\u202e") == "甲乙 丙"
    assert len(limits.clean("甲" * 100_000)) == limits.MAX_CELL
    assert limits.clean("a\nb 甲\n乙\nGPT") == "a b 甲乙GPT"
    assert limits.clean("⼤⻜") == "大飞"
