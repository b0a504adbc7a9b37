"""A number that the page contains can be seen."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Source, Text
from auditor.pages import in_unread_picture
from auditor.places import visible_in
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review

META = Meta(
    category="prominence",
    title=Text("编号不可见", "Number in the code but not visible"),
    requirement=Text("普通用户能够看到编号", "The number can be seen by an ordinary user"),
    basis=(laws.ALGORITHM_DISPLAY, laws.MODEL_DISPLAY),
    severity=Severity.VIOLATION,
    remedy=Text("请移除隐藏样式，确保用户可直接看到编号。", "Remove what hides it, so that users see the number."),
)

UNDECIDED = frozenset({"closed-details", "not-measured"})
"""Answers that a person has to check; so does everything that `Prominence.doubt` speaks of."""


def check(facts: Facts) -> Ruling:
    """Fails for a number that no place shows at desktop size; shown for a moment only is `number-persistent`."""
    places = by_number(d for d in facts.own(*AI) if "placeholder" not in d.problems)
    if not places:
        return not_applicable("页面中没有网站自己的编号。", "The pages contain no number of the site's own.")
    hidden = [p for p in places.values() if not any(_is_seen(d) for d in p)]
    sure = [p[0] for p in hidden if not any(_doubt(facts, d) for d in p)]
    if sure:
        why, what = wording.why_hidden(_reason(sure[0])), wording.named(sure)
        size = _measured(sure[0])
        return failed(
            f"页面代码中有编号 {what.zh}，但用户看不到：{why.zh}{size.zh}。",
            f"The page contains {what.en}, but nobody can see it: {why.en}{size.en}.",
            evidence(sure),
        )
    if hidden:
        doubtful = [d for p in hidden for d in p if _doubt(facts, d)]
        why, what = wording.why_hidden(_doubt(facts, doubtful[0])), wording.named(doubtful)
        return review(
            f"编号 {what.zh} 能否看到需要人工核实：{why.zh}。",
            f"Whether {what.en} can be seen needs a person's eye: {why.en}.",
            evidence(doubtful),
        )
    return passed("编号可见。", "The number can be seen.")


def _is_seen(d: Disclosure) -> bool:
    moment = any(view.persistent is False for view in d.views.values())
    return moment or visible_in(d, "desktop" if "desktop" in d.views else "mobile")


def _is_late(d: Disclosure) -> bool:
    """Whether only the phone's page, which is taken second, contains it: it may have come late."""
    desktop = d.views.get("desktop")
    return desktop is not None and desktop.why_not == "not-rendered" and visible_in(d, "mobile")


def _measured(d: Disclosure) -> Text:
    """Size and contrast, where the reason is one of them: below 5 px, or hardly any contrast, nobody reads."""
    view = next((v for v in d.views.values() if v.why_not in {"tiny", "same-colour"}), None)
    if view is None:
        return Text("", "")
    if view.why_not == "tiny":
        return Text(
            f"（字号 {view.font_px or 0:.3g} px，可见下限 5 px）",
            f" ({view.font_px or 0:.3g} px; from 5 px on visible)",
        )
    ratio = "—" if view.contrast is None else f"{view.contrast:.3g}"
    return Text(f"（对比度 {ratio}:1，可见下限 1.5:1）", f" (contrast {ratio}:1; from 1.5:1 on visible)")


def _reason(d: Disclosure) -> str | None:
    if d.source == Source.ATTRIBUTE:
        return "attribute"
    return next((view.why_not for view in d.views.values() if view.why_not), None)


def _doubt(facts: Facts, d: Disclosure) -> str | None:
    """Why a person should look, None where the answer is plain."""
    if d.source == Source.ATTRIBUTE:
        return "pictures-not-read" if in_unread_picture(facts, d) else None
    page = facts.page(d)
    if not d.views or (page is not None and not page.rendered):
        return "not-measured"
    if _is_late(d):
        return "phone-only"
    views = [view for name, view in d.views.items() if name == "desktop"] or list(d.views.values())
    return next((view.doubt or view.why_not for view in views if view.doubt or view.why_not in UNDECIDED), None)
