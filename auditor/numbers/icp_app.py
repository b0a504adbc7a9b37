"""ICP filing number of an app (…号-3A), a mini-program (…号-3X) or a quick app (…号-3K) (App备案号).

Ministry of Industry and Information Technology, notice on the filing of mobile apps (工信部信管〔2023〕105号).

>>> validate("沪ICP备2026000001号-3A")
()
>>> validate("沪ICP备2026000001号-3")
('character',)
"""

from collections.abc import Iterator
from datetime import date

from auditor.model import Number, NumberKind
from auditor.numbers import _icp
from auditor.numbers._form import placeholder
from auditor.numbers._labels import LABEL_ANCHORS, stand_ins
from auditor.numbers._text import Folded, filing_anchors

KIND = NumberKind.ICP_APP
ANCHORS = (*filing_anchors("PpＰｐ"), *LABEL_ANCHORS)


def validate(number: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    return _icp.validate(number, app=True)


def find(text: Folded, today: date | None = None) -> Iterator[Number]:
    """Numbers, and what stands in for one."""
    yield from _icp.find(text, KIND, app=True)
    for span in stand_ins(text, KIND):
        yield placeholder(KIND, text, span)
