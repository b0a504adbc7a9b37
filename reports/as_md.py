"""Markdown, a summary for a pull request or an issue: what a site's text could do to the page is taken from it."""

import re
from collections.abc import Iterable, Iterator

from auditor.model import Finding, Outcome, SiteAudit
from reports import Options, sentences
from reports.i18n import Language, labelled, pick, say
from reports.safe import clean, web_address

SUFFIX = ".md"

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~$&-])")


def render(audits: Iterable[SiteAudit], options: Options) -> Iterator[bytes]:
    """Yield a section a site."""
    for audit in audits:
        yield "\n".join(_site(audit, options.language)).encode() + b"\n\n"


def _site(audit: SiteAudit, language: Language) -> Iterator[str]:
    name = escape(audit.seed.name or audit.site, 80)
    yield f"## {labelled(say(f'verdict.{audit.verdict}', language), name, language)}\n"
    yield f"{_address(audit.site)} · {escape(pick(sentences.verdict(audit), language))}\n"
    groups = sentences.groups(audit)
    if groups:
        headings = (say(key, language) for key in ("outcome", "rule", "finding", "remedy"))
        yield f"| {' | '.join(headings)} |"
        yield "|---|---|---|---|"
    for key, findings in groups:
        for finding in findings:
            yield _row(key, finding, language)
    noted = [f for _, findings in groups for f in findings if sentences.needs_proxy_note(f)]
    if any(finding.outcome is not Outcome.ERROR for finding in noted):
        yield f"\n_{say('proxy-note', language)}_"
    yield f"\n_{say('person-decides', language)}_"


def _row(key: str, finding: Finding, language: Language) -> str:
    basis = "<br>".join(escape(pick(sentences.grounds(citation), language), 300) for citation in finding.basis)
    message = escape(pick(finding.message, language), 600)
    told = f"{message}<br><sub>{basis}</sub>" if basis else message
    remedy = escape(pick(finding.remedy, language), 600)
    return f"| {say(key, language)} | `{escape(finding.rule, 60)}` | {told} | {remedy} |".replace("\\-", "-")


def escape(text: str, limit: int = 2000) -> str:
    """`text` as Markdown that shows it: no markup, no link, and no mention of a user. Addresses can be copied.

    >>> escape("<b>@team</b> [x](javascript:1)")
    '\\\\<b\\\\>@\\u200bteam\\\\</b\\\\> \\\\[x\\\\]\\\\(javascript:1\\\\)'
    """
    return _SPECIAL.sub(r"\\\1", clean(text, limit)).replace("@", "@\u200b").replace("://", "&#58;//")


def _address(url: str) -> str:
    safe = web_address(url)
    return f"<{safe}>" if safe and not re.search(r"[\s<>|]", safe) else escape(url)
