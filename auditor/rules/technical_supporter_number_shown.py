"""A filed technical supporter shows its number on its platform."""

from auditor import laws, remedies, wording
from auditor.facts import ALGORITHM, Facts, looked_at
from auditor.filings import concerns, filings, numbers
from auditor.model import Severity, Text
from auditor.pages import is_platform, missed
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review, unlisted

META = Meta(
    category="combination",
    title=Text("技术支持者未标明备案编号", "A technical supporter shows no number"),
    requirement=Text(
        "完成备案的深度合成服务技术支持者在对外提供服务的网站标明备案编号并提供公示信息链接",
        "A filed technical supporter of deep synthesis shows its number and link on its site",
    ),
    basis=(laws.SYNTHESIS_SUPPORTER, laws.SYNTHESIS_DISPLAY),
    severity=Severity.VIOLATION,
    remedy=Text(
        "请在开放平台官网显著位置标明编号并附链接。", "Show number and link prominently on the platform's site."
    ),
)

SUPPORTER = "技术支持者"


def check(facts: Facts) -> Ruling:
    """Fails where the operator is filed as supporter only, the site is a platform for firms, and shows no number."""
    if facts.register is None:
        return unlisted()
    filed = [row for row in filings(facts, *ALGORITHM) if SUPPORTER in row.role_or_class]
    if not filed:
        return not_applicable(
            "清单中未见该主体作为技术支持者的备案。", "The operator is not filed as a technical supporter."
        )
    if facts.seen(*ALGORITHM):
        return passed("网站标明了算法备案编号。", "The site shows an algorithm filing number.")
    if any("placeholder" not in d.problems for d in facts.own(*ALGORITHM)):
        return not_applicable("页面代码中有编号，由“编号不可见”判断。", "The code holds one: number-visible judges it.")
    listed, doubt = wording.quoted(numbers(filed)), missed(facts)
    if doubt is None and not (is_platform(facts) or any(concerns(facts, row) for row in filed)):
        doubt = Text("本网站是否为其开放平台尚不确定", "whether this site is its platform is not certain")
    if doubt:
        return review(
            f"该主体以技术支持者身份备案（{listed.zh}），网站未见编号，但{doubt.zh}。",
            f"The operator is filed as a technical supporter ({listed.en}); no number was seen, but {doubt.en}.",
            looked_at(facts),
        )
    return failed(
        f"该主体以技术支持者身份备案（{listed.zh}），所查页面均未标明备案编号。",
        f"The operator is filed as a technical supporter ({listed.en}); no page that was read shows a number.",
        looked_at(facts),
        html=remedies.filed(numbers(filed)),
    )
