"""A generative service shows a model or registration number besides its algorithm number."""

from auditor import laws, wording
from auditor.facts import ALGORITHM, MODEL, Facts, evidence, looked_at
from auditor.filings import filings
from auditor.model import Severity, Text
from auditor.pages import missed, seen_of_others
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from seeds.model import ServiceKind

META = Meta(
    category="combination",
    title=Text("仅有算法备案号，缺少大模型备案号或上线编号", "Algorithm number only, no model or registration number"),
    requirement=Text(
        "面向公众的生成式人工智能服务除算法备案编号外，还应公示大模型备案号或上线编号",
        "A public generative service shows its model or registration number as well as the algorithm number",
    ),
    basis=(laws.MODEL_DISPLAY, laws.GENERATIVE_FILING),
    severity=Severity.WARNING,
    remedy=Text(
        "请补充公示模型名称及备案号，或上线编号；两类编号不可相互替代。",
        "Add the model's name and filing number, or the registration number; the kinds do not replace each other.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails where a certain generative service shows algorithm numbers and, on all its pages, no other."""
    algorithm = facts.seen(*ALGORITHM)
    if not algorithm:
        return not_applicable("未见算法备案编号，本项不适用。", "No algorithm number is shown: nothing to judge.")
    if facts.seen(*MODEL):
        return passed("同时展示了大模型备案号或上线编号。", "A model or registration number is shown as well.")
    offers = facts.is_service(ServiceKind.GENERATIVE)
    if offers is False or facts.own(*MODEL) or filings(facts, *MODEL):
        return not_applicable(
            "不是生成式人工智能服务，或由其他规则判断。", "Not a generative service, or judged by another rule."
        )
    why = wording.UNCERTAIN if offers is None else missed(facts) or seen_of_others(facts, *MODEL)
    if why:
        return review(
            f"仅见算法备案编号，但{why.zh}，请人工核实。",
            f"Only algorithm numbers are shown, but {why.en}.",
            evidence(algorithm),
        )
    return failed(
        f"网站提供生成式人工智能服务，仅见算法备案编号 {wording.named(algorithm).zh}，"
        "未见大模型备案号或上线编号，疑似不符合国家网信办公告关于公示模型名称及备案号（或上线编号）的要求。",
        f"A generative service that shows only {wording.named(algorithm).en}: neither a model filing number nor a "
        "registration number, as the CAC's announcement asks.",
        (*evidence(algorithm), *looked_at(facts)),
    )
