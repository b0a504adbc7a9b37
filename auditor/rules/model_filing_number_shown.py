"""A filed model's number is shown."""

from auditor import laws, remedies, wording
from auditor.facts import MODEL, Facts, looked_at
from auditor.filings import numbers, relevant, unshown
from auditor.model import NumberKind, Severity, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review, unlisted

META = Meta(
    category="presence",
    title=Text("未公示大模型备案号", "Model filing number not shown"),
    requirement=Text(
        "已备案的生成式人工智能服务在显著位置或产品详情页面公示模型名称及备案号",
        "A filed generative service shows model name and filing number prominently or on the product page",
    ),
    basis=(laws.MODEL_DISPLAY,),
    severity=Severity.VIOLATION,
    remedy=Text(
        "请在显著位置或产品详情页面公示模型名称及备案号。",
        "Publish the model's name and filing number in a prominent place or on the product's page.",
    ),
)

KIND = NumberKind.GENAI_FILING

UNCLEAR = Text("所备案服务是否即本网站尚不确定", "whether the filed service is this site is not certain")


def check(facts: Facts) -> Ruling:
    """Fails where the lists hold a filing of this operator for this service and no page shows a filing number."""
    if facts.seen(KIND):
        return passed("网站公示了大模型备案号。", "The site shows a model filing number.")
    if facts.register is None:
        return unlisted()
    filed = relevant(facts, KIND)
    if not filed or any("placeholder" not in d.problems for d in facts.own(KIND)):
        return not_applicable(
            "清单中未见该主体的大模型备案，或编号由其他规则判断。",
            "No such filing is known, or another rule judges it.",
        )
    rows, doubt = unshown(facts, filed, UNCLEAR)
    if doubt == UNCLEAR and facts.seen(*MODEL):
        return not_applicable(
            "该主体的登记备案未指向本产品，且网站已展示模型编号。",
            "The lists name other products of this operator, and the site shows a model number.",
        )
    listed = wording.quoted(numbers(rows))
    if doubt:
        return review(
            f"官方清单载有该主体的大模型备案 {listed.zh}，网站未见备案号，但{doubt.zh}。",
            f"The official list holds {listed.en} of this operator; no number was seen, but {doubt.en}.",
            looked_at(facts),
        )
    return failed(
        f"官方清单载有本服务的大模型备案 {listed.zh}，所查页面均未公示备案号，不符合国家网信办公告的要求。",
        f"The official list holds {listed.en} for this service; no page shows it, as the CAC's notice asks.",
        looked_at(facts),
        html=remedies.model_line(rows[0].name, rows[0].number),
    )
