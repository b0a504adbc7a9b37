"""Bar charts as data. A chart is a table with bars drawn beside its figures: no bar tells anything alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.model import Text, Verdict

LENGTH = 1000  # units of a full bar


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar."""

    tone: str  # class of its fill; "" for the plain one
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart."""

    label: Text
    segments: tuple[Segment, ...]
    count: int
    share: float | None  # of the chart's whole; None: the chart has none
    parts: tuple[tuple[str, int], ...]  # tone and count of each segment, for stacked bars
    href: str  # the table, filtered to what the bar counts; "" where it can't be

    @classmethod
    def stacked(
        cls, label: Text, counts: Mapping[str, int], tones: Sequence[str], most: int, whole: int | None, href: str
    ) -> "Bar":
        """A bar of several tones; `most` is the count that fills it. The parts add up to its count."""
        parts = tuple((tone, counts.get(tone, 0)) for tone in tones if counts.get(tone, 0))
        segments, start = [], 0.0
        for tone, count in parts:
            length = LENGTH * count / most if most else 0.0
            segments.append(Segment(tone, round(start, 1), round(length, 1)))
            start += length
        total = sum(count for _, count in parts)
        return cls(label, tuple(segments), total, total / whole if whole else None, parts, href)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; its heading is the word of `key`, what it means the word of `key` + `.note`."""

    key: str
    bars: Sequence[Bar]
    name: str = ""  # of the column that it breaks down, where it is one of the list's


def bars(key: str, counted: Sequence[tuple[Text, int, str]], whole: int, tones: Sequence[str] = ()) -> Chart:
    """A chart of one count a row; a full bar is the whole, so that bars of one chart can be compared with it."""
    made = []
    for place, (label, count, href) in enumerate(counted):
        tone = tones[place] if tones else ""
        made.append(Bar.stacked(label, {tone: count}, (tone,), whole, whole, href))
    return Chart(key, made if any(bar.count for bar in made) else [])


def stacked(key: str, categories: Mapping[Text, Mapping[Verdict, int]], name: str = "") -> Chart:
    """Verdicts by category, the largest category first."""
    tones = [verdict.value for verdict in Verdict if verdict is not Verdict.UNREACHED]
    ordered = sorted(categories.items(), key=lambda item: -sum(item[1].values()))
    most = max((sum(counts.values()) for _, counts in ordered), default=0)
    return Chart(
        key,
        [
            Bar.stacked(label, {v.value: n for v, n in counts.items()}, tones, most, None, "")
            for label, counts in ordered
        ],
        name,
    )
