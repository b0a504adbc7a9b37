import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.registry import List, Register, import_files
from auditor.registry.readers import UnreadableError, read

FILINGS = ("序号", "属地", "模型名称", "备案单位", "备案号", "备案时间")
REGISTRATIONS = ("序号", "属地", "应用/功能名称", "登记单位", "上线编号", "登记时间")
CANCELLATIONS = ("序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "注销时间")
FIRM = "甲乙丙科技有限公司"

Pdf = Callable[..., Path]


def filing(serial: str, name: str, number: str) -> tuple[str, ...]:
    return (serial, "北京市", name, FIRM, number, "2026年1月5日")


def numbers(path: Path) -> list[str]:
    report = import_files([path], Register())
    assert report.problems == ()
    return [row.number for row in report.register.rows]


def test_table_goes_on_without_headings(pdf: Pdf) -> None:
    pages = [
        [FILINGS, filing("1", "甲", "Beijing-JiaMoXing-202601050001")],
        [filing("2", "乙", "Beijing-YiMoXing-202601050002")],
        [filing("3", "丙", "Beijing-BingMoXing-202601050003")],
    ]
    assert [n[-1] for n in numbers(pdf(pages))] == ["1", "2", "3"]


def test_repeated_headings_are_no_row(pdf: Pdf) -> None:
    pages = [
        [FILINGS, filing("1", "甲", "Beijing-JiaMoXing-20260105")],
        [FILINGS, filing("2", "乙", "Beijing-YiMoXing-20260105")],
    ]
    assert len(numbers(pdf(pages))) == 2


def test_number_that_is_wrapped_in_its_cell(pdf: Pdf) -> None:
    assert numbers(pdf([[FILINGS, filing("1", "甲", "Beijing-JiaMo\nXing-2026010\n50001")]])) == [
        "Beijing-JiaMoXing-202601050001"
    ]


@pytest.mark.parametrize("open_end", [False, True])
def test_row_that_is_cut_by_the_page_end(pdf: Pdf, open_end: bool) -> None:
    pages = [
        [FILINGS, ("1", "北京市", "甲乙长长", "甲乙丙", "Beijing-JiaYi", "2026年1月")],
        [("", "", "的模型", "科技有限公司", "Mo-202601050001", "5日"), filing("2", "丁", "Beijing-Ding-202601050002")],
    ]
    report = import_files([pdf(pages, open_end=open_end)], Register())
    first, second = report.register.rows
    assert (first.number, first.name, first.entity, first.date) == (
        "Beijing-JiaYiMo-202601050001",
        "甲乙长长的模型",
        FIRM,
        "2026-01-05",
    )
    assert second.number == "Beijing-Ding-202601050002"
    assert report.problems == ()


def test_number_cut_where_its_first_half_looks_whole(pdf: Pdf) -> None:
    pages = [[FILINGS, filing("1", "甲", "Beijing-JiaMoXing-20260105")], [("", "", "", "", "0001", "")]]
    assert numbers(pdf(pages)) == ["Beijing-JiaMoXing-202601050001"]


def test_rows_without_serial_numbers_stay_apart(pdf: Pdf) -> None:
    pages = [[FILINGS, filing("", "甲", "Beijing-JiaMoXing-20260105")], [filing("", "乙", "Beijing-YiMoXing-20260105")]]
    assert len(numbers(pdf(pages))) == 2


def test_filings_and_registrations_in_one_file(pdf: Pdf) -> None:
    pages = [
        [FILINGS, filing("1", "甲", "Beijing-JiaMoXing-202601050001")],
        [REGISTRATIONS, ("1", "上海市", "甲助手", FIRM, "Shanghai-JiaZhuShou-20260105S0001", "2026/1/6")],
        [("2", "上海市", "乙助手", FIRM, "Shanghai-YiZhuShou-20260105S0002", "2026-01-07")],
    ]
    path = pdf(pages, title="生成式人工智能服务已备案信息（2026年1月至2月）")
    rows = import_files([path], Register()).register.rows
    assert [row.list for row in rows] == [List.FILING, List.REGISTRATION, List.REGISTRATION]
    assert [row.date for row in rows] == ["2026-01-05", "2026-01-06", "2026-01-07"]
    assert {row.batch for row in rows} == {"2026-02"}


def test_cancellation_notice(pdf: Pdf) -> None:
    row = (
        "1",
        "甲算法",
        "服务提供者",
        FIRM,
        "甲（APP）",
        "应用于问答",
        "网信算备110101900\n000101230019号",
        "2026年3月2日",
    )
    rows = import_files([pdf([[CANCELLATIONS, row]])], Register()).register.rows
    assert (rows[0].list, rows[0].number, rows[0].date) == (
        List.CANCELLATION,
        "网信算备110101900000101230019号",
        "2026-03-02",
    )


def test_damaged_pdf_is_told(tmp_path: Path, pdf: Pdf) -> None:
    whole = pdf([[FILINGS, filing("1", "甲", "Beijing-JiaMoXing-20260105")]]).read_bytes()
    for size in (9, 40, len(whole) // 2):
        broken = tmp_path / "broken.pdf"
        broken.write_bytes(whole[:size])
        with pytest.raises(UnreadableError):
            read(broken)


@pytest.mark.parametrize("layers", [1, 2])
def test_compressed_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layers: int) -> None:
    monkeypatch.setattr("auditor.registry.pdf.MAX_STREAMS", 1 << 20)
    stream = bytes(2 << 20)
    for _ in range(layers):
        stream = zlib.compress(stream)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream endobj")
    with pytest.raises(UnreadableError, match="unpacks"):
        read(path)
