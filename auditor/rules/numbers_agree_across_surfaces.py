"""The site and the store pages of its apps show the same numbers."""

from auditor import laws, wording
from auditor.facts import AI, Facts, evidence
from auditor.filings import is_operator
from auditor.model import Disclosure, NumberKind, Severity, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review
from crawler.capture import Role

META = Meta(
    category="consistency",
    title=Text("各渠道编号不一致", "Different numbers on the site and in the app store"),
    requirement=Text(
        "同一产品在网站、应用、小程序和应用商店展示的编号一致",
        "One product shows the same numbers on its site, in its apps and in the stores",
    ),
    basis=(laws.ALGORITHM_DISPLAY,),
    severity=Severity.WARNING,
    remedy=Text("请统一各渠道公示信息。", "Align all channels."),
)

KINDS = (*AI, NumberKind.ICP_APP)


def check(facts: Facts) -> Ruling:
    """Fails where the site and the store page of its own app show numbers of one kind and none in common.

    More on one side, or an app that may be another firm's, is left to a person.
    """
    stores = [d for d in facts.shown(*KINDS) if d.role == Role.STORE]
    sites = [d for d in facts.shown(*KINDS) if d.role != Role.STORE]
    kinds = sorted({d.kind for d in stores} & {d.kind for d in sites})
    if not kinds:
        return not_applicable("没有可以比较的两个渠道。", "There are no two channels to compare.")
    for judge, say in ((_apart, failed), (_differ, review)):
        for kind in kinds:
            site, store = _of(sites, kind), _of(stores, kind)
            if judge({_key(d) for d in site}, {_key(d) for d in store}):
                here, there = wording.named(site), wording.named(store)
                tell = say if all(_is_its_app(facts, d) for d in store) else review
                return tell(
                    f"网站展示 {here.zh}，应用商店页面展示 {there.zh}，两处不一致。",
                    f"The site shows {here.en}, the store page {there.en}: they differ.",
                    evidence([*site, *store]),
                )
    return passed("各渠道编号一致。", "The channels show the same numbers.")


def _is_its_app(facts: Facts, d: Disclosure) -> bool:
    """Whether the app of a store page is surely this site's: published by its operator, or called as it is."""
    page = facts.page(d)
    if page is None:
        return False
    if page.developer and is_operator(facts, page.developer):
        return True
    return bool(page.app and page.app == facts.capture.seed.name)


def _apart(site: set[str], store: set[str]) -> bool:
    return not site & store


def _differ(site: set[str], store: set[str]) -> bool:
    return site != store


def _of(disclosures: list[Disclosure], kind: NumberKind) -> list[Disclosure]:
    return [d for d in disclosures if d.kind == kind]


def _key(d: Disclosure) -> str:
    return (d.number or d.raw).casefold()
