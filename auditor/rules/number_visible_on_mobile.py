"""A number that is visible at desktop size is whole on phones too."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Text
from auditor.places import visible_in
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review

META = Meta(
    category="prominence",
    title=Text("移动端遮挡或截断", "Hidden, covered or cut off on phones"),
    requirement=Text("编号在手机屏幕上完整可见", "The number is fully visible on phones"),
    basis=(laws.ALGORITHM_DISPLAY, laws.LEGIBLE),
    severity=Severity.WARNING,
    remedy=Text("请适配移动端，避免遮挡、截断或省略号。", "Fix the layout for phones so that all digits show."),
)

_COVERED = Text("被遮挡的比例", "share that is covered:")


def check(facts: Facts) -> Ruling:
    """Fails for a number seen at desktop size that no place shows whole at phone size."""
    places = by_number(d for d in facts.seen(*AI) if "mobile" in d.views)
    wide = {key: p for key, p in places.items() if any(visible_in(d, "desktop") and not _passes(d) for d in p)}
    if not wide:
        return not_applicable(
            "没有可在移动端核对的编号（未采集移动端，或编号在桌面端即不可见）。",
            "No number could be compared on a phone (none captured there, or none visible at desktop size).",
        )
    lost = [p for p in wide.values() if not any(_is_whole(facts, d) for d in p)]
    sure = [p[0] for p in lost if not any(_in_doubt(d) for d in p)]
    bad = sure or [p[0] for p in lost]
    if not bad:
        return passed("编号在移动端完整可见。", "The number is fully visible on phones.")
    view, what = bad[0].views["mobile"], wording.named(bad)
    why = wording.why_hidden(view.doubt or view.why_not)
    if view.visible:
        why = wording.compared(facts.policy, "covered", _COVERED, view.covered)
    say = failed if sure else review
    return say(
        f"编号 {what.zh} 在桌面端可见，在移动端不完整可见：{why.zh}。{wording.PROXY.zh}",
        f"{what.en} is visible at desktop size but not whole on a phone: {why.en}. {wording.PROXY.en}",
        evidence(bad),
    )


def _passes(d: Disclosure) -> bool:
    """Gone some seconds later, hence maybe before the phone looked: `number-persistent` speaks."""
    return d.views["desktop"].persistent is False


def _is_whole(facts: Facts, d: Disclosure) -> bool:
    return visible_in(d, "mobile") and d.views["mobile"].covered <= facts.policy["covered"]


def _in_doubt(d: Disclosure) -> bool:
    view = d.views["mobile"]
    return not view.visible and (view.doubt is not None or view.why_not == "closed-details")
