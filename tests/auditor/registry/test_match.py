import pytest

from auditor.registry import List, Register, Row
from auditor.registry.match import filings_for_product, filings_of, listing, lookup, near, same_entity

A = "网信算备110101900000101240011号"
B = "网信算备110101900000101240029号"
MOVED = "网信算备310115900000101250013号"  # the operator of A, in another district
OTHER = "网信算备440305900000201250011号"
FILING = "Beijing-JiaYiQingYan-202401010001"
REGISTRATION = "Shanghai-JiaYiZhuShou-20250101S0001"
OLD, NEW = "甲乙丙（北京）科技有限公司", "丁戊己（上海）科技股份有限公司"

REGISTER = Register(
    (
        Row(List.SYNTHESIS, A, "甲算法", OLD, "甲助手（APP、网站）", "服务提供者", batch="2024-06"),
        Row(List.SYNTHESIS, B, "乙算法", OLD, "--", "服务技术支持者", batch="2025-03", remark="已注销"),
        Row(List.SYNTHESIS, MOVED, "丙算法", NEW, "丙助手(小程序)", "服务提供者", batch="2026-05"),
        Row(List.SYNTHESIS, OTHER, "丁算法", "庚辛壬科技有限公司", "甲助手(网站)", "服务提供者", batch="2025-07"),
        Row(List.FILING, FILING, "甲乙清言", OLD, province="北京市", batch="2024-04"),
        Row(List.REGISTRATION, REGISTRATION, "甲乙助手", NEW, province="上海市", batch="2026-08"),
    )
)


def test_listed() -> None:
    found = listing(REGISTER, A)
    assert (found.status, found.entity, found.name, found.as_of, found.near) == (
        "listed",
        OLD,
        "甲算法",
        "2026-05",
        None,
    )
    assert listing(REGISTER, FILING.upper()).status == "listed"
    assert listing(REGISTER, REGISTRATION).as_of == "2026-08"


def test_cancelled_by_remark_and_by_notice() -> None:
    assert listing(REGISTER, B).status == "cancelled"
    notice = Row(List.CANCELLATION, A, "甲算法", OLD, date="2026-07-01")
    assert listing(Register((*REGISTER.rows, notice)), A).status == "cancelled"


def test_absent_always_says_up_to_when() -> None:
    for number, as_of in (
        ("网信算备110101910000101240019号", "2026-05"),
        ("Beijing-GuiChou-202601010001", "2024-04"),
        ("Beijing-GuiChou-20260101S0001", "2026-08"),
        ("网信算备1101019100001号", "2026-05"),
    ):
        found = listing(REGISTER, number)
        assert (found.status, found.as_of) == ("absent", as_of)


@pytest.mark.parametrize(
    "number",
    [
        None,
        "",
        "京ICP备12345678号-1",
        "京公网安备11010802012345号",
        "网信算备110101910000102240015号",  # category 02, but no recommendation list was imported
    ],
)
def test_what_no_imported_list_could_hold_is_not_checked(number: str | None) -> None:
    assert listing(REGISTER, number).status == "not-checked"


def test_without_register_nothing_is_checked() -> None:
    assert listing(None, A).status == "not-checked"
    assert listing(Register(), A).status == "not-checked"
    assert listing(Register(REGISTER.rows[:4]), FILING).status == "not-checked"


@pytest.mark.parametrize(
    "mistyped",
    [
        "网信算备110101900000101240013号",  # check digit
        "网信算备110101900000101241011号",  # one digit
        "网信算备110101900000110240011号",  # swapped neighbours
        "网信算备11010190000101240011号",  # one too few
        "网信算备1101019000000101240011号",  # one too many
    ],
)
def test_slip_of_the_keyboard_is_told(mistyped: str) -> None:
    assert listing(REGISTER, mistyped).near == A


def test_whole_number_of_the_same_operator_is_no_slip() -> None:
    assert near(REGISTER, "网信算备110101900000101240061号") == ()  # serial 006: satisfies the check, as 001 does


def test_whole_number_with_another_division_is_near_for_the_same_operator_only() -> None:
    assert near(REGISTER, "网信算备110151900000101240011号") == (A,)  # the check misses a change by 5
    assert near(REGISTER, "网信算备110101900500101240011号") == ()  # another operator


