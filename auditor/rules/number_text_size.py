"""The number is large enough to read, and not smaller than the ICP line beside it."""

from auditor import laws, wording
from auditor.facts import AI, ICP, Facts, by_number, evidence
from auditor.model import Severity, Text
from auditor.places import Measure, best_measure, in_sight
from auditor.rules import Meta, Ruling, failed, no_number, out_of_sight, passed, review

META = Meta(
    category="prominence",
    title=Text("字号过小", "Text too small"),
    requirement=Text(
        "编号字号清晰可读，且不小于同处的ICP备案号（参考标准）",
        "The number is large enough to read and not smaller than the ICP line beside it (reference values)",
    ),
    basis=(laws.LEGIBLE, laws.LASTING),
    severity=Severity.ADVICE,
    remedy=Text("建议字号不小于12px，且不小于同处ICP备案号。", "Use at least 12 px and not less than the ICP line."),
)

_WHAT = Text("字号", "text size")
_ROUNDING = 0.5  # px by which two lines of one size may differ as laid out


def check(facts: Facts) -> Ruling:
    """Advises below 12 px; warns below 10 px and below the size of the ICP line."""
    shown = facts.seen(*AI)
    places = by_number(in_sight(shown))
    if not places:
        return out_of_sight() if shown else no_number(*AI)
    measures = [best_measure(p, lambda view: view.font_px) for p in places.values()]
    found = [m for m in measures if m is not None]
    if len(found) < len(measures):
        return review("有编号的字号未能测量。", "The text size of a number could not be measured.")
    small = min(found, key=lambda m: m.value)
    said = wording.compared(facts.policy, "font-px", _WHAT, small.value)
    if icp := next((size for m in found if (size := _larger_icp(facts, m))), None):
        return failed(
            f"编号字号小于同处ICP备案号（{icp:.3g} px）：{said.zh}。{wording.PROXY.zh}",
            f"The number is smaller than the ICP line beside it ({icp:.3g} px): {said.en}. {wording.PROXY.en}",
            evidence(m.at for m in found),
            Severity.WARNING,
        )
    if small.value >= facts.policy["font-px"]:
        return passed(f"{said.zh}。", f"Measured: {said.en}.", evidence([small.at]))
    severe = Severity.WARNING if small.value < facts.policy["font-px-warning"] else None
    return failed(
        f"{said.zh}。{wording.PROXY.zh}", f"Measured: {said.en}. {wording.PROXY.en}", evidence([small.at]), severe
    )


def _larger_icp(facts: Facts, measure: Measure) -> float | None:
    """The size of an ICP number in the same part of the same page, where it is larger than this number's."""
    beside = [d for d in facts.seen(*ICP) if (d.page, d.region) == (measure.at.page, measure.at.region)]
    views = [d.views[measure.view] for d in beside if measure.view in d.views]
    smallest = min((v.font_px for v in views if v.visible and v.font_px), default=0.0)
    return smallest if smallest > measure.value + _ROUNDING else None
