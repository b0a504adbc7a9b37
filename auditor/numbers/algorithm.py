"""Algorithm filing number, 网信算备 + 21 digits + 号 (算法备案编号).

`DDDDDD EEEEEEE CC YY NNN K`: administrative division of the filer, operator, category, year, serial of the operator in
the category, check digit. Issued by the Cyberspace Administration of China (算法推荐管理规定 article 25). What the
digits mean is published nowhere: it is inferred from the published lists, and holds there but for two misprints.

>>> validate("网信算备110108900000101250019号")
()
>>> validate("网信算备110108900000101250029号")
('check-digit',)
>>> validate("网信算备110108900000107250015号", date(2026, 1, 1))
('category',)
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from operator import mul

from auditor.divisions import division, in_a_province
from auditor.model import Number, NumberKind
from auditor.numbers._form import END, GAP, STAND_IN, number, placeholder, typography
from auditor.numbers._labels import LABEL_ANCHORS, labelled, stand_ins
from auditor.numbers._text import Anchor, Folded, filing_anchors

KIND = NumberKind.ALGORITHM
ANCHORS = (
    *filing_anchors("算法信"),
    Anchor("A", r"lgorithm[^\n]{0,20}?(?i:filing|registration)"),
    *LABEL_ANCHORS,
)

CATEGORIES = {"01": "生成合成", "02": "个性化推送", "03": "排序精选", "04": "检索", "05": "内容过滤", "06": "调度决策"}
FIRST_YEAR = 2022
OFFICIAL_MISPRINTS = frozenset({"440305295988702220055", "1101082242366066220017"})
"""Printed by the register itself: the first fails the check digit, the second has 22 digits."""

_WEIGHTS = tuple(1 << place for place in range(20, -1, -1))
_PREFIX = r"网 ?信 ?算(?P<law> ?法)? ?备(?P<more> ?(?:\(?案\)?)?(?: ?编? ?号)?)"
_DIGITS = (
    r"[0-9](?:[ -]{0,2}[0-9]){20}(?![0-9])"
    r"|[0-9]{6,64}+(?![A-Za-z*])|[0-9]{3,5}(?=\s?号)"
)
_BROKEN = r"[0-9A-Za-z]{12,40}"
_FULL = re.compile(
    rf"{_PREFIX}(?P<gap>{GAP})"
    rf"(?:(?P<digits>{_DIGITS})|(?P<stand_in>{STAND_IN}|(?<=[ \n])(?={END}))|(?P<broken>{_BROKEN}))"
    rf"[)\]】〕」*`]{{0,2}}(?P<end>{END})?"
)
_NEXT = re.compile(rf"(?:\s?[、,，/|;；和及与&]\s?|\s)(?P<digits>[0-9]{{20,22}}(?![0-9A-Za-z]))(?P<end>{END})?")
_BARE = re.compile(rf"(?P<digits>[0-9](?<![0-9A-Za-z.].)[0-9]{{20}}(?![0-9A-Za-z]))(?P<end>{END})?")
_CUT_PREFIX = re.compile(rf"(?:(?<![0-9A-Za-z])|(?<=国家))网? ?信 ?算? ?备(?: ?案?(?: ?编? ?号)?){GAP}\Z")
_NAMED = re.compile(r"备案|(?i:algorithm)[^\n]{0,20}(?i:filing|registration)")
_NEXT_LINE = re.compile(rf"\n(?P<digits>[0-9]{{1,20}}+(?![A-Za-z*-]))(?P<end>{END})?")
_END = re.compile(END)


def check_digit_ok(digits: str) -> bool:
    """Whether 21 digits satisfy the check: ISO 7064's pure system with radix 2 and modulus 10.

    >>> check_digit_ok("110108900000101250019")
    True
    """
    return _weigh(digits) == 1


def check_digit(digits: str) -> str:
    """The digit that completes 20 digits.

    >>> check_digit("11010890000010125001")
    '9'
    """
    return str((1 - _weigh(digits)) % 10)


def _weigh(digits: str) -> int:
    total: int = sum(map(mul, map(int, digits), _WEIGHTS))
    return total % 10


def corrections(digits: str) -> tuple[str, ...]:
    """The 21-digit strings that differ in one digit, satisfy the check and have no other problem.

    >>> "110108900000101250019" in corrections("110108900000101250029")
    True
    """
    others = (
        digits[:place] + digit + digits[place + 1 :]
        for place in range(len(digits))
        for digit in "0123456789"
        if digit != digits[place]
    )
    return tuple(other for other in others if not problems(other))


def problems(digits: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with the digits, as codes. Without `today` no year is too late.

    An unknown division is a doubt and no fault (new counties appear every year); an unknown province is a fault.
    """
    if len(digits) != 21:
        return ("length",)
    codes = []
    if division(digits[:6]) is None:
        codes += ["division"] if in_a_province(digits[:6]) else ["division", "province"]
    if digits[13:15] not in CATEGORIES:
        codes.append("category")
    if not FIRST_YEAR <= 2000 + int(digits[15:17]) <= (today.year if today else 2099):
        codes.append("year")
    if digits[17:20] == "000":
        codes.append("serial")
    if not check_digit_ok(digits) and digits not in OFFICIAL_MISPRINTS:
        codes.append("check-digit")
    return tuple(codes)


