from collections.abc import Callable

import pytest

from auditor.model import Finding, Outcome, Prominence, Severity, SiteAudit, Verdict
from reports import sentences

FAILED, REVIEW = Outcome.FAILED, Outcome.NEEDS_REVIEW


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_sentence(make_audit: Callable[..., SiteAudit], verdict: Verdict) -> None:
    told = sentences.verdict(make_audit(verdict=verdict))
    assert told.zh.endswith("。")
    assert told.en.endswith(".")
    assert "违法" not in told.zh
    assert "unlawful" not in told.en


def test_counts_are_told_in_the_right_number(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    two = make_audit(findings=(make_finding("a"), make_finding("b"), make_finding("c", severity=Severity.ADVICE)))
    assert sentences.verdict(two).en == "2 requirements quoted below are not met; also 1 piece of advice."
    assert sentences.verdict(two).zh == "有 2 项不符合所引要求；另有 1 项建议。"


def test_groups_come_worst_first_and_leave_out_what_passed(
    make_audit: Callable[..., SiteAudit], make_finding: Callable[..., Finding]
) -> None:
    audit = make_audit(
        findings=(
            make_finding("advice", FAILED, Severity.ADVICE),
            make_finding("passed", Outcome.PASSED),
            make_finding("review", REVIEW, Severity.VIOLATION),
            make_finding("violation"),
        )
    )
    assert [key for key, _ in sentences.groups(audit)] == ["severity.violation", "to-review", "severity.advice"]


def test_standing_tells_what_was_measured(make_view: Callable[..., Prominence]) -> None:
    assert (
        sentences.standing(make_view(covered=0.25)).zh
        == "可见 · 字号 12.0 px · 对比度 4.7:1 · 距页顶 2.4 屏 · 遮挡 25%"
    )


def test_standing_does_not_invent_figures(make_view: Callable[..., Prominence]) -> None:
    unseen = make_view(visible=False, why_not="display-none", font_px=None, contrast=None, screens_down=None)
    assert sentences.standing(unseen).en == "not visible (display: none)"


def test_measured_joins_a_finding_with_the_view_it_points_at(audit: SiteAudit) -> None:
    ((disclosure, view, _),) = sentences.measured(audit, audit.findings[0])
    assert (disclosure, view) == (audit.disclosures[0], "desktop")
