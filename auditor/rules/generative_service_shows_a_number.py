"""A public generative service shows at least one filing or registration number."""

from auditor import laws, wording
from auditor.facts import AI, Facts, looked_at
from auditor.filings import filings
from auditor.model import Severity, Text
from auditor.pages import missed, seen_of_others
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from seeds.model import ServiceKind

META = Meta(
    category="presence",
    title=Text("疑似未备案或未登记", "A generative feature, but no number of any kind"),
    requirement=Text(
        "具有舆论属性或者社会动员能力的生成式人工智能服务应当开展安全评估、履行算法备案，并备案或登记",
        "Public generative services with public-opinion or mobilisation capacity are assessed and filed or registered",
    ),
    basis=(laws.GENERATIVE_FILING, laws.ALGORITHM_FILING, laws.MODEL_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text(
        "请核实是否具有舆论属性或社会动员能力；如属应备案或登记情形，请尽快办理并公示。",
        "Check whether filing or registration is due; if so, apply and publish. This cannot be proven from outside.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails only where the service is certain, every page that could hold a number was read, and none was found."""
    if facts.seen(*AI):
        return passed("网站展示了至少一个算法备案、大模型备案或登记编号。", "The site shows at least one such number.")
    if facts.own(*AI):
        return not_applicable(
            "页面中有编号或占位，由其他规则判断。", "The pages hold a number or a placeholder: other rules judge it."
        )
    offers = facts.is_service(ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS)
    if offers is False:
        return not_applicable("未见生成式人工智能服务。", "No generative AI service was seen.")
    if filings(facts):
        return not_applicable(
            "官方清单载有该主体的备案，由“未标明编号”各规则判断。",
            "The official lists hold filings of this operator: the rules on numbers not shown judge it.",
        )
    why = wording.UNCERTAIN if offers is None else missed(facts) or seen_of_others(facts, *AI)
    if why:
        return review(
            f"未见任何编号，但{why.zh}，请人工核实。", f"No number was found, but {why.en}.", looked_at(facts)
        )
    seen = wording.service(facts.service)
    return failed(
        f"网站提供生成式人工智能功能（{seen.zh}），所查{len(looked_at(facts))}个页面均未见任何备案或登记编号，"
        "疑似未备案或未登记；是否应当备案或登记，取决于其是否具有舆论属性或社会动员能力。",
        f"The site offers a generative feature ({seen.en}); none of the {len(looked_at(facts))} pages read shows a "
        "number. Whether filing is due depends on facts that cannot be seen from outside.",
        looked_at(facts),
    )
