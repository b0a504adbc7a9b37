"""Public-security filing number, 京公网安备11010802000001号 (公安联网备案编号).

14 digits, the first six an administrative division. Ministry of Public Security, 公安部令第33号 article 12; the blank
that its own snippet puts behind 备 is no fault.

>>> validate("京公网安备11010899000001号")
()
>>> validate("京公网安备1101089900001号")
('length',)
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from auditor.divisions import division
from auditor.model import Number, NumberKind
from auditor.numbers._form import (
    CHARS,
    END,
    GAP,
    PROVINCE_OF_CODE,
    SECOND_NAMES,
    STAND_IN,
    number,
    placeholder,
    province_before,
    typography,
)
from auditor.numbers._labels import LABEL_ANCHORS, labelled, stand_ins
from auditor.numbers._text import Folded, filing_anchors

KIND = NumberKind.POLICE
ANCHORS = (*filing_anchors("安网"), *LABEL_ANCHORS)

_FULL = re.compile(
    rf"公 ?(?:网 ?安|安 ?网) ?备(?P<more> ?案?(?: ?编? ?号)?)(?P<gap>{GAP})"
    rf"(?:(?P<digits>(?:[0-9] ?){{13}}[0-9](?= ?号)|[0-9]{{6,24}}+(?![A-Za-z*]))"
    rf"|(?P<stand_in>{STAND_IN}|(?<=[ \n])(?={END})))(?P<end>{END})?"
)
_ISSUED = re.compile(rf"([{CHARS}])公网安备([0-9]+)号")
_END = re.compile(END)


def validate(number: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    issued = _ISSUED.fullmatch(number)
    if issued is None:
        return ("character",) if number[:1] in CHARS else ("province",)
    return _problems(issued[1], issued[2])


def find(text: Folded, today: date | None = None) -> Iterator[Number]:
    """Numbers, bare codes behind a label, and what stands in for a number."""
    for match in _FULL.finditer(text.text) if "备" in text.text else ():
        yield _prefixed(text, match)
    for each in text.scan(labelled):
        if each.kind == KIND and each.digits and len(each.digits) == 14:
            end = _END.match(text.text, each.end)
            yield _bare(text, (each.start, end.end() if end else each.end), each.digits)
    for span in stand_ins(text, KIND):
        yield placeholder(KIND, text, span)


def _problems(province: str | None, digits: str) -> tuple[str, ...]:
    codes = [] if province else ["province"]
    if len(digits) != 14:
        codes.append("length")
    elif division(digits[:6]) is None or (province and _province_of(digits) != SECOND_NAMES.get(province, province)):
        codes.append("division")
    return tuple(codes)


def _province_of(digits: str) -> str | None:
    return PROVINCE_OF_CODE.get(int(digits[:2]))


def _parts(province: str | None, digits: str) -> Mapping[str, str | int | None]:
    return {"province": province, "division": digits[:6], "code": digits} if len(digits) == 14 else {}


def _canonical(province: str | None, digits: str) -> str:
    return f"{province or _province_of(digits) or ''}公网安备{digits}号"


def _prefixed(text: Folded, match: re.Match[str]) -> Number:
    province, start = province_before(text, match.start())
    span = start, match.end()
    if match["stand_in"] is not None:
        return placeholder(KIND, text, span)
    digits, (first, last) = match["digits"].replace(" ", ""), text.span(*span)
    codes = [] if match["end"] else ["missing-suffix"]
    codes += ["prefix"] if match["more"].strip() or "安网" in match[0] else []
    written = text.text[start : match.end()].replace("备 ", "备", 1)
    issued = f"{province or ''}公网安备{digits}{'号' if match['end'] else ''}"
    codes += typography(text.original[first:last], written, issued) + list(_problems(province, digits))
    return number(KIND, text, span, _canonical(province, digits), codes, _parts(province, digits))


def _bare(text: Folded, span: tuple[int, int], digits: str) -> Number:
    province = _province_of(digits)
    codes = (
        "missing-prefix",
        *(() if text.text[span[1] - 1] == "号" else ("missing-suffix",)),
        *_problems(province, digits),
    )
    return number(KIND, text, span, _canonical(province, digits), codes, _parts(province, digits))
