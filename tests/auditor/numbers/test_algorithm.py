from datetime import date

import pytest

from auditor.model import NumberKind
from auditor.numbers import find
from auditor.numbers.algorithm import check_digit, check_digit_ok, corrections, parts, problems

A = "310104900000101250019"  # invented: the operator ids that begin with 9 belong to nobody
B = "310104900000101250027"
N = f"网信算备{A}号"


def sole(text: str, **options: object):
    found = find(text, **options)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "raw", "problems"),
    [
        (f"算法备案：{N}。", N, ()),
        (f"网信算备 {A} 号", f"网信算备 {A} 号", ("separator",)),
        (f"网信算备：{A}号", f"网信算备：{A}号", ("separator",)),
        (f"网信算备:{A}号", f"网信算备:{A}号", ("separator",)),
        (f"网信算备第{A}号", f"网信算备第{A}号", ("separator",)),
        (f"网信算备[{A}]号", f"网信算备[{A}]号", ("separator",)),
        (f"网信算备\n{A}号", f"网信算备\n{A}号", ("separator",)),
        ("网信算备 310104 9000001 01 25 001 9 号", "网信算备 310104 9000001 01 25 001 9 号", ("separator",)),
        (f"网 信 算 备 {A} 号", f"网 信 算 备 {A} 号", ("separator",)),
        (f"网信算备{A[:9]}\u200b{A[9:]}号", f"网信算备{A[:9]}\u200b{A[9:]}号", ("separator",)),
        (f"网信算备\xa0{A}号", f"网信算备\xa0{A}号", ("separator",)),
        (f"网信算备{A}，版权所有", f"网信算备{A}", ("missing-suffix",)),
        (f"網信算備{A}號", f"網信算備{A}號", ("traditional",)),
        (f"国网信算备{A}号", f"国网信算备{A}号", ("prefix",)),
        (f"网信算法备{A}号", f"网信算法备{A}号", ("prefix",)),
        (f"网信算备案号：{A}号", f"网信算备案号：{A}号", ("prefix",)),
        (f"算法备案号：{A}号", f"{A}号", ("missing-prefix",)),
        (f"算法备案编号\n{A}", A, ("missing-prefix", "missing-suffix")),
        (f"| 算法备案号 | {A}号 |", f"{A}号", ("missing-prefix",)),
        (f"本算法已备案 {A}号", f"{A}号", ("missing-prefix",)),
        (f"公示内容_{N}.pdf", N, ()),
        (f"备案编号：{A}", A, ("missing-prefix", "missing-suffix")),
        (f"网信算备**{A}**号", f"网信算备**{A}**号", ("separator",)),
        (f"模型备案号：{N}", N, ()),
    ],
)
def test_ways_of_writing_leave_a_number_well_formed(text: str, raw: str, problems: tuple[str, ...]):
    number = sole(text)
    assert (number.kind, number.raw, number.number, number.well_formed) == (NumberKind.ALGORITHM, raw, N, True)
    assert set(number.problems) == set(problems)
    assert text[number.start : number.end] == raw


def test_fullwidth_digits():
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in A)
    number = sole(f"备案：网信算备{wide}号")
    assert (number.number, number.well_formed) == (N, True)
    assert "fullwidth" in number.problems


@pytest.mark.parametrize("join", ["、", " / ", "/", "|", " | ", "；", "，", "\n", " "])
def test_a_further_number_may_do_without_its_prefix(join: str):
    first, second = find(f"网信算备{A}号{join}{B}号")
    assert [first.number, second.number] == [N, f"网信算备{B}号"]
    assert second.problems == ("missing-prefix",)
    assert second.raw == f"{B}号"


@pytest.mark.parametrize("join", ["、", " ", "|", "；", "/", "\n", ""])
def test_several_numbers_in_a_row(join: str):
    assert [number.number for number in find(join.join([N, f"网信算备{B}号"] * 3))] == [N, f"网信算备{B}号"] * 3


