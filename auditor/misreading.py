"""What OCR reads from a picture, put right by what the page says in words.

The recogniser confuses characters that look alike (3 and 8, O and 0). Where the text, or the description of a picture,
holds the same number but for a slip, that is the number that the picture shows.
"""

import re
from collections.abc import Iterable

from auditor.model import Number
from auditor.registry.distance import MAX_EDITS, edits

_LIKE = dict(zip("OoQDIl|!SBZz", "000011115822", strict=True))
_DIGIT = f"[0-9{re.escape(''.join(_LIKE))}]"
_ICP = re.compile(r"[1lI|!][CcGＣ][PpＰ](?=\s?[备備证證])")
_FILED = re.compile(r"网\s?[信倌]\s?[算箅笪]\s?[备各](?=[\s:：]{0,3}[0-9])")
_RUNS = re.compile(
    rf"(?<=[备證证備号:： ])(?P<number>{_DIGIT}{{8,24}})(?=\s?号|[^0-9A-Za-z]|\Z)"
    rf"|(?<=[-–—])(?P<date>2{_DIGIT}{{7}})(?P<s>[S5$](?={_DIGIT}{{4}}(?![0-9A-Za-z])))?(?P<serial>{_DIGIT}{{4}})?(?![0-9A-Za-z])"
)
_MOSTLY = 2 / 3  # of the characters of a number that must have been read as digits


def tidied(text: str) -> str:
    """What OCR read, with letters that stand in numbers or prefixes made the digits and letters that they look like.

    >>> tidied("京1CP备2O25990011号-1 网信箅备11O108901234501250013号 Zhejiang-MouMou-2O250630SO042")
    '京ICP备2025990011号-1 网信算备110108901234501250013号 Zhejiang-MouMou-20250630S0042'
    """
    return _RUNS.sub(_digits, _FILED.sub("网信算备", _ICP.sub("ICP", text)))


def _digits(run: re.Match[str]) -> str:
    parts = ("number",) if run["number"] else ("date", "serial")
    read = "".join(run[part] or "" for part in parts)
    if sum(map(str.isdecimal, read)) < _MOSTLY * len(read):
        return run[0]
    first, *rest = ("".join(_LIKE.get(char, char) for char in run[part] or "") for part in parts)
    return first + ("S" if run["s"] else "") + "".join(rest)


def put_right(read: Number, written: Iterable[Number]) -> Number:
    """A number as OCR read it or, where one of the written ones is nearly the same, that one in its place.

    One slip is taken for a misreading in any case, two only where what was read cannot be right.
    """
    allowed = 1 if read.well_formed and "check-digit" not in read.problems else MAX_EDITS
    said = (read.number or read.raw).casefold()
    for number in written:
        right = number.number if number.kind is read.kind and number.well_formed else None
        if right and edits(said, right.casefold()) <= allowed:
            return number
    return read
