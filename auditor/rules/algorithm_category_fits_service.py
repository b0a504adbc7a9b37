"""A generative or deep-synthesis service shows an algorithm number of category 01."""

from auditor import laws, wording
from auditor.facts import ALGORITHM, Facts, evidence
from auditor.model import Severity, Text
from auditor.rules import Meta, Ruling, failed, no_number, not_applicable, passed, review
from seeds.model import ServiceKind

META = Meta(
    category="combination",
    title=Text("所示算法备案类别与服务不符", "Shown algorithm numbers are of other categories than the service needs"),
    requirement=Text(
        "生成式人工智能、深度合成服务展示生成合成类（01）算法的备案编号",
        "A generative or deep-synthesis service shows an algorithm number of category 01 (synthesis)",
    ),
    basis=(laws.SYNTHESIS_DISPLAY, laws.CATEGORY_DIGITS),
    severity=Severity.WARNING,
    remedy=Text(
        "请同时标明生成合成类算法的备案编号及公示信息链接；如尚未完成该类备案，请依法办理。",
        "Also show the number and link of the synthesis algorithm; if it has not been filed, file it.",
    ),
)

SYNTHESIS = "01"


def check(facts: Facts) -> Ruling:
    """Fails where the service is certain and all its algorithm numbers are of categories 02 to 06."""
    numbers = [d for d in facts.shown(*ALGORITHM) if d.well_formed and d.parts.get("category")]
    if not numbers:
        return no_number(*ALGORITHM)
    if any(d.parts["category"] == SYNTHESIS for d in numbers):
        return passed("展示了生成合成类算法的编号。", "A number of category 01 (synthesis) is shown.")
    offers = facts.is_service(ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS)
    if offers is False:
        return not_applicable("不是生成式或深度合成服务。", "Not a generative or deep-synthesis service.")
    what = wording.named(numbers)
    categories = "、".join(sorted({str(d.parts["category"]) for d in numbers}))
    if offers is None:
        return review(
            f"编号 {what.zh} 的类别为 {categories}，无生成合成类；{wording.UNCERTAIN.zh}。",
            f"{what.en} is of category {categories}, none of 01; {wording.UNCERTAIN.en}.",
            evidence(numbers),
        )
    seen = wording.service(facts.service)
    return failed(
        f"网站提供生成或合成服务（{seen.zh}），所示编号 {what.zh} 的类别为 {categories}，未见生成合成类（01）编号"
        "（类别数字由公布清单推断）。",
        f"The site offers generation or synthesis ({seen.en}), but {what.en} is of category {categories}; "
        "no number of category 01 is shown (the meaning of these digits is inferred from the official lists).",
        evidence(numbers),
    )
