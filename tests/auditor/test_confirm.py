from dataclasses import replace
from pathlib import Path

import pytest

from auditor.confirm import blames, confirmed
from auditor.engine import judge
from auditor.model import Evidence, Finding, Outcome, Severity, SiteAudit, Verdict
from auditor.policy import load
from crawler.store import SECOND, SiteFolder

LATER = "2099-01-01T00:00:00+00:00"
RULE = "number-visible"


@pytest.fixture(scope="module")
def audit() -> SiteAudit:
    folder = SiteFolder(Path(__file__).parents[1] / "captures" / "format-1")
    return judge(folder.read(), folder.capture_sha256(), load(None), None, folder.read_picture)


def saying(audit: SiteAudit, outcome: Outcome, *evidence: Evidence, rule: str = RULE) -> SiteAudit:
    """The audit with one rule that says so, as a violation, and the verdict that follows."""
    findings = tuple(
        replace(f, outcome=outcome, severity=Severity.VIOLATION, evidence=evidence) if f.rule == rule else f
        for f in audit.findings
    )
    verdict = Verdict.VIOLATION if outcome is Outcome.FAILED else audit.verdict
    return replace(audit, findings=findings, verdict=verdict)


def of(audit: SiteAudit, rule: str = RULE) -> Finding:
    return next(finding for finding in audit.findings if finding.rule == rule)


def test_what_both_visits_show_stays(audit: SiteAudit) -> None:
    first = saying(audit, Outcome.FAILED)
    assert confirmed(first, replace(first, taken_at=LATER)) == first


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.NEEDS_REVIEW, Outcome.NOT_APPLICABLE, Outcome.ERROR])
def test_what_does_not_repeat_is_for_a_person(audit: SiteAudit, outcome: Outcome) -> None:
    page = audit.pages[0].url
    first = saying(audit, Outcome.FAILED, Evidence(page, "x", screenshot="shots/0-desktop-2.jpg"))
    seen = Evidence(page, "y", screenshot="shots/0-desktop-3.jpg")
    found = confirmed(first, replace(saying(audit, outcome, seen), taken_at=LATER))
    assert of(found).outcome is Outcome.NEEDS_REVIEW
    assert "did not show it again" in of(found).message.en
    assert "未重现" in of(found).message.zh
    assert [e.screenshot for e in of(found).evidence] == ["shots/0-desktop-2.jpg", f"{SECOND}/shots/0-desktop-3.jpg"]
    assert found.verdict is Verdict.WARNING  # the other findings stand
    assert [f for f in found.findings if f.rule != RULE] == [f for f in first.findings if f.rule != RULE]


def test_a_rule_without_evidence_is_shown_by_the_numbers_of_the_page(audit: SiteAudit) -> None:
    first = saying(audit, Outcome.FAILED, Evidence(audit.disclosures[0].page, "x"))
    found = confirmed(first, replace(saying(audit, Outcome.PASSED), taken_at=LATER))
    pictures = [e.screenshot for e in of(found).evidence if e.screenshot]
    assert pictures
    assert all(picture.startswith(f"{SECOND}/shots/") for picture in pictures)


def test_a_second_visit_that_did_not_reach_the_site_bears_nothing_out(audit: SiteAudit) -> None:
    first = saying(audit, Outcome.FAILED)
    second = replace(saying(audit, Outcome.NOT_APPLICABLE), verdict=Verdict.UNREACHED, disclosures=(), taken_at=LATER)
    assert "did not reach the site" in of(confirmed(first, second)).message.en


def test_warnings_need_no_second_visit(audit: SiteAudit) -> None:
    assert not [finding for finding in audit.findings if blames(finding)]
    clean = tuple(replace(finding, outcome=Outcome.PASSED) for finding in audit.findings)
    assert confirmed(audit, replace(audit, findings=clean, taken_at=LATER)) == audit


def test_an_older_second_visit_says_nothing(audit: SiteAudit) -> None:
    first = saying(audit, Outcome.FAILED)
    assert confirmed(first, replace(saying(audit, Outcome.PASSED), taken_at="2000-01-01T00:00:00+00:00")) == first
