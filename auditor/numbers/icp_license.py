"""ICP licence number, 京ICP证030173号 (电信与信息服务业务经营许可证).

The licence of commercial services (互联网信息服务管理办法 article 7); the newer form B2-… is another number.

>>> validate("京ICP证990001号")
()
>>> validate("ICP证990001号")
('province',)
"""

import re
from collections.abc import Iterator
from datetime import date

from auditor.model import Number, NumberKind
from auditor.numbers._form import CHARS, END, GAP, STAND_IN, is_joke, number, placeholder, province_before, typography
from auditor.numbers._labels import LABEL_ANCHORS, stand_ins
from auditor.numbers._text import Anchor, Folded

KIND = NumberKind.ICP_LICENSE
ANCHORS = (*(Anchor(char, rf"(?<=[PpＰｐ]{char})|(?<=[PpＰｐ]\s{char})") for char in "证證"), *LABEL_ANCHORS)

_FULL = re.compile(
    rf"(?i:I ?C ?P) ?证 ?(?P<gap>{GAP})"
    rf"(?:(?P<digits>[0-9]{{3,16}}+(?![A-Za-z*-]))|(?P<stand_in>{STAND_IN}))(?P<end>{END})?"
)
_ISSUED = re.compile(rf"([{CHARS}])ICP证([0-9]+)号")


def validate(number: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    issued = _ISSUED.fullmatch(number)
    if issued is None:
        return ("character",) if number[:1] in CHARS else ("province",)
    return _problems(issued[1], issued[2])


def find(text: Folded, today: date | None = None) -> Iterator[Number]:
    """Numbers, and what stands in for one."""
    for match in _FULL.finditer(text.text) if "证" in text.text else ():
        if not is_joke(text, match.start()):
            yield _read(text, match)
    for span in stand_ins(text, KIND):
        yield placeholder(KIND, text, span)


def _problems(province: str | None, digits: str) -> tuple[str, ...]:
    return (() if province else ("province",)) + (() if 6 <= len(digits) <= 12 else ("length",))


def _read(text: Folded, match: re.Match[str]) -> Number:
    province, start = province_before(text, match.start())
    span = start, match.end()
    if match["stand_in"] is not None:
        return placeholder(KIND, text, span)
    first, last = text.span(*span)
    head = f"{province or ''}ICP证{match['digits']}"
    written = typography(
        text.original[first:last], text.text[start : match.end()], head + ("号" if match["end"] else "")
    )
    codes = (*([] if match["end"] else ["missing-suffix"]), *written, *_problems(province, match["digits"]))
    return number(KIND, text, span, f"{head}号", codes, {"province": province, "subject": match["digits"]})
