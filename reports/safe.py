"""Make text from a crawled page safe to show. Every format passes untrusted text through here."""

import re
from urllib.parse import urlsplit

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?")
"""Terminal control sequences (ECMA-48): CSI, then OSC, DCS, SOS, PM and APC strings, then the short ones."""

_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
"""Controls, zero-width and direction-changing characters, tags and non-characters: nothing that a reader could see."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def clean(text: str, limit: int = 2000) -> str:
    """`text` on one line, without anything invisible, at most `limit` characters.

    >>> clean("\\x1b[31mred\\x1b[0m \\u202egnp.exe")
    'red gnp.exe'
    >>> clean("a\\nb\\ud800", limit=3)
    'a b…'
    """
    if len(text) <= limit and text.isprintable() and not _STACKED.search(text):
        return text  # most texts: nothing to do
    text = _SPACES.sub(" ", _ESCAPES.sub("", text[: 4 * limit]))
    text = _STACKED.sub(r"\1", _UNSHOWN.sub("", _SURROGATE.sub("\ufffd", text)))
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def unsurrogate(text: str) -> str:
    """`text` with each lone surrogate, which no UTF-8 can hold, replaced."""
    return _SURROGATE.sub("\ufffd", text)


def web_address(url: str | None) -> str | None:
    """`url` if it is safe to make a link of it: http or https with a host. Else None.

    >>> web_address("javascript:alert(1)")
    >>> web_address("https://chat.example.cn/")
    'https://chat.example.cn/'
    """
    try:
        parts = urlsplit(clean(url or "", 2000))
    except ValueError:
        return None
    return parts.geturl() if parts.scheme in ("http", "https") and parts.netloc else None


def host(url: str) -> str:
    """The host of an address; "" where it has none.

    >>> host("https://chat.example.cn:8443/a"), host("http://[")
    ('chat.example.cn', '')
    """
    try:
        return urlsplit(clean(url)).hostname or ""
    except ValueError:
        return ""


def inert(text: str, limit: int = 32_000) -> str:
    """`text` as a cell of a table that no spreadsheet takes for a formula (CSV injection, OWASP).

    >>> inert("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    text = clean(text, limit)
    return "'" + text if _FORMULA.match(text) else text
