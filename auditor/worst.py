"""The verdict that follows from findings."""

from collections.abc import Collection

from auditor.model import Finding, Outcome, Severity, Verdict


def worst(findings: Collection[Finding]) -> Verdict:
    """The worst of the findings of a site that was reached and that the rules concern."""
    failed = {finding.severity for finding in findings if finding.outcome is Outcome.FAILED}
    for severity in (Severity.VIOLATION, Severity.WARNING):
        if severity in failed:
            return Verdict(severity.value)
    doubtful = any(f.outcome is Outcome.NEEDS_REVIEW and f.severity is not Severity.ADVICE for f in findings)
    return Verdict.REVIEW if doubtful else Verdict.CLEAN
