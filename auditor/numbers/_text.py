"""Reading a text once: full-width forms, traditional characters, dashes, blanks and invisible characters are folded,
and every place in the folded text leads back to the original.

Only the parts of a text that can hold a number are folded; the rest of a page costs a few searches for one character.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, cast

T = TypeVar("T")

TRADITIONAL = dict(
    zip(
        "網備號證許編記聯務滬粵蘇魯贛雲遼閩貴瓊陝寧慶龍廣東內請審辦暫補開應門",
        "网备号证许编记联务沪粤苏鲁赣云辽闽贵琼陕宁庆龙广东内请审办暂补开应门",
        strict=True,
    )
)
"""Traditional characters of the numbers, their provinces and their labels, with the simplified ones."""

FULLWIDTH = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0D)))
"""Full-width digits, letters and hyphen; full-width punctuation is ordinary in Chinese text."""

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
BLANKS = "\t\x0b\x0c\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
BREAKS = "\r\x1c\x1d\x1e\x85\u2028\u2029"
INVISIBLE = frozenset(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u034f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
    + "".join(map(chr, (*range(9), *range(0x0E, 0x1C), 0x1F, 0x7F)))
)

_FOLD = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "！，；？"},
    **TRADITIONAL,
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(BLANKS, " "),
    **dict.fromkeys(BREAKS, "\n"),
    **dict.fromkeys(INVISIBLE, ""),
}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")


@dataclass(frozen=True)
class Folded:
    """A part of a text, folded, that remembers where each of its characters stood."""

    original: str  # the whole text
    base: int  # where the part begins in it
    text: str  # the part, folded
    places: tuple[int, ...] | None  # of each folded character, from `base`; None: nothing was left out
    _scans: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `text[start:end]`, which must not be empty."""
        if self.places is None:
            return self.base + start, self.base + end
        return self.base + self.places[start], self.base + self.places[end - 1] + 1

    def scan(self, scanner: Callable[["Folded"], Iterable[T]]) -> tuple[T, ...]:
        """What a scanner finds here; kinds that share a grammar scan once."""
        if scanner not in self._scans:
            self._scans[scanner] = tuple(scanner(self))
        return cast(tuple[T, ...], self._scans[scanner])


def fold(original: str, start: int = 0, end: int | None = None) -> Folded:
    """Fold `original[start:end]`.

    >>> fold("网信算備：１２\u200b３").text
    '网信算备:123'
    >>> fold("网信算備：１２\u200b３").span(5, 8)
    (5, 9)
    """
    part = original[start:end]
    text = _FOLDED.sub(lambda char: _FOLD[char[0]], part)
    if len(text) == len(part):
        return Folded(original, start, text, None)
    return Folded(original, start, text, tuple(i for i, char in enumerate(part) if char not in INVISIBLE))


class Anchor(NamedTuple):
    """Where it is worth to look: a character of every number or label, and a pattern that must match right behind it.

    A text is searched for the character alone, which costs next to nothing where it is rare.
    """

    char: str
    pattern: str  # may look back over the character, too


def filing_anchors(before: str) -> tuple[Anchor, ...]:
    """Anchors at the 备 of a prefix, with one of `before` in front of it unless blanks or invisibles intrude."""
    near = re.escape(before + BLANKS + " \n" + "".join(INVISIBLE))
    return tuple(Anchor(char, f"(?<=[{near}]{char})") for char in "备備")


def searches(anchors: Iterable[Anchor]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each character that anchors name, with one search for it that begins with a literal: that makes it quick."""
    patterns: dict[str, list[str]] = {}
    for char, pattern in dict.fromkeys(anchors):
        patterns.setdefault(char, []).append(pattern)
    return tuple((char, re.compile(f"{char}(?:{'|'.join(each)})")) for char, each in patterns.items())


BEFORE, AFTER = 100, 160
"""Characters around an anchor that can belong to its number or its label."""


def regions(text: str, anchored: Iterable[tuple[str, re.Pattern[str]]]) -> Iterator[tuple[int, int]]:
    """The parts of a text that can hold a number, in order, without overlap; in time that grows with its length."""
    start = end = 0
    for hit in sorted(match.start() for char, search in anchored if char in text for match in search.finditer(text)):
        if hit - BEFORE > end:
            if end:
                yield start, end
            start = hit - BEFORE
        end = min(hit + AFTER, len(text))
    if end:
        yield start, end
