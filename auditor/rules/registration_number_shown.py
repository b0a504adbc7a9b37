"""The registration number (上线编号) that an application obtained is shown."""

from auditor import laws, remedies, wording
from auditor.facts import MODEL, Facts, looked_at
from auditor.filings import numbers, relevant, unshown
from auditor.model import NumberKind, Severity, Text
from auditor.rules import Meta, Ruling, failed, not_applicable, passed, review, unlisted

META = Meta(
    category="presence",
    title=Text("未标明上线编号", "Registration number not shown"),
    requirement=Text(
        "经登记的应用或功能在显著位置或产品详情页面标明所取得的上线编号",
        "A registered application shows the number it obtained prominently or on the product page",
    ),
    basis=(laws.REGISTRATION_DISPLAY, laws.REGISTRATION_DUTY, laws.MODEL_DISPLAY),
    severity=Severity.VIOLATION,
    remedy=Text(
        "请在显著位置或产品详情页面标明所取得的上线编号。",
        "Show the registration number in a prominent place or on the product's page.",
    ),
)

KIND = NumberKind.GENAI_REGISTRATION
ASKING = ("上海", "shanghai")
"""Provinces whose own notice, asking for the application's number, could be read (in a reprint)."""

UNCLEAR = Text("所登记应用是否即本网站尚不确定", "whether the registered application is this site is not certain")


def check(facts: Facts) -> Ruling:
    """Fails where the lists hold a registration of this application; softer where the model's number is shown."""
    if facts.seen(KIND):
        return passed("网站标明了上线编号。", "The site shows a registration number.")
    if facts.register is None:
        return unlisted()
    filed = relevant(facts, KIND)
    if not filed or any("placeholder" not in d.problems for d in facts.own(KIND)):
        return not_applicable(
            "清单中未见该主体的登记，或编号由其他规则判断。",
            "No such registration is known, or another rule judges it.",
        )
    rows, doubt = unshown(facts, filed, UNCLEAR)
    if doubt == UNCLEAR and facts.seen(*MODEL):
        return not_applicable(
            "该主体的登记备案未指向本产品，且网站已展示模型编号。",
            "The lists name other products of this operator, and the site shows a model number.",
        )
    listed = wording.quoted(numbers(rows))
    if doubt:
        return review(
            f"官方清单载有该主体的登记 {listed.zh}，网站未见上线编号，但{doubt.zh}。",
            f"The official list holds {listed.en} of this operator; no number was seen, but {doubt.en}.",
            looked_at(facts),
        )
    asked = f"{rows[0].province}{rows[0].number}".casefold().startswith(ASKING)
    softer = Severity.WARNING if facts.seen(NumberKind.GENAI_FILING) and not asked else None
    return failed(
        f"官方清单载有本应用的登记 {listed.zh}，所查页面均未标明上线编号，疑似不符合网信部门公告的要求。",
        f"The official list holds {listed.en} for this application; no page that was read shows it.",
        looked_at(facts),
        softer,
        remedies.registration_line(rows[0].number),
    )
