import pytest

from auditor.model import NumberKind
from auditor.numbers import find
from auditor.numbers.genai_registration import validate

NUMBER = "Guangdong-InventedApp-20251229S0027"


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "生成式人工智能服务登记号：{}",
        "广东省生成式人工智能服务登记号 {}",
        "算法备案号：{}",
        "{}（示例）",
        "上线编号：{}",
    ],
)
def test_the_capital_s_alone_tells_the_kind(frame: str):
    (found,) = find(frame.format(NUMBER))
    assert (found.kind, found.number, found.raw, found.well_formed, found.problems) == (
        NumberKind.GENAI_REGISTRATION,
        NUMBER,
        NUMBER,
        True,
        (),
    )
    assert found.parts["serial"] == 27


@pytest.mark.parametrize(
    ("shown", "number", "problems", "well_formed"),
    [
        ("Guangdong-InventedApp-20251229s0027", NUMBER, {"case"}, True),
        ("Guangdong-InventedApp-20251229 S0027", NUMBER, {"separator"}, True),
        ("Guangdong-XXXX-2025XXXXSXXXX", None, {"placeholder"}, False),
        ("Guangdong-InventedApp-20251229S27", None, {"serial"}, False),
        ("Guangdong-InventedApp-20251229S", "Guangdong-InventedApp-20251229S", {"serial"}, False),
        ("Guangdong-InventedApp-2S0027", None, {"date"}, False),
        ("Guangdong-InventedApp-20251329S0027", "Guangdong-InventedApp-20251329S0027", {"date"}, False),
        ("Guangdong-InventedApp-", None, {"date"}, False),
        ("GD-InventedApp-20251229S0027", None, {"province"}, False),
    ],
)
def test_faults_behind_a_label(shown: str, number: str | None, problems: set[str], well_formed: bool):
    (found,) = find(f"生成式人工智能服务登记号：{shown}")
    assert (found.kind, found.raw) == (NumberKind.GENAI_REGISTRATION, shown)
    assert (found.number, set(found.problems), found.well_formed) == (number, problems, well_formed)


def test_the_official_label_with_a_blank_form_behind_it():
    (found,) = find("上线编号：Guangdong-XXXX-2025XXXXSXXXX")
    assert (found.kind, found.number, found.problems) == (NumberKind.GENAI_REGISTRATION, None, ("placeholder",))


def test_a_cut_date_is_seen_without_a_label():
    (found,) = find("Beijing-InventedApp-2S0033")
    assert (found.number, found.well_formed, found.problems) == (None, False, ("date",))


@pytest.mark.parametrize(
    "text",
    [
        "医疗服务登记号（住院号）",
        "化学文摘服务登记号 | 64-17-5",
        "上线编号：${code}",
        "上线编号 12345678",
        "上线编号：ABC-123456-1",
    ],
)
def test_false_friends(text: str):
    assert find(text) == ()


def test_validate():
    assert validate(NUMBER) == ()
    assert validate("Guangdong-InventedApp-20251229") == ("serial",)
