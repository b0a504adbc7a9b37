from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.model import Finding, Outcome, Severity, SiteAudit, Text, Verdict
from crawler.store import Run
from reports.as_json import encode
from reports.baseline import BaselineError, new_findings, read, verdict

Make = Callable[..., SiteAudit]
MakeFinding = Callable[..., Finding]


@pytest.fixture
def known(audit: SiteAudit, tmp_path: Path) -> frozenset[str]:
    (tmp_path / "base.json").write_bytes(encode(audit) + b"\n")
    return read(tmp_path / "base.json")


def test_what_was_there_before_is_not_new_whatever_its_wording(audit: SiteAudit, known: frozenset[str]) -> None:
    other = replace(audit.findings[0], message=Text("换了说法", "in other words"))
    again = replace(audit, taken_at="2027-01-01T00:00:00Z", findings=(other, *audit.findings[1:]))
    assert new_findings(again, known) == ()
    assert verdict(again, known) is Verdict.CLEAN


@pytest.mark.parametrize(
    ("outcome", "severity", "expected"),
    [
        (Outcome.FAILED, Severity.VIOLATION, Verdict.VIOLATION),
        (Outcome.FAILED, Severity.WARNING, Verdict.WARNING),
        (Outcome.NEEDS_REVIEW, Severity.WARNING, Verdict.REVIEW),
        (Outcome.FAILED, Severity.ADVICE, Verdict.CLEAN),
        (Outcome.PASSED, Severity.VIOLATION, Verdict.CLEAN),
    ],
)
def test_the_worst_of_what_is_new_counts(
    audit: SiteAudit,
    known: frozenset[str],
    make_finding: MakeFinding,
    outcome: Outcome,
    severity: Severity,
    expected: Verdict,
) -> None:
    later = replace(audit, findings=(*audit.findings, make_finding("number-text-size", outcome, severity)))
    assert verdict(later, known) is expected


def test_the_same_rule_at_another_place_is_new(audit: SiteAudit, known: frozenset[str]) -> None:
    moved = replace(audit.findings[0], evidence=(replace(audit.findings[0].evidence[0], selector="header"),))
    assert new_findings(replace(audit, findings=(moved,)), known) == (moved,)


def test_an_unreached_site_stays_unreached(unreached: SiteAudit, known: frozenset[str]) -> None:
    assert verdict(unreached, known) is Verdict.UNREACHED


def test_a_run_is_a_baseline_too(audit: SiteAudit, known: frozenset[str], tmp_path: Path) -> None:
    Run(tmp_path / "run").folder(audit.seed.url).write_audit(encode(audit))
    assert read(tmp_path / "run") == known


@pytest.mark.parametrize("text", ["", "{}", "not json", "[]"])
def test_what_holds_no_audit_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "base.json").write_text(text)
    with pytest.raises(BaselineError):
        read(tmp_path / "base.json")
    with pytest.raises(BaselineError):
        read(tmp_path)
