"""Numbers that differ in one or two places: misreadings and slips of the keyboard."""

from collections.abc import Iterable, Iterator

MAX_EDITS = 2
_DIGITS = "0123456789"


def one_edit(digits: str) -> Iterator[str]:
    """Every string of digits that one slip away: a wrong digit, two swapped neighbours, one too many, one too few."""
    for at in range(len(digits) + 1):
        head, tail = digits[:at], digits[at:]
        yield from (head + new + tail for new in _DIGITS)
        if tail:
            yield from (head + new + tail[1:] for new in _DIGITS if new != tail[0])
            yield head + tail[1:]
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]


def edits(a: str, b: str, limit: int = MAX_EDITS) -> int:
    """Insertions, deletions and changes between two strings (Levenshtein), `limit + 1` where there are more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    above = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        row = [i]
        for j, right in enumerate(b, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (left != right)))
        if min(row) > limit:
            return limit + 1
        above = row
    return min(above[-1], limit + 1)


class Neighbours:
    """Finds the strings within two edits of another without comparing all.

    Two edits leave at least one of three pieces of a string whole (the pigeonhole principle): the pieces are the index.
    """

    __slots__ = ("_pieces",)

    def __init__(self, strings: Iterable[str]):
        self._pieces: dict[tuple[int, int, str], list[str]] = {}
        for string in strings:
            for at, start, end in _pieces(len(string)):
                self._pieces.setdefault((len(string), at, string[start:end]), []).append(string)

    def of(self, string: str) -> tuple[str, ...]:
        """Strings within two edits, the nearest first; the string itself is none of them."""
        found = {other: edits(string, other) for other in self._candidates(string)}
        near = (other for other, distance in found.items() if 0 < distance <= MAX_EDITS)
        return tuple(sorted(near, key=lambda other: (found[other], other)))

    def _candidates(self, string: str) -> set[str]:
        found: set[str] = set()
        for length in range(max(3, len(string) - MAX_EDITS), len(string) + MAX_EDITS + 1):
            for at, start, end in _pieces(length):
                for shift in range(-MAX_EDITS, MAX_EDITS + 1):
                    if start + shift >= 0:
                        found.update(self._pieces.get((length, at, string[start + shift : end + shift]), ()))
        return found


def _pieces(length: int) -> tuple[tuple[int, int, int], ...]:
    third, rest = divmod(length, 3)
    ends = (third, 2 * third + (rest > 1), length)
    return tuple((at, start, end) for at, (start, end) in enumerate(zip((0, *ends[:2]), ends, strict=True)))
