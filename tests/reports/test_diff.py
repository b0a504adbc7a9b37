from collections.abc import Callable
from dataclasses import replace

import pytest

from auditor.model import Disclosure, Finding, Link, Outcome, SiteAudit, Target, Verdict
from crawler.capture import Reached
from reports.diff import Diff, Kind, compare

Make = Callable[..., SiteAudit]
Number = Callable[..., Disclosure]


def kinds(diff: Diff) -> list[str]:
    return [change.kind.value for change in diff.changes]


def shows(make_audit: Make, *numbers: Disclosure) -> SiteAudit:
    return make_audit(disclosures=numbers, findings=())


def test_the_same_run_has_not_changed(audit: SiteAudit, unreached: SiteAudit, hostile: SiteAudit) -> None:
    diff = compare([audit, unreached, hostile], iter([audit, unreached, hostile]))
    assert (diff.changes, diff.compared, diff.unreached) == ((), 2, 1)


def test_sites_come_and_go(audit: SiteAudit, unreached: SiteAudit) -> None:
    assert kinds(compare([audit], [unreached])) == ["site-gone", "site-appeared"]


def test_of_a_site_that_was_not_reached_nothing_else_is_said(audit: SiteAudit) -> None:
    lost = replace(audit, verdict=Verdict.UNREACHED, reached=Reached.TIMEOUT, disclosures=(), findings=())
    (change,) = compare([audit], [lost]).changes
    assert (change.kind, change.old, change.new) == (Kind.NEWLY_UNREACHED, "ok", "timeout")
    assert kinds(compare([lost], [audit])) == ["reached-again"]
    assert kinds(compare([lost], [lost])) == []


def test_a_number_that_went_and_one_that_came_is_a_change(make_audit: Make, make_disclosure: Number) -> None:
    a, b, c = (make_disclosure(number=number) for number in "abc")
    assert kinds(compare([shows(make_audit, a)], [shows(make_audit, b)])) == ["number-changed"]
    assert (
        kinds(compare([shows(make_audit, a)], [shows(make_audit, b, c)])) == ["number-gone"] + ["number-appeared"] * 2
    )
    assert kinds(compare([shows(make_audit, a)], [shows(make_audit)])) == ["number-gone"]


def test_a_number_is_not_gone_whose_page_was_not_opened(make_audit: Make, make_disclosure: Number) -> None:
    elsewhere = make_disclosure(page="https://chat.lanhe.example.cn/about")
    assert kinds(compare([shows(make_audit, elsewhere)], [shows(make_audit)])) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"region": "header"}, "number-moved"),
        ({"link": Link("https://beian.cac.gov.cn/", Target.OFFICIAL)}, "link-changed"),
    ],
)
def test_what_happens_to_a_number(
    make_audit: Make, make_disclosure: Number, changes: dict[str, object], kind: str
) -> None:
    old, new = make_disclosure(), make_disclosure(**changes)
    assert kinds(compare([shows(make_audit, old)], [shows(make_audit, new)])) == [kind]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (Outcome.PASSED, Outcome.FAILED, ["fails-now"]),
        (Outcome.FAILED, Outcome.PASSED, ["no-longer-fails"]),
        (Outcome.FAILED, Outcome.NEEDS_REVIEW, []),
        (Outcome.NEEDS_REVIEW, Outcome.FAILED, []),
        (Outcome.FAILED, Outcome.ERROR, []),
    ],
)
def test_rules(
    make_audit: Make, make_finding: Callable[..., Finding], old: Outcome, new: Outcome, told: list[str]
) -> None:
    before, after = (make_audit(findings=(make_finding("number-visible", outcome),)) for outcome in (old, new))
    assert kinds(compare([before], [after])) == told


def test_the_worst_comes_first(make_audit: Make, make_finding: Callable[..., Finding], audit: SiteAudit) -> None:
    better = make_audit(verdict=Verdict.CLEAN, findings=(make_finding("algorithm-number-linked", Outcome.PASSED),))
    assert kinds(compare([audit], [better])) == ["verdict", "no-longer-fails"]
