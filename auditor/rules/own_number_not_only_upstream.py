"""An application shows more than the numbers of the model it calls."""

from auditor import laws, wording
from auditor.facts import MODEL, Facts, by_number, evidence
from auditor.filings import is_operator, operators
from auditor.model import NumberKind, Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, not_applicable, passed, review, unlisted

META = Meta(
    category="combination",
    title=Text("仅展示上游模型备案号", "Only the upstream model's numbers are shown"),
    requirement=Text(
        "调用已备案模型的应用注明上游模型及其备案号，并标明本应用的上线编号",
        "An application that calls a filed model names that model and shows its own registration number",
    ),
    basis=(laws.REGISTRATION_DUTY, laws.REGISTRATION_DISPLAY, laws.MODEL_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text(
        "请注明“所使用模型：名称+备案号（提供方）”，并标明本应用上线编号。",
        "State whose model it is, and add the application's own number.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails where every model number is another firm's filing; another's S number is `registry-entity-matches`."""
    shown = [p[0] for p in by_number(facts.shown(*MODEL)).values()]
    if not shown:
        return no_number(*MODEL)
    if facts.register is None:
        return unlisted()
    if any(d.kind == NumberKind.GENAI_REGISTRATION for d in shown):
        return passed("展示了上线编号。", "A registration number is shown.")
    owners = [is_operator(facts, d.registry.entity) if d.registry.entity else None for d in shown]
    if any(owners):
        return passed("展示了运营主体自己的备案号。", "The operator's own filing number is shown.")
    if not operators(facts) or not any(d.registry.entity for d in shown):
        return not_applicable("运营主体或编号主体未知。", "The operator, or the holder of the number, is not known.")
    what, who = wording.named(shown), wording.short("、".join(operators(facts)))
    zh = f"所示备案号 {what.zh} 均不属于运营主体“{who}”，未见本应用自己的上线编号"
    en = f"None of {what.en} belongs to the operator, {who}; no registration number of the application is shown"
    if all(owner is False for owner in owners):
        return failed(f"{zh}（公告表述为“备案号或上线编号”，各地要求不一）。", f"{en}.", evidence(shown))
    return review(f"{zh}，请人工核实。", f"{en}: a person should compare.", evidence(shown))
