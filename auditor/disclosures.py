"""Every number that a page holds, with where and how it stands: found in each view, then the views put together."""

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from auditor import static
from auditor.anchors import link_of
from auditor.controls import is_entry, shown
from auditor.layout import Layout, union
from auditor.misreading import put_right, tidied
from auditor.model import Disclosure, Number, NumberKind, Prominence, Source
from auditor.numbers import find, label_before
from auditor.ownership import Ownership
from auditor.picture import Picture
from auditor.prominence import measure, measure_picture
from auditor.region import region
from auditor.registry import Register
from auditor.registry.match import listing
from auditor.repetition import Ends, Repetition
from auditor.shots import Read, no_pictures, picture_of
from auditor.text import Stream, Words
from auditor.trees import ancestors
from crawler.capture import Box, PageCapture, Shot, View

MOST = 300  # numbers of one page: more than any page's own line holds, and a bound for hostile ones
CONTEXT = 300
AROUND = 120.0  # px above and below a number that its picture shows
TALLEST = 800.0  # px of a picture that shows several
LABEL = 30
_PARTED = re.compile(r"(?<=[0-9A-Za-z-])\s*\n\s*(?=[0-9A-Za-z])")

UNSEEN = Prominence(False, "not-rendered", None, None, None, 0.0, None)
"""How a number stands in a view that does not hold it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One number at one place of one tree."""

    number: Number
    source: Source
    spans: tuple[tuple[int, int, int], ...]  # (node row, start, end) in the node's text; of a picture its row alone
    label: str
    context: str

    @property
    def row(self) -> int:
        """The node in which it begins."""
        return self.spans[0][0]


def sights(words: Words, today: datetime.date | None, pictures: Iterable[tuple[int, str]] = ()) -> tuple[Sight, ...]:
    """The numbers of a tree. What stands in attributes, comments or scripts only repeats is left out.

    Args:
        words: the text streams of the tree.
        today: the day of the capture; later dates in numbers are wrong.
        pictures: (row, text) of what was read from pictures.
    """
    found = [*_in_stream(words, words.laid_out, today), *_in_stream(words, words.not_laid_out, today)]
    known = {_identity(sight.number) for sight in found}
    found += _in_pictures(words, pictures, [sight.number for sight in found], today)
    known |= {_identity(sight.number) for sight in found}
    for source, texts in (
        (Source.ATTRIBUTE, words.attributes),
        (Source.COMMENT, words.comments),
        (Source.SCRIPT, words.scripts),
    ):
        for sight in _in_texts(texts, source, today):
            if _identity(sight.number) not in known:
                known.add(_identity(sight.number))
                found.append(sight)
    return tuple(found[:MOST])


def of_page(
    page: PageCapture,
    names: Collection[str],
    today: datetime.date | None,
    register: Register | None = None,
    read: Read = no_pictures,
    repetition: Repetition | None = None,
) -> tuple[Disclosure, ...]:
    """The disclosures of one page, its views merged. A page that no browser laid out has none: `views` is empty then.

    Args:
        page: what was captured.
        names: what the operator and the product are called, to tell own numbers from others'.
        today: the day of the capture.
        register: the official lists, if there are any.
        read: gives the stored pictures.
        repetition: what the page has in common with others of its site, if they are known.
    """
    repetition = repetition or Repetition((page,))
    merged: list[Disclosure] = []
    for at, view in enumerate(page.views):
        earlier = tuple(other.name for other in page.views[:at])
        merged = _merge(
            merged, list(_of_view(page, view, names, today, register, read, repetition)), view.name, earlier
        )
    if not page.views and page.html:
        words = static.words(page.html)
        layout = Layout(View("plain", 0, 0, 0.0, 0.0, words.tree, None))
        merged = [
            _disclosure(page, words, layout, sight, ownership, register, {}, _alone)
            for sight, ownership in _owned(words, page, names, sights(words, today))
        ]
    return tuple(merged)


