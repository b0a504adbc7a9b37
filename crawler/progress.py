"""What an operator sees while a sweep runs: a bar on a terminal, else a plain line every few seconds."""

import time
from collections import Counter
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from crawler.spider import Done

FEW = 20
"""A list no longer than that gets a line a site where there is no terminal."""

_EVERY = 5.0  # seconds between two lines
_WINDOW = 300.0  # seconds over which the rate is told


class Watch:
    """Counts finished sites while it is entered, and shows them on a stream."""

    def __init__(self, total: int, stream: TextIO, language: str = "en") -> None:
        self.total = total
        self.done = 0
        self.reasons: Counter[str] = Counter()
        self.slowest: list[tuple[float, str]] = []
        self._stream = stream
        self._zh = language == "zh"
        self._times = [time.monotonic()]
        self._told = time.monotonic()
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def __enter__(self) -> Self:
        """Show the bar where there is a terminal."""
        if self.total and self._stream.isatty():
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                TextColumn("{task.fields[reasons]}"),
                console=Console(file=self._stream),
                refresh_per_second=2,
                transient=True,
            )
            self._task = self._bar.add_task("网站" if self._zh else "sites", total=self.total, rate="", reasons="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away; say where it stands."""
        if self._bar:
            self._bar.stop()
        elif self.total > FEW:
            self._line()

    def add(self, done: Done) -> None:
        """Count a visit. One more of a site that was counted before changes the reasons only."""
        now = time.monotonic()
        self.reasons["problem" if done.problem else str(done.reached)] += 1
        self.slowest = sorted([*self.slowest, (done.seconds, done.url)], reverse=True)[:5]
        self.done += done.visits == 1
        self._times = [moment for moment in self._times[-2000:] if moment > now - _WINDOW] + [now]
        if self._bar:
            self._bar.update(self._task, completed=self.done, rate=self.rate(), reasons=self.counts())
        elif self.total <= FEW:
            print(
                f"[{self.done}/{self.total}] {_plain(done.url)}: {_plain(done.problem or done.reached)}",
                file=self._stream,
            )
        elif now - self._told >= _EVERY:
            self._told = now
            self._line()

    def rate(self) -> str:
        """Sites a minute, of late."""
        span = self._times[-1] - self._times[0]
        return f"{60 * (len(self._times) - 1) / span:.0f}/min" if span > 0 else ""

    def counts(self) -> str:
        """How often each reason was met, most often first."""
        return " ".join(f"{reason} {count}" for reason, count in self.reasons.most_common(8))

    def _line(self) -> None:
        left = self.total - self.done
        span = self._times[-1] - self._times[0]
        eta = f"{left * span / max(1, len(self._times) - 1) / 60:.1f} min" if left and span > 0 else "0"
        words = "已完成 {}，剩余 {}，{}，预计还需 {}：{}" if self._zh else "{} done, {} left, {}, {} to go: {}"
        print(words.format(self.done, left, self.rate() or "-", eta, self.counts()), file=self._stream, flush=True)


def _plain(text: str) -> str:
    """Text of a list or an error without what would steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text[:300])
