"""A sweep on the terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.model import SiteAudit, Verdict
from crawler.capture import Reached
from crawler.store import Run
from reports import roll
from reports.as_json import encode


def stored(tmp_path: Path, *audits: SiteAudit) -> list[roll.Row]:
    run = Run(tmp_path)
    for audit in audits:
        run.folder(audit.site).write_audit(encode(audit))
    return list(roll.rows(run.folder(audit.site) for audit in audits))


@pytest.fixture
def rows(make_audit: Callable[..., SiteAudit], tmp_path: Path) -> list[roll.Row]:
    sampled = {"browser_because": "sample", "verdict": Verdict.CLEAN}
    return stored(
        tmp_path,
        make_audit(site="https://a.example/", verdict=Verdict.CLEAN, browser_because="number"),
        make_audit(site="https://b.example/", verdict=Verdict.VIOLATION, browser_because="declared"),
        make_audit(site="https://c.example/", verdict=Verdict.UNREACHED, reached=Reached.DNS, detail="no\x1b[2Jname"),
        make_audit(site="https://d.example/", verdict_unrendered=Verdict.NOT_APPLICABLE, **sampled),
        make_audit(site="https://e.example/", verdict_unrendered=Verdict.CLEAN, **sampled),
    )


def test_what_became_of_all(rows: list[roll.Row]) -> None:
    total = roll.sums(rows)
    assert (total.sites, total.coverage, total.sampled, total.missed) == (5, 0.8, 2, 1)
    lines = list(roll.summary(total, [(9.6, "https://b.example/")], "en"))
    assert lines[0] == "5 sites, 80% of them reached"
    assert "dns 1" in lines[2]
    assert "none 1" in lines[3]
    assert lines[4].endswith("judged otherwise without it 1 (50.0%)")
    assert lines[5] == "slowest: https://b.example/ 10 s"
    assert "抽查 2 个" in "".join(roll.summary(total, [], "zh"))


def test_a_line_a_site_worst_first_and_nothing_that_steers_a_terminal(rows: list[roll.Row]) -> None:
    lines = list(roll.listing(rows, "en"))
    assert len(lines) == 5
    assert "https://b.example/" in lines[0]
    assert "https://c.example/  dns" in lines[-1]
    assert "\x1b" not in "".join(lines)


def test_a_long_run_lists_what_somebody_should_see_to(make_audit: Callable[..., SiteAudit], tmp_path: Path) -> None:
    (clean,) = stored(tmp_path, make_audit(verdict=Verdict.CLEAN))
    (bad,) = stored(tmp_path, make_audit(verdict=Verdict.WARNING))
    assert len(list(roll.listing([clean] * roll.LISTED + [bad], "zh"))) == 1
    assert len(list(roll.listing([clean] * (roll.LISTED - 1) + [bad], "zh"))) == roll.LISTED
