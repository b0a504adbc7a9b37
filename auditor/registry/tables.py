"""Sheets of cells read into rows, by their headings: the CAC's own, or the English ones of a CSV."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.model import Text
from auditor.registry.limits import shorten
from auditor.registry.readers import Cells, Sheet
from auditor.registry.row import List, Row

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "备案编号",
        "备案号",
        "算法备案编号",
        "算法备案号",
        "上线编号",
        "登记编号",
        "登记号",
        "备案/登记号",
        "number",
    ),
    "name": (
        "算法名称",
        "模型名称",
        "应用/功能名称",
        "应用名称",
        "功能名称",
        "模型/应用名称",
        "服务名称",
        "name",
        "algorithm",
    ),
    "entity": ("主体名称", "备案主体", "备案单位", "登记单位", "登记主体", "备案主体名称", "单位名称", "entity"),
    "products": ("应用产品", "关联产品", "products"),
    "role_or_class": ("角色", "算法类别", "算法类型", "class_or_role"),
    "purpose": ("主要用途", "purpose"),
    "province": ("属地", "省份", "province"),
    "date": ("备案时间", "登记时间", "注销时间", "备案日期", "登记日期", "注销日期", "cancelled_notice_date", "date"),
    "remark": ("备注", "remark"),
    "batch": ("batch",),
    "kind": ("kind",),
    "serial": ("序号", "编号", "seq"),
}  # the columns of the CAC's lists and of provincial ones; docs/formats.md shows the English ones
_FIELD = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
_KIND = {
    "recommendation": List.RECOMMENDATION,
    "deep_synthesis": List.SYNTHESIS,
    "filing": List.FILING,
    "registration": List.REGISTRATION,
    "cancellation": List.CANCELLATION,
} | {kind.value: kind for kind in List}
_ALGORITHM = re.compile(r"[网網]信算[备備]\D{0,3}\d{12,30}号?")
_GENAI = re.compile(r"[A-Za-z]{3,20}-[^\s,;，；、]{2,80}")
_S_NUMBER = re.compile(r"\d{8}S\d", re.IGNORECASE)
_MONTH = re.compile(r"(20\d\d)\s*年\s*(?:\d{1,2}\s*月?\s*[-—–~至到]\s*)?(\d{1,2})\s*月")
_DATE = re.compile(r"(20\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read of a file."""

    file: str
    row: int | None  # None: the file as a whole
    text: Text

    @property
    def told(self) -> Text:
        """What is wrong, with file and row."""
        if self.row is None:
            return Text(f"{self.file}：{self.text.zh}", f"{self.file}: {self.text.en}")
        return Text(f"{self.file} 第 {self.row} 行：{self.text.zh}", f"{self.file}, row {self.row}: {self.text.en}")


def rows_of(sheets: tuple[Sheet, ...], file: str) -> Iterator[Row | Problem]:
    """Every row of the sheets of one file, and what is wrong with those that are none."""
    known = False
    for sheet in sheets:
        month = _month(sheet.title) or _month(file)
        heading: _Heading | None = None
        for at, cells in sheet.rows:
            found = _Heading.read(cells)
            if found:
                heading, known = found, True
            elif heading and any(cells):
                yield from _row(heading, cells, month, file, at)
    if not known:
        yield Problem(file, None, Text("没有找到清单的表头", "no headings of an official list were found"))


@dataclass(frozen=True, slots=True)
class _Heading:
    """The field of each column, and the list that the headings tell."""

    fields: tuple[str | None, ...]
    list: List | None

    @classmethod
    def read(cls, cells: Cells) -> "_Heading | None":
        names = [_heading_key(cell) for cell in cells]
        fields = [_FIELD.get(name) for name in names]
        if not {"number", "name", "entity"} <= set(fields):
            return None
        for at in range(1, len(fields)):  # a column without a heading is the second half of a split cell
            fields[at] = fields[at] if names[at] else fields[at - 1]
        return cls(tuple(fields), _told_by(set(names)))


def _heading_key(cell: str) -> str:
    key = unicodedata.normalize("NFKC", "".join(cell.split())).casefold()
    return key.replace("、", "/").replace("或", "/")


def _told_by(names: set[str]) -> List | None:
    if names & {"注销时间", "注销日期", "cancelled_notice_date"}:
        return List.CANCELLATION
    if "角色" in names:
        return List.SYNTHESIS
    if names & {"算法类别", "算法类型"}:
        return List.RECOMMENDATION
    if names & {"上线编号", "登记编号", "登记号", "登记单位", "登记主体", "登记时间", "登记日期"}:
        return List.REGISTRATION
    if names & {"模型名称"}:
        return List.FILING
    return None


def _row(heading: _Heading, cells: Cells, month: str, file: str, at: int) -> Iterator[Row | Problem]:
    values = _values(heading, cells)
    number = "".join(values.get("number", "").split())
    told = _list(heading, values, number)
    if _ALGORITHM.fullmatch(number) if told not in (List.FILING, List.REGISTRATION) else _GENAI.fullmatch(number):
        yield _filled(told or List.SYNTHESIS, number, values, month, file, at)
    elif number or len(set(filter(None, cells))) > 1:  # a lone text under the table is a note
        yield Problem(file, at, _no_number(values.get("number", "")))


def _values(heading: _Heading, cells: Cells) -> dict[str, str]:
    values: dict[str, str] = {}
    for field, cell in zip(heading.fields, cells, strict=False):
        if field and cell:
            values[field] = values.get(field, "") + cell
    return values


def _list(heading: _Heading, values: Mapping[str, str], number: str) -> List | None:
    told = heading.list or _KIND.get(values.get("kind", "").casefold())
    if told or not number:
        return told
    if "信算" in number:
        return List.RECOMMENDATION if values.get("role_or_class", "").endswith("类") else List.SYNTHESIS
    return List.REGISTRATION if _S_NUMBER.search(number) else List.FILING


def _filled(told: List, number: str, values: Mapping[str, str], month: str, file: str, at: int) -> Row:
    return Row(
        list=told,
        number=number,
        name=values.get("name", ""),
        entity=values.get("entity", ""),
        products=values.get("products", ""),
        role_or_class=values.get("role_or_class", ""),
        purpose=values.get("purpose", ""),
        province=values.get("province", ""),
        date=_date(values.get("date", "")),
        remark=values.get("remark", ""),
        batch=values.get("batch", "") or month,
        source=file,
        source_row=at,
    )


def _no_number(cell: str) -> Text:
    return Text(f"“{shorten(cell, 60)}”不是备案编号", f"“{shorten(cell, 60)}” is no filing number")


def _month(text: str) -> str:
    months = _MONTH.findall(text)
    return f"{months[-1][0]}-{int(months[-1][1]):02}" if months else ""


def _date(text: str) -> str:
    found = _DATE.search(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""
