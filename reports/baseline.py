"""What is new since an earlier audit: findings whose rule and places the earlier one did not have."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from auditor.model import Finding, Outcome, Severity, SiteAudit, Text, Verdict
from crawler.store import Run
from reports.as_json import decode
from reports.as_sarif import fingerprint

_TELLING = (Outcome.FAILED, Outcome.NEEDS_REVIEW)


class BaselineError(Exception):
    """A baseline that cannot be read; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read(path: Path) -> frozenset[str]:
    """The fingerprints of a run's folder, or of a file that `--format json` wrote.

    Raises BaselineError where the file holds no audits or the folder no run; OSError.
    """
    audits = tuple(_of_run(path) if path.is_dir() else _of_file(path))
    if not audits:
        raise BaselineError(Text(f"{path} 中没有核查结果。", f"{path} holds no audit."))
    return frozenset(fingerprint(audit, finding) for audit in audits for finding in _found(audit))


def new_findings(audit: SiteAudit, known: frozenset[str]) -> tuple[Finding, ...]:
    """The findings that failed or need review and that are not known."""
    return tuple(finding for finding in _found(audit) if fingerprint(audit, finding) not in known)


def verdict(audit: SiteAudit, known: frozenset[str]) -> Verdict:
    """The verdict from what is new alone: the worst of it. What was not reached, or does not apply, stays so."""
    if audit.verdict in (Verdict.UNREACHED, Verdict.NOT_APPLICABLE):
        return audit.verdict
    new = [one for one in new_findings(audit, known) if one.severity is not Severity.ADVICE]
    failed = {finding.severity for finding in new if finding.outcome is Outcome.FAILED}
    for severity in (Severity.VIOLATION, Severity.WARNING):
        if severity in failed:
            return Verdict(severity.value)
    return Verdict.REVIEW if new else Verdict.CLEAN


def _found(audit: SiteAudit) -> Iterator[Finding]:
    return (finding for finding in audit.findings if finding.outcome in _TELLING)


def _of_run(path: Path) -> Iterable[SiteAudit]:
    return (folder.read_audit_as(SiteAudit) for folder in Run(path).folders() if folder.done)


def _of_file(path: Path) -> Iterator[SiteAudit]:
    try:
        yield from (decode(line) for line in path.read_bytes().splitlines() if line.strip())
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BaselineError(
            Text(f"{path} 不是 --format json 的结果。", f"{path} is not what --format json writes.")
        ) from error
