"""SARIF 2.1.0 (OASIS), for code scanning services.

What failed is a result of kind `fail`, what a person must check one of kind `review`.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec.json import encode

from auditor.model import Evidence, Finding, Outcome, Severity, SiteAudit, Verdict
from auditor.rules import catalogue
from reports import Options, sentences
from reports.i18n import Language, pick, say
from reports.safe import clean, web_address
from reports.survey import rule_title

SUFFIX = ".sarif"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_SHOWN = (Outcome.FAILED, Outcome.NEEDS_REVIEW)
_URI = "%/?:@!$&'()*+,;=-._~"  # what stands in an address as it is, letters and digits apart (RFC 3986)
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield one log with one run, a line a result; sites that were not reached are notifications, not results."""
    language = options.language
    rules: dict[str, dict[str, Any]] = {}
    unreached: list[dict[str, Any]] = []
    version, comma = "0", b"\n"
    yield b'{"$schema": %s, "version": "2.1.0", "runs": [{"columnKind": "unicodeCodePoints", "results": [' % encode(
        _SCHEMA
    )
    for audit in audits:
        yield b""
        version = audit.provenance.gongshi or version
        unreached += [_unreached(audit, language)] if audit.verdict is Verdict.UNREACHED else []
        for finding in (one for one in audit.findings if one.outcome in _SHOWN):
            if finding.rule not in rules:
                rules[finding.rule] = _rule(finding, language)
            yield comma + encode(_result(audit, finding, list(rules).index(finding.rule), language))
            comma = b",\n"
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": unreached}
    driver = {"name": "gongshi", "version": version, "rules": list(rules.values())}
    yield b'\n], "invocations": [%s],\n"tool": %s}]}\n' % (encode(invocation), encode({"driver": driver}))


def _rule(finding: Finding, language: Language) -> dict[str, Any]:
    title = clean(pick(rule_title(finding.rule), language))
    known = catalogue().get(finding.rule)
    return {
        "id": finding.rule,
        "name": "".join(part.capitalize() for part in finding.rule.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": clean(pick(known.META.requirement, language)) if known else title},
        "help": {"text": _help(finding, language)},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": sorted({citation.level.value for citation in finding.basis})},
    }


def _help(finding: Finding, language: Language) -> str:
    lines = [clean(pick(finding.remedy, language))]
    lines += [pick(sentences.grounds(citation), language) for citation in finding.basis]
    if sentences.needs_proxy_note(finding):
        lines.append(say("proxy-note", language))
    return "\n\n".join(filter(None, lines)) or finding.rule


def _result(audit: SiteAudit, finding: Finding, index: int, language: Language) -> dict[str, Any]:
    """One finding.

    `primaryLocationLineHash` is what GitHub tells alerts apart by. Without it, its uploader hashes the first line of
    the page, which of a minified page is all of it, so that each build would close every alert and open it anew.
    """
    failed, told = finding.outcome is Outcome.FAILED, fingerprint(audit, finding)
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail" if failed else "review",
        "level": _LEVELS[finding.severity] if failed else "none",  # SARIF 3.27.10: only a failure has a level
        "message": {"text": clean(pick(finding.message, language)) or finding.rule},
        "locations": [_location(one) for one in finding.evidence[:10]] or [_location(Evidence(audit.site, ""))],
        "partialFingerprints": {"gongshi/v1": told, "primaryLocationLineHash": f"{told}:1"},
    }


def _location(evidence: Evidence) -> dict[str, Any]:
    region = {"startLine": 1} | ({"snippet": {"text": clean(evidence.quote)}} if evidence.quote else {})
    place: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(evidence.page)}, "region": region},
    }
    if evidence.selector:
        place["logicalLocations"] = [{"fullyQualifiedName": clean(evidence.selector), "kind": "element"}]
    return place


def _uri(url: str) -> str:
    """An address as SARIF takes it (RFC 3986), of a page in a built folder its place there.

    >>> _uri("https://示例.cn/a b?50%#x#y"), _uri("dist/"), _uri("javascript:alert(1)")
    ('https://%E7%A4%BA%E4%BE%8B.cn/a%20b?50%25#x%23y', 'dist/index.html', 'javascript%3Aalert(1)')
    """
    told = _STRAY_PERCENT.sub("%25", clean(url))
    if not web_address(told):
        return quote(told + ("index.html" if told.endswith("/") else ""), safe=_URI.replace(":", ""))
    scheme, host, *rest = urlsplit(told)
    return urlunsplit((scheme, quote(host, safe=_URI + "[]"), *(quote(part, safe=_URI) for part in rest)))


def _unreached(audit: SiteAudit, language: Language) -> dict[str, Any]:
    return {
        "level": "note",
        "message": {"text": pick(sentences.verdict(audit), language)},
        "locations": [_location(Evidence(audit.site, ""))],
    }


def fingerprint(audit: SiteAudit, finding: Finding) -> str:
    """The same for the same rule at the same place of a site, whatever the wording, the time or the order."""
    places = sorted(f"{one.page} {one.selector or ''}" for one in finding.evidence)
    told = "\n".join((finding.rule, audit.site, *places))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
