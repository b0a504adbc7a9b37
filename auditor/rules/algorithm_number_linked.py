"""The algorithm filing number carries a link to its public information."""

from auditor import laws, remedies, wording
from auditor.facts import ALGORITHM, Facts, by_number, evidence
from auditor.links import ALGORITHM_SYSTEM
from auditor.model import Disclosure, Severity, Target, Text
from auditor.pages import links_to
from auditor.rules import Meta, Ruling, failed, no_number, passed, review

META = Meta(
    category="link",
    title=Text("未提供公示信息链接", "No public-information link for the algorithm number"),
    requirement=Text(
        "所标明的算法备案编号附有公示信息链接",
        "The displayed algorithm number carries a link to its public information",
    ),
    basis=(laws.ALGORITHM_DISPLAY, laws.SYNTHESIS_DISPLAY),
    severity=Severity.VIOLATION,
    remedy=Text(
        "请为备案编号添加公示信息链接（备案系统或公示内容页面）。",
        "Link the number to its public information (the filing system or a page that reproduces it).",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails for a number that has no link at any of its places; '#', javascript: and empty are no links."""
    places = by_number(facts.seen(*ALGORITHM))
    if not places:
        return no_number(*ALGORITHM)
    bare = [p for p in places.values() if not any(_linked(d) for d in p)]
    if not bare:
        return passed("算法备案编号附有公示信息链接。", "The algorithm filing number carries a link.")
    shown = [p[0] for p in bare]
    what = wording.named(shown)
    if any(d.link.clickable for p in bare for d in p):
        return review(
            f"编号 {what.zh} 没有链接地址，但似可由脚本点击打开，请人工点击核实。",
            f"{what.en} has no link address, but a script seems to make it clickable: click it to see.",
            evidence(shown),
        )
    if system := links_to(facts, ALGORITHM_SYSTEM):
        return review(
            f"编号 {what.zh} 旁未见链接，但页面另有指向算法备案系统的链接（{system}），请核实是否即其公示信息链接。",
            f"{what.en} has no link beside it, but the page links to the filing system elsewhere ({system}): "
            "check whether that is its public-information link.",
            evidence(shown),
        )
    return failed(
        f"标明了编号 {what.zh}，但未提供公示信息链接（编号及其所在段落均无可用链接）。",
        f"The site shows {what.en}, but neither the number nor its block carries a public-information link.",
        evidence(shown),
        html=remedies.links(shown),
    )


def _linked(d: Disclosure) -> bool:
    return d.link.target not in {Target.NONE, Target.DEAD}
