"""The home page shows the ICP filing or licence number."""

from auditor import laws, wording
from auditor.facts import ICP, Facts, evidence, is_seen, looked_at
from auditor.model import Severity, Text
from auditor.pages import outside_icp
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from crawler.capture import Role

META = Meta(
    category="companion",
    title=Text("首页未标明ICP备案号", "ICP number missing on the home page"),
    requirement=Text(
        "网站主页的显著位置标明经营许可证编号或者备案编号",
        "The home page shows the ICP licence or filing number in a prominent place",
    ),
    basis=(laws.ICP_DISPLAY,),
    severity=Severity.VIOLATION,
    remedy=Text("请在首页底部标明ICP备案号或许可证号。", "Show the ICP number at the foot of the home page."),
)


def check(facts: Facts) -> Ruling:
    """Fails where a home page for people in China, on a domain name, was read whole and shows none."""
    if facts.home is None and any(page.store for page in facts.pages):
        return not_applicable("所查为应用商店页面，不是网站首页。", "A store page was audited, not a home page.")
    home = [d for d in facts.own(*ICP) if d.role == Role.HOME]
    numbers = [d for d in home if is_seen(d) and "placeholder" not in d.problems]
    if numbers:
        return passed("首页标明了ICP备案号或许可证号。", "The home page shows the ICP number.", evidence(numbers))
    if any("placeholder" in d.problems and is_seen(d) for d in home):
        return not_applicable("首页以占位代替ICP备案号，由另一规则判断。", "A placeholder stands there: another rule.")
    unsure = next((view.doubt for d in home for view in d.views.values() if view.doubt), None)
    if unsure:
        why = wording.why_hidden(unsure)
        return review(
            f"首页的ICP备案号能否看到需要人工核实：{why.zh}。",
            f"Whether the ICP number on the home page can be seen needs a person's eye: {why.en}.",
            evidence(home),
        )
    doubt = facts.unread() or outside_icp(facts)
    if doubt:
        return review(
            f"首页未见ICP备案号，但{doubt.zh}。", f"No ICP number was seen, but {doubt.en}.", looked_at(facts)
        )
    hidden = Text("首页代码中有ICP备案号，但用户看不到。", "The home page holds an ICP number that nobody can see.")
    absent = Text("首页未标明ICP备案号或经营许可证编号。", "The home page shows no ICP filing or licence number.")
    says = hidden if home else absent
    return failed(says.zh, says.en, evidence(home) or looked_at(facts)[:1])
