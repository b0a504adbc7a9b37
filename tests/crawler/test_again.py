"""Which sites are visited again, and how often."""

from pathlib import Path

import pytest

from crawler.again import Marks
from crawler.capture import Reached
from crawler.store import Run
from crawler.sweep import due
from seeds.model import Seed

SEEDS = [Seed("https://a.example/"), Seed("https://b.example/"), Seed("https://a.example/")]


@pytest.mark.parametrize("reached", Reached)
def test_only_reasons_that_may_pass_are_marked(tmp_path: Path, reached: Reached) -> None:
    marks = Marks(Run(tmp_path))
    marks.note(SEEDS[0].url, reached, 1, 3)
    passing = reached in {Reached.TIMEOUT, Reached.RESET, Reached.HTTP_5XX}
    assert marks.of(SEEDS) == ({1: [SEEDS[0]]} if passing else {})


def test_a_mark_counts_visits_and_goes_when_it_is_settled(tmp_path: Path) -> None:
    marks, url = Marks(Run(tmp_path)), SEEDS[1].url
    for visits in (1, 2):
        marks.note(url, Reached.TIMEOUT, visits, 3)
        marks.settle(url, Reached.TIMEOUT, visits, 3)
        assert marks.of(SEEDS) == {visits: [SEEDS[1]]}
        assert 0 < marks.wait_of([SEEDS[1]], 60) <= 60
        assert marks.wait_of([SEEDS[1]], 0) == 0
    marks.note(url, Reached.TIMEOUT, 3, 3)
    assert marks.of(SEEDS) == {2: [SEEDS[1]]}, "until the last verdict is written"
    marks.settle(url, Reached.TIMEOUT, 3, 3)
    assert marks.of(SEEDS) == {}


def test_a_site_that_answers_at_last_loses_its_mark(tmp_path: Path) -> None:
    marks = Marks(Run(tmp_path))
    marks.note(SEEDS[0].url, Reached.RESET, 1, 3)
    marks.settle(SEEDS[0].url, Reached.OK, 2, 3)
    assert marks.of(SEEDS) == {}


def test_a_run_that_was_stopped_before_the_second_visits_is_not_done(tmp_path: Path) -> None:
    run = Run(tmp_path)
    for seed in SEEDS:
        run.folder(seed.url).write_audit(b"{}")
    assert due(SEEDS, run) == 0
    Marks(run).note(SEEDS[1].url, Reached.RESET, 1, 3)
    assert due(SEEDS, run) == 1
    run.folder(SEEDS[0].url).retract()
    assert due(SEEDS, run) == 2