@pytest.mark.parametrize(
    "mistyped",
    ["Beijing-JiaYiQingYan-202401010002", "Beijing-JiaYiQinYan-20240101001", "Beijing-JiaYiQingYan-20240101S0001"],
)
def test_generative_numbers_up_to_two_characters_away(mistyped: str) -> None:
    assert near(REGISTER, mistyped) == (FILING,)


def test_absent_generative_number_names_its_neighbour() -> None:
    found = listing(REGISTER, "Beijing-JiaYiQingYan-202401010002")
    assert (found.status, found.near) == ("absent", FILING)


def test_generative_numbers_further_away_are_not_near() -> None:
    assert near(REGISTER, "Beijing-JiaYiQingYan-202402020003") == ()


def test_filings_of_a_firm_that_was_renamed_and_moved() -> None:
    assert {row.number for row in filings_of(REGISTER, "丁戊己(上海)科技股份有限公司")} == {A, B, MOVED, REGISTRATION}
    assert filings_of(REGISTER, OLD)[0].number == MOVED  # newest first
    assert filings_of(REGISTER, "无名科技有限公司") == ()


def test_filings_of_a_former_name() -> None:
    row = Row(
        List.SYNTHESIS,
        OTHER,
        entity=NEW,
        remark="变更内容：原主体名称“旧名科技有限公司”变更为“丁戊己（上海）科技股份有限公司”",
    )
    assert filings_of(Register([row]), "旧名科技有限公司") == (row,)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (OLD, "甲乙丙(北京) 科技有限公司", True),
        ("甲乙丙科技有限公司", "甲乙丙科技股份有限公司", True),
        ("甲乙丙科技有限公司", "甲乙丙科技有限责任公司", True),
        ("甲乙丙科技有限公司", "甲乙丙科技", True),
        ("ＡＢＣ科技有限公司", "abc科技有限公司", True),
        ("甲乙丙科技有限公司", "庚辛壬网络有限公司", False),
        ("甲乙丙科技有限公司", "庚辛壬大学", False),
        ("甲乙丙科技有限公司", "甲乙丙", None),  # a short form
        ("甲乙丙科技有限公司", "庚辛壬", None),  # a brand
        ("甲乙丙科技有限公司", "Jiayi Technology Co., Ltd.", None),
        ("甲乙丙科技有限公司", "甲乙丙科技（集团）有限公司", None),
        ("甲乙丙科技有限公司", "甲乙丙（上海）科技有限公司", None),
        ("甲乙丙科技有限公司", "甲乙丙科技有限公司上海分公司", None),
        ("甲乙丙科技有限公司", "甲已丙科技有限公司", None),  # a near spelling
        ("甲乙丙科技有限公司", "", None),
        ("", "", None),
    ],
)
def test_same_entity(a: str, b: str, same: bool | None) -> None:
    assert same_entity(a, b) is same
    assert same_entity(b, a) is same


def test_same_entity_by_operator_id() -> None:
    assert same_entity(OLD, NEW) is False
    assert same_entity(OLD, NEW, REGISTER) is True
    assert same_entity(OLD, "庚辛壬科技有限公司", REGISTER) is False


def test_filings_for_a_product() -> None:
    assert {row.number for row in filings_for_product(REGISTER, "甲助手")} == {A, OTHER}
    assert [row.number for row in filings_for_product(REGISTER, "甲助手（网站）", OLD)] == [A]
    assert [row.number for row in filings_for_product(REGISTER, "甲乙清言")] == [FILING]
    assert filings_for_product(REGISTER, "--") == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (A, A),
        ("甲乙清言", FILING),
        ("丁算法", OTHER),
        ("庚辛壬科技有限公司", OTHER),
        ("庚辛壬", OTHER),
        ("440305900000201", OTHER),
    ],
)
def test_lookup(text: str, number: str) -> None:
    assert number in {row.number for row in lookup(REGISTER, text)}


def test_lookup_of_nothing() -> None:
    assert lookup(REGISTER, "无此名称") == lookup(REGISTER, " ") == lookup(REGISTER, "有") == ()
