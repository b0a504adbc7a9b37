import pytest

from auditor.model import Finding, Outcome, Severity, Text, Verdict
from auditor.worst import worst

NOTHING = Text("", "")


def finding(outcome: Outcome, severity: Severity) -> Finding:
    return Finding("rule", outcome, severity, NOTHING, (), NOTHING, ())


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ([], Verdict.CLEAN),
        ([(Outcome.PASSED, Severity.VIOLATION), (Outcome.ERROR, Severity.VIOLATION)], Verdict.CLEAN),
        ([(Outcome.FAILED, Severity.ADVICE), (Outcome.NEEDS_REVIEW, Severity.ADVICE)], Verdict.CLEAN),
        ([(Outcome.NEEDS_REVIEW, Severity.WARNING), (Outcome.FAILED, Severity.ADVICE)], Verdict.REVIEW),
        ([(Outcome.FAILED, Severity.WARNING), (Outcome.NEEDS_REVIEW, Severity.VIOLATION)], Verdict.WARNING),
        ([(Outcome.FAILED, Severity.WARNING), (Outcome.FAILED, Severity.VIOLATION)], Verdict.VIOLATION),
    ],
)
def test_the_worst_failed_rule_gives_the_verdict(said: list[tuple[Outcome, Severity]], verdict: Verdict) -> None:
    assert worst([finding(*one) for one in said]) is verdict
