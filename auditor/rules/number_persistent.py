"""The display lasts."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed, review

META = Meta(
    category="prominence",
    title=Text("仅短暂或悬停显示", "Shown only for a moment, on hover, or until something is closed"),
    requirement=Text("编号持续显示（参考标准）", "The number is shown permanently (reference value)"),
    basis=(laws.LASTING, laws.LASTING_COMMERCE),
    severity=Severity.WARNING,
    remedy=Text("请改为常驻展示。", "Show it permanently."),
)


def check(facts: Facts) -> Ruling:
    """Fails for a number whose every place is a splash, toast, carousel frame, hover text or closable dialog."""
    places = by_number(d for d in facts.own(*AI) if _appears(d) and "placeholder" not in d.problems)
    if not places:
        return no_number(*AI)
    fleeting = [p[0] for p in places.values() if all(_passes(d) for d in p)]
    what = wording.named(fleeting)
    if fleeting:
        return failed(
            f"编号 {what.zh} 仅在弹窗、提示、轮播或悬停中出现，随后消失或可被关闭；参考标准为持续显示。"
            f"{wording.PROXY.zh}",
            f"{what.en} appears only in something that goes away or can be closed; the reference is permanent display. "
            f"{wording.PROXY.en}",
            evidence(fleeting),
        )
    unsure = [p[0] for p in places.values() if not any(_stays(d) for d in p)]
    if unsure:
        what = wording.named(unsure)
        return review(
            f"编号 {what.zh} 仅见于弹窗，是否持续显示需要人工核实。",
            f"{what.en} stands only in a dialog; whether it stays needs a person's eye.",
            evidence(unsure),
        )
    return passed("编号持续显示。", "The number is shown permanently.")


def _appears(d: Disclosure) -> bool:
    return any(view.visible or view.persistent is False for view in d.views.values())


def _passes(d: Disclosure) -> bool:
    return any(view.persistent is False for view in d.views.values())


def _stays(d: Disclosure) -> bool:
    looked = any(view.persistent for view in d.views.values())
    return not _passes(d) and (looked or d.region != "dialog")
