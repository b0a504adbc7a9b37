import pytest

from auditor import policy, wording
from auditor.model import NumberKind, Text

CODES = """
display-none visibility-hidden transparent zero-size off-screen clipped covered same-colour tiny closed-details inert
not-rendered covered-at-every-scroll over-image gradient
""".split()


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("font-px", 9.0, "字号 9 px，参考值 12 px；依据：", "size 9 px, reference value 12 px (source: "),
        ("contrast", 2.345, "字号 2.35:1，参考值 4.5:1；依据：", "size 2.35:1, reference value 4.5:1 (source: "),
        (
            "clicks-warning",
            3,
            "字号 3 次，参考值 3 次；依据：",
            "size 3 click(s), reference value 3 click(s) (source: ",
        ),
        ("covered", 0.5, "字号 0.5，参考值 0.05；依据：", "size 0.5, reference value 0.05 (source: "),
    ],
)
def test_compared(name, value, zh, en):
    said = wording.compared(policy.load(), name, Text("字号", "size"), value)
    assert said.zh.startswith(zh)
    assert said.zh.endswith("法律未规定数值")
    assert said.en.startswith(en)
    assert said.en.endswith("the law names no number)")


@pytest.mark.parametrize("code", CODES)
def test_every_reason_has_words(code):
    why = wording.why_hidden(code)
    assert why.zh != code != why.en
    assert why.zh != why.en


def test_an_unknown_reason_is_no_error():
    assert wording.why_hidden(None).en == "for an unknown reason"
    assert wording.why_hidden("new-code").zh == "new-code"


def test_long_lists_and_long_numbers_are_cut(build):
    shown = [d for n in range(5) for d in build.shows(build.ALGORITHM, raw=f"{n}" * 100)]
    said = wording.named(shown)
    assert said.zh.endswith("等5个")
    assert said.en.endswith("and 2 more")
    assert max(map(len, said.zh.split("、"))) <= 65


def test_kinds_are_named():
    assert wording.kinds(NumberKind).zh.count("、") == len(NumberKind) - 1
