"""Bounds on files that come from outside, and the cleaning of their texts."""

import re
import unicodedata

MAX_FILE = 64 << 20  # bytes; the largest published list has 0.3 MB
MAX_UNPACKED = 256 << 20  # bytes of all members of a zip; the largest published list unpacks to 7 MB
MAX_ROWS = 100_000
MAX_COLUMNS = 40
MAX_CELL = 8_000  # characters; the longest published cell has 1,000
MAX_PAGES = 1_000  # of a PDF
MAX_STREAMS = 128 << 20  # bytes of all compressed streams of a PDF

_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | str.maketrans(
    "⺁⺄⺟⺠⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "厂乙母民虎西见角贝车辶长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)  # Unicode: Kangxi Radicals have compatibility mappings, most of CJK Radicals Supplement has none
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\xad]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_SOFT_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")


def clean(text: str) -> str:
    """A cell's text on one line, without invisible characters, bounded in length.

    A line break beside a Chinese character is only where the cell was too narrow; between two Latin words it stands
    for a blank. Radicals that PDF writers put for the characters of the same shape (⼤ for 大) are put right.
    """
    text = text.translate(_RADICALS)
    text = _SOFT_BREAK.sub("", _ZERO_WIDTH.sub("", text[:MAX_CELL]).strip())
    return " ".join(_CONTROL.sub(" ", text).split())


def shorten(value: object, limit: int = 120) -> str:
    """A message or a cell, short enough to stand in a report."""
    text = clean(str(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"
