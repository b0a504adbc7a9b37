import pytest

from auditor.misreading import put_right
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
