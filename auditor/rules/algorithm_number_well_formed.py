"""The algorithm filing number is complete and as issued."""

from auditor import laws, wording
from auditor.facts import ALGORITHM, Facts, by_number, evidence
from auditor.model import Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="format",
    title=Text("算法备案编号格式错误", "Algorithm filing number malformed"),
    requirement=Text(
        "编号完整，且与发放的一致：网信算备＋21位数字＋号",
        "The number is complete and exactly as issued: 网信算备, 21 digits, 号",
    ),
    basis=(laws.ALGORITHM_ISSUE, laws.ALGORITHM_DISPLAY),
    severity=Severity.VIOLATION,
    remedy=Text(
        "请按备案系统公示结果完整、准确标明编号。", "Copy the number exactly as published in the filing system."
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails for a number that no place writes in the issued form, unless the official list itself prints it so."""
    places = by_number(facts.seen(*ALGORITHM))
    if not places:
        return no_number(*ALGORITHM)
    bad = [p[0] for p in places.values() if not any(d.well_formed or d.registry.status == "listed" for d in p)]
    if not bad:
        return passed("算法备案编号的格式符合发放样式。", "The algorithm filing number has the issued form.")
    what, why, near = wording.named(bad), wording.problems(bad), wording.near(bad)
    return failed(
        f"所示编号 {what.zh} 与发放样式（网信算备＋21位数字＋号）不符：{why.zh}{near.zh}。",
        f"The number shown, {what.en}, does not have the issued form (网信算备, 21 digits, 号): {why.en}{near.en}.",
        evidence(bad),
    )
