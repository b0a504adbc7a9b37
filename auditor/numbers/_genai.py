"""The grammar that filings and registrations of generative AI share (国家网信办, 生成式人工智能服务已备案信息).

`PROVINCE-NAME-YYYYMMDD`, then nothing or four digits for a filing, `S` and four digits for a registration.
The form alone proves little (Beijing-Shanghai-20230901 is a train): a find without a filing label must also be one that
the CAC could have issued, and must not stand in a file name, an address or behind the label of something else.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from auditor.model import Number, NumberKind
from auditor.numbers._form import number, placeholder, typography
from auditor.numbers._labels import LABEL_ANCHORS, stand_ins
from auditor.numbers._text import Anchor, Folded

PROVINCES = {
    "Anhui": "安徽",
    "Beijing": "北京",
    "Chongqing": "重庆",
    "Fujian": "福建",
    "Gansu": "甘肃",
    "Guangdong": "广东",
    "Guangxi": "广西",
    "Guizhou": "贵州",
    "Hainan": "海南",
    "Hebei": "河北",
    "Heilongjiang": "黑龙江",
    "Henan": "河南",
    "Hubei": "湖北",
    "Hunan": "湖南",
    "Jiangsu": "江苏",
    "Jiangxi": "江西",
    "Jilin": "吉林",
    "Liaoning": "辽宁",
    "Neimenggu": "内蒙古",
    "Ningxia": "宁夏",
    "Qinghai": "青海",
    "Shaanxi": "陕西",
    "Shandong": "山东",
    "Shanghai": "上海",
    "Shanxi": "山西",
    "Sichuan": "四川",
    "Tianjin": "天津",
    "Xinjiang": "新疆",
    "Xizang": "西藏",
    "Yunnan": "云南",
    "Zhejiang": "浙江",
    "ZhongYangQiYe": "中央企业",
}
"""Prefixes with their Chinese names. The register writes ShanXi for 山西 and for 陕西; ZhongYangQiYe is no province."""

LAST_WITHOUT_SERIAL = date(2024, 4, 24)
"""Numbers up to this date have no serial, later filings have one (all but three of the register)."""
FIRST_DATE = date(2023, 8, 15)  # 生成式人工智能服务管理暂行办法 in force; the register's first number is of 2023-08-21

_BY_NAME = {name.lower(): name for name in PROVINCES}
_BY_CHINESE = {chinese: name for name, chinese in PROVINCES.items()}
_FIRST = "".join(sorted({chinese[0] for chinese in PROVINCES.values()}))
_REST = "|".join(sorted({chinese[1:] for chinese in PROVINCES.values()}))
_UNIT = "(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
_DASH = r" ?- ?"
_NAME_CHAR = r"[^\s,;:、。；，!?！？|/\\()\[\]{}<>\"=&@%$~^+*#`]"
_DATED = re.compile(r"- ?(?:[0-9]{8}|[0-9]{0,7}[Ss][0-9]{4})")

_LAST = "".join(sorted({name[-1] for pair in PROVINCES.items() for name in pair} | set("省市区")))
_CLOSING = rf"{_NAME_CHAR}{{1,70}}? ?- ?(?:[0-9０-９]{{8}}|[0-9]{{0,7}}[Ss][0-9]{{4}})"
ANCHORS = (Anchor("-", rf"(?<=[{_LAST}]-){_CLOSING}"), *LABEL_ANCHORS)
"""A dash behind what can be a province, with another dash and a date soon behind it."""

_FULL = re.compile(
    rf"(?P<prefix>[A-Za-z{_FIRST}](?<![A-Za-z-].)(?<![0-9][a-z])(?:(?<=[A-Za-z])[A-Za-z]{{3,14}}|(?<=[{_FIRST}])(?:{_REST}){_UNIT})){_DASH}"
    rf"(?P<name>{_NAME_CHAR}{{1,70}}?)"
    rf"{_DASH}(?:(?P<date>[0-9]{{8}})(?P<tail>(?: (?=[Ss][0-9]{{4}}(?![0-9A-Za-z])))?(?P<s>[Ss])?[0-9]{{0,12}})"
    rf"|(?P<cut>[0-9]{{0,7}}[Ss][0-9]{{4}}))"
    r"(?:(?![0-9A-Za-z]|-[0-9A-Za-z])|(?=[A-Z][A-Za-z]{3,14}-|ICP))"
)
_DAMAGED = re.compile(
    r"(?:备案|(?P<registered>登记|上线))编?号[\s:\"'|]{1,6}"
    r"(?P<number>(?P<prefix>[A-Za-z]{2,30})[-_][A-Za-z0-9_.·’-]{1,80}(?<![.·]))(?![A-Za-z0-9])"
)
_BLANKED = re.compile(r"[Xx*]{3}")
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_S_SERIAL = re.compile(r"[0-9][Ss][0-9]")
_GENERATIVE = re.compile(r"模型|生成式|人工智能|AIGC")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.’'·-]*[A-Za-z0-9])?")
_SPELT = re.compile(r"(?:[A-Z][a-z]+){2,}")  # names in pinyin, as the late numbers without serial have them
_ISSUED = re.compile(r"(?P<prefix>[A-Za-z]+)-(?P<name>.+)-(?P<date>[0-9]{8})(?P<tail>(?P<s>S)?[0-9]*)")

_LABEL = re.compile(r"备案|登记|上线编?号|(?i:filing|registration)")
_OTHER_LABEL = re.compile(
    r"(?:合同|订单|采购|单号|工单|发票|票据|车次|航班|班次|列车|高铁|行程|路线|会议|活动|展会|峰会|文件|附件|图片|照片|截图|版本|分支"
    r"|项目|课程|批次|批号|快递|物流|镜像|数据集|日志|任务|型号|货号|机房|集群"
    r"|(?<![A-Za-z])(?i:order|contract|invoice|ticket|train|flight|event|file|version|build|branch|release|batch|image|backup|dataset))"
    r"(?:编?号码?|代码|名称?|标识|(?i: ?ID| ?No\.?| ?number| ?name))?[\s:=\"'“「(\[|-]{0,4}\Z"
)
_CONTEXT = re.compile(
    r"备案|网安备|登记|模型|算法|智能|生成式|网信|ICP|版权|©|(?i:filing|regist|model|copyright|beian|llm|gpt|deepseek|(?<![a-z])ai(?![a-z]))"
)
_EXTENSION = re.compile(
    r"\.(?i:docx?|xlsx?|pptx?|pdf|png|jpe?g|webp|gif|svg|txt|csv|zip|tar|gz|rar|7z|mp[34]|html?|json|md|log|mov|avi|wav|apk"
    r"|exe|ya?ml|xml|db|bak|sql|iso|img|parquet|onnx|bin|pt|vue|tsx?|jsx?|py)(?![A-Za-z0-9])"
)
_REACH = 30  # characters before a number in which its label stands
_OTHER_REACH = 16  # the label of something else stands right before


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


@cache
def nearest_province(prefix: str) -> str | None:
    """The province that a misspelt prefix means: the only one that differs in one letter.

    >>> nearest_province("Shinghai"), nearest_province("Hanan"), nearest_province("Report")
    ('Shanghai', None, None)
    """
    low = prefix.lower()
    near = [name for key, name in _BY_NAME.items() if abs(len(key) - len(low)) < 2 and _one_apart(low, key)]
    return near[0] if len(near) == 1 else None


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter was changed, left out, added, or swapped with its neighbour."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[start:], other[start:]
    swapped = rest[:2] == rest_other[:2][::-1] and rest[2:] == rest_other[2:]
    return swapped or rest[1:] == rest_other[1:] or rest[1:] == rest_other or rest == rest_other[1:]


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


def validate(number: str, registration: bool, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    issued = _ISSUED.fullmatch(number)
    if issued is None:
        return ("length",)
    codes = problems(_form(issued), today)
    return codes if bool(issued["s"]) == registration else (*codes, "serial")


def find(text: Folded, kind: NumberKind, today: date | None) -> Iterator[Number]:
    """Numbers of one of the two kinds, and what stands in for one."""
    registration = kind is NumberKind.GENAI_REGISTRATION
    for found in text.scan(appearances):
        if found.registration == registration:
            yield _read(text, kind, found, today)
    for span in stand_ins(text, kind):
        yield placeholder(kind, text, span)


def appearances(text: Folded) -> Iterator[Found]:
    """Strings of the form that are numbers by their label or by what they say, and damaged ones behind a label."""
    for match in _FULL.finditer(text.text) if _DATED.search(text.text) else ():
        if match["cut"]:
            if match["prefix"].lower() in _BY_NAME:
                yield Found(True, *match.span(), None, ("date",))
        elif _is_number(text.text, match, _form(match), label_of(text.text, match.start())):
            yield Found(match["s"] is not None, *match.span(), _form(match), ())
    yield from _damaged(text)


def _damaged(text: Folded) -> Iterator[Found]:
    """What is meant as a number behind a generative-AI label; a sounder reading wins where there is one."""
    for match in _DAMAGED.finditer(text.text):
        known = match["prefix"].lower() in _BY_NAME
        generative = _GENERATIVE.search(text.text, max(match.start() - _REACH, 0), match.start())
        blanked = _BLANKED.search(match["number"]) is not None
        if match["registered"] == "上线":  # other registers use this label too
            meant = known and blanked
        else:
            meant = generative is not None and (known or _SIX_DIGITS.search(match["number"]) is not None)
        if meant:
            registration = match["registered"] is not None or _S_SERIAL.search(match["number"]) is not None
            code = "placeholder" if blanked else "date" if known else "province"
            yield Found(registration, *match.span("number"), None, (code,))


def label_of(text: str, start: int) -> bool | None:
    """True for a filing label soon before `start`, False for the label of something else between it and `start`."""
    begin = max(start - _REACH, 0)
    filing = None
    for filing in _LABEL.finditer(text, begin, start):
        begin = filing.end()
    if _OTHER_LABEL.search(text, max(begin, start - _OTHER_REACH), start):
        return False
    return True if filing else None


def _is_number(text: str, match: re.Match[str], form: Form, label: bool | None) -> bool:
    if form.province is None:
        return label is True and form.prefix.isascii() and nearest_province(form.prefix) is not None
    if label is not None:
        return label
    return _could_be_issued(form) and not _in_address(text, *match.span()) and _in_context(text, *match.span(), form)


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether a file name or an address goes on beside the find; numbers in a row may be joined by a slash."""
    before = text[start - 1 : start]
    joined = text[max(start - 2, 0) : max(start - 1, 0)]
    in_path = before in tuple("/\\_.@") and not (joined.isdigit() or joined == "号")
    return in_path or _EXTENSION.match(text, end) is not None


