"""SARIF 2.1.0 (OASIS), for code scanning services.

What failed is a result of kind `fail`, what a person must check one of kind `review`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from auditor.model import Evidence, Finding, Outcome, Severity, SiteAudit, Verdict
from reports import Options, sentences
from reports.i18n import Language, pick, say
from reports.safe import clean
from reports.survey import rule_title

SUFFIX = ".sarif"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_SHOWN = (Outcome.FAILED, Outcome.NEEDS_REVIEW)


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield one log with one run; sites that were not reached are notifications, not results."""
    language = options.language
    rules: dict[str, dict[str, Any]] = {}
    results: list[dict[str, Any]] = []
    unreached: list[dict[str, Any]] = []
    version = ""
    for audit in audits:
        version = audit.provenance.gongshi
        unreached += [_unreached(audit, language)] if audit.verdict is Verdict.UNREACHED else []
        for finding in (one for one in audit.findings if one.outcome in _SHOWN):
            rules.setdefault(finding.rule, _rule(finding, language))
            results.append(_result(audit, finding, list(rules).index(finding.rule), language))
    yield json.dumps(_log(version, list(rules.values()), results, unreached), ensure_ascii=False, indent=1).encode()


def _log(
    version: str, rules: list[dict[str, Any]], results: list[dict[str, Any]], unreached: list[dict[str, Any]]
) -> dict[str, Any]:
    run = {
        "tool": {"driver": {"name": "gongshi", "version": version or "0", "rules": rules}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": unreached}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(finding: Finding, language: Language) -> dict[str, Any]:
    title, help_text = clean(pick(rule_title(finding.rule), language)), _help(finding, language)
    return {
        "id": finding.rule,
        "name": "".join(part.capitalize() for part in finding.rule.split("-")),
        "shortDescription": {"text": title},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": sorted({citation.level.value for citation in finding.basis})},
    }


def _help(finding: Finding, language: Language) -> str:
    lines = [clean(pick(finding.remedy, language))]
    lines += [
        f"{say(f'level.{citation.level}', language)}: {pick(sentences.cited(citation), language)}"
        for citation in finding.basis
    ]
    if sentences.needs_proxy_note(finding):
        lines.append(say("proxy-note", language))
    return "\n\n".join(filter(None, lines)) or finding.rule


def _result(audit: SiteAudit, finding: Finding, index: int, language: Language) -> dict[str, Any]:
    failed = finding.outcome is Outcome.FAILED
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail" if failed else "review",
        "level": _LEVELS[finding.severity] if failed else "none",  # SARIF 3.27.10: only a failure has a level
        "message": {"text": clean(pick(finding.message, language)) or finding.rule},
        "locations": [_location(one) for one in finding.evidence[:10]] or [_location(Evidence(audit.site, ""))],
        "partialFingerprints": {"gongshi/v1": fingerprint(audit, finding)},
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
    """An address as SARIF takes it: what a URI may not hold is percent-encoded; of a built folder its first page."""
    told = clean(url) + ("index.html" if url.endswith("/") and "://" not in url else "")
    return "".join(c if (c.isascii() and c.isalnum()) or c in "-._~:/?#[]@!$&'()*+,;=%" else _percent(c) for c in told)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


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
