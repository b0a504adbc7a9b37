import pytest

from auditor.model import NumberKind
from auditor.numbers import find
from auditor.numbers.icp_license import validate


@pytest.mark.parametrize(
    ("text", "raw", "problems"),
    [
        ("京ICP证990001号", "京ICP证990001号", ()),
        ("许可证：京ICP证990001号，", "京ICP证990001号", ()),
        ("京ICP证 990001 号", "京ICP证 990001 号", ("separator",)),
        ("京ICP證990001號", "京ICP證990001號", ("traditional",)),
        ("京ICP证990001", "京ICP证990001", ("missing-suffix",)),
    ],
)
def test_ways_of_writing(text: str, raw: str, problems: tuple[str, ...]):
    (found,) = find(text)
    assert (found.kind, found.raw, found.number) == (NumberKind.ICP_LICENSE, raw, "京ICP证990001号")
    assert (found.well_formed, found.problems) == (True, problems)


@pytest.mark.parametrize(("text", "problem"), [("ICP证990001号", "province"), ("京ICP证9901号", "length")])
def test_faults(text: str, problem: str):
    (found,) = find(text)
    assert (found.well_formed, found.problems) == (False, (problem,))


@pytest.mark.parametrize(
    "text", ["ICP证：京B2-20260001", "增值电信业务经营许可证 粤B2-20170312", "ICP许可证", "萌ICP证990001号"]
)
def test_false_friends(text: str):
    assert find(text) == ()


def test_validate():
    assert validate("京ICP证990001号") == ()
    assert validate("京ICP证99号") == ("length",)
