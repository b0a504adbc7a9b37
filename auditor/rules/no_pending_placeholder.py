"""Where a number should stand, a number stands."""

from auditor import laws, wording
from auditor.facts import Facts, evidence
from auditor.model import Severity, Text
from auditor.rules import Meta, Ruling, failed, passed

META = Meta(
    category="placeholder",
    title=Text("以“备案中”等占位", "A placeholder stands where the number should be"),
    requirement=Text(
        "已上线的公开服务展示已取得的编号，而不是“备案中”、“XXXX”等占位",
        "A live public service shows an issued number, not a promise",
    ),
    basis=(laws.ALGORITHM_FILING, laws.GENERATIVE_FILING, laws.ICP_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text(
        "取得编号后请及时替换；未取得前请核实是否可对外提供服务。",
        "Replace it with the issued number; check whether the service may be public yet.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails for placeholders of the site's own that a person can see."""
    found = facts.placeholders()
    if not found:
        return passed("未见占位。", "No placeholder was found.")
    what = wording.named(found)
    return failed(
        f"{wording.kinds(dict.fromkeys(d.kind for d in found)).zh}处以“{what.zh}”占位，未标明编号"
        "（算法备案可在提供服务之日起十个工作日内办理，是否逾期无法由外部判断）。",
        f'Where a number should stand it says "{what.en}" '
        "(algorithms may be filed up to ten working days after launch; whether it is late cannot be told from here).",
        evidence(found),
    )
