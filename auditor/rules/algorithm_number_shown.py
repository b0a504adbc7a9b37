"""A filed algorithm's number is shown."""

from auditor import laws, remedies, wording
from auditor.facts import ALGORITHM, Facts, looked_at
from auditor.filings import numbers, relevant, unshown
from auditor.model import Severity, Text
from auditor.pages import claims_filing
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from seeds.model import ServiceKind

META = Meta(
    category="presence",
    title=Text("未标明算法备案编号", "Algorithm filing number not shown"),
    requirement=Text(
        "完成算法备案的服务提供者、技术支持者在对外提供服务的网站标明备案编号",
        "A provider or technical supporter whose algorithm is filed shows its filing number on the site",
    ),
    basis=(laws.ALGORITHM_DISPLAY, laws.SYNTHESIS_DISPLAY),
    severity=Severity.VIOLATION,
    remedy=Text(
        "请在网站及应用首页（含页脚）以文字标明完整算法备案编号，并附公示信息链接。",
        "Show the full algorithm filing number as text on the home page (the footer will do), with its link.",
    ),
)

SERVICES = (ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS, ServiceKind.RECOMMENDATION)
UNCLEAR = Text("所备案算法是否用于本网站尚不确定", "whether the filed algorithms serve this site is not certain")


def check(facts: Facts) -> Ruling:
    """Fails where the lists hold a filing of this operator for this product and no page shows a number."""
    if facts.seen(*ALGORITHM):
        return passed("网站标明了算法备案编号。", "The site shows an algorithm filing number.")
    if any("placeholder" not in d.problems for d in facts.own(*ALGORITHM)):
        return not_applicable("页面代码中有编号，由“编号不可见”判断。", "The code holds one: number-visible judges it.")
    filed = tuple(row for row in relevant(facts, *ALGORITHM) if "技术支持者" not in row.role_or_class)
    if not filed:
        return _by_claim(facts)
    rows, doubt = unshown(facts, filed, UNCLEAR)
    listed = wording.quoted(numbers(rows))
    if doubt:
        return review(
            f"官方清单载有该主体的算法备案 {listed.zh}，网站未见编号，但{doubt.zh}。",
            f"The official lists hold {listed.en} of this operator; no number was seen, but {doubt.en}.",
            looked_at(facts),
        )
    return failed(
        f"官方清单载有该主体用于本产品的算法备案 {listed.zh}，所查页面均未标明算法备案编号。",
        f"The official lists hold {listed.en} of this operator for this product; no page that was read shows a number.",
        looked_at(facts),
        html=remedies.filed(numbers(rows)),
    )


def _by_claim(facts: Facts) -> Ruling:
    """Where no list tells of a filing, the site itself may."""
    claim = claims_filing(facts)
    if claim is None or facts.is_service(*SERVICES) is False:
        return not_applicable("未见该主体的算法备案（或未加载清单）。", "No filing of this operator is known.")
    return review(
        f"网站称“{claim}”，但未见算法备案编号，请核实。",
        f'The site says "{claim}", but no algorithm filing number was found.',
        looked_at(facts),
    )
