import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.safe import clean, inert, web_address


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("plain 文字", "plain 文字"),
        ("\x1b[2J\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://evil.example/\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "31mred"),
        ("a\u202egnp\u2069b", "agnpb"),
        ("two\nlines\ttab\u2028end", "two lines tab end"),
        ("\ud800x", "\ufffdx"),
        ("a" + "\u0301" * 50, "a\u0301\u0301\u0301"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
    ],
)
def test_clean(dirty: str, shown: str) -> None:
    assert clean(dirty) == shown


@given(st.text(alphabet=st.characters(), max_size=300))
def test_clean_text_is_printable_and_encodable(text: str) -> None:
    shown = clean(text, limit=100)
    assert len(shown) <= 101
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in shown)
    shown.encode()


def test_clean_is_quick_on_hostile_lengths() -> None:
    assert len(clean("\x1b" * 3_000_000 + "x" * 3_000_000, limit=50)) <= 51


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//host",
        "file:///etc/passwd",
        "java\nscript:x",
        "http://[",
        "vbscript:x",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1", "\u200b=1"])
def test_cells_that_look_like_formulas_are_inert(cell: str) -> None:
    assert inert(cell).startswith("'")


def test_other_cells_stay_as_they_are() -> None:
    assert inert("网信算备") == "网信算备"
