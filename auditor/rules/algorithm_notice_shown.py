"""Users are told of the algorithm, and its principles are published."""

from auditor import laws, wording
from auditor.facts import ALGORITHM, Facts, looked_at
from auditor.model import Severity, Target, Text
from auditor.pages import missed, notice_of_algorithm
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from seeds.model import ServiceKind

META = Meta(
    category="notice",
    title=Text("未显著告知算法服务或公示基本原理", "No notice of the algorithmic service or its basic principles"),
    requirement=Text(
        "以显著方式告知用户算法推荐服务的情况，并公示其基本原理、目的意图和主要运行机制",
        "Users are told prominently; principles, purpose and mechanism of the algorithm are published",
    ),
    basis=(laws.ALGORITHM_NOTICE,),
    severity=Severity.WARNING,
    remedy=Text(
        "请设置算法公示页面并由首页或设置页链接。", "Publish an algorithm notice and link it from the home page."
    ),
)

PUBLIC = frozenset({Target.OFFICIAL, Target.OFFICIAL_RECORD, Target.ANNOUNCEMENT, Target.OWN})


def check(facts: Facts) -> Ruling:
    """Passes by a notice of its own or by a link to the public information; what only an app shows is not seen."""
    numbers = facts.seen(*ALGORITHM)
    recommends = facts.is_service(ServiceKind.RECOMMENDATION)
    if not numbers and recommends is False:
        return not_applicable(
            "未见算法备案编号，也未见算法推荐服务。", "No algorithm number and no recommendation service."
        )
    if any(d.link.target in PUBLIC for d in numbers):
        return passed("编号链接到算法公示信息。", "The number links to the public information on the algorithm.")
    if notice := notice_of_algorithm(facts):
        return passed(f"页面载有算法说明（{notice}）。", f"The pages hold a notice of the algorithm ({notice}).")
    doubt = missed(facts)
    if numbers and not recommends:
        return not_applicable("编号未链接，由链接规则判断。", "The number leads nowhere: the link rules judge it.")
    if doubt is None and recommends is None:
        doubt = wording.UNCERTAIN
    if doubt:
        return review(
            f"未见算法服务的告知或公示，但{doubt.zh}。", f"No notice was found, but {doubt.en}.", looked_at(facts)
        )
    return failed(
        "网站提供算法推荐服务，所查页面未见算法服务的告知，也未见其基本原理、目的意图和主要运行机制的公示。",
        "A recommendation service, but no page that was read tells of the algorithm or how it works.",
        looked_at(facts),
    )
