"""The firm that the lists name for a number runs this site."""

from auditor import laws, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.filings import is_operator, operators
from auditor.model import Disclosure, NumberKind, Severity, Text
from auditor.naming import named_as_upstream
from auditor.rules import Meta, Ruling, failed, no_number, not_applicable, passed, review, unlisted

META = Meta(
    category="consistency",
    title=Text("备案主体或产品不一致", "The filing belongs to another firm than the site's operator"),
    requirement=Text("编号属于本网站的运营主体", "The number belongs to the operator of this site"),
    basis=(laws.ALGORITHM_FILING, laws.ALGORITHM_CHANGE, laws.MODEL_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text(
        "请核实备案主体与实际运营主体是否一致，必要时办理变更或补充说明。",
        "Reconcile operator and filing; file a change or explain whose number it is.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails where both firms are known by their full names and differ; a named upstream's number is no mismatch."""
    shown = [p[0] for p in by_number(facts.shown(*AI)).values()]
    if not shown:
        return no_number(*AI)
    listed = [d for d in shown if d.registry.entity]
    if not listed:
        return (
            unlisted() if facts.register is None else not_applicable("编号未见于清单。", "No number is in the lists.")
        )
    owners = {id(d): is_operator(facts, d.registry.entity or "") for d in listed}
    own_algorithm = any(owners[id(d)] for d in listed if d.kind == NumberKind.ALGORITHM)
    others = [d for d in listed if not owners[id(d)] and not _is_upstream(facts, d, own_algorithm)]
    wrong = [d for d in others if owners[id(d)] is False]
    if not others:
        return passed(
            "编号属于运营主体，或为注明的上游模型。", "The numbers are the operator's, or a named upstream's."
        )
    first = (wrong or others)[0]
    known = wording.short("、".join(operators(facts)))
    who = Text(f"为“{known}”", f"is {known}") if known else Text("未知", "is not known")
    zh = f"编号 {wording.named([first]).zh} 在清单中的主体为“{first.registry.entity}”，网站运营主体{who.zh}"
    en = f"The lists name {first.registry.entity} for {wording.named([first]).en}; the site's operator {who.en}"
    if wrong:
        return failed(f"{zh}，疑似不一致。", f"{en}: they seem to differ.", evidence(wrong))
    return review(f"{zh}，是否一致请人工核实。", f"{en}: a person should compare them.", evidence(others))


def _is_upstream(facts: Facts, d: Disclosure, own_algorithm: bool) -> bool:
    """Another firm's number in its place: a named model, or an algorithm number beside the operator's own."""
    if d.kind == NumberKind.GENAI_REGISTRATION:
        return False
    if d.kind == NumberKind.ALGORITHM:
        return own_algorithm
    return named_as_upstream(facts, d) is True
