"""Filing numbers: found generously, judged strictly, and told what is wrong with them.

One module a kind, in the manner of python-stdnum but with `find`. A new file in this package is a new kind.

>>> number, = find("算法备案：网信算备 １１0108900000101250019")
>>> number.number, number.well_formed, number.problems
('网信算备110108900000101250019号', True, ('missing-suffix', 'separator', 'fullwidth'))
>>> find("网信算备号以官方公示为准；车次 Beijing-Shanghai-20230901")
()
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Protocol, cast

from auditor.model import Number, NumberKind, Text
from auditor.numbers._text import Anchor, Folded, fold, regions, searches
from auditor.plugins import plugins

__all__ = ["PROBLEMS", "NumberModule", "find", "label_before", "modules", "validate"]


class NumberModule(Protocol):
    """What a kind of number is: a module with these names. The first line of its docstring is its name for people."""

    KIND: NumberKind
    ANCHORS: tuple[Anchor, ...]  # where in a text it is worth to look

    def find(self, text: Folded, today: date | None = None) -> Iterator[Number]:
        """Every number of this kind in a text, well formed or not, in any order."""

    def validate(self, number: str, today: date | None = None) -> tuple[str, ...]:
        """The problems of a number in its issued form, as codes of `PROBLEMS`; `()` if there are none."""


PROBLEMS = MappingProxyType(
    {
        "missing-prefix": Text("缺少编号前缀", "the prefix is missing"),
        "missing-suffix": Text("缺少“号”字", "the final 号 is missing"),
        "prefix": Text("前缀与公示写法不同", "the prefix is not written as published"),
        "separator": Text(
            "夹有空格、冒号等多余字符，或连字符写法不同", "extra blanks, colons or other separators, or another dash"
        ),
        "case": Text("字母大小写与公示写法不同", "letters are not in the published case"),
        "fullwidth": Text("使用了全角字符", "full-width characters"),
        "traditional": Text("使用了繁体字", "traditional characters"),
        "length": Text("位数不对", "wrong number of digits"),
        "character": Text("含有编号中不会出现的字符", "characters that the number cannot hold"),
        "division": Text(
            "行政区划代码不在已知代码之中，或与省份简称不符", "division code not known, or not of the province shown"
        ),
        "province": Text("省份缺失或不存在", "the province is missing or does not exist"),
        "category": Text("算法类别代码不存在", "there is no such algorithm category"),
        "year": Text("年份早于制度施行或晚于采集时间", "the year is before the regime began or after the capture"),
        "date": Text("日期残缺、不存在或晚于采集时间", "the date is cut, does not exist or is after the capture"),
        "serial": Text("序号位数不对或为零", "the serial has the wrong length or is zero"),
        "name": Text("名称部分含有异常字符", "unusual characters in the name"),
        "check-digit": Text(
            "校验位不符（推断规则），可能抄写有误", "the check digit (an inferred rule) fails: probably mistyped"
        ),
        "placeholder": Text("以占位文字或模板代替编号", "a placeholder stands in for the number"),
    }
)
"""What each problem code means."""


@cache
def modules() -> tuple[NumberModule, ...]:
    """The kinds of number, in name order."""
    return tuple(cast(NumberModule, module) for module in plugins(sys.modules[__name__]))


@cache
def _anchored() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return searches(anchor for module in modules() for anchor in module.ANCHORS)


def find(text: str, year: int | None = None, *, today: date | None = None) -> tuple[Number, ...]:
    """The filing numbers in a text and what stands in for them, in order of appearance, without overlap.

    `today` is the day of capture, `year` its year where no more is known: later dates are problems. Without either no
    date is too late. Takes time that grows with the length of the text; never raises.
    """
    latest = today or (date(year, 12, 31) if year else None)
    found = [number for start, end in regions(text, _anchored()) for number in _in_part(fold(text, start, end), latest)]
    return tuple(_without_overlap(found))


def validate(number: str, kind: NumberKind, today: date | None = None) -> tuple[str, ...]:
    """The problems of a number of a kind in its issued form, as codes of `PROBLEMS`."""
    return next(module for module in modules() if kind == module.KIND).validate(number, today)


def label_before(text: str, start: int, limit: int = 30) -> str:
    """Up to `limit` characters in front of a number, without the colon, bar or blanks between them and it.

    >>> label_before("备案信息 · 算法备案号：网信算备", 12)
    '备案信息 · 算法备案号'
    """
    return text[max(start - limit, 0) : max(start, 0)].strip().rstrip(":：|｜ \t\r\n")


def _in_part(text: Folded, today: date | None) -> Iterator[Number]:
    for module in modules():
        yield from module.find(text, today)


def _without_overlap(found: Iterable[Number]) -> Iterator[Number]:
    """Of overlapping finds the sounder one, then the longer one."""
    kept: Number | None = None
    for number in sorted(found, key=lambda number: (number.start, -number.end)):
        if kept is None or number.start >= kept.end:
            if kept:
                yield kept
            kept = number
        elif _weight(number) > _weight(kept):
            kept = number
    if kept:
        yield kept


def _weight(number: Number) -> tuple[bool, bool, int]:
    return number.well_formed, number.number is not None, number.end - number.start
