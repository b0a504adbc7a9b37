"""The ICP filing number links to the ministry's filing system."""

from auditor import laws, remedies, wording
from auditor.facts import Facts, evidence
from auditor.model import Disclosure, NumberKind, Severity, Target, Text
from auditor.pages import links_to
from auditor.rules import Meta, Ruling, failed, no_number, passed, review

META = Meta(
    category="companion",
    title=Text("ICP备案号未链接或链接错误", "ICP number not linked or linked wrongly"),
    requirement=Text(
        "备案编号链接工业和信息化部备案管理系统（https://beian.miit.gov.cn）",
        "The number links to the ministry's filing system (https://beian.miit.gov.cn)",
    ),
    basis=(laws.ICP_LINK,),
    severity=Severity.VIOLATION,
    remedy=Text("请链接至 https://beian.miit.gov.cn 。", "Link it to https://beian.miit.gov.cn ."),
)

ICP_SYSTEM = "beian.miit.gov.cn"
RIGHT = frozenset({Target.OFFICIAL, Target.OFFICIAL_RECORD})


def check(facts: Facts) -> Ruling:
    """Fails for a filing number that no place links to the system; licences (ICP证) are under another decree."""
    numbers = facts.shown(NumberKind.ICP)
    if not numbers:
        return no_number(NumberKind.ICP)
    right = {_subject(d) for d in numbers if d.link.target in RIGHT}
    wrong = [d for d in numbers if _subject(d) not in right]
    if not wrong:
        return passed("ICP备案号链接到备案管理系统。", "The ICP number links to the filing system.")
    what, href = wording.named(wrong), wording.short(wrong[0].link.href or "")
    if all(d.link.clickable for d in wrong) or any(d.link.target == Target.BROKEN for d in wrong):
        return review(
            f"ICP备案号 {what.zh} 的链接需要人工点击核实。",
            f"The link of {what.en} has to be clicked by a person.",
            evidence(wrong),
        )
    bare = all(d.link.target in {Target.NONE, Target.DEAD} for d in wrong)
    if bare and not right and links_to(facts, ICP_SYSTEM):
        return review(
            f"ICP备案号 {what.zh} 上未见链接，但页面另有指向备案管理系统的链接，请核实是否即“在备案编号下方”的链接。",
            f"{what.en} carries no link, but the page links to the filing system elsewhere: see whether that is the "
            "link asked for beneath the number.",
            evidence(wrong),
        )
    says = Text("未链接备案管理系统", "is not linked") if bare else Text(f"链接到 {href}", f"links to {href}")
    return failed(
        f"ICP备案号 {what.zh} {says.zh}，应链接 https://beian.miit.gov.cn 。",
        f"{what.en} {says.en}; it should link to https://beian.miit.gov.cn .",
        evidence(wrong),
        html=remedies.links(wrong),
    )


def _subject(d: Disclosure) -> str:
    """The filing without the number of the single site: 京ICP备…号 of 京ICP备…号-1."""
    return (d.number or d.raw).partition("号")[0]
