import pytest

from auditor.model import NumberKind
from auditor.numbers import find
from auditor.numbers.icp_app import validate


@pytest.mark.parametrize("letter", "AXK")
@pytest.mark.parametrize(
    "text", ["沪ICP备2026000001号-3{}", "App备案号：沪ICP备2026000001号-3{} 版本", "沪ICP备2026000001号-3{}\nx"]
)
def test_the_letter_makes_an_app(text: str, letter: str):
    (found,) = find(text.format(letter))
    assert (found.kind, found.number, found.problems) == (NumberKind.ICP_APP, f"沪ICP备2026000001号-3{letter}", ())
    assert found.parts == {"province": "沪", "subject": "2026000001", "site": 3, "platform": letter}


def test_a_small_letter_is_told():
    (found,) = find("沪ICP备2026000001号-3a")
    assert (found.number, found.well_formed, found.problems) == ("沪ICP备2026000001号-3A", True, ("case",))


def test_validate():
    assert validate("沪ICP备2026000001号-3A") == ()
    assert validate("沪ICP备2026000001号-3") == ("character",)
