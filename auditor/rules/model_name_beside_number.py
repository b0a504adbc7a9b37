"""The model's name stands beside its filing number."""

from auditor import laws, remedies, wording
from auditor.facts import Facts, by_number, evidence
from auditor.model import NumberKind, Severity, Text
from auditor.naming import model_named
from auditor.rules import Meta, Ruling, failed, no_number, passed, review

META = Meta(
    category="presence",
    title=Text("未注明模型名称", "Model name missing beside the number"),
    requirement=Text("备案号旁注明模型名称", "The model's name appears together with its filing number"),
    basis=(laws.MODEL_DISPLAY,),
    severity=Severity.VIOLATION,
    remedy=Text("请在备案号旁注明与备案信息一致的模型名称。", "Put the model's name, as filed, next to the number."),
)

KIND = NumberKind.GENAI_FILING


def check(facts: Facts) -> Ruling:
    """Fails for a number that stands nowhere with anything but labels; other words there are left to a person."""
    places = by_number(facts.shown(KIND))
    if not places:
        return no_number(KIND)
    answers = {key: [model_named(facts, d) for d in p] for key, p in places.items()}
    bare = [places[key][0] for key, found in answers.items() if not any(found) and None not in found]
    if bare:
        what, name = wording.named(bare), bare[0].registry.name or "（模型名称）"
        return failed(
            f"备案号 {what.zh} 所在段落及前后未见模型名称，不符合国家网信办公告“注明模型名称及备案号”的要求。",
            f"No model name stands in the block of {what.en} or near it; the CAC's notice asks for name and number.",
            evidence(bare),
            html=remedies.model_line(name, bare[0].number or bare[0].raw),
        )
    unsure = [places[key][0] for key, found in answers.items() if not any(found)]
    if unsure:
        what = wording.named(unsure)
        return review(
            f"备案号 {what.zh} 旁的文字是否为模型名称，需要人工核实。",
            f"Whether the words beside {what.en} are the model's name needs a person's eye.",
            evidence(unsure),
        )
    return passed("备案号旁注明了模型名称。", "The model's name stands beside the number.")
