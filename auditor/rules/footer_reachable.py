"""The foot of the page, where the number stands, can be reached."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Text
from auditor.places import best_measure
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review

META = Meta(
    category="prominence",
    title=Text("页脚无法到达", "The footer cannot be reached"),
    requirement=Text("标明编号的位置实际可以到达", "The place of display can actually be reached"),
    basis=(laws.ALGORITHM_DISPLAY, laws.FOOTER_IS_PROMINENT),
    severity=Severity.WARNING,
    remedy=Text(
        "请保证页脚可到达，或在首屏/侧栏另行标明。",
        "Make the footer reachable, or repeat the number elsewhere on the page.",
    ),
)

_WHAT = Text("距页首", "from the top of the page:")


def check(facts: Facts) -> Ruling:
    """Fails only where no scrolling brings any place of a number into view; distance alone is told, never failed."""
    places = by_number(d for d in facts.own(*AI) if d.views and "placeholder" not in d.problems)
    feet = {key: p for key, p in places.items() if all(d.region == "footer" for d in p)}
    if not feet:
        return not_applicable("没有仅标明于页脚的编号。", "No number stands in a footer only.")
    fleeing = [p[0] for p in feet.values() if all(_flees(d) for d in p)]
    if fleeing and any(view.doubt == "scroll-locked" for d in fleeing for view in d.views.values()):
        return review(
            f"编号 {wording.named(fleeing).zh} 位于页脚，而页面当时不能滚动（可能因弹窗），请人工核实。",
            f"{wording.named(fleeing).en} stands in a footer of a page that did not scroll (a dialog, perhaps).",
            evidence(fleeing),
        )
    if fleeing:
        what = wording.named(fleeing)
        return failed(
            f"编号 {what.zh} 位于页脚，但滚动加载使页脚始终无法到达。{wording.PROXY.zh}",
            f"{what.en} stands in a footer that flees from scrolling and is never reached. {wording.PROXY.en}",
            evidence(fleeing),
        )
    depths = [m for p in feet.values() if (m := best_measure(p, lambda v: -(v.screens_down or 0))) is not None]
    deepest = -min((m.value for m in depths), default=0)
    said = wording.compared(facts.policy, "screens-down", _WHAT, deepest)
    shown = evidence(m.at for m in depths)
    if deepest <= facts.policy["screens-down"]:
        return passed(f"页脚可以到达：{said.zh}。", f"The footer can be reached: {said.en}.", shown)
    return passed(
        f"页脚可以到达，但位置较深：{said.zh}。", f"The footer can be reached, but lies deep: {said.en}.", shown
    )


def _flees(d: Disclosure) -> bool:
    return any(view.reachable is False for view in d.views.values())
