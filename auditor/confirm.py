"""Two captures agree: what one visit blames a site for and a second one, later, does not, a person should look at.

The second visit stands in the folder `second` of the site, laid out as the first.
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.model import Evidence, Finding, Outcome, Severity, SiteAudit, Text, Verdict
from auditor.worst import worst
from crawler.store import SECOND


def confirmed(first: SiteAudit, second: SiteAudit) -> SiteAudit:
    """The audit of the first visit, its violations in doubt that the second visit does not show.

    A second visit that is older than the first says nothing of it: the site was visited anew since.
    """
    if second.taken_at < first.taken_at:
        return first
    repeated = {finding.rule for finding in second.findings if finding.outcome is Outcome.FAILED}
    findings = tuple(_doubted(f, second) if blames(f) and f.rule not in repeated else f for f in first.findings)
    return first if findings == first.findings else replace(first, findings=findings, verdict=worst(findings))


def blames(finding: Finding) -> bool:
    """Whether a finding is one that a second visit must bear out."""
    return finding.outcome is Outcome.FAILED and finding.severity is Severity.VIOLATION


def _doubted(finding: Finding, second: SiteAudit) -> Finding:
    if second.verdict is Verdict.UNREACHED:
        why = Text("第二次访问时网站无法打开，未能复核。", "The second visit did not reach the site: not borne out.")
    else:
        why = Text("第二次访问未重现，请人工核实。", "The second visit did not show it again: have a person look.")
    message = Text(f"{finding.message.zh}{why.zh}", f"{finding.message.en} {why.en}")
    evidence = (*finding.evidence, *_seen(finding, second))
    return replace(finding, outcome=Outcome.NEEDS_REVIEW, message=message, evidence=evidence)


def _seen(finding: Finding, second: SiteAudit) -> Iterator[Evidence]:
    """What the second visit shows in place of it: the evidence of the same rule, else the numbers of these pages."""
    same = next((other for other in second.findings if other.rule == finding.rule), None)
    for seen in same.evidence if same else ():
        yield replace(seen, screenshot=seen.screenshot and f"{SECOND}/{seen.screenshot}")
    if same and same.evidence:
        return
    pages = {seen.page for seen in finding.evidence}
    for number in second.disclosures:
        for name, view in number.views.items() if number.page in pages or not pages else ():
            if view.screenshot:
                file = f"{SECOND}/{view.screenshot.file}"
                yield Evidence(number.page, number.raw, number.selector, view.box, name, file)
