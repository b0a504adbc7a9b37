import pytest

from auditor.misreading import put_right, tidied
from auditor.numbers import find

TEXT = "网信算备110108900000101250019号 Beijing-XingYuDaMoXing-202501010001 京ICP备2099000001号-1"
WRITTEN = find(TEXT)


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("网信算备110108900000101250019号", "网信算备110108900000101250019号"),
        ("网信算备110108900000101250079号", "网信算备110108900000101250019号"),  # one digit
        ("网信算备110108900000101750079号", "网信算备110108900000101250019号"),  # two, and the check digit tells
        ("网信算备11010890000010125001号", "网信算备110108900000101250019号"),  # one is missing
        ("网信算备110108900000101250069号", "网信算备110108900000101250019号"),  # 1 and 6: the check digit cannot tell
        ("网信算备110108900000102250015号", "网信算备110108900000102250015号"),  # another number, right in itself
        ("网信算备：110108900000102250015号", "网信算备110108900000102250015号"),  # a colon is no fault
        ("网信算备310115900000201250018号", "网信算备310115900000201250018号"),
        ("备案号：Beijng-XingYuDaMoXing-202501010001", "Beijing-XingYuDaMoXing-202501010001"),
        ("京ICP备2099000007号-1", "京ICP备2099000001号-1"),
        ("京ICP备2031000042号", "京ICP备2031000042号"),
    ],
)
def test_a_slip_is_put_right_by_what_is_written(read: str, right: str) -> None:
    (number,) = find(read)
    assert put_right(number, WRITTEN).number == right


def test_what_is_written_wrong_puts_nothing_right() -> None:
    (read,) = find("网信算备110108900000101250019号")
    assert put_right(read, find("网信算备11010890000010125001号")) is read
    assert put_right(read, ()) is read


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("京1CP备2O99000001号-1", "京ICP备2099000001号-1"),
        ("京lCP证99O001号", "京lCP证99O001号".replace("lCP", "ICP")),  # six characters: too few to tell
        ("京公网安备11O1O899000001号", "京公网安备11010899000001号"),
        ("网信箅备110108900O001O1250019号", "网信算备110108900000101250019号"),
        ("网信算各:1l0108900000101250019号", "网信算备:110108900000101250019号"),
        ("Beijing-XingYuDaMoXing-2O2501010O01", "Beijing-XingYuDaMoXing-202501010001"),
        ("Beijing-XingYuDaMoXing-2025O101SO123", "Beijing-XingYuDaMoXing-20250101S0123"),
        ("Beijing-XingYuDaMoXing-20250101$0123", "Beijing-XingYuDaMoXing-20250101S0123"),
        ("备案：OOOOIIIIIIOOOO", "备案：OOOOIIIIIIOOOO"),
        ("型号:SOLIDBOOSTER", "型号:SOLIDBOOSTER"),
        ("CP备用方案", "CP备用方案"),
        ("Shanghai-Model-20250101SOLO", "Shanghai-Model-20250101SOLO"),
        ("AI1CP 各地", "AI1CP 各地"),
    ],
)
def test_letters_that_look_like_digits_are_digits_inside_a_number(read: str, right: str) -> None:
    assert tidied(read) == right
    assert len(tidied(read)) == len(read)


def test_what_is_written_is_never_tidied() -> None:
    assert not find("京1CP备2099000001号 网信箅备1101O8900000101250019号")
