"""The link leads to the record of this very algorithm."""

from auditor import laws, wording
from auditor.facts import ALGORITHM, Facts, by_number, evidence
from auditor.model import Severity, Target, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review

META = Meta(
    category="link",
    title=Text("链接未直达对应公示信息", "Link opens only the system's home page, or another algorithm's record"),
    requirement=Text("链接直达该算法的公示内容", "The link leads to this algorithm's own public record"),
    basis=(laws.ALGORITHM_DISPLAY,),
    severity=Severity.ADVICE,
    remedy=Text(
        "建议链接至该算法对应的公示内容，便于公众直接核对。",
        "Prefer the record's own page or PDF, so that readers can check at once.",
    ),
)

DIRECT = frozenset({Target.OFFICIAL_RECORD, Target.ANNOUNCEMENT, Target.OWN})


def check(facts: Facts) -> Ruling:
    """Advises on links to the system's home page; one record behind two numbers is left to a person."""
    linked = by_number(d for d in facts.seen(*ALGORITHM) if d.link.target in {*DIRECT, Target.OFFICIAL})
    if not linked:
        return not_applicable(
            "没有指向备案系统或公示内容的链接。", "No link leads to the filing system or the public record."
        )
    records: dict[str, set[str]] = {}
    for key, places in linked.items():
        for d in places:
            if d.link.target == Target.OFFICIAL_RECORD:
                records.setdefault(d.link.href or "", set()).add(key)
    shared = next((href for href, numbers in records.items() if len(numbers) > 1), None)
    if shared:
        both = [d for p in linked.values() for d in p if d.link.href == shared]
        return review(
            f"多个编号链接到同一公示文件（{wording.short(shared)}），请核实该文件属于哪个算法。",
            f"Several numbers link to one record ({wording.short(shared)}): see whose it is.",
            evidence(both),
            Severity.WARNING,
        )
    home = [p[0] for p in linked.values() if not any(d.link.target in DIRECT for d in p)]
    if not home:
        return passed("链接直达公示内容。", "The link leads to the public record itself.")
    return failed(
        f"编号 {wording.named(home).zh} 的链接只打开备案系统首页（常见做法，不属于未提供链接）。",
        f"The link of {wording.named(home).en} opens the system's home page only (common, and no missing link).",
        evidence(home),
    )
