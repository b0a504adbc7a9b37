"""Sites whose failure may pass are visited again after all others: `RUN/again/` says which, and how often they were.

A mark is written before the verdict and replaced or removed after the next one, so that a run that is stopped in
between never forgets a site, nor visits it more often than it should.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from crawler.capture import Reached
from crawler.store import Run, site_name, write_atomically
from seeds.model import Seed

PASSING = frozenset({Reached.TIMEOUT, Reached.RESET, Reached.HTTP_5XX})
"""Reasons that may pass. Of others nothing is to be expected."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a run."""

    run: Run

    def note(self, site: str, reached: Reached, visits: int, most: int) -> None:
        """Say how a visit ended, before its verdict is written: so many were made, at most so many are. Raises OSError.

        The mark of a site that needs no further visit is removed by `settle`, after the verdict.
        """
        if reached in PASSING and visits < most:
            write_atomically(self._path(site), str(visits).encode())

    def settle(self, site: str, reached: Reached, visits: int, most: int) -> None:
        """Remove the mark of a site that is not to be visited again. Raises OSError."""
        if reached not in PASSING or visits >= most:
            self._path(site).unlink(missing_ok=True)

    def of(self, seeds: Iterable[Seed]) -> dict[int, list[Seed]]:
        """The marked seeds by the number of visits that were made. Raises OSError."""
        found: dict[int, list[Seed]] = {}
        marked = self._all()
        for seed in {site_name(seed.url): seed for seed in seeds if marked}.values():
            if site_name(seed.url) in marked:
                found.setdefault(self._visits(seed.url), []).append(seed)
        return found

    def wait_of(self, seeds: Collection[Seed], spacing: float) -> float:
        """Seconds until the last visit of each of these marked seeds lies so far back."""
        last = max((self._path(seed.url).stat().st_mtime for seed in seeds), default=0.0)
        return max(0.0, last + spacing - time.time())

    def _all(self) -> frozenset[str]:
        folder = self.run.path / "again"
        return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()

    def _visits(self, site: str) -> int:
        text = self._path(site).read_text("ascii")
        return int(text) if text.isdecimal() else 1

    def _path(self, site: str) -> Path:
        return self.run.path / "again" / site_name(site)
