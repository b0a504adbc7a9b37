"""Filing labels with something other than a complete number behind them: a promise, a template, bare digits.

算法备案号：备案中 · 大模型备案号：XXXX · ICP备案号：{{ICP_NUMBER}} · 算法备案号: 110108…
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import NumberKind
from auditor.numbers._form import STAND_IN
from auditor.numbers._text import Anchor, Folded

_VALUE = re.compile(
    r"(?P<word>备案|登记|上线(?:备案)?|许可证)(?:信息|公示|备案)?(?:(?P<strong>编?号码?|编码)|信息|公示)?"
    r"(?P<second>[\s(\[【]{0,4}(?:备案|登记)编?号|)(?P<blank>[\s:|│>\"'“”「=,，(\[【-]{0,8})"
    rf"(?:(?P<digits>[0-9]{{8,64}})(?![0-9A-Za-z*-])|(?P<stand_in>[A-Za-z0-9]{{0,6}}-?{STAND_IN}))"
)
_SUBJECT = re.compile(
    r"(?:(?P<police>公安(?:部|机关)?(?:联网|网)?)"
    r"|(?P<app>(?i:APP|小程序|移动应用)\s?(?i:ICP)?\s?)"
    r"|(?P<icp>(?:(?i:ICP)(?:/IP)?\s?(?:网站|经营)?|网站|工信部)\s?)"
    r"|(?P<algorithm>算法[^\s:,，。；;|()]{0,6})"
    r"|(?P<generative>(?:大?模型|生成式\s?(?:人工智能|(?i:AI))?\s?|人工智能|(?i:AIGC)\s?)[^\s:,，。；;|()算]{0,12}))\Z"
)
_REACH = 24  # characters before 备案 in which the word stands that tells the kind
_LENGTHS = (14, 21)  # of police and algorithm numbers: such digits need nothing between label and number
_FILED = {
    "police": NumberKind.POLICE,
    "app": NumberKind.ICP_APP,
    "icp": NumberKind.ICP,
    "algorithm": NumberKind.ALGORITHM,
    "generative": NumberKind.GENAI_FILING,
}
LABEL_ANCHORS = (
    Anchor("备", "案"),
    Anchor("備", "案"),
    Anchor("登", "[记記]"),
    Anchor("线", "(?<=上线)(?:备案)?编?号"),
    Anchor("证", "(?<=许可证)编?号"),
)


class Labelled(NamedTuple):
    """What stands behind a filing label, as a place in the folded text."""

    kind: NumberKind
    start: int
    end: int
    digits: str | None  # None: a stand-in


def labelled(text: Folded) -> Iterator[Labelled]:
    """Every bare number or stand-in behind a filing label."""
    for value in _VALUE.finditer(text.text):
        kind = _kind(text.text, value) if _is_pair(value) else None
        if kind:
            group = "digits" if value["digits"] else "stand_in"
            yield Labelled(kind, *value.span(group), value["digits"])


def _is_pair(value: re.Match[str]) -> bool:
    """A label in 号 needs a gap; another one (算法备案 办理中) could be prose: it needs a colon or bracket."""
    if value["strong"] or value["second"]:
        if value["digits"]:
            return value["blank"] != "" or len(value["digits"]) in _LENGTHS
        return value["blank"] != "" or not value["stand_in"][0].isalnum()
    return not set(value["blank"]).isdisjoint(":([【|=")


def _kind(text: str, value: re.Match[str]) -> NumberKind | None:
    """What the words before 备案, 登记 … say. Nothing for a bare 备案号, which every kind is called."""
    subject = _SUBJECT.search(text, max(value.start() - _REACH, 0), value.start())
    if subject is None:
        return None
    name, word = str(subject.lastgroup), value["word"]
    if word.startswith("备案"):
        return _FILED[name]
    if word == "许可证":
        return NumberKind.ICP_LICENSE if name == "icp" else None
    return NumberKind.GENAI_REGISTRATION if name == "generative" and (value["strong"] or value["second"]) else None


def stand_ins(text: Folded, kind: NumberKind) -> Iterator[tuple[int, int]]:
    """Places of the promises and templates under labels of one kind."""
    return ((each.start, each.end) for each in text.scan(labelled) if each.kind == kind and each.digits is None)
