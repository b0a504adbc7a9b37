"""Filing number of a generative-AI service, Beijing-Name-202404280016 (生成式人工智能服务备案号).

For operators of their own or a fine-tuned model (国家网信办 announcement of 2024-04-02). Numbers up to 2024-04-24
have no serial.

>>> validate("Beijing-InventedModel-202501010001")
()
>>> validate("Beijing-InventedModel-20250101001")
('serial',)
"""

from collections.abc import Iterator
from datetime import date

from auditor.model import Number, NumberKind
from auditor.numbers import _genai
from auditor.numbers._text import Folded

KIND = NumberKind.GENAI_FILING
ANCHORS = _genai.ANCHORS


def validate(number: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    return _genai.validate(number, registration=False, today=today)


def find(text: Folded, today: date | None = None) -> Iterator[Number]:
    """Numbers, damaged ones included, and what stands in for one."""
    return _genai.find(text, KIND, today)
