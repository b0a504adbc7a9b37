"""The number stands on the home page or, for generative services, on the product's own page."""

from auditor import laws, wording
from auditor.facts import AI, MODEL, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Text
from auditor.places import best_placed
from auditor.rules import Meta, Ruling, failed, no_number, passed, review
from crawler.capture import Role

META = Meta(
    category="prominence",
    title=Text("未在显著位置标明", "Shown only in an agreement, a help page or deep in the site"),
    requirement=Text(
        "编号标明在首页（页脚亦可）；生成式人工智能服务也可标明在产品详情页面",
        "The number is on the home page (the footer will do) or, for generative services, on the product's page",
    ),
    basis=(laws.ALGORITHM_DISPLAY, laws.SYNTHESIS_DISPLAY, laws.MODEL_DISPLAY, laws.FOOTER_IS_PROMINENT),
    severity=Severity.WARNING,
    remedy=Text(
        "请在首页（页脚亦可）或产品详情页面直接标明编号。",
        "Bring it to the home page (the footer will do) or, for generative services, to the product's page.",
    ),
)

PRODUCT = frozenset({Role.PRODUCT, Role.STORE, Role.DOWNLOAD})
DISCLOSURE = frozenset({Role.DISCLOSURE, Role.ABOUT})


def check(facts: Facts) -> Ruling:
    """Judges each number by its best place; a page of filings one labelled click away is left to a person."""
    places = [best_placed(p)[0] for p in by_number(facts.seen(*AI)).values()]
    if not places:
        return no_number(*AI)
    deep = [d for d in places if _is_prominent(d) is False]
    home = facts.unread()
    if deep and home is None:
        what = wording.named(deep)
        return failed(
            f"编号 {what.zh} 仅见于 {deep[0].page}，首页及其他可接受的位置均未见。{wording.PROXY.zh}",
            f"{what.en} stands only on {deep[0].page}, neither on the home page nor at another accepted place. "
            f"{wording.PROXY.en}",
            evidence(deep),
        )
    unsure = [d for d in places if not _is_prominent(d)]
    if unsure:
        what, why = wording.named(unsure), home or Text("该位置是否属于显著位置", "whether that place is prominent")
        return review(
            f"编号 {what.zh} 见于 {unsure[0].page}，请人工核实：{why.zh}。{wording.PROXY.zh}",
            f"{what.en} stands on {unsure[0].page}; a person should judge: {why.en}. {wording.PROXY.en}",
            evidence(unsure),
        )
    return passed("编号标明在首页或其他可接受的位置。", "The number stands on the home page or another accepted place.")


def _is_prominent(d: Disclosure) -> bool | None:
    """True, False, or None where the law leaves it open."""
    generative = d.kind in MODEL
    if d.role == Role.HOME or (generative and d.role in PRODUCT):
        return True
    labelled = d.clicks <= 1 and any(label.strip() for label in d.via[-1:])
    if d.role in DISCLOSURE and labelled:
        return True if generative else None
    if d.role in PRODUCT or (d.clicks <= 1 and d.role == Role.OTHER and d.region in {"header", "footer"}):
        return None
    return False