def _in_context(text: str, start: int, end: int, form: Form) -> bool:
    """Whether the words around speak of filings, models or the site. An S between date and serial speaks for itself."""
    around = text[max(start - 250, 0) : start] + text[end : end + 60]
    return form.registration or not any(char.isalnum() for char in around) or _CONTEXT.search(around) is not None


def _could_be_issued(form: Form) -> bool:
    """Whether a string without a label says what numbers of the register say."""
    when = day(form.date)
    if (
        when is None
        or when < FIRST_DATE
        or not _NAME.fullmatch(form.name)
        or not form.prefix[:1].isupper() | (not form.prefix.isascii())
    ):
        return False
    if form.name.lower() in _BY_NAME or form.prefix.isupper():
        return False
    if form.registration or len(form.serial) == (0 if when <= LAST_WITHOUT_SERIAL else 4):
        return True
    return form.serial == "" and _SPELT.fullmatch(form.name) is not None


def _form(match: re.Match[str]) -> Form:
    prefix = match["prefix"]
    province = _BY_NAME.get(prefix.lower()) or _BY_CHINESE.get(re.sub(rf"{_UNIT}\Z", "", prefix))
    return Form(prefix, province, match["name"], match["date"], match["s"] is not None, match["tail"].lstrip(" Ss"))


def _canonical(form: Form) -> str | None:
    """The issued form. A serial that lost digits can't be read; a prefix in Chinese or misspelt can."""
    if 0 < len(form.serial) < 4:
        return None
    known = form.prefix.lower() in _BY_NAME
    prefix = form.prefix if known else form.province or nearest_province(form.prefix)
    return f"{prefix}-{form.name}-{form.date}{'S' if form.registration else ''}{form.serial}" if prefix else None


def _parts(form: Form) -> Mapping[str, str | int | None]:
    when = day(form.date)
    return {
        "province": form.province or nearest_province(form.prefix),
        "name": form.name,
        "date": when.isoformat() if when else None,
        "serial": int(form.serial) if form.serial else None,
    }


def _read(text: Folded, kind: NumberKind, found: Found, today: date | None) -> Number:
    span = found.start, found.end
    if found.form is None:
        return number(kind, text, span, None, found.codes)
    form, (first, last) = found.form, text.span(*span)
    issued = f"{form.prefix}-{form.name}-{form.date}{'S' if form.registration else ''}{form.serial}"
    codes = (*problems(form, today), *typography(text.original[first:last], text.text[slice(*span)], issued))
    return number(kind, text, span, _canonical(form), codes, _parts(form))
