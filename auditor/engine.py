"""Runs the rules over the facts of a site and says what follows."""

import datetime
import hashlib
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from auditor.facts import AI, Facts
from auditor.model import Finding, Outcome, Page, Provenance, SiteAudit, Source, Text, Verdict
from auditor.observe import facts as observe
from auditor.policy import Policy
from auditor.registry import Register
from auditor.rules import Rule, Ruling, catalogue
from auditor.shots import Read, no_pictures
from auditor.worst import worst
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
        pages=tuple(_page(page) for page in known.capture.pages),
        disclosures=known.disclosures,
        findings=findings,
        provenance=Provenance(
            gongshi=_version(),
            rules=rules_digest(),
            policy=policy.digest,
            registry=register.months() if register else {},
            browser=capture.custody.browser,
            capture_sha256=sha256,
        ),
        browser_because=capture.browser_because,
        verdict_unrendered=_unrendered(capture, policy, register) if capture.browser_because == "sample" else None,
    )


@cache
def _version() -> str:
    return version("gongshi")


def _unrendered(capture: SiteCapture, policy: Policy, register: Register | None) -> Verdict:
    """The verdict on what plain HTTP alone had seen: what it costs to spare a browser."""
    pages = tuple(replace(page, views=(), rendered=None) for page in capture.pages)
    known = observe(replace(capture, pages=pages), policy, register, no_pictures)
    return _verdict(known, tuple(_finding(name, rule, known) for name, rule in catalogue().items()))


LAID_OUT = frozenset({"link", "prominence", "accessibility", "companion"})
"""Categories of rules about how a page shows a number, not about what its author wrote."""


AS_LAID_OUT = frozenset({"link", "prominence", "accessibility"})
"""Categories of rules that ask how a number stands on the page: it stands there, whatever its characters are."""


@cache
def rules_digest() -> str:
    """A digest of all code that judges: two audits with the same digest were made by the same rules."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted((*folder.rglob("*.py"), *folder.rglob("*.tsv"))):
        digest.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
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
        ruling = _as_read(rule, rule.check(known), known)
    except Exception as error:  # noqa: BLE001 - one broken rule must not lose the report
        return Ruling(
            Outcome.ERROR,
            Text(
                f"规则运行出错（{type(error).__name__}），未作判断。",
                f"The rule broke ({type(error).__name__}): not judged.",
            ),
        )
    return _waived(name, _of_store(ruling, rule.META.category, known), known)


def _of_store(ruling: Ruling, category: str, known: Facts) -> Ruling:
    """What an app store's page does to a number is the store's doing: nobody is blamed, a person should look."""
    stores = {page.url for page in known.pages if page.store}
    if ruling.outcome is not Outcome.FAILED or category not in LAID_OUT:
        return ruling
    if not ruling.evidence or any(seen.page not in stores for seen in ruling.evidence):
        return ruling
    why = Text(
        f"{ruling.message.zh}该页面由应用商店排版，请人工核实应用内的展示。",
        f"{ruling.message.en} The store lays this page out: see what the app itself shows.",
    )
    return replace(ruling, outcome=Outcome.NEEDS_REVIEW, message=why)


def _as_read(rule: Rule, ruling: Ruling, known: Facts) -> Ruling:
    """What was read from a picture may be misread: it fails no rule about what is written, a person should look."""
    read = {(d.page, d.selector, d.raw) for d in known.disclosures if d.source is Source.IMAGE}
    if ruling.outcome is not Outcome.FAILED or rule.META.category in AS_LAID_OUT:
        return ruling
    if not any((seen.page, seen.selector, seen.quote) in read for seen in ruling.evidence):
        return ruling
    if rule.META.category == "format":
        written = tuple(d for d in known.disclosures if d.source is not Source.IMAGE)
        sure = rule.check(replace(known, disclosures=written))
        if sure.outcome is Outcome.FAILED:
            return sure
    why = Text(
        f"{ruling.message.zh}编号由文字识别从图片读出，可能误读，请对照图片核实。",
        f"{ruling.message.en} It was read from a picture (OCR) and may be misread: compare the picture.",
    )
    return replace(ruling, outcome=Outcome.NEEDS_REVIEW, message=why)


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
    return worst(findings)


def _page(page: PageCapture) -> Page:
    return Page(page.url, page.final_url, page.status, page.title, page.role, page.clicks, page.reached, page.detail)
