"""HTML to paste, made from the site's own numbers."""

import re
from collections.abc import Iterable
from html import escape

from auditor.model import Disclosure, NumberKind

ALGORITHM_SYSTEM = "https://beian.cac.gov.cn/#/index"
"""Home page of the CAC's algorithm filing system: the one public entry to its records."""

ICP_SYSTEM = "https://beian.miit.gov.cn/"
POLICE_RECORD = "https://beian.mps.gov.cn/#/query/webSearch?code="


def anchor(text: str, href: str) -> str:
    """A link that opens in a new window.

    >>> anchor("网信算备…号", "https://beian.cac.gov.cn/#/index")
    '<a href="https://beian.cac.gov.cn/#/index" target="_blank" rel="noopener">网信算备…号</a>'
    """
    return f'<a href="{escape(href)}" target="_blank" rel="noopener">{escape(text)}</a>'


def links(disclosures: Iterable[Disclosure]) -> str:
    """Each number once, linked to its authority; generative numbers, for which no link is asked, as text."""
    return "\n".join(dict.fromkeys(_html(d) for d in disclosures))


def filed(numbers: Iterable[str]) -> str:
    """Algorithm numbers of the official lists, linked to the filing system."""
    return "\n".join(anchor(number, ALGORITHM_SYSTEM) for number in dict.fromkeys(numbers))


def model_line(name: str, number: str) -> str:
    """The line that the CAC's notice asks for: the model's name and its number."""
    return f"<span>模型名称：{escape(name)} 备案号：{escape(number)}</span>"


def registration_line(number: str) -> str:
    """The line for the number that an application obtained."""
    return f"<span>上线编号：{escape(number)}</span>"


def _html(d: Disclosure) -> str:
    text = d.number or d.raw
    match d.kind:
        case NumberKind.ALGORITHM:
            return anchor(text, ALGORITHM_SYSTEM)
        case NumberKind.ICP | NumberKind.ICP_LICENSE | NumberKind.ICP_APP:
            return anchor(text, ICP_SYSTEM)
        case NumberKind.POLICE:
            return anchor(text, POLICE_RECORD + "".join(re.findall(r"[0-9]", text)))
        case _:
            return f"<span>{escape(text)}</span>"
