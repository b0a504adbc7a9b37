"""The number stands out from its ground."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Prominence, Severity, Text
from auditor.places import best_measure, best_placed, in_sight
from auditor.rules import Meta, Ruling, failed, no_number, out_of_sight, passed, review

META = Meta(
    category="prominence",
    title=Text("颜色对比不足", "Contrast too low"),
    requirement=Text(
        "编号文字与背景的对比度足以辨认（参考标准）", "The number stands out from its ground (reference values)"
    ),
    basis=(laws.LEGIBLE, laws.CONTRAST),
    severity=Severity.ADVICE,
    remedy=Text("建议对比度不低于4.5:1。", "Raise the contrast to 4.5:1 or more."),
)

LARGE_PX = 24.0
"""18 pt: from here on WCAG 1.4.3 asks for 3:1 only."""

_WHAT = Text("对比度", "contrast")


def check(facts: Facts) -> Ruling:
    """Advises below 4.5:1, warns below 3:1; text in the colour of its ground is `number-visible`."""
    shown = facts.seen(*AI)
    places = by_number(in_sight(shown))
    if not places:
        return out_of_sight() if shown else no_number(*AI)
    large = facts.policy["contrast"] / facts.policy["contrast-warning"]
    measures = {key: best_measure(p, lambda view: _contrast(view, large)) for key, p in places.items()}
    found = [m for m in measures.values() if m is not None]
    low = min(found, key=lambda m: m.value, default=None)
    if low is not None and low.value < facts.policy["contrast"]:
        said = wording.compared(facts.policy, "contrast", _WHAT, low.value)
        severe = Severity.WARNING if low.value < facts.policy["contrast-warning"] else None
        return failed(
            f"{said.zh}。{wording.PROXY.zh}", f"Measured: {said.en}. {wording.PROXY.en}", evidence([low.at]), severe
        )
    unknown = [best_placed(p)[0] for key, p in places.items() if measures[key] is None]
    if low is None or unknown:
        why = wording.why_hidden(next((v.doubt for d in unknown for v in d.views.values() if v.doubt), None))
        return review(
            f"对比度未能测量：{why.zh}。", f"The contrast could not be measured: {why.en}.", evidence(unknown)
        )
    said = wording.compared(facts.policy, "contrast", _WHAT, low.value)
    return passed(f"{said.zh}。", f"Measured: {said.en}.", evidence([low.at]))


def _contrast(view: Prominence, large: float) -> float | None:
    """The ratio; of large text raised by as much as less is asked of it."""
    if view.contrast is None:
        return None
    return view.contrast * large if (view.font_px or 0) >= LARGE_PX else view.contrast
