"""GitHub annotations: workflow commands, a line each, which GitHub shows beside the run of a workflow."""

from collections.abc import Iterable, Iterator

from auditor.model import Finding, Outcome, Severity, SiteAudit, Verdict
from reports import Options, sentences
from reports.i18n import Language, pick, say
from reports.safe import clean

SUFFIX = ".github.txt"

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield a command for each finding that a reader must see; a site that was not reached is a notice, no error."""
    for audit in audits:
        if audit.verdict is Verdict.UNREACHED:
            yield _command("notice", audit.site, pick(sentences.verdict(audit), options.language))
        for _, findings in sentences.groups(audit):
            yield from (_finding(audit, finding, options.language) for finding in findings)


def _finding(audit: SiteAudit, finding: Finding, language: Language) -> bytes:
    command = _COMMANDS[finding.severity] if finding.outcome is Outcome.FAILED else "notice"
    parts = [audit.site, pick(finding.message, language), pick(finding.remedy, language)]
    parts += [say("proxy-note", language)] if sentences.needs_proxy_note(finding) else []
    title = finding.rule if finding.outcome is Outcome.FAILED else f"{finding.rule} ({finding.outcome})"
    return _command(command, title, " ".join(clean(part, 600) for part in parts if part))


def _command(name: str, title: str, message: str) -> bytes:
    return f"::{name} title={_property(title)}::{_data(message)}\n".encode()


def _data(text: str) -> str:
    return clean(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
