"""Region and date inside a number agree with the lists and with the calendar."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Text
from auditor.numbers._provinces import PROVINCES
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="consistency",
    title=Text("编号地区或日期异常", "Region or date inside the number is implausible"),
    requirement=Text(
        "编号中的地区、日期与清单及采集时间相符", "Region and date in the number agree with the lists and the calendar"
    ),
    basis=(laws.ALGORITHM_ISSUE, laws.MODEL_DISPLAY),
    severity=Severity.ADVICE,
    remedy=Text("请核对编号中的地区和日期。", "Check region and date in the number."),
)


def check(facts: Facts) -> Ruling:
    """Advises on well-formed numbers whose parts cannot be; what the official list prints so is let through."""
    numbers = [p[0] for p in by_number(facts.shown(*AI)).values() if p[0].well_formed]
    if not numbers:
        return no_number(*AI)
    odd = {d.raw: (d, why) for d in numbers if (why := _oddity(facts, d))}
    if not odd:
        return passed("地区与日期相符。", "Region and date are plausible.")
    d, why = next(iter(odd.values()))
    return failed(
        f"编号 {wording.named([d]).zh}：{why.zh}。", f"{wording.named([d]).en}: {why.en}.",
        evidence(found for found, _ in odd.values()),
    )  # fmt: skip


def _oddity(facts: Facts, d: Disclosure) -> Text | None:
    if "division" in d.problems and d.registry.status not in {"listed", "cancelled"}:
        return Text("行政区划代码不存在", "its division code does not exist")
    said, today = str(d.parts.get("date") or d.parts.get("year") or ""), facts.capture.taken_at[:10]
    if said > today[: len(said)]:
        return Text(f"日期 {said} 晚于采集时间", f"its date, {said}, is after the capture")
    row = next(iter(facts.register.by_number(d.number or "")), None) if facts.register else None
    if row is None:
        return None
    if row.month and said[:7] > row.month[: len(said[:7])]:
        return Text(f"日期 {said} 晚于公布批次 {row.month}", f"its date, {said}, is after the list that prints it")
    province = PROVINCES.get(str(d.parts.get("province") or ""))
    if province and row.province and province not in row.province and "中央" not in province:
        return Text(
            f"地区“{province}”与清单“{row.province}”不一致",
            f"its region, {province}, is not the list's ({row.province})",
        )
    return None
