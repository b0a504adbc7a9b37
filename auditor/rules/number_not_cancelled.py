"""No number is shown that has been cancelled or revoked."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed, unlisted

META = Meta(
    category="consistency",
    title=Text("展示已注销或撤销的备案号", "A cancelled or revoked number is still shown"),
    requirement=Text("已注销、撤销的编号不再展示", "Cancelled or revoked numbers are removed"),
    basis=(laws.ALGORITHM_END, laws.ALGORITHM_REVOKED),
    severity=Severity.VIOLATION,
    remedy=Text("请移除已注销编号，并按现行备案情况更新。", "Remove it and show the number now in force."),
)


def check(facts: Facts) -> Ruling:
    """Fails for numbers that a cancellation notice, or a remark in the lists, takes out of force."""
    numbers = [p[0] for p in by_number(facts.shown(*AI)).values()]
    if not numbers:
        return no_number(*AI)
    if all(d.registry.status == "not-checked" for d in numbers):
        return unlisted()
    dead = [d for d in numbers if d.registry.status == "cancelled"]
    if not dead:
        return passed("未见已注销的编号。", "No cancelled number is shown.")
    what, as_of = wording.named(dead), dead[0].registry.as_of or "—"
    return failed(
        f"所示编号 {what.zh} 已注销或撤销（清单截至 {as_of}）。",
        f"{what.en} has been cancelled or revoked (lists up to {as_of}).",
        evidence(dead),
    )
