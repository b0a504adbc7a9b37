"""GitHub annotations: workflow commands, a line each, which GitHub shows beside the run of a workflow."""

from collections.abc import Iterable, Iterator, Mapping

from auditor.model import Finding, Outcome, Severity, SiteAudit, Verdict
from reports import Options, sentences
from reports.i18n import Language, pick, say
from reports.safe import clean

SUFFIX = ".github.txt"

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield a command for each finding that a reader must see; a site that was not reached is a notice, no error."""
    for audit in audits:
        yield b""
        if audit.verdict is Verdict.UNREACHED:
            told = pick(sentences.verdict(audit), options.language)
            yield _command("notice", {"title": audit.site}, told)
        for _, findings in sentences.groups(audit):
            yield from (_finding(audit, finding, options.language) for finding in findings)


def _finding(audit: SiteAudit, finding: Finding, language: Language) -> bytes:
    command = _COMMANDS[finding.severity] if finding.outcome is Outcome.FAILED else "notice"
    parts = [audit.site, pick(finding.message, language), pick(finding.remedy, language)]
    parts += [say("proxy-note", language)] if sentences.needs_proxy_note(finding) else []
    title = finding.rule if finding.outcome is Outcome.FAILED else f"{finding.rule} ({finding.outcome})"
    return _command(command, {"title": title} | _file(finding), " ".join(clean(part, 600) for part in parts if part))


def _file(finding: Finding) -> dict[str, str]:
    """The first page that is a file of a built folder: GitHub shows beside it what was found."""
    pages = (one.page + "index.html" * one.page.endswith("/") for one in finding.evidence if ":" not in one.page)
    page = next((page for page in pages if page.endswith(".html")), None)
    return {"file": page} if page else {}


def _command(name: str, properties: Mapping[str, str], message: str) -> bytes:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}\n".encode()


def _data(text: str) -> str:
    return clean(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
