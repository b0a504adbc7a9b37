import pytest

from auditor.model import NumberKind
from auditor.numbers import find
from auditor.numbers.police import validate

CODE = "31010499000001"
NUMBER = f"沪公网安备{CODE}号"


@pytest.mark.parametrize(
    ("text", "raw", "problems"),
    [
        (NUMBER, NUMBER, ()),
        (f"沪公网安备 {CODE}号", f"沪公网安备 {CODE}号", ()),
        (f"沪公网安备 {CODE} 号", f"沪公网安备 {CODE} 号", ("separator",)),
        (f"沪公网安备：{CODE}号", f"沪公网安备：{CODE}号", ("separator",)),
        (f"沪公网安备：\n{CODE}号", f"沪公网安备：\n{CODE}号", ("separator",)),
        (
            f"沪公网安备{CODE[:4]} {CODE[4:8]} {CODE[8:]}号",
            f"沪公网安备{CODE[:4]} {CODE[4:8]} {CODE[8:]}号",
            ("separator",),
        ),
        (f"沪公网安备{CODE} 2024 号外", f"沪公网安备{CODE}", ("missing-suffix",)),
        (f"2024{NUMBER}", NUMBER, ()),
        (f"沪公网安备{CODE}", f"沪公网安备{CODE}", ("missing-suffix",)),
        (f"滬公網安備{CODE}號", f"滬公網安備{CODE}號", ("traditional",)),
        (f"沪公安网备{CODE}号", f"沪公安网备{CODE}号", ("prefix", "separator")),
        (f"公安备案号：{CODE}", CODE, ("missing-prefix", "missing-suffix")),
        (f"公安联网备案编号 | {CODE}号 |", f"{CODE}号", ("missing-prefix",)),
    ],
)
def test_ways_of_writing(text: str, raw: str, problems: tuple[str, ...]):
    (found,) = find(text)
    assert (found.kind, found.raw, found.number, found.well_formed) == (NumberKind.POLICE, raw, NUMBER, True)
    assert found.problems == problems
    assert found.parts == {"province": "沪", "division": "310104", "code": CODE}


@pytest.mark.parametrize(
    ("text", "number", "problems", "well_formed"),
    [
        (f"公网安备{CODE}号", NUMBER, ("province",), False),
        ("沪公网安备3101049900001号", "沪公网安备3101049900001号", ("length",), False),
        (f"京公网安备{CODE}号", f"京公网安备{CODE}号", ("division",), True),
        ("沪公网安备31019999000001号", "沪公网安备31019999000001号", ("division",), True),
        ("公网安备 号", None, ("placeholder",), False),
        ("沪公网安备 号", None, ("placeholder",), False),
        ("粤公网安备 xxxxxxxxxxxxxxxx号", None, ("placeholder",), False),
    ],
)
def test_faults(text: str, number: str | None, problems: tuple[str, ...], well_formed: bool):
    (found,) = find(text)
    assert (found.raw, found.number, found.problems, found.well_formed) == (text, number, problems, well_formed)


def test_second_names_of_provinces_fit_their_codes():
    assert find("滇公网安备53010299000001号")[0].problems == ()
    assert find("云公网安备53010299000001号")[0].problems == ()


@pytest.mark.parametrize(
    "text", ["公网安备", "全国公安机关互联网站安全管理服务平台", "psr: 371402000001", "recordcode=31010499000001"]
)
def test_words_and_addresses(text: str):
    assert find(text) == ()


def test_validate():
    assert validate(NUMBER) == ()
    assert validate("沪公网安备3101号") == ("length",)
