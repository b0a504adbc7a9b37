"""Runs the rules over the facts of a site and says what follows."""

import datetime
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from urllib.parse import urlsplit

from auditor.facts import AI, Facts
from auditor.model import Finding, Outcome, Page, Provenance, Severity, SiteAudit, Text, Verdict
from auditor.observe import facts as observe
from auditor.policy import Policy
from auditor.registry import Register
from auditor.rules import Rule, Ruling, catalogue
from auditor.shots import Read, no_pictures
from crawler.capture import PageCapture, Reached, SiteCapture
from seeds.model import ServiceKind


def judge(
    capture: SiteCapture, sha256: str, policy: Policy, register: Register | None = None, read: Read = no_pictures
) -> SiteAudit:
    """The audit of one capture. The same capture, policy, register and rules give the same answer.

    Args:
        capture: what was seen.
        sha256: of the capture's file, so that the audit names what it judges.
        policy: thresholds, severities, waivers.
        register: the official lists; without them the rules that need them say so.
        read: gives the stored pictures, by the names that the capture knows them by.
    """
    known = observe(capture, policy, register, read)
    findings = tuple(_finding(name, rule, known) for name, rule in catalogue().items())
    return SiteAudit(
        site=capture.site,
        seed=capture.seed,
        taken_at=capture.taken_at,
        reached=capture.reached,
        detail=capture.detail,
        verdict=_verdict(known, findings),
        service=known.service,
        pages=tuple(_page(page) for page in capture.pages),
        disclosures=known.disclosures,
        findings=findings,
        provenance=Provenance(
            gongshi=version("gongshi"),
            rules=rules_digest(),
            policy=policy.digest,
            registry=register.months() if register else {},
            browser=capture.custody.browser,
            capture_sha256=sha256,
        ),
    )


@cache
def rules_digest() -> str:
    """A digest of the rule files: two audits with the same digest were made by the same rules."""
    folder = files("auditor").joinpath("rules")
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".py"):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _finding(name: str, rule: Rule, known: Facts) -> Finding:
    meta, ruling = rule.META, _ruling(name, rule, known)
    severity = known.policy.severities.get(name) or ruling.severity or meta.severity
    return Finding(
        name, ruling.outcome, severity, ruling.message, meta.basis, meta.remedy, ruling.evidence, ruling.html
    )


def _ruling(name: str, rule: Rule, known: Facts) -> Ruling:
    if name in known.policy.disabled:
        return Ruling(Outcome.NOT_APPLICABLE, Text("策略文件停用了本规则。", "The policy switches this rule off."))
    if not any(page.reached is Reached.OK for page in known.pages):
        return Ruling(Outcome.NOT_APPLICABLE, Text("网站未能访问，未作判断。", "The site was not reached: not judged."))
    try:
        ruling = rule.check(known)
    except Exception as error:  # noqa: BLE001 - one broken rule must not lose the report
        return Ruling(
            Outcome.ERROR,
            Text(
                f"规则运行出错（{type(error).__name__}），未作判断。",
                f"The rule broke ({type(error).__name__}): not judged.",
            ),
        )
    return _waived(name, ruling, known)


def _waived(name: str, ruling: Ruling, known: Facts) -> Ruling:
    if ruling.outcome is not Outcome.FAILED:
        return ruling
    host = urlsplit(known.capture.site).hostname or ""
    waiver = known.policy.waiver(host, name, datetime.date.fromisoformat(known.capture.taken_at[:10]))
    if waiver is None:
        return ruling
    return Ruling(
        Outcome.NOT_APPLICABLE,
        Text(
            f"已豁免至 {waiver.until}：{waiver.reason}（原结论：{ruling.message.zh}）",
            f"Waived until {waiver.until}: {waiver.reason} (without the waiver: {ruling.message.en})",
        ),
        ruling.evidence,
    )


def _verdict(known: Facts, findings: tuple[Finding, ...]) -> Verdict:
    """The worst of the findings; what is no AI service and shows no AI number is outside of what is judged."""
    if not any(page.reached is Reached.OK for page in known.pages):
        return Verdict.UNREACHED
    if known.service.kinds in ((), (ServiceKind.NONE,)) and not known.own(*AI):
        return Verdict.NOT_APPLICABLE
    failed = {finding.severity for finding in findings if finding.outcome is Outcome.FAILED}
    for severity in (Severity.VIOLATION, Severity.WARNING):
        if severity in failed:
            return Verdict(severity.value)
    doubtful = any(f.outcome is Outcome.NEEDS_REVIEW and f.severity is not Severity.ADVICE for f in findings)
    return Verdict.REVIEW if doubtful else Verdict.CLEAN


def _page(page: PageCapture) -> Page:
    return Page(page.url, page.final_url, page.status, page.title, page.role, page.clicks, page.reached, page.detail)
