"""A product or store page carries the filing information, or a prominent place does."""

from auditor import laws
from auditor.facts import AI, Facts, evidence
from auditor.model import Evidence, Severity, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from crawler.capture import Reached, Role
from seeds.model import ServiceKind

META = Meta(
    category="app/detail",
    title=Text("产品详情页未公示备案信息", "Product detail or store page carries no filing information"),
    requirement=Text(
        "在显著位置或产品详情页面公示备案信息（二者具其一即可）",
        "Filing information stands in a prominent place or on the product's page: either will do",
    ),
    basis=(laws.MODEL_DISPLAY,),
    severity=Severity.ADVICE,
    remedy=Text("建议在产品详情页或应用商店简介同步公示。", "Repeat the information on the product's page."),
)


def check(facts: Facts) -> Ruling:
    """Advises where the number stands on neither; a store page is not the operator's own, so it is left to a person."""
    pages = [p for p in facts.pages if p.role in {Role.PRODUCT, Role.STORE} and p.reached == Reached.OK]
    if not pages:
        return not_applicable("未采集产品详情页或应用商店页。", "No product or store page was read.")
    shown = facts.seen(*AI)
    if any(d.role in {Role.PRODUCT, Role.STORE} for d in shown):
        return passed("产品详情页公示了备案信息。", "The product's page carries the filing information.")
    if any(d.role == Role.HOME for d in shown):
        return passed("首页已公示备案信息。", "The home page carries the filing information: either will do.")
    places = [Evidence(p.url, "") for p in pages]
    if all(p.store for p in pages):
        if facts.is_service(ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS) is False:
            return not_applicable("不是生成式人工智能服务。", "Not a generative AI service.")
        return review(
            "应用商店页面未见备案信息；应用内可能另有公示，请人工核实。",
            "The store page carries no filing information; the app itself may show it.",
            places,
        )
    if not shown:
        return not_applicable("全站未见编号，由其他规则判断。", "No page shows a number: other rules judge that.")
    return failed(
        "备案信息既不在产品详情页，也不在首页。",
        "The filing information stands neither on the product's page nor on the home page.",
        (*places, *evidence(shown)),
    )
