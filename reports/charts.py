"""Charts as data: the page draws them with ECharts, and prints the same figures as a table beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.model import Text, Verdict

PIECE = 6  # rows of a drawing
Parts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart."""

    label: Text
    parts: Parts  # tone and count of each part; the tone "" is the plain one
    count: int  # the figure beside the bar
    share: float | None  # of the chart's whole; None: the chart has none
    href: str  # the table, filtered to what the bar counts; "" where it can't be

    def part(self, tone: str) -> int:
        """How many are of that tone."""
        return dict(self.parts).get(tone, 0)

    @property
    def length(self) -> int:
        """Of all parts together."""
        return sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; its heading is the word of `key`, what it means the word of `key` + `.note`."""

    key: str
    bars: Sequence[Bar]
    full: int  # count that fills a bar
    tones: tuple[str, ...] = ()  # of which the bars are made up, where they are stacked
    name: str = ""  # of the column that it breaks down, where it is one of the list's
    form: Literal["bars", "columns"] = "bars"  # columns: for values that have an order

    def pieces(self) -> list[dict[str, object]]:
        """What the script draws from: few rows at a time, so that paper can be turned between two drawings."""
        tones = list(dict.fromkeys((*self.tones, *(tone for bar in self.bars for tone, _ in bar.parts))))
        told = {"form": self.form, "full": self.full, "stacked": bool(self.tones), "tones": tones}
        rows = [
            (bar.label.zh, bar.label.en, [bar.part(tone) for tone in tones], bar.count, bar.share, bar.href)
            for bar in self.bars
        ]
        return [told | {"rows": rows[start : start + PIECE]} for start in range(0, len(rows), PIECE)]


def bars(
    key: str,
    counted: Sequence[tuple[Text, int, str]],
    whole: int,
    tones: Sequence[str] = (),
    form: Literal["bars", "columns"] = "bars",
) -> Chart:
    """A chart of one count a row; a full bar is the whole, so that bars of one chart can be compared with it."""
    made = [
        Bar(label, ((tones[place] if tones else "", count),), count, count / whole if whole else None, href)
        for place, (label, count, href) in enumerate(counted)
    ]
    return Chart(key, made if any(bar.count for bar in made) else [], whole, form=form)


def stacked(key: str, categories: Mapping[Text, Mapping[Verdict, int]], name: str = "") -> Chart:
    """Verdicts by category, the largest category first."""
    tones = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.UNREACHED)
    made = [_bar(label, counts, tones) for label, counts in categories.items()]
    return Chart(key, sorted(made, key=lambda bar: -bar.count), longest(made), tones, name)


def longest(made: Iterable[Bar]) -> int:
    """The count that fills the longest bar."""
    return max((bar.length for bar in made), default=0)


def _bar(label: Text, counts: Mapping[Verdict, int], tones: Iterable[str]) -> Bar:
    parts = tuple((tone, counts[Verdict(tone)]) for tone in tones if counts.get(Verdict(tone)))
    return Bar(label, parts, sum(count for _, count in parts), None, "")
