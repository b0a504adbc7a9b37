"""Filing labels with something other than a complete number behind them: a promise, a template, bare digits.

算法备案号：备案中 · 大模型备案号：XXXX · ICP备案号：{{ICP_NUMBER}} · 算法备案号: 110108…
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import NumberKind
from auditor.numbers._form import STAND_IN
from auditor.numbers._text import Anchor, Folded

_ENDING = r"(?:信息|公示|备案)?(?:(?P<strong>编?号码?|编码)|信息|公示)?"
_LABEL = re.compile(
    r"(?:(?P<police>公安(?:部|机关)?(?:联网|网)?备案)"
    r"|(?P<app>(?i:APP|小程序|移动应用)\s?(?i:ICP)?\s?备案)"
    r"|(?P<license>(?i:ICP)\s?(?:经营)?许可证)"
    r"|(?P<icp>(?:(?i:ICP)(?:/IP)?\s?(?:网站)?|网站|工信部)\s?备案)"
    r"|(?P<registration>(?:大?模型|生成式\s?(?:人工智能|(?i:AI))?|人工智能|(?i:AIGC))[^\s:,，。；;|()]{0,12}(?:登记|上线备?案?)(?=编?号))"
    r"|(?P<algorithm>算法[^\s:,，。；;|()]{0,6}备案)"
    r"|(?P<filing>(?:大?模型|生成式\s?(?:人工智能|(?i:AI))?\s?|(?i:AIGC)\s?)[^\s:,，。；;|()算]{0,8}备案))" + _ENDING
)
_VALUE = re.compile(
    r"(?P<gap>[\s(\[【]{0,4}(?:备案|登记)编?号|)(?P<blank>[\s:|│>\"'“”「=,(\[【-]{0,8})"
    rf"(?:(?P<digits>[0-9]{{8,64}})(?![0-9A-Za-z*-])|(?P<stand_in>[A-Za-z0-9]{{0,6}}-?{STAND_IN}))"
)
_KINDS = {
    "police": NumberKind.POLICE,
    "app": NumberKind.ICP_APP,
    "license": NumberKind.ICP_LICENSE,
    "icp": NumberKind.ICP,
    "registration": NumberKind.GENAI_REGISTRATION,
    "algorithm": NumberKind.ALGORITHM,
    "filing": NumberKind.GENAI_FILING,
}
LABEL_ANCHORS = (Anchor("备", "", "案"), Anchor("備", "", "案"), Anchor("登", "", "记記"))


class Labelled(NamedTuple):
    """What stands behind a filing label, as a place in the folded text."""

    kind: NumberKind
    start: int
    end: int
    digits: str | None  # None: a stand-in


def labelled(text: Folded) -> Iterator[Labelled]:
    """Every bare number or stand-in behind a filing label."""
    for label in _LABEL.finditer(text.text):
        value = _VALUE.match(text.text, label.end())
        if value is None or not _is_pair(label, value):
            continue
        kind = next(kind for name, kind in _KINDS.items() if label[name])
        group = "digits" if value["digits"] else "stand_in"
        yield Labelled(kind, *value.span(group), value["digits"])


def _is_pair(label: re.Match[str], value: re.Match[str]) -> bool:
    """A label in 号 needs a gap; another one (算法备案 办理中) could be prose: it needs a colon or bracket."""
    if label["strong"] or value["gap"]:
        return value["blank"] != "" or not (value["digits"] or value["stand_in"][0].isalnum())
    return not set(value["blank"]).isdisjoint(":([【|=")


def stand_ins(text: Folded, kind: NumberKind) -> Iterator[tuple[int, int]]:
    """Places of the promises and templates under labels of one kind."""
    return ((each.start, each.end) for each in text.scan(labelled) if each.kind == kind and each.digits is None)
