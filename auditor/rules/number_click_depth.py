"""The number can be reached in few clicks."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="prominence",
    title=Text("到达层级过深", "Too many clicks from the home page"),
    requirement=Text(
        "编号在首页，或由首页少量点击即可到达（参考标准）",
        "The number is on the home page or few clicks away from it (reference values)",
    ),
    basis=(laws.FEW_CLICKS, laws.TWO_CLICKS),
    severity=Severity.WARNING,
    remedy=Text("请减少层级，建议首页直达。", "Shorten the path; ideally show the number on the home page."),
)

_WHAT = Text("由首页点击", "clicks from the home page:")


def check(facts: Facts) -> Ruling:
    """Advises from two clicks on, warns from three; each number counts by its nearest place."""
    places = by_number(facts.seen(*AI))
    if not places:
        return no_number(*AI)
    nearest = [min(p, key=lambda d: d.clicks) for p in places.values()]
    far = max(nearest, key=lambda d: d.clicks)
    if far.clicks < facts.policy["clicks-advice"]:
        said = wording.compared(facts.policy, "clicks-advice", _WHAT, far.clicks)
        return passed(f"{said.zh}。", f"Measured: {said.en}.", evidence([far]))
    limits = ("clicks-strong", "clicks-warning", "clicks-advice")
    over = facts.policy["clicks-strong"] < far.clicks, far.clicks >= facts.policy["clicks-warning"], True
    limit = next(name for name, exceeded in zip(limits, over, strict=True) if exceeded)
    said = wording.compared(facts.policy, limit, _WHAT, far.clicks)
    path = " → ".join(wording.short(label, 20) for label in far.via)
    return failed(
        f"{said.zh}。路径：{path}。{wording.PROXY.zh}",
        f"Measured: {said.en}. Path: {path}. {wording.PROXY.en}",
        evidence([far]),
        Severity.ADVICE if limit == "clicks-advice" else None,
    )
