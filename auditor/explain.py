"""One number explained: what its parts mean, what is wrong with it, what the registers say, where it may be used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from auditor.divisions import division, place
from auditor.model import Listing, Number, NumberKind, Text
from auditor.numbers import PROBLEMS, find
from auditor.numbers.algorithm import CATEGORIES, OFFICIAL_MISPRINTS, check_digit, check_digit_ok
from auditor.registry import Register, Row
from auditor.registry.limits import shorten
from auditor.registry.match import listing, near, shown_first
from auditor.registry.row import number_key
from auditor.uses import NAMES, USES

MOST = 200  # characters of what was asked that are read

_UNKNOWN = Text("不是可识别的备案号", "no filing number that gongshi knows")
_LABELS = ("", "算法备案号：", "生成式人工智能服务备案号：", "网信算备")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a number."""

    written: str
    name: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that can be said of one number without asking anybody."""

    asked: str  # what was asked, cut at `MOST` characters
    number: Number | None  # None: no number was recognised
    kind: Text
    parts: tuple[Part, ...]
    problems: tuple[Text, ...]
    meant: tuple[str, ...]  # listed numbers that it was probably meant to be, the likeliest first
    listing: Listing
    registers: Text  # what the registers say, in words
    rows: tuple[Row, ...]  # what they print of it
    use: Text | None

    def lines(self) -> Iterator[Text]:
        """The explanation in lines."""
        shown = (self.number and self.number.number) or self.asked
        yield Text(f"{shown}：{self.kind.zh}", f"{shown}: {self.kind.en}")
        for part in self.parts:
            yield Text(
                f"  {part.written}  {part.name.zh}：{part.meaning.zh}",
                f"  {part.written}  {part.name.en}: {part.meaning.en}",
            )
        for problem in self.problems:
            yield Text(f"问题：{problem.zh}", f"Problem: {problem.en}")
        for number in self.meant:
            yield Text(f"可能是：{number}", f"Probably meant: {number}")
        yield self.registers
        if self.use:
            yield Text(f"用途：{self.use.zh}", f"Use: {self.use.en}")


def explain(text: str, register: Register | None, today: date) -> Explanation:
    """Explain the first filing number of a text. A number without prefix or label is recognised too."""
    asked = text.strip()[:MOST]
    number = _recognised(asked, today)
    printed = register is not None and bool(register.by_number(asked))  # misprints of the lists stand there as asked
    spelled = asked if printed else (number.number if number else None) or asked
    found = listing(register, spelled)
    rows = register.by_number(spelled) if register else ()
    meant = near(register, spelled)[:3] if register and not rows else ()
    kind = number.kind if number else None
    return Explanation(
        asked,
        number,
        NAMES[kind] if kind else _UNKNOWN,
        tuple(_parts(number)) if number else (),
        tuple(_problems(number, bool(rows))) if number else (),
        meant,
        found,
        _registers(found, rows, kind),
        rows,
        USES[kind] if kind else None,
    )


def _recognised(asked: str, today: date) -> Number | None:
    for label in _LABELS:
        for number in find(label + asked, today=today):
            if number.end > len(label):
                start = max(number.start - len(label), 0)
                return replace(
                    number, start=start, end=number.end - len(label), raw=asked[start : number.end - len(label)]
                )
    return None


def _parts(number: Number) -> Iterator[Part]:
    if number.kind is NumberKind.ALGORITHM and number.number:
        yield from _algorithm(number_key(number.number))
    elif number.kind in (NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION) and number.number:
        yield from _genai(number)
    elif number.kind is NumberKind.POLICE and "division" in number.parts:
        yield Part(str(number.parts["code"])[:6], _DIVISION, _where(str(number.parts["code"])[:6]))


_DIVISION = Text("备案主体所在行政区划", "administrative division of the filer")


def _algorithm(digits: str) -> Iterator[Part]:
    if len(digits) != 21:
        return
    category = CATEGORIES.get(digits[13:15])
    yield Part(digits[:6], _DIVISION, _where(digits[:6]))
    yield Part(
        digits[6:13],
        Text("主体代码", "operator id"),
        Text("同一主体的各个编号相同", "the same in all numbers of one operator"),
    )
    yield Part(
        digits[13:15],
        Text("算法类别", "category of the algorithm"),
        Text(f"{category}类", f"{category} ({_CATEGORIES_EN[digits[13:15]]})")
        if category
        else Text("没有这个类别", "no such category"),
    )
    yield Part(digits[15:17], Text("年份", "year"), Text(f"20{digits[15:17]} 年", f"20{digits[15:17]}"))
    yield Part(
        digits[17:20],
        Text("顺序号", "serial number"),
        Text(
            f"该主体在该类别的第 {int(digits[17:20])} 个",
            f"number {int(digits[17:20])} of this operator in this category",
        ),
    )
    yield Part(digits[20], Text("校验位（推断规则）", "check digit (an inferred rule)"), _check(digits))


_CATEGORIES_EN = {
    "01": "generation and synthesis",
    "02": "personalised push",
    "03": "ranking and selection",
    "04": "retrieval",
    "05": "content filtering",
    "06": "dispatching and decision",
}


def _check(digits: str) -> Text:
    if check_digit_ok(digits):
        return Text("相符", "holds")
    if digits in OFFICIAL_MISPRINTS:
        return Text("不符，但官方清单即如此印制", "fails, but the official list prints it so")
    right = check_digit(digits[:20])
    return Text(f"不符；若前 20 位无误应为 {right}", f"fails; it would be {right} if the 20 digits before it are right")


def _where(code: str) -> Text:
    name, known = place(code), division(code)
    if not name or not known:
        return Text("不在已知的行政区划代码之中", "not among the known division codes")
    if known.withdrawn:
        return Text(f"{name}（代码用至 {known.withdrawn} 年）", f"{name} (code in force until {known.withdrawn})")
    return Text(name, name)


def _genai(number: Number) -> Iterator[Part]:
    body = re.fullmatch(r"([^-]+)-(.+)-(\d{8})(S?)(\d*)", number.number or "")
    if not body:
        return
    prefix, name, day, mark, serial = body.groups()
    central = prefix.casefold() == "zhongyangqiye"
    yield Part(
        prefix,
        Text("属地", "place of filing"),
        Text("中央企业（不是省份）", "a central enterprise, no province")
        if central
        else Text(*_province(number, prefix)),
    )
    yield Part(
        name,
        Text("名称", "name"),
        Text("模型或应用的名称（拼音或英文）", "of the model or application, in pinyin or English"),
    )
    yield Part(
        day,
        Text("日期", "date"),
        Text(
            f"{day[:4]}-{day[4:6]}-{day[6:]}，不是备案通过的日期",
            f"{day[:4]}-{day[4:6]}-{day[6:]}; not the day on which it was filed",
        ),
    )
    if mark:
        yield Part(mark, Text("标记", "mark"), Text("S 表示登记（上线编号）", "S stands for a registration"))
    yield Part(
        serial or "—",
        Text("顺序号", "serial number"),
        Text("2024 年 4 月及以前的编号没有顺序号", "numbers up to April 2024 have none")
        if not serial
        else Text(serial, serial),
    )


def _province(number: Number, prefix: str) -> tuple[str, str]:
    from auditor.numbers._provinces import PROVINCES

    known = PROVINCES.get(str(number.parts.get("province")))
    return (known, f"{known} ({number.parts['province']})") if known else ("未知", f"unknown ({prefix})")


def _problems(number: Number, listed: bool) -> Iterator[Text]:
    for code in number.problems:
        told = PROBLEMS[code]
        official = listed and code in ("length", "check-digit", "serial", "province", "name", "date")
        yield (
            Text(f"{told.zh}（官方清单即如此印制）", f"{told.en} (the official list prints it so)")
            if official
            else told
        )


def _registers(found: Listing, rows: tuple[Row, ...], kind: NumberKind | None) -> Text:
    if found.status == "not-checked":
        return _not_checked(kind)
    if found.status == "absent":
        return Text(
            f"名录：截至 {found.as_of} 的官方清单中没有此编号。可能晚于清单，不表示编号不真实。",
            f"Registers: not in the official lists up to {found.as_of}. It may be newer than the lists; "
            "that does not make it false.",
        )
    row = shown_first(rows)
    status = _cancelled(rows) if found.status == "cancelled" else Text("在册", "listed")
    when = row.batch or row.date
    where = f"{row.source} #{row.source_row}"
    cells = (row.entity, row.name, shorten(row.products.strip("-")), row.role_or_class, shorten(row.remark))
    printed = "；".join(filter(None, cells))
    return Text(
        f"名录：{status.zh}，{when or '日期不详'}：{printed}（{where}，清单截至 {found.as_of}）",
        f"Registers: {status.en}, {when or 'date unknown'}: {printed} ({where}; lists up to {found.as_of})",
    )


def _cancelled(rows: tuple[Row, ...]) -> Text:
    day = max((row.date for row in rows if row.cancelled), default="")
    return Text(f"已注销（{day}）", f"cancelled ({day})") if day else Text("已注销", "cancelled")


def _not_checked(kind: NumberKind | None) -> Text:
    if kind is None:
        return Text("名录：没有可核对的编号。", "Registers: there is no number to look up.")
    if kind not in (NumberKind.ALGORITHM, NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION):
        return Text(
            "名录：国家网信办的清单不含此类编号，未核对。",
            "Registers: the lists of the CAC do not hold this kind of number; not checked.",
        )
    return Text(
        "名录：未核对。编号无法读出，或没有导入此类编号的官方清单（gongshi registry import）。",
        "Registers: not checked. The number cannot be read, or no official list of its kind was imported "
        "(gongshi registry import).",
    )
