"""An application says which filed model it uses."""

from auditor import laws, wording
from auditor.facts import Facts, evidence, looked_at
from auditor.filings import concerns, filings
from auditor.model import Disclosure, NumberKind, Severity, Text
from auditor.pages import missed
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from seeds.model import ModelSource, ServiceKind

META = Meta(
    category="upstream-model",
    title=Text("未公示所使用的已备案模型", "The model used is not disclosed"),
    requirement=Text(
        "应用公示所使用的已备案模型：名称及备案号（2025年起各期公告：备案号或上线编号）",
        "An application states the filed model it uses: name and number (since 2025: filing or registration number)",
    ),
    basis=(laws.MODEL_DISPLAY, laws.REGISTRATION_DUTY),
    severity=Severity.VIOLATION,
    remedy=Text("请公示所使用模型的名称及其备案号。", "Publish the upstream model's name and filing number."),
)


def check(facts: Facts) -> Ruling:
    """Fails where it is declared or registered that the application calls a model, and no page gives its number."""
    registered = [r for r in filings(facts, NumberKind.GENAI_REGISTRATION) if concerns(facts, r)]
    calls = facts.service.model == ModelSource.API or registered
    if not calls or facts.is_service(ServiceKind.GENERATIVE) is False:
        return not_applicable("未见其调用他人模型。", "Nothing says that it calls another operator's model.")
    if facts.seen(NumberKind.GENAI_FILING):
        return passed("公示了所使用模型的备案号。", "The filing number of a model is shown.")
    if facts.own(NumberKind.GENAI_FILING):
        return not_applicable("编号或占位由其他规则判断。", "Other rules judge the hidden number or the placeholder.")
    own = facts.seen(NumberKind.GENAI_REGISTRATION)
    doubt = missed(facts)
    declared = facts.capture.seed.model == ModelSource.API
    if doubt is None and not (declared or registered or own):
        doubt = Text(
            "其是否调用他人模型仅由页面文字推断", "that it calls another's model is only inferred from its words"
        )
    if doubt:
        return review(
            f"未见所使用模型的名称及备案号，但{doubt.zh}。",
            f"No upstream number was seen, but {doubt.en}.",
            looked_at(facts),
        )
    return _undisclosed(facts, own)


def _undisclosed(facts: Facts, own: tuple[Disclosure, ...]) -> Ruling:
    if own:
        return failed(
            f"标明了上线编号 {wording.named(own).zh}，未公示所使用模型的名称及备案号"
            "（2025年起公告表述为“备案号或上线编号”）。",
            f"The registration number {wording.named(own).en} is shown, but not the upstream model's name and number "
            "(notices since 2025 ask for one or the other).",
            evidence(own),
            Severity.WARNING,
        )
    return failed(
        "该应用调用已备案模型，所查页面既未公示所使用模型的名称及备案号，也未标明上线编号，不符合国家网信办公告的要求。",
        "The application calls a filed model, but shows neither that model's name and number nor its own number.",
        looked_at(facts),
    )
