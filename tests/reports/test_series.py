from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from auditor.model import Finding, Outcome, Severity, SiteAudit
from reports import Options
from reports.series import Past, series

Make = Callable[..., SiteAudit]
MakeFinding = Callable[..., Finding]
LINKED, SHOWN = "algorithm-number-linked", "algorithm-number-shown"


@pytest.fixture
def run(make_audit: Make, make_finding: MakeFinding, unreached: SiteAudit) -> Callable[..., list[SiteAudit]]:
    """Sites at a day, each with the outcomes of two rules; None: not reached."""

    def made(day: str, **sites: tuple[Outcome, Outcome] | None) -> list[SiteAudit]:
        audits = []
        for name, outcomes in sites.items():
            site = f"https://{name}.example.cn/"
            findings = tuple(
                make_finding(rule, one) for rule, one in zip((LINKED, SHOWN), outcomes or (), strict=False)
            )
            one = make_audit(site=site, taken_at=day, findings=findings) if outcomes else replace(unreached, site=site)
            audits.append(one)
        return audits

    return made


P, F, R = Outcome.PASSED, Outcome.FAILED, Outcome.NEEDS_REVIEW


def pasts(*runs: tuple[str, Iterable[SiteAudit]]) -> list[Past]:
    return [Past.of(name, audits) for name, audits in runs]


def test_shares_are_of_sites_that_every_run_reached_and_could_judge(run: Callable[..., list[SiteAudit]]) -> None:
    old = run("2026-09-01T00:00:00Z", a=(F, P), b=(F, P), c=(P, P), d=(F, F))
    new = run("2026-11-01T00:00:00Z", a=(P, P), b=(F, R), c=(P, F), d=None, e=(F, F))
    found = series(pasts(("new", new), ("old", old)))
    assert [one.name for one in found.runs] == ["old", "new"]
    assert found.sites == 3
    points = {course.rule: [(one.met, one.judged) for one in course.points] for course in found.courses}
    assert points == {LINKED: [(1, 3), (2, 3)], SHOWN: [(3, 3), (1, 2)]}


def test_what_failed_most_comes_first_and_advice_is_left_out(
    run: Callable[..., list[SiteAudit]], make_audit: Make, make_finding: MakeFinding
) -> None:
    found = series(pasts(("x", run("2026-11-01T00:00:00Z", a=(F, P), b=(F, F)))))
    assert [course.rule for course in found.courses] == [LINKED, SHOWN]
    advice = make_audit(findings=(make_finding("number-contrast", F, Severity.ADVICE),))
    assert series(pasts(("x", [advice]))).courses == ()


def test_what_nobody_ever_failed_is_left_out(run: Callable[..., list[SiteAudit]]) -> None:
    found = series(pasts(("x", run("2026-11-01T00:00:00Z", a=(F, P), b=(P, R)))))
    assert [course.rule for course in found.courses] == [LINKED]


def test_runs_without_a_common_site_are_no_error(run: Callable[..., list[SiteAudit]]) -> None:
    found = series(pasts(("x", run("2026-11-01T00:00:00Z", a=(F, P))), ("y", run("2026-10-01T00:00:00Z", b=(F, P)))))
    assert (found.sites, found.courses) == (0, ())


def test_the_survey_page_shows_the_course(run: Callable[..., list[SiteAudit]], tmp_path: Path) -> None:
    old, new = run("2026-09-01T00:00:00Z", a=(F, P), b=(F, P)), run("2026-11-01T00:00:00Z", a=(P, P), b=(F, P))
    options = Options(title="2026-11", earlier=tuple(pasts(("2026-09 <b>", old))))
    reports.save("html", new, options, tmp_path)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert 'id="over-time"' in page
    assert "2026-09 &lt;b&gt;" in page
    assert "0.0% <span" in page and "50.0% <span" in page and '"values":[0.0,0.5]' in page
    reports.save("html", new, Options(), tmp_path)
    assert 'id="over-time"' not in (tmp_path / "report.html").read_text("utf-8")
