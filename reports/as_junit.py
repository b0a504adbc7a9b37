"""JUnit XML, for build servers: a suite a site, a case a rule. A site that was not reached is skipped, not failed."""

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from auditor.model import Finding, Outcome, Severity, SiteAudit, Verdict
from reports import Options, sentences
from reports.i18n import Language, labelled, pick, say
from reports.safe import clean

SUFFIX = ".xml"


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield the document, a suite at a time."""
    yield b'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="gongshi">\n'
    for audit in audits:
        yield ET.tostring(_suite(audit, options.language), encoding="unicode").encode() + b"\n"
    yield b"</testsuites>\n"


def _suite(audit: SiteAudit, language: Language) -> ET.Element:
    cases = [_case(audit, finding, language) for finding in audit.findings]
    if audit.verdict is Verdict.UNREACHED:
        cases.insert(0, _unreached(audit, language))
    suite = ET.Element("testsuite", name=clean(audit.site), timestamp=clean(audit.taken_at, 40).removesuffix("Z"))
    for name, tag in (("tests", None), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(tag is None or case.find(tag) is not None for case in cases)))
    suite.extend(cases)
    return suite


def _case(audit: SiteAudit, finding: Finding, language: Language) -> ET.Element:
    case = ET.Element("testcase", classname=clean(audit.site), name=finding.rule)
    message = clean(pick(finding.message, language))
    if finding.outcome is Outcome.FAILED and finding.severity is not Severity.ADVICE:
        told = ET.SubElement(case, "failure", type=finding.severity.value, message=message)
        told.text = _explained(finding, language)
    elif finding.outcome is Outcome.ERROR:
        ET.SubElement(case, "error", type="error", message=message)
    elif finding.outcome is not Outcome.PASSED:
        heading = "severity.advice" if finding.outcome is Outcome.FAILED else f"outcome.{finding.outcome}"
        ET.SubElement(case, "skipped", message=labelled(say(heading, language), message, language))
    return case


def _explained(finding: Finding, language: Language) -> str:
    lines = [pick(sentences.grounds(citation), language) for citation in finding.basis]
    lines += [say("proxy-note", language)] if sentences.needs_proxy_note(finding) else []
    lines += [labelled(say("remedy", language), clean(pick(finding.remedy, language)), language)]
    places = ((one.page, one.selector or "", one.quote) for one in finding.evidence)
    return "\n".join([*lines, *(" ".join(clean(part) for part in place if part) for place in places)])


def _unreached(audit: SiteAudit, language: Language) -> ET.Element:
    case = ET.Element("testcase", classname=clean(audit.site), name="reached")
    ET.SubElement(case, "skipped", message=pick(sentences.verdict(audit), language))
    return case
