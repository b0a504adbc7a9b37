"""What OCR reads from a picture, put right by what the page says in words.

The recogniser confuses characters that look alike (3 and 8, O and 0). Where the text, or the description of a picture,
holds the same number but for a slip, that is the number that the picture shows.
"""

from collections.abc import Iterable

from auditor.model import Number
from auditor.registry.distance import MAX_EDITS, edits


def put_right(read: Number, written: Iterable[Number]) -> Number:
    """A number as OCR read it or, where one of the written ones is nearly the same, that one in its place.

    One slip is taken for a misreading in any case, two only where what was read cannot be right.
    """
    allowed = 1 if read.well_formed and "check-digit" not in read.problems else MAX_EDITS
    said = (read.number or read.raw).casefold()
    for number in written:
        right = number.number if number.kind is read.kind and number.well_formed else None
        if right and edits(said, right.casefold()) <= allowed:
            return number
    return read
