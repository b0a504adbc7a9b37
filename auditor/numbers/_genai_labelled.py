"""Numbers behind a generative-AI label that are not written as issued: other separators, parts cut off, masks."""

import re
from collections.abc import Collection, Iterator

from auditor.numbers._genai_form import Found, could_be_issued, form
from auditor.numbers._provinces import BY_NAME
from auditor.numbers._text import Folded

_LABEL = re.compile(r"(?:备案|(?P<registered>登记|上线))编?号码?[\s:\"'|(\[]{1,6}(?=[A-Za-z])")
_APART = r"(?: ?[-_] ?\n?| )"
_OTHERWISE = re.compile(
    rf"(?P<prefix>[A-Za-z]{{4,15}}){_APART}(?P<name>[A-Za-z0-9][A-Za-z0-9.·’' -]{{1,60}}){_APART}"
    r"(?P<date>[0-9]{8})(?P<tail>(?:[ _-]{1,3}(?=[Ss]?0[0-9]{3}))?(?P<s>[Ss])?[0-9]{0,4})(?![0-9A-Za-z年.:/-])"
)
_DAMAGED = re.compile(r"(?P<prefix>[A-Za-z]{2,30})[-_][A-Za-z0-9_.·’-]{1,80}(?<![.·])(?![A-Za-z0-9])")
_BLANKED = re.compile(r"[Xx*]{3}")
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_S_SERIAL = re.compile(r"[0-9][Ss][0-9]")
_GENERATIVE = re.compile(r"模型|生成式|人工智能|AIGC")
_REACH = 30  # characters before the label in which it says what is filed


def written_otherwise(text: Folded, read: Collection[int]) -> Iterator[Found]:
    """What is meant as a number behind its label, where none is read yet; of two readings the sounder wins later."""
    for label in _LABEL.finditer(text.text):
        if label.end() in read:
            continue
        if match := _OTHERWISE.match(text.text, label.end()):
            what = form(match)
            meant = _is_generative(text, label) or not _is_qualified(text, label)
            if meant and what.province and could_be_issued(what):
                yield Found(what.registration, *match.span(), what, ())
        if match := _DAMAGED.match(text.text, label.end()):
            yield from _damaged(text, label, match)


def _damaged(text: Folded, label: re.Match[str], match: re.Match[str]) -> Iterator[Found]:
    known = match["prefix"].lower() in BY_NAME
    blanked = _BLANKED.search(match[0]) is not None
    if label["registered"] == "上线":  # other registers use this label too
        meant = known and blanked
    else:
        meant = _is_generative(text, label) and (known or _SIX_DIGITS.search(match[0]) is not None)
    if meant:
        registration = label["registered"] is not None or _S_SERIAL.search(match[0]) is not None
        code = "placeholder" if blanked else "date" if known else "province"
        yield Found(registration, *match.span(), None, (code,))


def _is_generative(text: Folded, label: re.Match[str]) -> bool:
    return _GENERATIVE.search(text.text, max(label.start() - _REACH, 0), label.start()) is not None


def _is_qualified(text: Folded, label: re.Match[str]) -> bool:
    """Whether a word right before 备案号 says what is filed (项目备案号)."""
    return text.text[label.start() - 1 : label.start()].isalnum()
