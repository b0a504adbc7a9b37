from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from auditor.registry.distance import Neighbours, edits, one_edit

WORDS = st.text("ab-1", min_size=3, max_size=9)


def reference(a: str, b: str) -> int:
    table = {(0, 0): 0}
    for i, j in product(range(len(a) + 1), range(len(b) + 1)):
        steps = [
            table[i - 1, j] + 1 if i else None,
            table[i, j - 1] + 1 if j else None,
            table[i - 1, j - 1] + (a[i - 1] != b[j - 1]) if i and j else None,
        ]
        table[i, j] = min((step for step in steps if step is not None), default=0)
    return table[len(a), len(b)]


@given(WORDS, WORDS)
def test_edits_is_levenshtein_up_to_its_limit(a: str, b: str) -> None:
    assert edits(a, b) == min(reference(a, b), 3)


@given(st.lists(WORDS, max_size=12), WORDS)
def test_neighbours_finds_what_comparing_all_finds(strings: list[str], wanted: str) -> None:
    assert set(Neighbours(strings).of(wanted)) == {s for s in strings if 0 < reference(s, wanted) <= 2}


def test_neighbours_nearest_first() -> None:
    assert Neighbours(["abcdef12", "abcdeg1"]).of("abcdef1") == ("abcdef12", "abcdeg1")


def test_one_edit_holds_every_slip() -> None:
    slips = set(one_edit("1234"))
    assert {"1334", "2134", "134", "12334", "12340", "01234"} <= slips
    assert "1234" not in slips
