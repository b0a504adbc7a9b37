import pytest

from auditor.registry import List, Problem, Row
from auditor.registry.readers import Sheet
from auditor.registry.tables import rows_of

ALGORITHM = "网信算备110101900000101240011号"
FIRM = "甲乙丙科技有限公司"
SYNTHESIS = ("序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "备注")
SYNTHESIS_ROW = ("", "甲算法", "服务提供者", FIRM, "甲（APP）", "应用于问答", ALGORITHM, "已注销")


def read(*rows: tuple[str, ...], title: str = "", file: str = "list") -> list[Row | Problem]:
    return list(rows_of((Sheet(title, tuple(enumerate(rows, start=1))),), file))


def one(*rows: tuple[str, ...], title: str = "", file: str = "list") -> Row:
    (row,) = read(*rows, title=title, file=file)
    assert isinstance(row, Row)
    return row


def test_every_cell_of_a_synthesis_row() -> None:
    row = one(SYNTHESIS, SYNTHESIS_ROW, title="附件 境内深度合成服务算法备案清单（2026年5月）", file="a.docx")
    assert row == Row(
        List.SYNTHESIS,
        ALGORITHM,
        "甲算法",
        FIRM,
        "甲（APP）",
        "服务提供者",
        "应用于问答",
        remark="已注销",
        batch="2026-05",
        source="a.docx",
        source_row=2,
    )


@pytest.mark.parametrize(
    ("headings", "number", "kind"),
    [
        (("算法类别", "算法名称", "主体名称", "备案编号"), ALGORITHM, List.RECOMMENDATION),
        (("角色", "算法名称", "主体名称", "备案编号"), ALGORITHM, List.SYNTHESIS),
        (("注销时间", "算法名称", "主体名称", "备案编号"), ALGORITHM, List.CANCELLATION),
        (("属地", "模型名称", "备案单位", "备案号"), "Beijing-JiaYi-20240101", List.FILING),
        (("属地", "应用/功能名称", "登记单位", "上线编号"), "Beijing-JiaYi-20240101S0001", List.REGISTRATION),
        (("属地", "应用／功能 名称", "登记\n单位", "上线编号"), "Beijing-JiaYi-20240101S0001", List.REGISTRATION),
        (("属地", "服务名称", "单位名称", "备案号"), "Beijing-JiaYi-20240101S0001", List.REGISTRATION),
        (("属地", "服务名称", "单位名称", "备案号"), "Beijing-JiaYi-202401010001", List.FILING),
    ],
)
def test_list_is_told_by_the_headings_then_by_the_number(headings: tuple[str, ...], number: str, kind: List) -> None:
    assert one(headings, ("", "甲", FIRM, number)).list is kind


@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("recommendation", ALGORITHM, List.RECOMMENDATION),
        ("deep_synthesis", ALGORITHM, List.SYNTHESIS),
        ("filing", "Beijing-JiaYi-20240101", List.FILING),
        ("registration", "Beijing-JiaYi-20240101S0001", List.REGISTRATION),
    ],
)
def test_english_headings(kind: str, number: str, told: List) -> None:
    row = one(("kind", "batch", "name", "entity", "number"), (kind, "2026-05", "甲", FIRM, number))
    assert (row.list, row.batch, row.name) == (told, "2026-05", "甲")


def test_english_cancellations() -> None:
    row = one(("number", "algorithm", "entity", "cancelled_notice_date"), (ALGORITHM, "甲", FIRM, "2026-03-02"))
    assert (row.list, row.date, row.name) == (List.CANCELLATION, "2026-03-02", "甲")


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("清单（2022年8月）", "2022-08"),
        ("公告（2026年7月至8月）", "2026-08"),
        ("2025年9—10月", "2025-10"),
        ("清单", ""),
    ],
)
def test_month_of_the_list(title: str, month: str) -> None:
    assert one(SYNTHESIS, SYNTHESIS_ROW, title=title).batch == month
    assert one(SYNTHESIS, SYNTHESIS_ROW, file=title).batch == month


def test_column_without_heading_is_the_second_half_of_the_one_before() -> None:
    split = (*SYNTHESIS[:6], "", *SYNTHESIS[6:])
    assert one(split, (*SYNTHESIS_ROW[:5], "应用于", "问答", *SYNTHESIS_ROW[6:])).purpose == "应用于问答"


@pytest.mark.parametrize(
    "number",
    ["网信算备9101082909000066220017号", "网信算备110101900000101240013号", "网信算备 110101900000101240011 号"],
)
def test_misprints_are_kept(number: str) -> None:
    row = one(SYNTHESIS, (*SYNTHESIS_ROW[:6], number, ""))
    assert row.number == number.replace(" ", "")


@pytest.mark.parametrize("number", ["ZheJiang-JiaYi-20250609000026", "Jiangsu-JiaYiZhiSuan-"])
def test_generative_misprints_are_kept(number: str) -> None:
    assert one(("模型名称", "备案单位", "备案号"), ("甲", FIRM, number)).number == number


def test_row_without_number_is_told_and_the_others_are_read() -> None:
    broken = (*SYNTHESIS_ROW[:6], "应用于图像", "")
    first, problem, last = read(SYNTHESIS, SYNTHESIS_ROW, broken, SYNTHESIS_ROW, file="a.docx")
    assert isinstance(first, Row) and isinstance(last, Row) and isinstance(problem, Problem)
    assert (problem.file, problem.row) == ("a.docx", 3)
    assert "应用于图像" in problem.text.zh and "应用于图像" in problem.text.en


def test_notes_and_blank_rows_are_no_rows() -> None:
    note = ("注：本表由备案主体填报", "", "", "", "", "", "", "")
    assert len(read(("附件",), SYNTHESIS, SYNTHESIS_ROW, ("",) * 8, note)) == 1


def test_short_rows_do_not_stop_the_reading() -> None:
    row, problem = read(SYNTHESIS, SYNTHESIS_ROW, ("2", "乙算法"))
    assert isinstance(row, Row) and isinstance(problem, Problem)


def test_table_without_known_headings_is_told() -> None:
    (problem,) = read(("a", "b"), ("1", "2"), file="x.csv")
    assert isinstance(problem, Problem) and problem.row is None and problem.file == "x.csv"
