"""Prominence: can a person see it, where does it stand, how well does it stand out?

Computed from the browser's layout, never by asking the page. The law names no sizes (see the policy): what is decided
here is only whether something can be seen at all, and everything that a rule compares is measured.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor import colour, lettering, shape
from auditor.absence import absence, inert
from auditor.ground import ENOUGH, FAINT, Seen
from auditor.hover import shown_on_hover
from auditor.ink import Ink, ink
from auditor.layout import Layout, Span, union
from auditor.model import Prominence
from auditor.paint import HARMLESS, Painting
from auditor.persistence import fleeting, runs_by, same_text, waits_its_turn
from auditor.picture import Picture
from auditor.picture import measure as contrast_of
from auditor.reach import Place, place
from auditor.sight import Eye
from crawler.capture import Box

TINY = 5.0
"""Font size in px below which text is not visible: `tiny` in the contract. From here on `number-text-size` speaks."""

LEAST = 1.5
"""Contrast below which text has the colour of its ground: `same-colour` in the contract."""

HUE = 0.3  # of a channel: colours this far apart differ to the eye, although WCAG's ratio knows only lightness
FLAT = 1.15  # contrast in a picture that smoothing and compression alone can make
NOTHING = 0.5  # px: letters scaled to less have no size at all
BLURRED = 0.2  # of the font size: a blur from which on letters run together
UNMEASURED = frozenset({"over-image", "gradient", "filter", "blend"})
"""Doubts for which styles give no contrast; a picture of the place does."""

UNTOLD = frozenset({"mask", "clip-path"})
"""Doubts about shapes that cut: a picture can only show that they leave the letters alone."""


STANDS_OUT = Ink((colour.BLACK,), (colour.WHITE,))
"""What a picture is taken to be drawn with: whether it is covered must not depend on its ground."""


@dataclass(frozen=True, slots=True)
class _Piece:
    row: int
    box: Box
    text: str
    place: Place


def measure(
    layout: Layout, spans: Sequence[Span], picture: Picture | None = None, *, tiny: float = TINY, least: float = LEAST
) -> Prominence:
    """Measure a text that consists of some pieces of text nodes, or of elements (row, 0, 0).

    Args:
        layout: where it stands; the view's `later` and `scroll` tell whether it stays and can be reached.
        spans: the pieces: row of the node, start and end in its text, in code points.
        picture: gives pictures of parts of the page, to measure contrast where styles can't tell it.
        tiny: font size in px below which text counts as not visible.
        least: contrast below which text counts as not visible.
    """
    now = _Measure(layout, picture, tiny, least).of(spans)
    row = spans[0][0]
    if fleeting(layout, row) if now.visible else _comes_and_goes(layout, row, now):
        now = replace(now, persistent=False)
    if layout.view.later is None or layout.tree is layout.view.later:
        return now
    after = layout.companion(_later)
    seen = (_Measure(after, None, tiny, least).of(other) for other in same_text(layout, spans, after))
    then = next((one for one in seen if one.visible), None)
    if then is None:
        return replace(now, persistent=False) if now.visible else now
    if now.visible:
        return replace(now, persistent=now.persistent is not False)
    stays = now.persistent is not False and now.why_not not in ("clipped", "off-screen")
    return replace(then, persistent=stays, screenshot=now.screenshot)


def _comes_and_goes(layout: Layout, row: int, hidden: Prominence) -> bool:
    """Whether what is not seen now is shown for a moment: by a pointer, a ticker, a carousel."""
    beside = hidden.why_not in ("clipped", "off-screen")
    return shown_on_hover(layout, row) or runs_by(layout, row) or (beside and waits_its_turn(layout, row))


def measure_picture(layout: Layout, row: int) -> Prominence:
    """Measure an element that shows a text as a picture: no font, no contrast."""
    return measure(layout, ((row, 0, 0),))


def _later(layout: Layout) -> Layout:
    return Layout(layout.view, layout.view.later)


class _Measure:
    """The measurement of one text in one tree."""

    def __init__(self, layout: Layout, picture: Picture | None, tiny: float, least: float) -> None:
        self.layout, self.picture, self.tiny, self.least = layout, picture, tiny, least
        self.painting: Painting = layout.companion(Painting)

    def of(self, spans: Sequence[Span]) -> Prominence:
        texts = self.layout.tree.text
        spans = [span for span in spans if span[1] == span[2] or texts[span[0]][span[1] : span[2]].strip()] or spans
        missing = next((found for found in (absence(self.layout, span[0]) for span in spans) if found), None)
        if missing:
            return self._absent(spans[0][0], *missing)
        pieces = [piece for span in spans for piece in self._pieces(span)]
        found = self._base(spans, pieces)
        why, doubt = self._plainly_hidden(pieces, lettered=any(span[1] < span[2] for span in spans))
        hidden = replace(found, visible=False, why_not=why, doubt=doubt)
        return self._reached(hidden if why else self._looked_at(found, pieces), pieces)

    def _absent(self, row: int, why: str, doubt: str | None) -> Prominence:
        """Of something without a box. What is only not laid out yet counts as seen, unmeasured."""
        if why != "content-visibility":
            return Prominence(False, why, None, None, None, 0.0, None, doubt)
        box = self.layout.standing(row)
        down = box[1] / self.layout.viewport[1] if box else None
        return Prominence(True, None, box, None, None, 0.0, down, doubt)

    def _pieces(self, span: Span) -> list[_Piece]:
        row, start, end = span
        box = self.layout.tree.box[row]
        boxes = ((box, ""),) if start == end and box else self.layout.pieces(span)
        kept = [pair for pair in boxes if not pair[1] or pair[1].strip()]
        return [_Piece(row, box, text, place(self.layout, row, box)) for box, text in kept]

    def _base(self, spans: Sequence[Span], pieces: Sequence[_Piece]) -> Prominence:
        sizes = (lettering.size(self.layout, row) for row, start, end in spans if start < end)
        font = min((known for known in sizes if known is not None), default=None)
        top = max(min((piece.place.box[1] for piece in pieces), default=0.0), 0.0)
        return Prominence(
            visible=True,
            why_not=None,
            box=union([piece.box for piece in pieces]),
            font_px=None if font is None else round(font, 2),
            contrast=None,
            covered=0.0,
            screens_down=round(top / self.layout.viewport[1], 2),
            words_around=lettering.words_around(self.layout, spans[0][0]),
        )

    def _plainly_hidden(self, pieces: Sequence[_Piece], *, lettered: bool) -> tuple[str | None, str | None]:
        """What hides it whatever is painted around it: the reason, and a doubt about it."""
        if not pieces:  # the browser lays no lines out beyond a line clamp
            return "clipped", None
        for row in dict.fromkeys(piece.row for piece in pieces):
            why = self._hidden_by_style(row, [(p.box, p.text) for p in pieces if p.row == row], lettered=lettered)
            if why:
                return why, None
        blocked = next((piece.place for piece in pieces if piece.place.why_not), None)
        return (blocked.why_not, blocked.doubt) if blocked else (None, None)

    def _hidden_by_style(self, row: int, boxes: Sequence[tuple[Box, str]], *, lettered: bool) -> str | None:
        if not self._is_visible(row):
            return "visibility-hidden"
        if self._alpha(row) <= FAINT or self.painting.turned(row):
            return "transparent"
        own, size = lettering.own_size(self.layout, row), lettering.size(self.layout, row)
        if lettered and own is not None and (own < self.tiny or (size is not None and NOTHING < size < self.tiny)):
            return "tiny"
        flat = lettered and size is not None and size <= NOTHING
        return "zero-size" if flat or lettering.squeezed(boxes, size) else None

    def _is_visible(self, row: int) -> bool:
        layout = self.layout
        frames = (layout.tree.parent[node] for node in layout.ancestors(row) if layout.tree.name[node] == "#document")
        chain = (row, *(frame for frame in frames if frame >= 0))
        return all(layout.style(node, "visibility") in ("visible", "") for node in chain)

    def _alpha(self, row: int) -> float:
        """How much of its own colour comes through everything that fades it."""
        groups = (self.painting.opacity(group) for group in self.painting.groups(row))
        masked = min((_mask(self.layout, node)[1] for node in self.layout.around(row)), default=1.0)
        return math.prod(groups, start=masked) * (ink(self.layout, row).strength if self.layout.tree.text[row] else 1)

    def _looked_at(self, found: Prominence, pieces: Sequence[_Piece]) -> Prominence:
        """Look at every digit: cut, covered, or in the colour of its ground?"""
        eyes = {row: Eye(self.painting, row, self._ink(row), self.least) for row in {p.row for p in pieces}}
        sights = [eyes[piece.row].look(piece.box, piece.text, piece.place) for piece in pieces]
        seen = [one for sight in sights for one in sight.points]
        hidden = [one for one in seen if eyes[pieces[0].row].hidden(one)]
        found = replace(found, covered=round(len(hidden) / len(seen), 3))
        if any(sight.cut for sight in sights):
            whole = all(sight.cut == len(sight.points) // 2 for sight in sights)
            return replace(found, visible=False, why_not="clipped", doubt=None if whole else "partly-clipped")
        bare = [one.bare for one in seen if one.bare is not None]
        if hidden:
            found = replace(found, contrast=round(min(bare), 2) if bare and found.font_px else None)
            return replace(found, visible=False, why_not="covered", doubt=_about_cover(hidden, seen))
        doubts = [*(one.doubt for one in seen), self._doubt(pieces[0].row, found.font_px), *(s.doubt for s in sights)]
        return self._contrasted(found, pieces, seen, [doubt for doubt in doubts if doubt])

    def _ink(self, row: int) -> Ink:
        return ink(self.layout, row) if self.layout.tree.text[row] else STANDS_OUT

    def _contrasted(
        self, found: Prominence, pieces: Sequence[_Piece], seen: Sequence[Seen], doubts: Sequence[str]
    ) -> Prominence:
        if not found.font_px:
            return replace(found, doubt=next((doubt for doubt in doubts if doubt not in UNMEASURED), None))
        unmeasured = next((doubt for doubt in doubts if doubt in UNMEASURED), None)
        if unmeasured:
            return self._pictured(found, pieces, unmeasured, [doubt for doubt in doubts if doubt not in UNMEASURED])
        ratios = [(one.unveiled or 1.0, one) for one in seen]
        pale = [one for ratio, one in ratios if ratio < self.least]
        doubt = next(iter(doubts), None)
        found = replace(found, contrast=round(min(ratio for ratio, _ in ratios), 2), doubt=doubt)
        painted = self._painted(pieces) if pale or doubt in UNTOLD else None
        if not pale:
            return replace(found, doubt=None) if painted is not None and painted >= ENOUGH else found
        if painted is not None and painted >= self.least:  # by what no captured style tells: borders, inner shadows …
            return replace(found, contrast=round(painted, 2))
        faded = all((one.solid or 0.0) >= self.least for one in pale)
        hue = "same-lightness" if not faded and max(one.apart for one in pale) > HUE else None
        partly = "partly-same-colour" if len(pale) < len(seen) / 2 else None
        why = "transparent" if faded else "same-colour"
        return replace(found, visible=False, why_not=why, doubt=doubt or hue or partly)

    def _pictured(self, found: Prominence, pieces: Sequence[_Piece], doubt: str, others: Sequence[str]) -> Prominence:
        """Contrast by a picture of the place, if there is one; what stands out little there stays doubtful."""
        painted = self._painted(pieces)
        if painted is None:
            return replace(found, doubt=doubt)
        found = replace(found, contrast=round(painted, 2), doubt=next(iter(others), None))
        if painted >= self.least:
            return found
        flat = painted < FLAT
        return replace(found, visible=not flat, why_not="same-colour" if flat else None, doubt=None if flat else doubt)

    def _painted(self, pieces: Sequence[_Piece]) -> float | None:
        """The lowest contrast that the picture shows; None: it does not show all."""
        measured = [contrast_of(self.picture, piece.box) for piece in pieces] if self.picture else [None]
        known = [ratio for ratio in measured if ratio is not None]
        return min(known) if len(known) == len(measured) else None

    def _doubt(self, row: int, font: float | None) -> str | None:
        """Effects whose result styles alone do not tell."""
        style = self.layout.style
        for node in self.layout.around(row):
            if shape.blur(style(node, "filter")) > BLURRED * (font or 16.0):
                return "blurred"
            if any(name not in HARMLESS for name, _ in shape.filters(style(node, "filter"))):
                return "filter"
            if style(node, "mix-blend-mode") not in ("normal", ""):
                return "blend"
            if _mask(self.layout, node)[0] < 1:
                return "mask"
        return None

    def _reached(self, found: Prominence, pieces: Sequence[_Piece]) -> Prominence:
        """What takes even visible text out of reach: an end that flees, an inert part, a modal dialog."""
        scroll = self.layout.view.scroll
        fixed = any(piece.place.fixed for piece in pieces)
        bottom = max((piece.box[1] + piece.box[3] for piece in pieces), default=0.0)
        flees = scroll is not None and not scroll.settled and not fixed
        if flees and scroll and scroll.heights and bottom > scroll.heights[0] - self.layout.viewport[1]:
            found = replace(found, reachable=False)
        else:
            found = replace(found, reachable=found.doubt != "scroll-locked")
        blocked = inert(self.layout, pieces[0].row) if pieces and found.visible else None
        return replace(found, visible=False, why_not="inert", doubt=blocked) if blocked else found


def _about_cover(hidden: Sequence[Seen], seen: Sequence[Seen]) -> str | None:
    if any(one.bar for one in hidden):
        return "covered-at-every-scroll"
    return "partly-covered" if len(hidden) < len(seen) / 2 else None


def _mask(layout: Layout, row: int) -> tuple[float, float]:
    """How much a mask lets through at its densest and at its most open place; 1 without one, unknown of pictures.

    Several layers may take each other away (`mask-composite`).
    """
    image = layout.style(row, "mask-image")
    if image in ("none", ""):
        return 1.0, 1.0
    stops = colour.stops(image) if "url(" not in image else None
    alphas = [stop[3] for stop in stops or ()]
    return (min(alphas) if len(shape.listed(image)) == 1 else 0.0, max(alphas)) if alphas else (0.0, 1.0)
