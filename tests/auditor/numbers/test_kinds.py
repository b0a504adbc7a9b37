"""Every kind keeps the contract of a kind."""

from pathlib import Path

import pytest

from auditor.model import NumberKind, Text
from auditor.numbers import PROBLEMS, NumberModule, modules, validate
from auditor.numbers._form import MALFORMED
from auditor.numbers._text import fold


def test_each_kind_has_one_module_and_each_module_one_kind():
    assert sorted(module.KIND for module in modules()) == sorted(NumberKind)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.KIND)
def test_module_is_named_documented_and_tested(module: NumberModule):
    name = module.__name__.split(".")[-1]  # type: ignore[attr-defined]
    assert name == module.KIND.replace("-", "_")
    assert module.__doc__
    assert ">>>" in module.__doc__
    assert Path(__file__).with_name(f"test_{name}.py").exists()
    assert all(len(anchor.char) == 1 for anchor in module.ANCHORS)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.KIND)
@pytest.mark.parametrize("text", ["", "x", "号", "\ud800", "\x00", "-" * 99, "网信算备" * 9])
def test_odd_input_is_no_number(module: NumberModule, text: str):
    assert validate(text, module.KIND) != ()
    assert list(module.find(fold(text))) == []


def test_every_problem_has_a_meaning_in_both_languages():
    assert set(PROBLEMS) >= MALFORMED
    assert all(isinstance(text, Text) and text.zh and text.en for text in PROBLEMS.values())
