"""Sentences that sum up: what an audit says in one breath, and how a disclosure stands."""

from collections.abc import Callable, Iterable
from itertools import groupby

from auditor.model import (
    Citation,
    Disclosure,
    Finding,
    Level,
    NumberKind,
    Outcome,
    Prominence,
    Severity,
    SiteAudit,
    Text,
    Verdict,
)
from crawler.capture import Reached
from reports.i18n import word
from reports.safe import clean

PROMINENCE = frozenset(
    (
        "footer-reachable",
        "number-click-depth",
        "number-contrast",
        "number-in-prominent-place",
        "number-is-text",
        "number-label-matches-kind",
        "number-persistent",
        "number-text-size",
        "number-visible",
        "number-visible-on-mobile",
    )
)
"""Rules that give a meaning to 显著位置. The law gives no figure, and each such finding must say so."""


def needs_proxy_note(finding: Finding) -> bool:
    """Whether a finding must be followed by the line that the law names no number: it does not say so itself."""
    of_proxy = finding.rule in PROMINENCE or any(citation.level is Level.PROXY for citation in finding.basis)
    return of_proxy and word("proxy-note").zh not in finding.message.zh


def failed(audit: SiteAudit, severity: Severity) -> tuple[Finding, ...]:
    """Failed findings of one severity."""
    return tuple(f for f in audit.findings if f.outcome is Outcome.FAILED and f.severity is severity)


def of_outcome(audit: SiteAudit, outcome: Outcome) -> tuple[Finding, ...]:
    """Findings of one outcome."""
    return tuple(f for f in audit.findings if f.outcome is outcome)


def groups(audit: SiteAudit) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Findings that a reader must see, worst first, by the key of their heading; empty groups left out."""
    found = (
        ("severity.violation", failed(audit, Severity.VIOLATION)),
        ("severity.warning", failed(audit, Severity.WARNING)),
        ("to-review", of_outcome(audit, Outcome.NEEDS_REVIEW)),
        ("severity.advice", failed(audit, Severity.ADVICE)),
        ("error-rules", of_outcome(audit, Outcome.ERROR)),
    )
    return tuple((key, findings) for key, findings in found if findings)


def verdict(audit: SiteAudit) -> Text:
    """The verdict in a sentence."""
    return _VERDICTS[audit.verdict](audit)


def _unreached(audit: SiteAudit) -> Text:
    why = word(f"reached.{audit.reached}")
    return Text(
        f"未能打开该网站（{why.zh}），因此未作判断：既不计为符合，也不计为不符合。",
        f"The site could not be opened ({why.en}), so nothing was judged: "
        "it counts neither as compliant nor as non-compliant.",
    )


def _not_applicable(audit: SiteAudit) -> Text:
    pages = opened(audit)
    return Text(
        f"在打开的 {pages} 个页面上未见人工智能服务，也未见相关编号，所查要求不适用。",
        f"On the {counted(pages, 'page')} opened, no AI service and no AI filing number was seen; "
        "the requirements do not apply.",
    )


def _clean(audit: SiteAudit) -> Text:
    pages, passed = opened(audit), len(of_outcome(audit, Outcome.PASSED))
    return _with_more(
        audit,
        f"在打开的 {pages} 个页面上，适用的要求均未发现不符之处（{passed} 项通过）",
        f"On the {counted(pages, 'page')} opened, nothing was found amiss ({counted(passed, 'rule')} passed)",
        (Severity.ADVICE,),
    )


def _review(audit: SiteAudit) -> Text:
    checks = len(of_outcome(audit, Outcome.NEEDS_REVIEW))
    return Text(
        f"没有可以确认的不符之处；有 {checks} 项机器无法判断，需人工核对。",
        f"Nothing is established against the site; {counted(checks, 'item')} cannot be told by machine "
        "and a person should check.",
    )


def _warning(audit: SiteAudit) -> Text:
    count = len(failed(audit, Severity.WARNING))
    return _with_more(
        audit,
        f"有 {count} 项疑似不符合所引要求",
        f"{counted(count, 'item')} may fall short of the requirements quoted",
        (Severity.ADVICE,),
    )


def _violation(audit: SiteAudit) -> Text:
    count = len(failed(audit, Severity.VIOLATION))
    return _with_more(
        audit,
        f"有 {count} 项不符合所引要求",
        f"{counted(count, 'requirement')} quoted below {'is' if count == 1 else 'are'} not met",
        (Severity.WARNING, Severity.ADVICE),
    )


_VERDICTS: dict[Verdict, Callable[[SiteAudit], Text]] = {
    Verdict.VIOLATION: _violation,
    Verdict.WARNING: _warning,
    Verdict.REVIEW: _review,
    Verdict.CLEAN: _clean,
    Verdict.NOT_APPLICABLE: _not_applicable,
    Verdict.UNREACHED: _unreached,
}

_MORE = {
    Severity.WARNING: ("{} 项疑似不符", "shortfall suspected"),
    Severity.ADVICE: ("{} 项建议", "piece of advice"),
}


def _with_more(audit: SiteAudit, zh: str, en: str, severities: Iterable[Severity]) -> Text:
    """Add what else was found, so that the sentence hides nothing."""
    more = [(len(failed(audit, severity)), *_MORE[severity]) for severity in severities]
    more.append((len(of_outcome(audit, Outcome.NEEDS_REVIEW)), "{} 项需人工核对", "item for a person to check"))
    more = [part for part in more if part[0]]
    if more:
        zh += "；另有 " + "、".join(form.format(count) for count, form, _ in more)
        en += "; also " + ", ".join(counted(count, noun) for count, _, noun in more)
    return Text(zh + "。", en + ".")


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pieces of advice`: the first word takes the plural."""
    first, _, rest = noun.partition(" ")
    return " ".join(filter(None, (str(number), first if number == 1 else first + "s", rest)))


