"""What the written forms of all kinds share: gaps, stand-ins, the ending 号, provinces, and how a find is told."""

import re
from collections.abc import Iterable, Mapping

from auditor.model import Number, NumberKind
from auditor.numbers._text import BLANKS, DASHES, FULLWIDTH, INVISIBLE, TRADITIONAL, Folded

CHARS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新"
"""One-character names of the provinces, as ICP and police numbers begin with."""

PROVINCE_OF_CODE = {
    **dict(zip((11, 12, 13, 14, 15), "京津冀晋蒙", strict=True)),
    **dict(zip((21, 22, 23), "辽吉黑", strict=True)),
    **dict(zip((31, 32, 33, 34, 35, 36, 37), "沪苏浙皖闽赣鲁", strict=True)),
    **dict(zip((41, 42, 43, 44, 45, 46), "豫鄂湘粤桂琼", strict=True)),
    **dict(zip((50, 51, 52, 53, 54), "渝川贵云藏", strict=True)),
    **dict(zip((61, 62, 63, 64, 65), "陕甘青宁新", strict=True)),
}
SECOND_NAMES = dict(zip("蜀黔滇秦陇", "川贵云陕甘", strict=True))
"""Sichuan, Guizhou, Yunnan, Shaanxi and Gansu go by two characters each; numbers keep the one that was issued."""

JOKES = "萌茶喵团喜雾梦星狐猫"
"""萌ICP备 and its kin are registers that hobby sites made up: no filings, and no faults either."""

_SPACE = r"[\s:\-_.·。、*`#№()\[\]【】〔〕<>《》「」\"'“”第为是|]"
GAP = rf"{_SPACE}{{0,6}}(?:(?i:no){_SPACE}{{0,4}})?"
END = r"\s{0,3}号(?![码线召称令])"
MASK = r"[0-9]{0,24}-?(?:[Xx×]{2,64}|[*#?□■●○_]{3,64}|(?:\.{2,9}|…{1,3})(?=\s?号))[0-9Xx×*#?□_-]{0,40}"
TEMPLATE = (
    r"\{\{[^{}\n]{0,60}\}\}|\$?\{[A-Za-z_.\s]{1,40}\}|<%[^<>\n]{0,60}%>|<[A-Za-z_ ]{2,30}>|%[A-Za-z_]{2,30}%"
    r"|#\{[^{}\n]{0,60}\}|<\?[^<>\n]{0,60}\?>|\[object Object\]|%[sd](?=\s*(?:$|[|,，。;；)\]】<\n]))"
    r"|(?:null|NULL|undefined|None|NaN|nil)(?![A-Za-z0-9])"
)
PENDING = (
    r"(?:(?:正在)?备案(?:申请|办理|审核)?(?:进行)?中|(?:正在)?(?:申请|办理|审核|审批|受理|申报|登记|提交)(?:进行)?中|(?:流程|进行)中"
    r"|正在(?:申请|办理|备案|审核|登记)"
    r"|待(?:备案|申请|办理|审核|审批|登记|填写?|补充?|定值?|公示|更新|取得|获取|下发|批复|完善|确认|提交)|请?填写(?=[:\]】])"
    r"|暂无|暂缺|(?:暂未|尚未)(?:取得|获得|备案|公示|填写)|即将(?:公布|公示)|敬请期待|pending|TBD|TODO"
    r")(?!(?!号(?![一-鿿A-Za-z0-9]))[一-鿿A-Za-z0-9])"
)
STAND_IN = rf"(?:(?i:{PENDING})|{TEMPLATE}|{MASK})"
"""What stands where a number should: masks (XXXX, ****), template variables, words such as 备案中."""

MALFORMED = frozenset({"length", "character", "category", "year", "serial", "date", "province", "name", "placeholder"})
"""Problems that make a number not well formed. The others are ways of writing, or doubts about what it says."""

_SEPARATORS = frozenset(BLANKS + DASHES) | INVISIBLE
_PROVINCE_BEFORE = re.compile(rf"(?:\(([{CHARS}])\)|([{CHARS}])) {{0,2}}\Z")


def province_before(text: Folded, start: int) -> tuple[str | None, int]:
    """The one-character province right before a prefix, and where the number then begins."""
    found = _PROVINCE_BEFORE.search(text.text, max(start - 6, 0), start)
    if found is None:
        return None, start
    return found[1] or found[2], found.start()


def is_joke(text: Folded, start: int) -> bool:
    """Whether a made-up register stands before `ICP备`."""
    before = text.text[max(start - 3, 0) : start].rstrip()
    return before[-1:] != "" and before[-1] in JOKES


def typography(raw: str, folded: str, expected: str) -> list[str]:
    """Problems of writing only: `folded` is what stands there, `expected` what would stand there in the issued form."""
    if raw == expected:
        return []
    problems = []
    if folded.upper() != expected.upper() or not _SEPARATORS.isdisjoint(raw.replace(" ", "")):
        problems.append("separator")
    elif folded != expected:
        problems.append("case")
    if not FULLWIDTH.isdisjoint(raw):
        problems.append("fullwidth")
    if any(char in TRADITIONAL for char in raw):
        problems.append("traditional")
    return problems


def number(
    kind: NumberKind,
    text: Folded,
    span: tuple[int, int],
    canonical: str | None,
    problems: Iterable[str],
    parts: Mapping[str, str | int | None] | None = None,
) -> Number:
    """A find at `span` of the folded text, with the place and the characters of the original."""
    start, end = text.span(*span)
    codes = tuple(dict.fromkeys(problems))
    well_formed = canonical is not None and MALFORMED.isdisjoint(codes)
    return Number(kind, text.original[start:end], canonical, well_formed, codes, start, end, parts or {})


def placeholder(kind: NumberKind, text: Folded, span: tuple[int, int]) -> Number:
    """A promise or a template where a number should stand."""
    return number(kind, text, span, None, ("placeholder",))
