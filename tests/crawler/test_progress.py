"""What the operator sees while a sweep runs, and the log."""

import io
import json
from pathlib import Path

import pytest

from crawler import progress
from crawler.capture import Reached
from crawler.journal import LOG, Journal
from crawler.progress import Watch
from crawler.spider import Done
from crawler.store import Run, SiteFolder


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def done(number: int, reached: Reached = Reached.OK, visits: int = 1, problem: str = "") -> Done:
    return Done(f"https://s{number}.example/", reached, float(number), problem, visits=visits, because="number")


def test_a_short_list_gets_a_line_a_site() -> None:
    out = io.StringIO()
    with Watch(2, out) as watch:
        watch.add(done(1))
        watch.add(done(2, Reached.DNS))
    assert out.getvalue() == "[1/2] https://s1.example/: ok\n[2/2] https://s2.example/: dns\n"


def test_a_long_list_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    out = io.StringIO()
    with Watch(1000, out) as watch:
        for number in range(600):
            now[0] += 0.1
            watch.add(done(number, Reached.TIMEOUT if number % 10 == 0 else Reached.OK))
    lines = out.getvalue().splitlines()
    assert 10 <= len(lines) <= 14, "one in five seconds"
    assert lines[-1].startswith("600 done, 400 left, 600/min, 0.7 min to go: ok 540 timeout 60")


def test_a_second_visit_is_not_another_site() -> None:
    out = io.StringIO()
    with Watch(30, out, "zh") as watch:
        watch.add(done(1, Reached.TIMEOUT))
        watch.add(done(1, Reached.OK, visits=2))
    assert watch.done == 1
    assert out.getvalue().startswith("已完成 1，剩余 29")


def test_a_terminal_gets_a_bar_with_counts() -> None:
    out = Terminal()
    with Watch(3, out) as watch:
        watch.add(done(1, Reached.BLOCKED))
        watch.add(done(2, problem="OSError: x"))
    shown = out.getvalue()
    assert "sites" in shown
    assert watch.counts() == "blocked 1 problem 1"
    assert watch.slowest[0] == (2.0, "https://s2.example/")


def test_nothing_of_a_list_steers_the_terminal() -> None:
    out = io.StringIO()
    with Watch(1, out) as watch:
        watch.add(Done("https://x.example/\x1b[2J", Reached.OK, 1.0))
    assert "\x1b" not in out.getvalue()


def test_the_log_has_a_line_a_visit_and_mends_a_torn_one(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.visit(done(1))
    with (tmp_path / LOG).open("a") as file:
        file.write('{"time": "torn')
    with Journal(tmp_path) as journal:
        journal.visit(done(2, Reached.TLS))
    lines = (tmp_path / LOG).read_text().splitlines()
    first, last = json.loads(lines[0]), json.loads(lines[-1])
    assert len(lines) == 3
    assert (first["event"], first["url"], first["browser_because"]) == ("visit", "https://s1.example/", "number")
    assert (last["reached"], last["visits"]) == ("tls", 1)


def test_the_last_line_compares_the_clocks(tmp_path: Path) -> None:
    capture = SiteFolder(Path(__file__).parents[1] / "captures" / "format-1").read()
    with Journal(tmp_path) as journal:
        for number in range(1, 4):
            Run(tmp_path).folder(f"https://s{number}.example/").write(capture)
            journal.visit(done(number))
        journal.visit(done(4))  # whose capture is not there
    *_, told = map(json.loads, (tmp_path / LOG).read_text().splitlines())
    assert (told["event"], told["sites"], told["median"]) == ("clock", 3, 0.0)


def test_two_sweeps_do_not_work_on_one_folder(tmp_path: Path) -> None:
    with Journal(tmp_path), pytest.raises(OSError, match="another sweep is at work"), Journal(tmp_path):
        pass
    with Journal(tmp_path):
        pass
