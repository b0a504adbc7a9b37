"""The ICP number stands at the foot of the home page, and there is one."""

from auditor import laws, wording
from auditor.facts import Facts, evidence
from auditor.model import Disclosure, NumberKind, Severity, Text
from auditor.pages import height
from auditor.rules import Meta, Ruling, failed, no_number, passed
from crawler.capture import Role

META = Meta(
    category="companion",
    title=Text("ICP备案号位置或内容不一致", "ICP number misplaced, or several different ones"),
    requirement=Text(
        "备案编号标明在主页底部的中央位置，并与该域名的备案一致",
        "The number stands bottom centre of the home page and is the one of this domain",
    ),
    basis=(laws.ICP_PLACE,),
    severity=Severity.ADVICE,
    remedy=Text("请置于首页底部中央并与备案系统一致。", "Put it bottom centre and match the record."),
)

_WHAT = Text("距页首的相对位置", "place as a share of the page's height:")


def check(facts: Facts) -> Ruling:
    """Advises outside the last fifth of the page; warns where the home page shows filings of different operators."""
    home = [d for d in facts.shown(NumberKind.ICP) if d.role == Role.HOME]
    if not home:
        return no_number(NumberKind.ICP)
    subjects = {(d.number or d.raw).partition("号")[0] for d in home}
    if len(subjects) > 1:
        what = wording.named(home)
        return failed(
            f"首页标明了不同主体的ICP备案号：{what.zh}，至少一个与该域名的备案不一致。",
            f"The home page shows ICP filings of different operators: {what.en}; at least one is not this domain's.",
            evidence(home),
            Severity.WARNING,
        )
    share, lowest = max(((_share(facts, d), d) for d in home), key=lambda pair: pair[0])
    said = wording.compared(facts.policy, "icp-bottom", _WHAT, share)
    if share >= facts.policy["icp-bottom"]:
        return passed(f"ICP备案号位于首页底部：{said.zh}。", f"At the foot of the page: {said.en}.", evidence([lowest]))
    return failed(f"ICP备案号不在首页底部：{said.zh}。", f"Not at the foot: {said.en}.", evidence([lowest]))


def _share(facts: Facts, d: Disclosure) -> float:
    """How far down the page it stands, 0 … 1; 1 where that was not measured or it stands in the footer."""
    if d.region == "footer":
        return 1.0
    shares = [
        (view.box[1] + view.box[3]) / tall
        for name, view in d.views.items()
        if view.visible and view.box and (tall := height(facts, d, name))
    ]
    return max(shares, default=1.0)
