"""The model or registration number has the published form."""

from auditor import laws, wording
from auditor.facts import MODEL, Facts, by_number, evidence
from auditor.model import Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="format",
    title=Text("备案号或上线编号格式异常", "Model or registration number malformed"),
    requirement=Text(
        "编号与公告附件的样式一致：省份拼音-名称-日期[四位序号]，登记的为日期后加S与四位序号",
        "The number has the published form: Province-Name-YYYYMMDD[nnnn], or YYYYMMDDSnnnn where registered",
    ),
    basis=(laws.MODEL_DISPLAY,),
    severity=Severity.WARNING,
    remedy=Text("请核对公告附件中的备案号或上线编号并更正。", "Correct it against the CAC attachment."),
)


def check(facts: Facts) -> Ruling:
    """Fails for a number that no place writes in the published form, unless the official list itself prints it so."""
    places = by_number(facts.seen(*MODEL))
    if not places:
        return no_number(*MODEL)
    bad = [p[0] for p in places.values() if not any(d.well_formed or d.registry.status == "listed" for d in p)]
    if not bad:
        return passed("编号的格式与公告附件一致。", "The number has the form of the published lists.")
    what, why, near = wording.named(bad), wording.problems(bad), wording.near(bad)
    return failed(
        f"所示编号 {what.zh} 与公告附件的样式不符：{why.zh}{near.zh}。",
        f"The number shown, {what.en}, does not have the form of the published lists: {why.en}{near.en}.",
        evidence(bad),
    )
