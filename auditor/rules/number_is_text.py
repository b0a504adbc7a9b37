"""The number is text that can be selected and read aloud."""

from auditor import laws, remedies, wording
from auditor.facts import AI, Facts, by_number, evidence
from auditor.model import Disclosure, Severity, Source, Text
from auditor.pages import described, pictures_unread
from auditor.rules import Meta, Ruling, failed, not_applicable, passed

META = Meta(
    category="accessibility",
    title=Text("编号仅以图片等非文本形式呈现", "Number only in a picture or an attribute"),
    requirement=Text(
        "编号为可复制的文本；以图片呈现的，附完整的替代文本（参考标准）",
        "The number is selectable text; a picture of it has a full text alternative (reference value)",
    ),
    basis=(laws.ACCESSIBLE, laws.LEGIBLE, laws.NON_TEXT),
    severity=Severity.WARNING,
    remedy=Text(
        "请以可复制的文本展示编号，图片须附替代文本。",
        "Use selectable text, or give the picture an alternative text with the full number.",
    ),
)

TEXT = frozenset({Source.TEXT, Source.GENERATED})


def check(facts: Facts) -> Ruling:
    """Fails for a number that stands in pictures or attributes only; advises where the picture is described in full."""
    places = by_number(d for d in facts.own(*AI) if "placeholder" not in d.problems)
    if not places:
        unread = Text(
            "；图片中的文字未读取（未安装文字识别，或识别未完成）", "; words in pictures were not read (no OCR)"
        )
        more = unread if pictures_unread(facts) else Text("", "")
        return not_applicable(f"未见编号{more.zh}。", f"No number was found{more.en}.")
    bad = [p[0] for p in places.values() if not any(d.source in TEXT for d in p)]
    if not bad:
        return passed("编号为文本。", "The number is text.")
    what, well = wording.named(bad), all(_described(facts, d) for d in bad)
    where = Text("图片中，并附有完整的替代文本", "a picture that is described in full") if well else _where(bad[0])
    return failed(
        f"编号 {what.zh} 仅见于{where.zh}，不是可复制的文本。",
        f"{what.en} stands only in {where.en}, not as text.",
        evidence(bad),
        Severity.ADVICE if well else None,
        remedies.links(bad),
    )


def _described(facts: Facts, d: Disclosure) -> bool:
    return d.source == Source.IMAGE and described(facts, d)


def _where(d: Disclosure) -> Text:
    if d.source == Source.IMAGE:
        return Text("图片中", "a picture")
    return Text("替代文本或标题属性中", "an alternative text or title attribute")
