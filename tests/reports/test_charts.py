from auditor.model import Text, Verdict
from reports.charts import LENGTH, bars, stacked

A, B = Text("甲", "a"), Text("乙", "b")


def test_a_full_bar_is_the_whole() -> None:
    one, other = bars("x", [(A, 3, "#a"), (B, 1, "")], 4).bars
    assert [bar.segments[0].length for bar in (one, other)] == [0.75 * LENGTH, 0.25 * LENGTH]
    assert (one.count, one.share, one.href) == (3, 0.75, "#a")


def test_a_chart_without_a_figure_is_empty() -> None:
    assert bars("x", [(A, 0, "")], 4).bars == []
    assert bars("x", [(A, 0, "")], 0).bars == []


def test_stacked_bars_are_ordered_and_told_in_figures() -> None:
    few, many = {Verdict.CLEAN: 1}, {Verdict.VIOLATION: 1, Verdict.CLEAN: 3}
    first, second = stacked("x", {A: few, B: many}).bars
    assert (first.label, first.parts) == (B, (("violation", 1), ("clean", 3)))
    assert [(part.start, part.length) for part in first.segments] == [(0, 250), (250, 750)]
    assert second.segments[0].length == LENGTH / 4


def test_unreached_is_in_no_breakdown() -> None:
    (bar,) = stacked("x", {A: {Verdict.UNREACHED: 5, Verdict.CLEAN: 1}}).bars
    assert (bar.count, bar.parts) == (1, (("clean", 1),))
