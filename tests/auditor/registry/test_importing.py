from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.registry import List, Register, import_files

TITLE = "境内深度合成服务算法备案清单（2026年5月）"
HEADING = ("序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "备注")
A, B = "网信算备110101900000101240011号", "网信算备110101900000101240029号"
FIRM = "甲乙丙科技有限公司"

Make = Callable[..., Path]


def row(number: str, remark: str = "", entity: str = FIRM) -> tuple[str, ...]:
    return ("1", "甲算法", "服务提供者", entity, "甲（APP）", "应用于问答", number, remark)


def test_import_is_idempotent(word: Make) -> None:
    path = word([HEADING, row(A), row(B)], title=TITLE)
    first = import_files([path], Register())
    second = import_files([path], first.register)
    assert [(f.added, f.changed, f.unchanged) for f in (*first.files, *second.files)] == [(2, 0, 0), (0, 0, 2)]
    assert second.register.rows == first.register.rows
    assert first.files[0].rows == 2


def test_list_issued_again_brings_its_remarks(word: Make) -> None:
    old = word([HEADING, row(A), row(B)], title=TITLE, name="old.docx")
    new = word([HEADING, row(A, "已注销"), row(B)], title=TITLE, name="new.docx")
    report = import_files([old, new], Register())
    assert [(f.added, f.changed, f.unchanged) for f in report.files] == [(2, 0, 0), (0, 1, 1)]
    first, second = report.register.rows
    assert (first.cancelled, first.source, second.source) == (True, "new.docx", "old.docx")


def test_older_copy_does_not_undo_a_remark(word: Make) -> None:
    old = word([HEADING, row(A, entity="旧名科技有限公司")], title=TITLE, name="old.docx")
    new = word(
        [HEADING, row(A, "原主体名称“旧名科技有限公司”变更为“甲乙丙科技有限公司”")], title=TITLE, name="new.docx"
    )
    forward = import_files([old, new], Register()).register
    backward = import_files([new, old], Register()).register
    assert forward.rows == backward.rows
    assert forward.rows[0].entity == FIRM


def test_one_number_in_two_months_is_two_rows(word: Make) -> None:
    paths = [word([HEADING, row(A)], title=f"清单（2026年{month}月）", name=f"{month}.docx") for month in (3, 5)]
    register = import_files(paths, Register()).register
    assert [r.batch for r in register.by_number(A)] == ["2026-05", "2026-03"]


def test_yearly_notices_do_not_add_up(excel: Make) -> None:
    rows = [
        ("属地", "模型名称", "备案单位", "备案号", "备案时间"),
        ("北京市", "甲", FIRM, "Beijing-JiaYi-202501010001", ""),
    ]
    paths = [excel(rows, title=title, name=f"{title}.xlsx") for title in ("2025年12月", "2025年3月", "全年")]
    report = import_files(paths, Register())
    assert [(r.number, r.batch) for r in report.register.rows] == [("Beijing-JiaYi-202501010001", "2025-03")]
    again = import_files(paths, report.register)
    assert again.register.rows == report.register.rows
    assert sum(f.changed for f in again.files) == 0


def test_csv_and_word_copies_of_a_list_agree(word: Make, tmp_path: Path) -> None:
    csv = tmp_path / "copy.csv"
    head = "kind,batch,seq,name,class_or_role,entity,products,purpose,number,remark,source_file"
    csv.write_text(
        f"{head}\ndeep_synthesis,2026-05,1,甲算法,服务提供者,{FIRM},甲（APP）,应用于问答,{A},,x.docx\n", "utf-8"
    )
    report = import_files([word([HEADING, row(A)], title=TITLE), csv], Register())
    assert [f.unchanged for f in report.files] == [0, 1]


def test_bad_file_is_told_and_spoils_nothing(word: Make, tmp_path: Path) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"<html>403</html>")
    good = word([HEADING, row(A), row("无")], title=TITLE)
    report = import_files([bad, tmp_path / "missing.pdf", good], Register())
    assert len(report.register.rows) == 1
    assert [(p.file, p.row) for p in report.problems] == [("bad.docx", None), ("missing.pdf", None), ("list.docx", 3)]
    assert all(p.text.zh and p.text.en for p in report.problems)
    assert report.problems[0].told.en.startswith("bad.docx: ")
    assert report.problems[2].told.zh.startswith("list.docx 第 3 行：")


def test_folder_stands_for_its_files(word: Make, tmp_path: Path) -> None:
    word([HEADING, row(A)], title=TITLE)
    (tmp_path / ".update.json").write_text("{}")
    report = import_files([tmp_path], Register())
    assert [f.file for f in report.files] == ["list.docx"]


@pytest.mark.parametrize(
    ("remark", "cancelled"),
    [
        ("已注销", True),
        ("2025年7月已注销", True),
        ("变更内容：新增产品；已注销", True),
        ("原主体名称“甲”变更为“乙营销管理有限公司”", False),
        ("变更内容：产品“乙(APP)”已注销账号功能", False),
        ("", False),
    ],
)
def test_cancelled_by_remark(word: Make, remark: str, cancelled: bool) -> None:
    (only,) = import_files([word([HEADING, row(A, remark)], title=TITLE)], Register()).register.rows
    assert only.cancelled is cancelled


def test_cancellation_marks_a_number_with_its_date(word: Make) -> None:
    heading = (*HEADING[:7], "注销时间")
    listed = word([HEADING, row(A)], title=TITLE, name="list.docx")
    notice = word([heading, row(A, "2026年7月2日")], title="注销公告", name="notice.docx")
    rows = import_files([listed, notice], Register()).register.by_number(A)
    assert {(r.list, r.cancelled, r.date) for r in rows} == {
        (List.SYNTHESIS, False, ""),
        (List.CANCELLATION, True, "2026-07-02"),
    }