def opened(audit: SiteAudit) -> int:
    """How many pages were opened."""
    return sum(page.reached is Reached.OK for page in audit.pages)


def standing(view: Prominence) -> Text:
    """How a disclosure stands in one view: seen or why not, size, contrast, distance, cover."""
    parts = [part for part in (_size(view), _contrast(view), _distance(view), _cover(view)) if part]
    return Text(
        " · ".join([seen(view).zh, *(p.zh for p in parts)]), " · ".join([seen(view).en, *(p.en for p in parts)])
    )


def seen(view: Prominence) -> Text:
    """Whether a disclosure is seen in a view, and why not."""
    if view.visible or not view.why_not:
        return word("seen" if view.visible else "unseen")
    why = word(f"why.{view.why_not}")
    return Text(f"不可见（{why.zh}）", f"not visible ({why.en})")


def _size(view: Prominence) -> Text | None:
    return _measure("font-size", view.font_px, "{:.1f} px", "{:.1f} px")


def _contrast(view: Prominence) -> Text | None:
    return _measure("contrast", view.contrast, "{:.1f}:1", "{:.1f}:1")


def _distance(view: Prominence) -> Text | None:
    return _measure("distance", view.screens_down, "{:.1f} 屏", "{:.1f} screens")


def _cover(view: Prominence) -> Text | None:
    return _measure("covered", view.covered or None, "{:.0%}", "{:.0%}")


def _measure(key: str, value: float | None, zh: str, en: str) -> Text | None:
    return None if value is None else Text(f"{word(key).zh} {zh.format(value)}", f"{word(key).en} {en.format(value)}")


def cited(citation: Citation) -> Text:
    """The words that a rule rests on, with where they stand."""
    law, article, quote = (clean(part, 600) for part in (citation.law, citation.article, citation.quote))
    place = law + (" " if law[-1:].isascii() else "") + article
    return Text(place + (f"：“{quote}”" if quote else ""), f"{law} {article}" + (f": “{quote}”" if quote else ""))


def grounds(citation: Citation) -> Text:
    """The words that a rule rests on, after what kind of text they are from."""
    level, told = word(f"level.{citation.level}"), cited(citation)
    return Text(f"{word('basis').zh}（{level.zh}）：{told.zh}", f"{word('basis').en} ({level.en}): {told.en}")


def distinct(disclosures: tuple[Disclosure, ...]) -> list[tuple[Disclosure, ...]]:
    """Disclosures of the same number together, the nearest to the home page and best to see first."""

    def identity(one: Disclosure) -> tuple[bool, int, str]:
        return not one.own, list(NumberKind).index(one.kind), one.number or one.raw

    def rank(one: Disclosure) -> tuple[int, int]:
        return one.clicks, -sum(view.visible for view in one.views.values())

    ordered = sorted(disclosures, key=lambda one: (identity(one), rank(one)))
    return [tuple(same) for _, same in groupby(ordered, key=identity)]


def measured(audit: SiteAudit, finding: Finding) -> tuple[tuple[Disclosure, str, Prominence], ...]:
    """The views of the disclosures that a finding points at, so that its figures can stand beside it."""
    places = {(e.page, e.selector, e.view) for e in finding.evidence if e.selector}
    return tuple(
        (disclosure, name, view)
        for disclosure in audit.disclosures
        for name, view in disclosure.views.items()
        if {(disclosure.page, disclosure.selector, name), (disclosure.page, disclosure.selector, None)} & places
    )
