"""The link of the algorithm filing number leads to the filing system or to the public information itself."""

from auditor import laws, remedies, wording
from auditor.facts import ALGORITHM, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Target, Text
from auditor.pages import explains_algorithm, page_at
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review

META = Meta(
    category="link",
    title=Text("链接指向错误", "Link goes to the wrong place"),
    requirement=Text(
        "算法备案编号的链接指向备案系统，或指向载有公示内容的页面",
        "The link of an algorithm number leads to the filing system or to a page with the public information",
    ),
    basis=(laws.ALGORITHM_DISPLAY,),
    severity=Severity.WARNING,
    remedy=Text(
        "请将链接改为互联网信息服务算法备案系统或公示内容页面。",
        "Point it to the filing system or to a page with the public information.",
    ),
)

RIGHT = frozenset({Target.OFFICIAL, Target.OFFICIAL_RECORD, Target.ANNOUNCEMENT})
WRONG = {
    Target.THIRD_PARTY: Text("第三方网站", "somebody else's site"),
    Target.WRONG_AUTHORITY: Text("其他主管部门的系统", "the system of another authority"),
    Target.LOOKALIKE: Text("与官方域名相似的非官方域名", "a host that only looks like the official one"),
}


def check(facts: Facts) -> Ruling:
    """Fails where every link of a number leads elsewhere; an own page passes if it holds the public information."""
    linked = by_number(d for d in facts.seen(*ALGORITHM) if d.link.target in {*RIGHT, *WRONG, Target.OWN})
    if not linked:
        return not_applicable("没有可供核对去向的公示信息链接。", "There is no link whose target could be judged.")
    open_ = [p for p in linked.values() if not any(d.link.target in RIGHT for d in p)]
    wrong = [p[0] for p in open_ if all(_is_wrong(facts, d) for d in p)]
    if wrong:
        return failed(*_where(wrong), evidence(wrong), html=remedies.links(wrong))
    unsure = [d for p in open_ if not any(_holds_public_information(facts, d) for d in p) for d in p]
    if unsure:
        return review(
            f"链接指向本站页面 {wording.short(unsure[0].link.href or '')}，未能确认其载有算法公示内容。",
            f"The link leads to a page of the site itself, {wording.short(unsure[0].link.href or '')}; "
            "whether it holds the public information could not be established.",
            evidence(unsure),
        )
    return passed("链接指向备案系统或公示内容页面。", "The link leads to the filing system or the public information.")


def _is_wrong(facts: Facts, d: Disclosure) -> bool:
    page = page_at(facts, d.link.href or "")
    says_nothing = page is not None and not explains_algorithm(page) and d.raw not in page.text
    return d.link.target in WRONG or (d.link.target == Target.OWN and says_nothing)


def _holds_public_information(facts: Facts, d: Disclosure) -> bool:
    page = page_at(facts, d.link.href or "")
    return d.link.target == Target.OWN and page is not None and explains_algorithm(page)


def _where(wrong: list[Disclosure]) -> tuple[str, str]:
    first, what = wrong[0], wording.named(wrong)
    own = Text("未载公示内容的本站页面", "a page of the site without the public information")
    kind, href = WRONG.get(first.link.target, own), wording.short(first.link.href or "")
    return (
        f"编号 {what.zh} 的链接指向{kind.zh}（{href}），不是备案系统或公示内容页面。",
        f"The link of {what.en} leads to {kind.en} ({href}), not to the filing system or the public information.",
    )
