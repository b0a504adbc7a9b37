"""An app's filing number is shown and, where it is linked, linked to the ministry's system."""

from auditor import laws, remedies, wording
from auditor.facts import Facts, by_number, evidence
from auditor.model import Evidence, NumberKind, Severity, Target, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from crawler.capture import Reached, Role

META = Meta(
    category="app/detail",
    title=Text("未标明APP备案号或链接错误", "App filing number not shown, or linked wrongly"),
    requirement=Text(
        "APP在显著位置标明备案编号，并在其下方链接工业和信息化部备案系统",
        "An app shows its filing number prominently, with a link to the ministry's system beneath",
    ),
    basis=(laws.APP_DISPLAY, laws.APP_FILING),
    severity=Severity.WARNING,
    remedy=Text(
        "请在APP“设置—关于”等显著位置标明APP备案号并链接 beian.miit.gov.cn。",
        "Show the app's number under Settings/About with a link to beian.miit.gov.cn.",
    ),
)

WRONG = frozenset({Target.THIRD_PARTY, Target.WRONG_AUTHORITY, Target.LOOKALIKE})


def check(facts: Facts) -> Ruling:
    """Fails for a wrong link; what only the app itself would show is left to a person."""
    places = by_number(facts.seen(NumberKind.ICP_APP))
    wrong = [p[0] for p in places.values() if all(d.link.target in WRONG for d in p)]
    if wrong:
        what, href = wording.named(wrong), wording.short(wrong[0].link.href or "")
        return failed(
            f"APP备案号 {what.zh} 的链接指向 {href}，不是工业和信息化部备案系统。",
            f"The link of {what.en} leads to {href}, not to the ministry's filing system.",
            evidence(wrong),
            html=remedies.links(wrong),
        )
    if places:
        return passed("标明了APP备案号。", "The app's filing number is shown.")
    stores = [p for p in facts.pages if p.store and p.reached == Reached.OK and p.role == Role.STORE]
    if not stores:
        return not_applicable(
            "未采集应用商店页面；应用内的公示无法由网页判断。", "No store page; what the app shows is not seen."
        )
    return review(
        "应用商店页面未见APP备案号；应用内可能另有标明，请人工核实。",
        "The store page shows no app filing number; the app itself may.",
        [Evidence(p.url, "") for p in stores],
    )
