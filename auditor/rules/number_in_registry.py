"""The number stands in the official lists."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed, review, unlisted
from auditor.rules.no_template_number import is_sample

META = Meta(
    category="consistency",
    title=Text("编号未在备案公示中查到", "Number not found in the official lists"),
    requirement=Text("所示编号见于公布的备案清单", "The displayed numbers exist in the published lists"),
    basis=(laws.ALGORITHM_ISSUE, laws.MODEL_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text(
        "请核对编号；如为新近备案，请提供公示页面。",
        "Check the number; if it was filed recently, our lists may be older: show where it is published.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails for well-formed numbers that lists newer than them lack; a number as new as the lists is left open."""
    places = by_number(d for d in facts.shown(*AI) if d.well_formed and "check-digit" not in d.problems)
    if not places:
        return no_number(*AI)
    checked = [p[0] for p in places.values() if p[0].registry.status != "not-checked"]
    if not checked:
        return unlisted()
    absent = [d for d in checked if d.registry.status == "absent" and not is_sample(d)]
    old = [d for d in absent if not _may_be_newer(d)]
    if not absent:
        return passed("编号见于官方清单。", "The number stands in the official lists.", evidence(checked))
    bad = old or absent
    what, near, as_of = wording.named(bad), wording.near(bad), bad[0].registry.as_of or ""
    if not old:
        return review(
            f"编号 {what.zh} 未见于截至 {as_of} 的清单，但可能晚于清单{near.zh}。",
            f"{what.en} is not in the lists up to {as_of}, but may be newer than they are{near.en}.",
            evidence(bad),
        )
    return failed(
        f"编号 {what.zh} 未见于截至 {as_of} 的清单{near.zh}；清单可能有遗漏，不代表编号虚假。",
        f"{what.en} is not in the lists up to {as_of}{near.en}; lists have gaps, so this does not mean it is false.",
        evidence(bad),
    )


def _may_be_newer(d: Disclosure) -> bool:
    """Whether the date in a number (a year in algorithm numbers) reaches the month of the newest list."""
    as_of = d.registry.as_of or ""
    said = str(d.parts.get("date") or d.parts.get("year") or "")
    return not said or not as_of or said[:7] >= as_of[: len(said[:7])]
