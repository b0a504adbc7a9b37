"""Registration number of a generative-AI application, Beijing-Name-20250101S0001 (上线编号、登记号).

For applications that call the filed model of another operator (国家网信办 announcement of 2024-04-02). Told from a
filing number by the capital S, and by nothing else.

>>> validate("Beijing-InventedApp-20250101S0001")
()
>>> validate("Beijing-InventedApp-20251301S0001")
('date',)
"""

from collections.abc import Iterator
from datetime import date

from auditor.model import Number, NumberKind
from auditor.numbers import _genai
from auditor.numbers._text import Folded

KIND = NumberKind.GENAI_REGISTRATION
ANCHORS = _genai.ANCHORS


def validate(number: str, today: date | None = None) -> tuple[str, ...]:
    """What is wrong with a number in its issued form; `()` if nothing is."""
    return _genai.validate(number, registration=True, today=today)


def find(text: Folded, today: date | None = None) -> Iterator[Number]:
    """Numbers, damaged ones included, and what stands in for one."""
    return _genai.find(text, KIND, today)
