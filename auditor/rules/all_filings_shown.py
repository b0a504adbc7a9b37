"""All filings of a product are shown, not some of them."""

from auditor import laws, remedies, wording
from auditor.facts import AI, Facts, evidence
from auditor.filings import concerns, filings, numbers
from auditor.model import Severity, Text
from auditor.pages import missed
from auditor.registry.row import number_key
from auditor.rules import Meta, Ruling, failed, no_number, passed, review, unlisted

META = Meta(
    category="combination",
    title=Text("备案编号展示不全", "Only some of several filings are shown"),
    requirement=Text(
        "产品所用算法、模型的备案编号均予标明", "All filed algorithms and models of the product are shown"
    ),
    basis=(laws.ALGORITHM_DISPLAY, laws.MODEL_DISPLAY),
    severity=Severity.WARNING,
    remedy=Text(
        "请补全该产品涉及的全部编号，可用汇总页并由首页链接。",
        "List them all; a summary page linked from the home page helps.",
    ),
)


def check(facts: Facts) -> Ruling:
    """Fails where the lists name a filing of the operator for this very product that no page shows beside others."""
    own = facts.own(*AI)
    if not facts.seen(*AI):
        return no_number(*AI)
    if facts.register is None:
        return unlisted()
    shown = {number_key(d.number or d.raw) for d in own}
    kinds = {d.kind for d in own}
    missing = [r for r in filings(facts, *kinds) if number_key(r.number) not in shown and concerns(facts, r)]
    if not missing:
        return passed("清单所载该产品的编号均已展示。", "Every listed number of this product is shown.")
    listed, doubt = wording.quoted(numbers(missing)), missed(facts)
    if doubt:
        return review(
            f"清单所载该产品的编号 {listed.zh} 未见展示，但{doubt.zh}。",
            f"{listed.en}, listed for this product, was not seen, but {doubt.en}.",
            evidence(own),
        )
    return failed(
        f"清单所载该产品的编号 {listed.zh} 未见展示，仅展示了 {wording.named(own).zh}。",
        f"{listed.en}, listed for this product, is not shown; only {wording.named(own).en} is.",
        evidence(own),
        html=remedies.filed(n for n in numbers(missing) if "网信算备" in n) or None,
    )
