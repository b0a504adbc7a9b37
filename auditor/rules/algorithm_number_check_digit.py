"""The last digit of the algorithm filing number agrees with the others."""

from auditor import laws, wording
from auditor.facts import ALGORITHM, Facts, by_number, evidence
from auditor.model import Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="format",
    title=Text("算法备案编号校验位不符", "Algorithm filing number fails its check digit"),
    requirement=Text(
        "21位数字的加权和除以10余1（由公布清单推断，无公开规定）",
        "The weighted sum of the 21 digits leaves 1 when divided by 10 (inferred from the lists, published nowhere)",
    ),
    basis=(laws.CHECK_DIGIT,),
    severity=Severity.WARNING,
    remedy=Text("请核对编号是否抄写有误。", "Check the number against the filing notice: it is probably mistyped."),
)


def check(facts: Facts) -> Ruling:
    """Fails for a well-formed number whose digits disagree and which stands in no official list."""
    numbers = [p[0] for p in by_number(facts.shown(*ALGORITHM)).values() if p[0].well_formed]
    if not numbers:
        return no_number(*ALGORITHM)
    bad = [d for d in numbers if "check-digit" in d.problems and d.registry.status not in {"listed", "cancelled"}]
    if not bad:
        return passed(
            "校验位相符，或官方清单即如此印制。", "The check digit agrees, or the official list prints it so."
        )
    what, near = wording.named(bad), wording.near(bad)
    return failed(
        f"编号 {what.zh} 的校验位不符，疑似抄写有误{near.zh}（校验规则由公布清单推断，不代表编号虚假）。",
        f"The check digit of {what.en} does not agree: probably mistyped{near.en} "
        "(the check is inferred from the official lists; a failure does not mean that the number is false).",
        evidence(bad),
    )
