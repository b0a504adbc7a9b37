"""What a generative-AI number says, and what is wrong with it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from auditor.numbers._provinces import BY_CHINESE, BY_NAME, UNIT, nearest_province

LAST_WITHOUT_SERIAL = date(2024, 4, 24)
"""Numbers up to this date have no serial, later filings have one (all but three of the register)."""
FIRST_DATE = date(2023, 8, 15)  # 生成式人工智能服务管理暂行办法 in force; the register's first number is of 2023-08-21

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.’'·-]*[A-Za-z0-9])?")
_SPELT = re.compile(r"(?:[A-Z][a-z]+){2,}")  # names in pinyin, as the late numbers without serial have them
_VERSION = re.compile(r"[vVrR]?[0-9][0-9.]*|.{1,2}")  # no name of the register is one, or that short
_OF_OTHERS = re.compile(
    r"(?i:release|hotfix|patch|build|nightly|latest|stable|beta|alpha|final|draft|test|dev|prod|staging|master|main|branch"
    r"|node|edge|server|cluster|region|zone|core|backup|image|logs?|data(?:set)?|metro|station|airport|road|weather"
    r"|traffic|marathon|expo|university|conference|summit|forum|meetup|event|report|office)[0-9]*"
)
"""What names of nodes, releases, places and events are; none of the register's models is called so."""


class Form(NamedTuple):
    """A string of the form, read."""

    prefix: str  # as written
    province: str | None  # the prefix of the register; None: unknown
    name: str
    date: str  # eight digits
    registration: bool
    serial: str


class Found(NamedTuple):
    """One appearance."""

    registration: bool
    start: int
    end: int
    form: Form | None  # None: a part is cut off
    codes: tuple[str, ...]


def day(digits: str) -> date | None:
    """The date of eight digits, or None if there is no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def problems(form: Form, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number, as codes. A missing serial is no fault: early filings have none."""
    codes = [] if form.province and form.prefix.lower() == form.province.lower() else ["province"]
    if not _NAME.fullmatch(form.name):
        codes.append("name")
    when = day(form.date)
    if when is None or (today and when > today):
        codes.append("date")
    if len(form.serial) != 4 and (form.registration or form.serial):
        codes.append("serial")
    return tuple(codes)


def could_be_issued(form: Form) -> bool:
    """Whether a string without a label says what numbers of the register say."""
    when = day(form.date)
    if (
        when is None
        or when < FIRST_DATE
        or not _NAME.fullmatch(form.name)
        or not form.prefix[:1].isupper() | (not form.prefix.isascii())
    ):
        return False
    if form.name.lower() in BY_NAME or form.prefix.isupper() or _VERSION.fullmatch(form.name):
        return False
    if _OF_OTHERS.fullmatch(form.name):
        return False
    if form.registration:
        return form.serial != ""
    if len(form.serial) == (0 if when <= LAST_WITHOUT_SERIAL else 4):
        return True
    return form.serial == "" and _SPELT.fullmatch(form.name) is not None


def form(match: re.Match[str]) -> Form:
    """The groups prefix, name, date, s and tail of a match, read."""
    prefix = match["prefix"]
    province = BY_NAME.get(prefix.lower()) or BY_CHINESE.get(re.sub(rf"{UNIT}\Z", "", prefix))
    return Form(
        prefix,
        province,
        match["name"].replace(" ", ""),
        match["date"],
        match["s"] is not None,
        match["tail"].lstrip(" _-Ss"),
    )


def canonical(form: Form) -> str | None:
    """The issued form. A serial that lost digits can't be read; a prefix in Chinese or misspelt can."""
    if 0 < len(form.serial) < 4:
        return None
    known = form.prefix.lower() in BY_NAME
    prefix = form.prefix if known else form.province or nearest_province(form.prefix)
    return f"{prefix}-{form.name}-{form.date}{'S' if form.registration else ''}{form.serial}" if prefix else None


def parts(form: Form) -> Mapping[str, str | int | None]:
    """The fields of a number."""
    when = day(form.date)
    return {
        "province": form.province or nearest_province(form.prefix),
        "name": form.name,
        "date": when.isoformat() if when else None,
        "serial": int(form.serial) if form.serial else None,
    }
