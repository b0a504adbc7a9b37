"""One row of an official list."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class List(StrEnum):
    """Which official list a row stands in."""

    RECOMMENDATION = "algorithm-recommendation"  # 境内互联网信息服务算法备案清单
    SYNTHESIS = "algorithm-synthesis"  # 境内深度合成服务算法备案清单
    FILING = "genai-filing"  # 生成式人工智能服务已备案信息
    REGISTRATION = "genai-registration"  # 生成式人工智能服务已登记信息
    CANCELLATION = "cancellation"  # 注销公告


ALGORITHM_LISTS = frozenset({List.RECOMMENDATION, List.SYNTHESIS})
GENAI_LISTS = frozenset({List.FILING, List.REGISTRATION})

_TRADITIONAL = str.maketrans("網備號", "网备号")
_ALGORITHM = re.compile(r"网信算备\D*([0-9]+)号?")
_CANCELLED = re.compile(
    r"(?:^|[；;，,。\s])(?:\d{4}年[\d年月日、]*)?(?:该?算法|备案)*已?注销(?:备案)?(?=$|[；;，,。\s])"
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says, as printed: misprints stay. An empty text: the list has no such cell or left it blank."""

    list: List
    number: str
    name: str = ""  # algorithm; model (备案) or application (登记)
    entity: str = ""
    products: str = ""  # 名称(APP)、名称(网站) …; "--" for technical supporters
    role_or_class: str = ""  # 服务提供者, 服务技术支持者; 个性化推送类 …
    purpose: str = ""
    province: str = ""
    date: str = ""  # ISO: of the filing, the registration or the cancellation
    remark: str = ""
    batch: str = ""  # the list's own month, "2026-05"
    source: str = ""  # name of the file that said so
    source_row: int = 0  # row in that file, counted from 1

    @property
    def cancelled(self) -> bool:
        """Whether this row says that the number is no longer in force (已注销)."""
        return self.list is List.CANCELLATION or bool(self.remark and _CANCELLED.search(self.remark))

    @property
    def operator_id(self) -> str | None:
        """Digits 7–13 of an algorithm number: they survive a new name and a move. None: another kind, or a misprint."""
        digits = number_key(self.number)
        return digits[6:13] if len(digits) == 21 and digits.isdecimal() else None

    @property
    def month(self) -> str:
        """The newest month that the row is known to belong to, "" where none is told."""
        return self.batch or self.date[:7]


def number_key(number: str) -> str:
    """What two spellings of a number share: the bare digits of an algorithm number, else its text without case.

    >>> number_key("網信算備：１１０１０１９００００１２０１２３００１９号")
    '110101900001201230019'
    >>> number_key("BeiJing-JiaYi-202401010001")
    'beijing-jiayi-202401010001'
    """
    text = "".join(unicodedata.normalize("NFKC", number).split()).translate(_TRADITIONAL)
    algorithm = _ALGORITHM.fullmatch(text)
    return algorithm[1] if algorithm else text.casefold()
