"""What must hold for any text, and for any sound number in any text."""

import string
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from auditor.model import NumberKind
from auditor.numbers import PROBLEMS, find, label_before, validate
from auditor.numbers._form import CHARS, MALFORMED
from auditor.numbers._provinces import PROVINCES
from auditor.numbers.algorithm import check_digit

PIECES = [
    "网信算备",
    "網信算備",
    "备案",
    "算法备案号：",
    "大模型备案号:",
    "ICP",
    "备",
    "号",
    "证",
    "公网安备",
    "京",
    "Beijing",
    "-",
    "－",
    "–",
]
PIECES += [
    "20230901",
    "S0010",
    "110108",
    "310104900000101250019",
    "１２",
    "XXXX",
    "{{",
    "}}",
    "办理中",
    " ",
    "\u200b",
    "\n",
    "（",
    "登记号",
]
anything = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join)
digits = st.text(string.digits, min_size=3, max_size=3)


@st.composite
def algorithm(draw: st.DrawFn) -> str:
    operator = draw(st.integers(9_000_000, 9_999_999))
    category, year, serial = draw(st.integers(1, 6)), draw(st.integers(22, 26)), draw(st.integers(1, 999))
    body = f"{draw(st.sampled_from(['110108', '310104', '440305', '441901']))}{operator}{category:02}{year}{serial:03}"
    return f"网信算备{body}{check_digit(body)}号"


@st.composite
def genai(draw: st.DrawFn) -> str:
    name = draw(st.from_regex(r"[A-Z][A-Za-z]{2,20}(-[A-Z]{1,4})?", fullmatch=True))
    day = draw(st.dates(date(2024, 4, 28), date(2026, 12, 31)))
    province, kind = draw(st.sampled_from(sorted(PROVINCES))), draw(st.sampled_from(["", "S"]))
    return f"{province}-{name}-{day:%Y%m%d}{kind}{draw(digits)}7"


icp = st.builds(
    "{}ICP备{}号{}".format,
    st.sampled_from(CHARS),
    st.integers(10**9, 10**10 - 1),
    st.sampled_from(["", "-1", "-22", "-3A", "-4X"]),
)
police = st.integers(10**7, 10**8 - 1).map("沪公网安备310104{}号".format)
number = algorithm() | genai() | icp | police
noise = st.text(
    st.characters(exclude_characters="".join(CHARS), exclude_categories=("N", "P", "S", "L", "M")), max_size=5
)
prose = st.sampled_from(["，我们的产品", "。\n", " | ", "、", "；版权所有 ", "（一）", "\n联系我们\n"])


@given(anything, st.none() | st.dates())
def test_any_text_is_read_without_error_and_places_are_exact(text: str, today: date | None):
    end = 0
    for found in find(text, today=today):
        assert found.raw == text[found.start : found.end] != ""
        assert found.start >= end
        assert set(found.problems) <= set(PROBLEMS)
        assert found.well_formed == (found.number is not None and MALFORMED.isdisjoint(found.problems))
        assert label_before(text, found.start) in text[: found.start]
        end = found.end


@given(number, prose, prose, noise)
def test_a_sound_number_is_found_in_any_surroundings(number: str, before: str, after: str, blank: str):
    text = f"备案信息{before}{blank}{number}{blank}{after}"
    (found,) = find(text)
    assert (found.number, found.raw, found.well_formed, found.problems) == (number, number, True, ())
    assert text.index(number) == found.start
    assert validate(number, found.kind) == ()


@given(st.lists(number, min_size=1, max_size=6, unique=True), prose)
def test_many_numbers_come_in_order(numbers: list[str], join: str):
    assert [found.number for found in find("备案信息：" + join.join(numbers))] == numbers


@given(algorithm() | police, st.data())
def test_folding_gives_the_number_back(number: str, data: st.DataObject):
    wide = {ord(char): chr(ord(char) + 0xFEE0) for char in data.draw(st.sets(st.sampled_from(string.digits)))}
    written = "".join(
        char + data.draw(st.sampled_from(["", "", "", "\u200b", "\u200d"])) for char in number.translate(wide)
    )
    (found,) = find(f"备案：{written}。")
    assert (found.number, found.well_formed) == (number, True)


@given(algorithm(), st.integers(4, 24), st.sampled_from(string.digits))
def test_a_wrong_digit_is_told_or_gives_another_sound_number(number: str, place: int, digit: str):
    changed = number[:place] + digit + number[place + 1 :]
    (found,) = find(changed)
    assert found.kind == NumberKind.ALGORITHM
    assert found.problems == validate(changed, NumberKind.ALGORITHM)
    assert bool(found.problems) or changed == number or abs(int(changed[place]) - int(number[place])) == 5
