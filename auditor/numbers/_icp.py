"""The grammar that ICP filings of sites and of apps share (工业和信息化部).

`<province>ICP备<8 or 10 and more digits>号`, then `-n` for a site, `-nA` for an app, `-nX` for a mini-program, `-nK`
for a quick app; without `-n` the number of the filer as a whole.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.model import Number, NumberKind
from auditor.numbers._form import CHARS, END, GAP, STAND_IN, is_joke, number, placeholder, province_before, typography
from auditor.numbers._text import Folded

_FULL = re.compile(
    rf"(?i:I ?C ?P) ?备(?P<more> ?案?(?: ?编? ?号)?)(?P<gap>{GAP})"
    rf"(?:(?P<digits>[0-9]{{5,20}}+(?![A-Za-z*]))|(?P<stand_in>{STAND_IN}|(?<= )(?={END})))"
    rf"(?P<end>{END})?(?P<tail>(?! ?- (?:19|20)[0-9]{{2}}(?![0-9]))(?: ?[-_] ?|一)(?P<site>[0-9]{{1,4}})(?![0-9号楼层])"
    r"(?P<letter> ?[AXKaxk](?![A-Za-z0-9]))?)?"
)
_ISSUED = re.compile(rf"([{CHARS}])ICP备([0-9]+)号(?:-([0-9]+)([AXK])?)?")


class Filing(NamedTuple):
    """One appearance of `ICP备` with what follows."""

    app: bool
    match: re.Match[str]
    province: str | None
    start: int  # in the folded text, the province included


def filings(text: Folded) -> Iterator[Filing]:
    """Every appearance, jokes and labels left out."""
    if "备" not in text.text:
        return
    for match in _FULL.finditer(text.text):
        province, start = province_before(text, match.start())
        label = "案" in match["more"] and province is None
        if is_joke(text, match.start()) or (label and not (match["digits"] and match["more"].endswith("号"))):
            continue
        yield Filing(match["letter"] is not None, match, province, start)


def find(text: Folded, kind: NumberKind, app: bool) -> Iterator[Number]:
    """The numbers of apps, or those of sites and filers."""
    for filing in text.scan(filings):
        if filing.app == app:
            yield _read(text, kind, filing)


def problems(province: str | None, digits: str) -> tuple[str, ...]:
    """What is wrong with the fields, as codes. A filer's number has 8 digits (year in two) or 10 and more (in four)."""
    codes = [] if province else ["province"]
    if len(digits) != 8 and not 10 <= len(digits) <= 13:
        codes.append("length")
    return tuple(codes)


def validate(number: str, app: bool) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    issued = _ISSUED.fullmatch(number)
    if issued is None:
        return ("character",) if number[:1] in CHARS else ("province",)
    return problems(issued[1], issued[2]) if app == bool(issued[4]) else ("character",)


def _read(text: Folded, kind: NumberKind, filing: Filing) -> Number:
    _, match, province, start = filing
    end = match.end() if match["end"] or match["tail"] else max(match.end("digits"), match.end("stand_in"))
    if match["stand_in"] is not None:
        return placeholder(kind, text, (start, end))
    head, letter = f"{province or ''}ICP备{match['digits']}", (match["letter"] or "").strip().upper()
    tail = f"-{int(match['site'])}{letter}" if match["tail"] else ""
    written = ["prefix"] if match["more"].strip() else []
    first, last = text.span(start, end)
    written += typography(
        text.original[first:last], text.text[start:end], f"{head}{'号' if match['end'] else ''}{tail}"
    )
    missing = () if match["end"] else ("missing-suffix",)
    fields = {
        "province": province,
        "subject": match["digits"],
        "site": int(match["site"]) if match["tail"] else None,
    } | ({"platform": letter} if letter else {})
    return number(
        kind, text, (start, end), f"{head}号{tail}", (*missing, *written, *problems(province, match["digits"])), fields
    )