@pytest.mark.parametrize(
    ("digits", "problem"),
    [
        (A[:-1], "length"),
        (A + "9", "length"),
        ("11000000000001", "length"),
        ("00000000", "length"),
        (A[:13] + "07" + A[15:], "category"),
        (A[:13] + "00" + A[15:], "category"),
        (A[:15] + "21" + A[17:], "year"),
        (A[:17] + "000" + A[20:], "serial"),
        ("99" + A[2:], "province"),
    ],
)
def test_broken_digits_are_malformed_and_say_why(digits: str, problem: str):
    number = sole(f"网信算备{digits}号")
    assert not number.well_formed
    assert problem in number.problems
    assert number.number == f"网信算备{digits}号"


@pytest.mark.parametrize("code", ["310199", "440399"])
def test_an_unknown_county_is_a_doubt_and_no_fault(code: str):
    digits = code + A[6:20]
    number = sole(f"网信算备{digits}{check_digit(digits)}号")
    assert (number.well_formed, number.problems) == (True, ("division",))


@pytest.mark.parametrize("code", ["441901", "442001", "406301", "110103", "320202"])
def test_divisions_of_filers_are_known(code: str):
    digits = code + A[6:20]
    assert sole(f"网信算备{digits}{check_digit(digits)}号").problems == ()


def test_a_failed_check_digit_is_told_and_leaves_it_well_formed():
    wrong = A[:-1] + "5"
    number = sole(f"网信算备{wrong}号")
    assert (number.well_formed, number.problems) == (True, ("check-digit",))


def test_the_registers_own_misprints():
    assert sole("网信算备440305295988702220055号").problems == ()
    long = sole("网信算备1101082242366066220017号")
    assert (long.well_formed, long.problems) == (False, ("length",))


def test_the_year_is_judged_by_the_day_of_capture():
    digits = A[:15] + "27" + A[17:20]
    text = f"网信算备{digits}{check_digit(digits)}号"
    assert sole(text).well_formed
    assert sole(text, today=date(2027, 1, 1)).well_formed
    assert sole(text, year=2027).well_formed
    assert sole(text, today=date(2026, 12, 31)).problems == ("year",)
    assert not sole(text, year=2026).well_formed


@pytest.mark.parametrize("body", ["1101O8823483901230031", "310104900000l01250019"])
def test_letters_between_the_digits(body: str):
    number = sole(f"网信算备{body}号")
    assert (number.number, number.well_formed, number.problems) == (None, False, ("character",))


@pytest.mark.parametrize(
    "text",
    [
        "各厂商的网信算备号以公示为准",
        "从备案编号 网信算备 后 6 位行政区划码",
        "网信算备编号查询",
        "网信算备\nICP备\n豆包",
        "算法推荐专项举报 sfjubao@example.com",
        "算法服务说明",
        "沪B2-20260001 京网文〔2024〕1234-001号 (沪)网械平台备字[2019]第00006号",
        "示例路388号 电话 021-20773004",
        "京网信备31010420260001000001号",  # 区块链信息服务备案
        "是否需要算法备案号：展示内容通常要",
        "填写算法备案号：请在后台填写",
        "中国区算法备案号：见 App 内「设置 → 关于」",
        "已完成算法备案",
        "统一社会信用代码 914403009999999999",
        f"订单 {A}",
        "网信算备 21 位数字",
    ],
)
def test_false_friends(text: str):
    assert find(text) == ()


def test_a_register_code_beside_a_number_is_not_drawn_in():
    assert [number.raw for number in find(f"{N}\n914403009999999999")] == [N]
    assert [number.raw for number in find(f"{N} 示例路388号")] == [N]


def test_check_digit():
    assert check_digit_ok(A)
    assert all(check_digit(A[:20]) == A[20] and not check_digit_ok(A[:20] + digit) for digit in "012345678")


def test_corrections_are_sound_and_differ_in_one_place():
    typo = A[:10] + "7" + A[11:]
    found = corrections(typo)
    assert A in found
    assert all(problems(each) == () and sum(a != b for a, b in zip(each, typo, strict=True)) == 1 for each in found)


def test_parts():
    expected = {"division": "310104", "operator_id": "9000001", "category": "01", "year": 2025, "serial": 1}
    assert parts(A) == expected == sole(N).parts
    assert parts("123") == {}
