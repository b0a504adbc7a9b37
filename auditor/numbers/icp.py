"""ICP filing number of a site or a filer, 京ICP备12345678号-1 (ICP备案号).

Required on the home page by 互联网信息服务管理办法 article 12.

>>> validate("沪ICP备2026000001号-1")
()
>>> validate("沪ICP备202600001号")
('length',)
"""

from collections.abc import Iterator
from datetime import date

from auditor.model import Number, NumberKind
from auditor.numbers import _icp
from auditor.numbers._form import placeholder
from auditor.numbers._labels import LABEL_ANCHORS, stand_ins
from auditor.numbers._text import Folded, filing_anchors

KIND = NumberKind.ICP
ANCHORS = (*filing_anchors("PpＰｐ"), *LABEL_ANCHORS)


def validate(number: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    return _icp.validate(number, app=False)


def find(text: Folded, today: date | None = None) -> Iterator[Number]:
    """Numbers, and what stands in for one."""
    yield from _icp.find(text, KIND, app=False)
    for span in stand_ins(text, KIND):
        yield placeholder(KIND, text, span)