def places(page: PageCapture, view: View, today: datetime.date | None) -> tuple[Box, ...]:
    """Bands of a view to take pictures of: each number with its surroundings, those at the foot of the page first."""
    view = _with_controls(view)
    layout, words = Layout(view), Words(view.tree)
    found = (_standing(layout, sight) for sight in sights(words, today, _read(view)))
    bands: list[Box] = []
    for _, y, _, height in sorted((box for box in found if box), key=lambda box: -box[1]):
        band = (0.0, max(y - AROUND, 0.0), view.content_width, height + 2 * AROUND)
        joined = union((bands[-1], band)) if bands else None
        if joined and joined[3] < min(bands[-1][3] + band[3], TALLEST):
            bands[-1] = joined
        else:
            bands.append(band)
    return tuple(bands)


def _with_controls(view: View) -> View:
    """The view with the words that form controls show."""
    later = shown(view.later) if view.later else None
    return replace(view, tree=shown(view.tree), later=later)


def _standing(layout: Layout, sight: Sight) -> Box | None:
    """Where it stands or, if it has no box of its own, where it would."""
    if sight.source not in {Source.TEXT, Source.GENERATED, Source.IMAGE}:
        return None
    pieces = [box for span in sight.spans for box, _ in layout.pieces(span)]
    return union(pieces) or layout.standing(sight.row)


def _in_stream(words: Words, stream: Stream, today: datetime.date | None) -> Iterator[Sight]:
    names = words.tree.name
    for found in find(stream.text, today=today):
        number = _in_one_block(words, stream, found, today)
        spans = stream.spans(number.start, number.end)
        if spans:
            source = Source.GENERATED if any(names[row].startswith("::") for row, _, _ in spans) else Source.TEXT
            label = label_before(stream.text, number.start, LABEL)
            yield Sight(number, source, spans, label, stream.block(number.start, number.end)[:CONTEXT])


def _in_one_block(words: Words, stream: Stream, number: Number, today: datetime.date | None) -> Number:
    """A number that a line break parts is one; what the edge of a block parts is read as far as the block goes."""
    for gap in _PARTED.finditer(number.raw):
        at = number.start + gap.start()
        around = stream.spans(at - 1, number.start + gap.end() + 1)
        if len({words.blocks[row] for row, _, _ in around}) > 1:
            first = next(iter(find(stream.text[number.start : at], today=today)), None)
            return replace(first, start=number.start, end=at) if first else number
    return number


def _in_pictures(
    words: Words, pictures: Iterable[tuple[int, str]], written: Sequence[Number], today: datetime.date | None
) -> Iterator[Sight]:
    """What was read from pictures, put right by what the page says in its text and in descriptions."""
    read = [sight for text in pictures for sight in _in_picture(text, today)]
    said = [sight.number for sight in _in_texts(words.attributes, Source.ATTRIBUTE, today)] if read else []
    return (replace(sight, number=put_right(sight.number, (*written, *said))) for sight in read)


def _in_picture(picture: tuple[int, str], today: datetime.date | None) -> Iterator[Sight]:
    """A short picture is one block, whatever its lines."""
    whole = picture[1] if len(picture[1]) <= CONTEXT else None
    return (replace(sight, context=whole or sight.context) for sight in _in_texts([picture], Source.IMAGE, today))


def _in_texts(texts: Iterable[tuple[int, str]], source: Source, today: datetime.date | None) -> Iterator[Sight]:
    for row, text in texts:
        for number in find(text, today=today):
            context = text[max(number.start - LABEL, 0) : number.end + LABEL][:CONTEXT]
            yield Sight(number, source, ((row, 0, 0),), label_before(text, number.start, LABEL), context)


def _identity(number: Number) -> tuple[NumberKind, str]:
    return number.kind, (number.number or number.raw).casefold()


def _owned(
    words: Words, page: PageCapture, names: Collection[str], found: Sequence[Sight]
) -> Iterator[tuple[Sight, Ownership]]:
    ownership = Ownership(words, page.role, page.final_url or page.url, page.title, names, [s.number for s in found])
    return ((sight, ownership) for sight in found)


