"""The number is written as published, so that it can be copied and looked up."""

from auditor import laws, remedies, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="format",
    title=Text("编号书写不规范", "Typographic variant of a valid number"),
    requirement=Text(
        "编号按公示样式书写：无多余空格与标点，不用全角数字，不缺“网信算备”与“号”",
        "The number is written as published: no blanks or marks inside, no full-width digits, nothing left out",
    ),
    basis=(laws.ALGORITHM_DISPLAY,),
    severity=Severity.ADVICE,
    remedy=Text(
        "建议按公示样式书写（含“网信算备”与“号”），便于复制查询。",
        "Write it in the published form so it can be copied and looked up.",
    ),
)

VARIANTS = frozenset({"missing-prefix", "missing-suffix", "prefix", "separator", "case", "fullwidth", "traditional"})
"""Problems that leave a number readable."""


def check(facts: Facts) -> Ruling:
    """Advises on a readable number that no place writes in its published form."""
    places = by_number(d for d in facts.shown(*AI) if d.well_formed)
    if not places:
        return no_number(*AI)
    bad = [p[0] for p in places.values() if all(_varies(d) for d in p)]
    if not bad:
        return passed("编号按公示样式书写。", "The number is written as published.")
    what, why = wording.named(bad), wording.problems(bad)
    return failed(
        f"编号 {what.zh} 可以识别，但书写与公示样式不同：{why.zh}。",
        f"{what.en} can be read, but is not written as published: {why.en}.",
        evidence(bad),
        html=remedies.links(bad),
    )


def _varies(d: Disclosure) -> bool:
    return not VARIANTS.isdisjoint(d.problems)
