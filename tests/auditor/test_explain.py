from datetime import date

import pytest

from auditor.explain import MOST, Explanation, explain
from auditor.model import NumberKind
from auditor.registry import List, Register, Row
from auditor.uses import NAMES, USES

TODAY = date(2026, 11, 24)
A = "网信算备110101900000101240011号"
FILING = "Beijing-JiaYiQingYan-202401010001"
REGISTRATION = "Shanghai-JiaYiZhuShou-20250101S0001"
FIRM = "甲乙丙科技有限公司"
REGISTER = Register(
    (
        Row(
            List.SYNTHESIS,
            A,
            "甲算法",
            FIRM,
            "甲助手（APP）",
            "服务提供者",
            batch="2026-05",
            source="a.docx",
            source_row=7,
        ),
        Row(List.SYNTHESIS, "网信算备110101900000101240029号", "乙算法", FIRM, batch="2024-06", remark="已注销"),
        Row(List.CANCELLATION, "网信算备110101900000101240029号", "乙算法", FIRM, date="2026-07-01"),
        Row(List.FILING, FILING, "甲乙清言", FIRM, batch="2026-08"),
        Row(List.REGISTRATION, "Shinghai-JiaYiZhuShou-20250101S0001", "甲乙助手", FIRM, batch="2026-08"),
        Row(List.REGISTRATION, "Jiangsu-JiaYiZhiSuan-", "甲乙智算", FIRM, batch="2026-08"),
    )
)


def ask(text: str, register: Register | None = REGISTER) -> Explanation:
    return explain(text, register, TODAY)


def words(explanation: Explanation) -> tuple[str, str]:
    lines = list(explanation.lines())
    return "\n".join(line.zh for line in lines), "\n".join(line.en for line in lines)


def test_every_part_of_an_algorithm_number() -> None:
    parts = ask(A).parts
    assert [part.written for part in parts] == ["110101", "9000001", "01", "24", "001", "1"]
    assert "北京市东城区" in parts[0].meaning.zh
    assert ("生成合成" in parts[2].meaning.zh, "2024" in parts[3].meaning.en, "相符" in parts[5].meaning.zh) == (
        True,
    ) * 3


def test_what_the_register_says_of_a_listed_number() -> None:
    zh, en = words(ask(A))
    for said in (zh, en):
        assert all(fact in said for fact in (FIRM, "甲算法", "甲助手", "服务提供者", "2026-05", "a.docx #7"))
    assert "在册" in zh and "listed" in en
    assert ask(A).meant == () and ask(A).problems == ()


@pytest.mark.parametrize(
    "text", ["110101900000101240011", "算法备案号：" + A, " 网信算备 110101900000101240011 ", A[:-1]]
)
def test_other_ways_to_write_it(text: str) -> None:
    found = ask(text)
    assert found.number and found.number.number == A
    assert found.listing.status == "listed"
    assert found.number.raw == text.strip()[found.number.start : found.number.end]


def test_slip_names_the_listed_number_and_the_right_digit() -> None:
    found = ask("网信算备110101900000101240017号")
    assert found.meant == (A,)
    zh, en = words(found)
    assert A in zh and "应为 1" in zh and "it would be 1" in en
    assert "截至 2026-05" in zh and "up to 2026-05" in en


def test_corrections_that_no_list_holds_are_not_offered() -> None:
    assert ask("网信算备330108922000701240012号").meant == ()
    assert ask("网信算备110101900000101240017号", None).meant == ()


def test_absence_is_never_called_false() -> None:
    zh, en = words(ask("网信算备110101910000101240019号"))
    assert "不表示编号不真实" in zh and "does not make it false" in en


def test_cancelled_with_its_date() -> None:
    zh, en = words(ask("网信算备110101900000101240029号"))
    assert "已注销（2026-07-01）" in zh and "cancelled (2026-07-01)" in en


def test_without_register() -> None:
    zh, en = words(ask(A, None))
    assert "未核对" in zh and "not checked" in en


def test_parts_of_generative_numbers() -> None:
    filing, registration = ask(FILING), ask(REGISTRATION)
    assert [part.written for part in filing.parts] == ["Beijing", "JiaYiQingYan", "20240101", "0001"]
    assert [part.written for part in registration.parts] == ["Shanghai", "JiaYiZhuShou", "20250101", "S", "0001"]
    assert "北京" in filing.parts[0].meaning.zh
    assert registration.number and registration.number.kind is NumberKind.GENAI_REGISTRATION
    assert registration.meant == ("Shinghai-JiaYiZhuShou-20250101S0001",)
    assert "中央企业" in ask("ZhongYangQiYe-JiaYi-202401010001").parts[0].meaning.zh
    assert [part.written for part in ask("Beijing-JiaYi-20230901").parts][-1] == "—"


@pytest.mark.parametrize("misprint", ["Shinghai-JiaYiZhuShou-20250101S0001", "Jiangsu-JiaYiZhiSuan-"])
def test_misprints_of_the_lists_are_found_as_printed(misprint: str) -> None:
    found = ask(misprint)
    assert found.listing.status == "listed"
    assert all("官方清单即如此印制" in problem.zh for problem in found.problems)


def test_faults_are_told() -> None:
    zh, _ = words(ask("网信算备990101900000109240011号"))
    assert "没有这个类别" in zh and "不在已知的行政区划代码之中" in zh
    assert ask("网信算备1101019000001号").problems
    assert ask("网信算备XXXXXXXX号").problems


@pytest.mark.parametrize(
    "text", ["京ICP备90000001号-1", "京ICP备90000001号-1A", "京ICP证900001号", "京公网安备11010190000001号"]
)
def test_kinds_that_the_cac_does_not_list(text: str) -> None:
    found = ask(text)
    assert found.listing.status == "not-checked"
    assert found.use and "人工智能" in found.use.zh


@pytest.mark.parametrize("text", ["", "hello", "\x1b[31m" * 99, "1" * 100_000, "\ud800", "网信算备" * 5_000])
def test_what_is_no_number(text: str) -> None:
    found = ask(text)
    assert len(found.asked) <= MOST
    assert all(line.zh and line.en for line in found.lines())


def test_every_kind_has_its_name_and_use() -> None:
    assert set(NAMES) == set(USES) == set(NumberKind)
    assert all(text.zh and text.en and "违法" not in text.zh for text in (*NAMES.values(), *USES.values()))
