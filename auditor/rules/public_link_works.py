"""The public-information link opens."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.links import registered_domain
from auditor.model import Disclosure, Severity, Target, Text
from auditor.pages import host
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from crawler.capture import LinkCheck, Reached

META = Meta(
    category="link",
    title=Text("公示信息链接失效", "The link does not open"),
    requirement=Text("公示信息链接可以打开", "The public-information link opens"),
    basis=(laws.ALGORITHM_DISPLAY,),
    severity=Severity.VIOLATION,
    remedy=Text("请修复失效链接，确保公众可访问。", "Repair the link."),
)

GONE = frozenset({404, 410})
AUTHORITY = frozenset({Target.OFFICIAL, Target.OFFICIAL_RECORD, Target.ANNOUNCEMENT})
TRIES = 2  # a page is gone when it said so twice in the audit


def check(facts: Facts) -> Ruling:
    """Fails for an own link that answered 404 or 410 twice; a system that could not be opened from here is a doubt."""
    linked = by_number(d for d in facts.seen(*AI) if d.link.target not in {Target.NONE, Target.DEAD})
    checked = {key: [(d, c) for d in p if (c := _check(facts, d))] for key, p in linked.items()}
    if not any(checked.values()):
        return not_applicable("没有链接，或本次未检查链接。", "There is no link, or links were not opened in this run.")
    bad = [pairs for pairs in checked.values() if pairs and not any(c.reached == Reached.OK for _, c in pairs)]
    gone = [pairs for pairs in bad if all(_is_gone(d, c) for d, c in pairs)]
    if not bad:
        return passed("公示信息链接可以打开。", "The public-information link opens.")
    worst, answer = (gone or bad)[0][0]
    href, status = wording.short(answer.url), answer.status or answer.reached.value
    shown = evidence(d for pairs in gone or bad for d, _ in pairs)
    if gone:
        return failed(
            f"编号 {wording.named([worst]).zh} 的链接 {href} {answer.tries} 次均返回 {status}，无法打开。",
            f"The link of {wording.named([worst]).en}, {href}, answered {status} {answer.tries} times.",
            shown,
        )
    return review(
        f"链接 {href} 此次未能打开（{status}），可能是网络或系统暂时原因，请人工核实。",
        f"{href} could not be opened from here ({status}): the network or the system may be the cause.",
        shown,
        severity=Severity.ADVICE if all(_is_authoritys(d) for pairs in bad for d, _ in pairs) else None,
    )


def _is_authoritys(d: Disclosure) -> bool:
    """An authority's system that does not answer us is no doubt about the site: it must not change the verdict."""
    return d.link.target in AUTHORITY


def _check(facts: Facts, d: Disclosure) -> LinkCheck | None:
    return next(
        (c for c in facts.capture.links if c.url.partition("#")[0] == (d.link.href or "").partition("#")[0]), None
    )


def _is_gone(d: Disclosure, answer: LinkCheck) -> bool:
    own = registered_domain(host(answer.url)) == registered_domain(host(d.page))
    return own and answer.status in GONE and answer.tries >= TRIES
