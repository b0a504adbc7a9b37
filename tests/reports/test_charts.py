from typing import Any

from auditor.model import Text, Verdict
from reports.charts import PIECE, Chart, bars, stacked

A, B = Text("甲", "a"), Text("乙", "b")


def drawn(chart: Chart) -> dict[str, Any]:
    (piece,) = chart.pieces()
    return piece


def test_a_full_bar_is_the_whole() -> None:
    chart = bars("x", [(A, 3, "#a"), (B, 1, "")], 4)
    assert (chart.full, [bar.share for bar in chart.bars]) == (4, [0.75, 0.25])
    assert drawn(chart)["rows"] == [("甲", "a", [3], 3, 0.75, "#a"), ("乙", "b", [1], 1, 0.25, "")]


def test_a_chart_without_a_figure_is_empty() -> None:
    assert bars("x", [(A, 0, "")], 4).bars == []
    assert bars("x", [(A, 0, "")], 0).bars == []


def test_each_bar_may_have_its_own_tone() -> None:
    told = drawn(bars("x", [(A, 3, ""), (B, 1, "")], 4, tones=("clean", "review")))
    assert (told["stacked"], told["tones"], [row[2] for row in told["rows"]]) == (
        False,
        ["clean", "review"],
        [[3, 0], [0, 1]],
    )


def test_stacked_bars_are_ordered_and_told_in_figures() -> None:
    few, many = {Verdict.CLEAN: 1}, {Verdict.VIOLATION: 1, Verdict.CLEAN: 3}
    chart = stacked("x", {A: few, B: many})
    first, second = chart.bars
    assert (first.label, first.parts) == (B, (("violation", 1), ("clean", 3)))
    assert (chart.full, first.length, second.length) == (4, 4, 1)
    told = drawn(chart)
    places = told["tones"].index("violation"), told["tones"].index("clean")
    assert [[row[2][place] for place in places] for row in told["rows"]] == [[1, 3], [0, 1]]


def test_unreached_is_in_no_breakdown() -> None:
    chart = stacked("x", {A: {Verdict.UNREACHED: 5, Verdict.CLEAN: 1}})
    (bar,) = chart.bars
    assert (bar.count, bar.parts) == (1, (("clean", 1),))
    assert "unreached" not in drawn(chart)["tones"]


def test_a_long_chart_is_drawn_in_pieces_to_one_scale() -> None:
    count = 2 * PIECE + 1
    pieces: Any = bars("x", [(A, n, "") for n in range(count)], count).pieces()
    assert [len(piece["rows"]) for piece in pieces] == [PIECE, PIECE, 1]
    assert {piece["full"] for piece in pieces} == {count}
    assert [row[3] for piece in pieces for row in piece["rows"]] == list(range(count))
