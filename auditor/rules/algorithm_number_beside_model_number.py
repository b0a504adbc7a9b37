"""A generative service that shows a model or registration number shows its algorithm number too."""

from auditor import laws, wording
from auditor.facts import ALGORITHM, MODEL, Facts, evidence, looked_at
from auditor.filings import filings
from auditor.model import Severity, Text
from auditor.pages import missed, seen_of_others
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from seeds.model import ServiceKind

META = Meta(
    category="combination",
    title=Text("仅有大模型备案号，缺少算法备案号", "Model or registration number only, no algorithm number"),
    requirement=Text(
        "已备案的生成式人工智能服务提供者同时标明算法备案编号及公示信息链接",
        "Filed generative services also hold and show an algorithm filing number with its link",
    ),
    basis=(laws.GENERATIVE_FILING, laws.ALGORITHM_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text("请同时标明算法备案编号并提供公示信息链接。", "Show the algorithm number with its link as well."),
)


def check(facts: Facts) -> Ruling:
    """Fails where a certain generative service shows model numbers and, on all its pages, no algorithm number."""
    model = facts.seen(*MODEL)
    if not model:
        return not_applicable("未见大模型备案号或上线编号，本项不适用。", "No such number is shown: nothing to judge.")
    if facts.seen(*ALGORITHM):
        return passed("同时展示了算法备案编号。", "An algorithm filing number is shown as well.")
    offers = facts.is_service(ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS)
    if offers is False or facts.own(*ALGORITHM) or filings(facts, *ALGORITHM):
        return not_applicable(
            "不是生成式人工智能服务，或由其他规则判断。", "Not a generative service, or judged by another rule."
        )
    why = wording.UNCERTAIN if offers is None else missed(facts) or seen_of_others(facts, *ALGORITHM)
    if why:
        return review(
            f"未见算法备案编号，但{why.zh}，请人工核实。",
            f"No algorithm number was found, but {why.en}.",
            evidence(model),
        )
    return failed(
        f"网站展示了 {wording.named(model).zh}，未见算法备案编号；两类编号不可相互替代，"
        "疑似不符合《算法推荐管理规定》第二十六条关于标明备案编号的要求。",
        f"The site shows {wording.named(model).en} but no algorithm number; the kinds do not replace each other.",
        (*evidence(model), *looked_at(facts)),
    )
