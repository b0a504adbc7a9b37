"""Administrative division codes (GB/T 2260), withdrawn ones included: filers keep the code of the day they filed.

The table `divisions.tsv` is made by `benchmarks/numbers_divisions.py`; its head names the source.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county."""

    code: str  # six digits
    name: str  # its last name, without those above it
    withdrawn: int | None  # last year that the code was in force; None: still in force


@cache
def table() -> dict[str, Division]:
    """All known divisions by code."""
    lines = files("auditor").joinpath("divisions.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {code: Division(code, name, int(year) if year else None) for code, year, name in rows}


def division(code: str) -> Division | None:
    """The division of a six-digit code.

    >>> division("110108").name
    '海淀区'
    >>> division("110103").withdrawn
    2009
    >>> division("999999")
    """
    return table().get(code)


def in_a_province(code: str) -> bool:
    """Whether the first two digits of a code name a province. A new county can be missing here, a province cannot.

    >>> in_a_province("110199"), in_a_province("990101")
    (True, False)
    """
    return f"{code[:2]}0000" in table()


def place(code: str) -> str | None:
    """The names from the province down, or None for an unknown code.

    >>> place("440305")
    '广东省深圳市南山区'
    """
    if division(code) is None:
        return None
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    names = dict.fromkeys(found.name for each in above if (found := division(each)))
    return "".join(name for name in names if name not in ("市辖区", "县"))
