"""Good practice: a model or registration number can be checked by a link."""

from auditor import laws, wording
from auditor.facts import MODEL, Facts, by_number, evidence
from auditor.model import Severity, Target, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="link",
    title=Text(
        "备案号未附查询途径（非强制）", "Model or registration number without a way to verify it (not required)"
    ),
    requirement=Text(
        "（公告未要求链接）可附网信部门公告链接，便于核验",
        "(The notice asks for no link.) A link to the announcement lets readers check the number",
    ),
    basis=(laws.MODEL_DISPLAY,),
    severity=Severity.ADVICE,
    remedy=Text(
        "可附国家或属地网信部门公告链接，便于核验（非强制要求）。",
        "Optionally link to the CAC's list; it is not required.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Advises on numbers that no place links anywhere."""
    places = by_number(facts.seen(*MODEL))
    if not places:
        return no_number(*MODEL)
    bare = [p[0] for p in places.values() if all(d.link.target in {Target.NONE, Target.DEAD} for d in p)]
    if not bare:
        return passed("编号附有链接。", "The number carries a link.")
    what = wording.named(bare)
    return failed(
        f"编号 {what.zh} 未附链接；公告并未要求链接，仅为建议。",
        f"{what.en} carries no link; the notice asks for none, so this is advice only.",
        evidence(bare),
    )
