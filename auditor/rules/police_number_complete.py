"""The public-security number is whole and links to its own record."""

import re

from auditor import laws, remedies, wording
from auditor.facts import Facts, by_number, evidence
from auditor.model import Disclosure, NumberKind, Severity, Target, Text
from auditor.pages import icon_beside
from auditor.rules import Meta, Ruling, failed, no_number, passed

META = Meta(
    category="companion",
    title=Text("公安联网备案标识不完整或链接错误", "Public-security filing mark incomplete or wrongly linked"),
    requirement=Text(
        "公安联网备案号为14位数字，附图标，并链接公安备案平台的对应编号（平台说明）",
        "The number has 14 digits, an icon, and a link to its own record on the platform (platform's instructions)",
    ),
    basis=(laws.POLICE_FILING, laws.POLICE_DISPLAY),
    severity=Severity.ADVICE,
    remedy=Text(
        "请在首页底部放置编号和图标并链接 beian.mps.gov.cn 对应编号。",
        "Place number, icon and the link to its record on beian.mps.gov.cn at the foot of the home page.",
    ),
)

RIGHT = frozenset({Target.OFFICIAL, Target.OFFICIAL_RECORD})
_CODE = re.compile(r"code=([0-9]{6,20})", re.IGNORECASE)


def check(facts: Facts) -> Ruling:
    """Advises; warns where the link opens the record of another number. A site without the number is not asked."""
    places = by_number(facts.seen(NumberKind.POLICE))
    if not places:
        return no_number(NumberKind.POLICE)
    other = [d for p in places.values() for d in p if _other_code(d)]
    if other:
        return failed(
            f"公安备案号 {wording.named(other).zh} 的链接指向另一编号（{_other_code(other[0])}）。",
            f"The link of {wording.named(other).en} opens the record of another number ({_other_code(other[0])}).",
            evidence(other),
            Severity.WARNING,
            remedies.links(other),
        )
    bad = [p[0] for p in places.values() if not any(d.well_formed and d.link.target in RIGHT for d in p)]
    if not bad:
        return _icon(facts, [d for p in places.values() for d in p])
    lacks = Text("格式不完整", "is not whole")
    if bad[0].well_formed:
        lacks = Text("未链接公安备案平台的对应编号", "does not link to its record on the platform")
    html = remedies.links(d for d in bad if d.well_formed) or None
    what = wording.named(bad)
    return failed(f"公安备案号 {what.zh} {lacks.zh}。", f"{what.en} {lacks.en}.", evidence(bad), html=html)


def _icon(facts: Facts, numbers: list[Disclosure]) -> Ruling:
    if any(icon_beside(facts, d) for d in numbers):
        return passed("公安备案号完整，附有图标，并链接备案平台。", "The number is whole, with icon and link.")
    return failed(
        f"公安备案号 {wording.named(numbers).zh} 旁未见备案图标。",
        f"No icon was seen beside {wording.named(numbers).en}.",
        evidence(numbers),
    )


def _other_code(d: Disclosure) -> str | None:
    found, digits = _CODE.search(d.link.href or ""), "".join(re.findall(r"[0-9]", d.number or ""))
    return found[1] if found and digits and found[1] != digits else None
