"""Models of others that a public service offers are filed ones."""

from auditor import laws, wording
from auditor.facts import Facts, looked_at
from auditor.model import Severity, Text
from auditor.pages import speaks_chinese
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from auditor.service import foreign_models
from seeds.model import ServiceKind

META = Meta(
    category="upstream-model",
    title=Text("所用模型未见备案", "A model on offer is not in the filed list"),
    requirement=Text("面向境内公众的服务使用已备案模型", "Services for the public in China rest on filed models"),
    basis=(laws.GENERATIVE_FILING, laws.GENERATIVE_MODELS, laws.REGISTRATION_DUTY),
    severity=Severity.WARNING,
    remedy=Text(
        "请停用未备案模型或改用已备案模型，并公示其名称及备案号。",
        "Drop models that are not filed for users in China, or switch to filed ones and disclose them.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails where a certain generative service in Chinese offers models from abroad, none of which any list holds."""
    offers = facts.is_service(ServiceKind.GENERATIVE)
    if offers is False:
        return not_applicable("未见生成式人工智能服务。", "No generative AI service was seen.")
    names = [name for name in foreign_models(facts.service) if not (facts.register and facts.register.by_name(name))]
    if not names:
        return passed("未见其提供境外模型。", "No model from abroad was seen on offer.")
    what = wording.quoted(names)
    if offers is None or not speaks_chinese(facts):
        return review(
            f"页面似提供境外模型（{what.zh}），是否面向境内公众请人工核实。",
            f"The pages seem to offer models from abroad ({what.en}); whether to users in China needs a person's eye.",
            looked_at(facts),
        )
    as_of = facts.register.months().get("genai") if facts.register else None
    lists = Text(f"清单截至 {as_of}", f"lists up to {as_of}") if as_of else Text("未加载清单", "no register loaded")
    return failed(
        f"页面面向境内用户提供 {what.zh}，疑似未备案的境外模型（{lists.zh}）。",
        f"The pages offer {what.en} to users in China: models from abroad, seemingly not filed ({lists.en}).",
        looked_at(facts),
    )