def validate(number: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    digits = number.removeprefix("网信算备").removesuffix("号")
    return problems(digits, today) if digits.isdecimal() else ("character",)


def parts(digits: str) -> Mapping[str, str | int | None]:
    """The fields of 21 digits; nothing for another length.

    >>> parts("110108900000101250019")
    {'division': '110108', 'operator_id': '9000001', 'category': '01', 'year': 2025, 'serial': 1}
    """
    if len(digits) != 21:
        return {}
    return {
        "division": digits[:6],
        "operator_id": digits[6:13],
        "category": digits[13:15],
        "year": 2000 + int(digits[15:17]),
        "serial": int(digits[17:20]),
    }


def find(text: Folded, today: date | None = None) -> Iterator[Number]:
    """Numbers with the prefix, further ones in the same row without it, bare digits, and what stands in for one."""
    prefixed = tuple(_FULL.finditer(text.text)) if "备" in text.text else ()
    for match in prefixed:
        yield _prefixed(text, match, today)
        yield from _row(text, match.end(), today)
        yield from _on_two_lines(text, match, today)
    read = {match.start("digits") for match in prefixed}
    for match in _BARE.finditer(text.text):
        if match.start() not in read and _is_named(text, match) and not problems(match["digits"], today):
            yield _unprefixed(text, match, today)
    yield from _labelled(text, today)


def _is_named(text: Folded, bare: re.Match[str]) -> bool:
    """Whether 号 ends 21 bare digits or a filing label stands before them."""
    return bool(bare["end"]) or _NAMED.search(text.text, max(bare.start() - 60, 0), bare.start()) is not None


def _unprefixed(text: Folded, bare: re.Match[str], today: date | None) -> Number:
    """21 digits that only an algorithm can have, without prefix or with one that lost a character (网信备)."""
    cut = _CUT_PREFIX.search(text.text, max(bare.start() - 24, 0), bare.start())
    if cut is None:
        return _bare(text, bare.span(), bare["digits"], today)
    return _read(text, (cut.start(), bare.end()), bare["digits"], "网信算备", bare["end"], ["prefix"], today)


def _on_two_lines(text: Folded, match: re.Match[str], today: date | None) -> Iterator[Number]:
    """The number whose digits go on in the next line: read if together they have nothing wrong, the check included."""
    rest = _NEXT_LINE.match(text.text, match.end("digits")) if match["digits"] and not match["end"] else None
    if rest and not problems(match["digits"] + rest["digits"], today):
        span = (match.start(), rest.end())
        yield _read(text, span, match["digits"] + rest["digits"], "网信算备", rest["end"], [], today)


def _prefixed(text: Folded, match: re.Match[str], today: date | None) -> Number:
    start = match.start()
    foreign = text.text[start - 1 : start] == "国" and text.text[start - 2 : start - 1] not in ("中", "全")
    span = (start - foreign, match.end() if match["end"] else match.end("gap") + len(_body(match)))
    if match["stand_in"] is not None:
        return placeholder(KIND, text, span)
    if match["broken"]:
        return number(KIND, text, span, None, ("character",))
    written = ["prefix"] if match["more"].strip() or match["law"] or foreign else []
    return _read(text, span, match["digits"], "网信算备", match["end"], written, today)


def _body(match: re.Match[str]) -> str:
    return match["digits"] or match["stand_in"] or match["broken"] or ""


def _read(
    text: Folded, span: tuple[int, int], body: str, prefix: str, end: str | None, written: list[str], today: date | None
) -> Number:
    digits = body if body.isdecimal() else re.sub(r"\D", "", body)
    start, stop = text.span(*span)
    folded = text.text[span[0] : span[1]]
    if "prefix" not in written:
        written += typography(text.original[start:stop], folded, f"{prefix}{digits}{'号' if end else ''}")
    missing = ([] if prefix else ["missing-prefix"]) + ([] if end else ["missing-suffix"])
    return number(
        KIND, text, span, f"网信算备{digits}号", (*missing, *written, *problems(digits, today)), parts(digits)
    )


def _bare(text: Folded, span: tuple[int, int], digits: str, today: date | None) -> Number:
    return _read(text, span, digits, "", "号" if text.text[span[1] - 1] == "号" else None, [], today)


def _row(text: Folded, end: int, today: date | None) -> Iterator[Number]:
    """The further numbers of 网信算备A号 / B号."""
    while match := _NEXT.match(text.text, end):
        yield _bare(text, (match.start("digits"), match.end()), match["digits"], today)
        end = match.end()


def _labelled(text: Folded, today: date | None) -> Iterator[Number]:
    for each in text.scan(labelled):
        if each.kind == KIND and each.digits and len(each.digits) >= 10:
            end = _END.match(text.text, each.end)
            stop = end.end() if end else each.end
            yield _bare(text, (each.start, stop), each.digits, today)
            yield from _row(text, stop, today)
    for span in stand_ins(text, KIND):
        yield placeholder(KIND, text, span)