def _of_view(
    page: PageCapture,
    view: View,
    names: Collection[str],
    today: datetime.date | None,
    register: Register | None,
    read: Read,
    repetition: Repetition,
) -> Iterator[Disclosure]:
    captured, view = view, _with_controls(view)
    words, layout = Words(view.tree), Layout(view)
    picture = picture_of(view, read)
    for sight, ownership in _owned(words, page, names, sights(words, today, _read(view))):
        prominence = _prominence(layout, sight, picture)
        shot = _shot(view, prominence.box or _standing(layout, sight))
        views = {view.name: replace(prominence, screenshot=shot)}
        yield _disclosure(page, words, layout, sight, ownership, register, views, partial(repetition.ends, captured))


def _alone() -> None:
    """A page of which there is no view is compared with no other."""


def _read(view: View) -> list[tuple[int, str]]:
    return [(found.node, tidied(found.text)) for found in view.pictures or ()]


def _prominence(layout: Layout, sight: Sight, picture: Picture) -> Prominence:
    if sight.source in {Source.TEXT, Source.GENERATED}:
        return measure(layout, sight.spans, picture)
    return measure_picture(layout, sight.row) if sight.source is Source.IMAGE else UNSEEN


def _shot(view: View, box: Box | None) -> Shot | None:
    """The picture that shows most of a box: a shot of its place, else the viewport."""
    if box is None:
        return None
    shots = [*view.shots, *([view.screenshot] if view.screenshot else [])]
    best = max(shots, key=lambda shot: _overlap(shot.box, box), default=None)
    return best if best and _overlap(best.box, box) > 0 else None


def _overlap(a: Box, b: Box) -> float:
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(width, 0.0) * max(height, 0.0)


def _disclosure(
    page: PageCapture,
    words: Words,
    layout: Layout,
    sight: Sight,
    ownership: Ownership,
    register: Register | None,
    views: dict[str, Prominence],
    compared: Callable[[], Ends | None],
) -> Disclosure:
    number, address = sight.number, page.final_url or page.url
    element = next(row for row in ancestors(words.tree, sight.row) if words.tree.kind[row] == 1)
    place = region(layout, sight.row, compared)
    return Disclosure(
        kind=number.kind,
        raw=number.raw,
        number=number.number,
        well_formed=number.well_formed,
        problems=number.problems,
        parts=number.parts,
        source=sight.source,
        own=not is_entry(words.tree, sight.row) and ownership.own(element, place, sight.context, number),
        page=address,
        selector=layout.selector(element),
        region=place,
        link=link_of(words, sight.row, number.kind, number.number, address),
        views=views,
        registry=listing(register, number.number),
        role=page.role,
        clicks=page.clicks,
        via=page.via,
        label=sight.label,
        context=sight.context,
    )


def _merge(known: list[Disclosure], new: list[Disclosure], name: str, earlier: tuple[str, ...]) -> list[Disclosure]:
    """Add the disclosures of view `name`: the same number at the same selector, else in the same order, is one."""
    merged, open_ = list(known), dict.fromkeys(range(len(known)))
    for key in (_place, _what):
        unmatched: list[Disclosure] = []
        for d in new:
            i = next((i for i in open_ if key(merged[i]) == key(d)), None)
            if i is None:
                unmatched.append(d)
            else:
                del open_[i]
                merged[i] = replace(merged[i], views={**merged[i].views, **d.views})
        new = unmatched
    for i in open_:
        merged[i] = replace(merged[i], views={**merged[i].views, name: UNSEEN})
    return [*merged, *(replace(d, views={**dict.fromkeys(earlier, UNSEEN), **d.views}) for d in new)]


def _what(d: Disclosure) -> tuple[NumberKind, str, Source]:
    return d.kind, d.number or d.raw, d.source


def _place(d: Disclosure) -> tuple[NumberKind, str, Source, str]:
    return (*_what(d), d.selector)
