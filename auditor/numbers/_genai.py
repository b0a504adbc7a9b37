"""The grammar that filings and registrations of generative AI share (国家网信办, 生成式人工智能服务已备案信息).

`PROVINCE-NAME-YYYYMMDD`, then nothing or four digits for a filing, `S` and four digits for a registration.
The form alone proves little (Beijing-Shanghai-20230901 is a train): a find without a filing label must also be one that
the CAC could have issued, and must not stand in a file name, an address or behind the label of something else.
"""

import re
from collections.abc import Iterator
from datetime import date

from auditor.model import Number, NumberKind
from auditor.numbers._form import number, placeholder, typography
from auditor.numbers._genai_form import Form, Found, canonical, could_be_issued, parts, problems
from auditor.numbers._genai_form import form as read_form
from auditor.numbers._genai_labelled import written_otherwise
from auditor.numbers._labels import LABEL_ANCHORS, stand_ins
from auditor.numbers._provinces import BY_NAME, PROVINCES, UNIT, nearest_province
from auditor.numbers._text import Anchor, Folded

_FIRST = "".join(sorted({chinese[0] for chinese in PROVINCES.values()}))
_REST = "|".join(sorted({chinese[1:] for chinese in PROVINCES.values()}))
_DASH = r" ?- ?"
_NAME_CHAR = r"[^\s,;:、。；，!?！？|/\\()\[\]{}<>\"=&@%$~^+*#`]"
_SERIAL = r"(?:[Ss][0-9]{4}|0[0-9]{3}(?! ?[0-9年月日:./-]))(?![0-9A-Za-z])"
_DATED = re.compile(r"- ?(?:[0-9]{8}|[0-9]{0,7}[Ss][0-9]{4})")

_LAST = "".join(sorted({name[-1] for pair in PROVINCES.items() for name in pair} | set("省市区")))
_CLOSING = rf"{_NAME_CHAR}{{1,70}}? ?- ?(?:[0-9０-９]{{8}}|[0-9]{{0,7}}[Ss][0-9]{{4}})"
ANCHORS = (Anchor("-", rf"(?<=[{_LAST}]-){_CLOSING}"), *LABEL_ANCHORS)
"""A dash behind what can be a province, with another dash and a date soon behind it."""

_FULL = re.compile(
    rf"(?P<prefix>[A-Za-z{_FIRST}](?<![A-Za-z-].)(?<![0-9][a-z])(?:(?<=[A-Za-z])[A-Za-z]{{3,14}}|(?<=[{_FIRST}])(?:{_REST}){UNIT})){_DASH}"
    rf"(?P<name>{_NAME_CHAR}{{1,70}}?)"
    rf"{_DASH}(?:(?P<date>[0-9]{{8}})(?P<tail>(?: (?={_SERIAL}))?(?P<s>[Ss])?[0-9]{{0,12}})"
    rf"|(?P<cut>[0-9]{{0,7}}[Ss][0-9]{{4}}))"
    r"(?:(?![0-9A-Za-z]|-[0-9A-Za-z])|(?=[A-Z][A-Za-z]{3,14}-|ICP))"
)
_ONE = re.compile(r"[A-Z][A-Za-z]{3,14}-[^\s、,;/|]{1,70}-[0-9]{8}S?[0-9]{0,4}")
_ISSUED = re.compile(r"(?P<prefix>[A-Za-z]+)-(?P<name>.+)-(?P<date>[0-9]{8})(?P<tail>(?P<s>S)?[0-9]*)")

