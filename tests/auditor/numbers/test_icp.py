import pytest

from auditor.model import NumberKind
from auditor.numbers import find
from auditor.numbers.icp import validate


@pytest.mark.parametrize(
    ("text", "raw", "number", "problems"),
    [
        ("沪ICP备2026000001号-1", "沪ICP备2026000001号-1", "沪ICP备2026000001号-1", ()),
        ("沪ICP备2026000001号", "沪ICP备2026000001号", "沪ICP备2026000001号", ()),
        ("沪ICP备15000001号-22", "沪ICP备15000001号-22", "沪ICP备15000001号-22", ()),
        ("ICP备案号：\n滇ICP备2026000001号", "滇ICP备2026000001号", "滇ICP备2026000001号", ()),
        ("(沪ICP备2026000001号)", "沪ICP备2026000001号", "沪ICP备2026000001号", ()),
        ("鄂 ICP 备 2026000001 号-2", "鄂 ICP 备 2026000001 号-2", "鄂ICP备2026000001号-2", ("separator",)),
        ("京ICP备15000001", "京ICP备15000001", "京ICP备15000001号", ("missing-suffix",)),
        ("京ICP备15000001-3", "京ICP备15000001-3", "京ICP备15000001号-3", ("missing-suffix",)),
        ("滬ICP備2026000001號-1", "滬ICP備2026000001號-1", "沪ICP备2026000001号-1", ("traditional",)),
        ("京icp备15000001号", "京icp备15000001号", "京ICP备15000001号", ("case",)),
        ("京ICP备15000001号－3", "京ICP备15000001号－3", "京ICP备15000001号-3", ("fullwidth",)),
        ("京ＩＣＰ备１５000001号", "京ＩＣＰ备１５000001号", "京ICP备15000001号", ("fullwidth",)),
        ("京ICP备案15000001号", "京ICP备案15000001号", "京ICP备15000001号", ("prefix",)),
        ("（京）ICP备15000001号", "（京）ICP备15000001号", "京ICP备15000001号", ("separator",)),
        ("沪ICP备15000001号-1 2024沪公网", "沪ICP备15000001号-1", "沪ICP备15000001号-1", ()),
        ("沪ICP备15000001号-3App 下载", "沪ICP备15000001号-3", "沪ICP备15000001号-3", ()),
    ],
)
def test_ways_of_writing(text: str, raw: str, number: str, problems: tuple[str, ...]):
    (found,) = find(text)
    assert (found.kind, found.raw, found.number, found.well_formed) == (NumberKind.ICP, raw, number, True)
    assert set(problems) <= set(found.problems) <= {*problems, "separator"}
    assert bool(found.problems) == bool(problems)
    assert text[found.start : found.end] == raw


@pytest.mark.parametrize("province", "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕甘陇青宁新")
def test_every_province(province: str):
    (found,) = find(f"版权所有{province}ICP备2026000001号")
    assert (found.number, found.parts["province"], found.problems) == (f"{province}ICP备2026000001号", province, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ICP备2026000001号-1", "province"),
        ("备案号：ICP备2026000001号-1", "province"),
        ("京ICP备202600001号", "length"),
        ("京ICP备1500001号", "length"),
    ],
)
def test_faults(text: str, problem: str):
    (found,) = find(text)
    assert (found.well_formed, found.problems) == (False, (problem,))


@pytest.mark.parametrize(
    "text",
    [
        "萌ICP备22010101号",
        "茶ICP备20260001号",
        "ICP备案查询",
        "ICP备\n网信算备",
        "icp备案号的显示",
        "ICP备案咨询 4000000000",
    ],
)
def test_jokes_and_words(text: str):
    assert find(text) == ()


def test_parts():
    assert find("沪ICP备15000001号-22")[0].parts == {"province": "沪", "subject": "15000001", "site": 22}


def test_validate():
    assert validate("沪ICP备15000001号-22") == ()
    assert validate("沪ICP备15000001号-2A") == ("character",)
    assert validate("ICP备15000001号") == ("province",)