_LABEL = re.compile(r"备案|登记|上线编?号|(?i:filing|registration)")
_OTHER_LABEL = re.compile(
    r"(?:合同|订单|采购|单号|工单|发票|票据|车次|航班|班次|列车|高铁|行程|路线|会议|活动|展会|峰会|文件|附件|图片|照片|截图|版本|分支"
    r"|项目|课程|批次|批号|快递|物流|镜像|数据集|日志|任务|型号|货号|机房|集群"
    r"|(?<![A-Za-z])(?i:order|contract|invoice|ticket|train|flight|event|file|version|build|branch|release|batch|image|backup|dataset))"
    r"(?:编?号码?|代码|名称?|标识|(?i: ?ID| ?No\.?| ?number| ?name))?[\s:=\"'“「(\[|-]{0,4}\Z"
)
_MODEL = re.compile(r"模型(?:名称?)?[^\s、。,;!?]{0,12}[\s:(]{1,2}\Z")
"""The name of a model right before what must be its number: notices ask for both together (国家网信办, 2024-04-02)."""
_CONTEXT = re.compile(
    r"备案|网安备|登记|模型|算法|智能|生成式|网信|ICP|版权|©|(?i:filing|regist|model|copyright|beian|llm|gpt|deepseek|(?<![a-z])ai(?![a-z]))"
)
_EXTENSION = re.compile(
    r"\.(?i:docx?|xlsx?|pptx?|pdf|png|jpe?g|webp|gif|svg|txt|csv|zip|tar|gz|rar|7z|mp[34]|html?|json|md|log|mov|avi|wav|apk"
    r"|exe|ya?ml|xml|db|bak|sql|iso|img|parquet|onnx|bin|pth?|safetensors|gguf|ckpt|npz|vue|tsx?|jsx?|py)(?![A-Za-z0-9])"
)
_REACH = 30  # characters before a number in which its label stands
_OTHER_REACH = 16  # the label of something else stands right before


def validate(number: str, registration: bool, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    issued = _ISSUED.fullmatch(number)
    if issued is None:
        return ("length",)
    codes = problems(read_form(issued), today)
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
    found = tuple(_as_issued(text)) if _DATED.search(text.text) else ()
    yield from found
    yield from written_otherwise(text, {each.start for each in found if each.form})


def _as_issued(text: Folded) -> Iterator[Found]:
    for match in _FULL.finditer(text.text):
        if match["cut"]:
            if match["prefix"].lower() in BY_NAME:
                yield Found(True, *match.span(), None, ("date",))
        elif _is_number(text.text, match, form := read_form(match), label_of(text.text, match.start())):
            yield Found(match["s"] is not None, *match.span(), form, ())


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
    believed = could_be_issued(form) or (
        len(form.serial) == 4  # also where numbers of that date had none
        and could_be_issued(form._replace(serial=""))
        and _MODEL.search(text, max(match.start() - _OTHER_REACH, 0), match.start()) is not None
    )
    return believed and not _in_address(text, *match.span()) and _in_context(text, *match.span(), form)


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether a file name or an address goes on beside the find; numbers in a row may be joined by a slash."""
    before = text[start - 1 : start]
    joined = text[max(start - 2, 0) : max(start - 1, 0)]
    in_path = before in tuple("/\\_.@") and not (joined.isdigit() or joined == "号")
    return in_path or _EXTENSION.match(text, end) is not None


def _in_context(text: str, start: int, end: int, form: Form) -> bool:
    """Whether the words around speak of filings, models or the site, or are such numbers themselves.

    An S between date and serial speaks for itself.
    """
    around = text[max(start - 250, 0) : start] + text[end : end + 60]
    if form.registration or _CONTEXT.search(around) is not None:
        return True
    return not any(char.isalnum() for char in _ONE.sub("", around))


def _read(text: Folded, kind: NumberKind, found: Found, today: date | None) -> Number:
    span = found.start, found.end
    if found.form is None:
        return number(kind, text, span, None, found.codes)
    form, (first, last) = found.form, text.span(*span)
    issued = f"{form.prefix}-{form.name}-{form.date}{'S' if form.registration else ''}{form.serial}"
    codes = (*problems(form, today), *typography(text.original[first:last], text.text[slice(*span)], issued))
    return number(kind, text, span, canonical(form), codes, parts(form))
