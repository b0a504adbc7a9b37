"""Looking at a piece of text, digit by digit: what covers it, what it stands on, and how it stands out.

Two points of each character are looked at, each with the paints that lie there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.ground import Ground, Seen
from auditor.ink import Ink
from auditor.layout import Layout
from auditor.paint import Paint, Painting
from auditor.reach import Place
from crawler.capture import Box

COLUMNS = 32  # characters of a line that are looked at; of longer pieces evenly spread places
MOST_PAINTS = 400  # at one place; no page that people made comes near
MOST_POSITIONS = 40
LEVELS = (0.3, 0.7)  # of the line's height

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """One piece of text at the scroll position at which most of it is free."""

    points: tuple[Seen, ...]
    cut: int  # characters that clip paths take away
    doubt: str | None  # a clip path that can't be told


def points(layout: Layout, row: int, box: Box, text: str) -> tuple[Point, ...]:
    """Two points of each character, those of a character next to each other."""
    x, y, width, height = box
    count = min(max(len(text), 1), COLUMNS)
    upright = layout.style(row, "writing-mode").startswith(("vertical", "sideways"))
    along = [(step + 0.5) / count for step in range(count)]
    if upright:
        return tuple((x + width * level, y + height * share) for share in along for level in LEVELS)
    return tuple((x + width * share, y + height * level) for share in along for level in LEVELS)


class Eye:
    """Looks at pieces of one text node."""

    def __init__(self, painting: Painting, row: int, ink: Ink, least: float) -> None:
        self.painting, self.layout, self.row, self.least = painting, painting.layout, row, least
        self._ground = Ground(painting, row, ink, least)
        self._seen: dict[tuple[tuple[int, ...], tuple[int, ...], bool], Seen] = {}
        self._over: dict[int, bool] = {}

    def look(self, box: Box, text: str, place: Place) -> Sight:
        """Look at a piece at each scroll position that may free it; the freest counts."""
        places = points(self.layout, self.row, box, text)
        tests = self.painting.cuts(self.row)
        kept = [all(test is None or test(*point) for test in tests) for point in places]
        cut = sum(not (one and two) for one, two in zip(kept[::2], kept[1::2], strict=True))
        nearby = self._nearby(box, place)
        best: tuple[Seen, ...] = ()
        fewest = len(places) + 1
        for scrolled, swayed in self._positions(nearby, box, place):
            seen = tuple(self._point(point, nearby, box, place, scrolled, swayed) for point in places)
            hidden = sum(self.hidden(one) for one in seen)
            if hidden < fewest:
                best, fewest = seen, hidden
            if not hidden:
                break
        return Sight(best, cut, "clip-path" if None in tests else None)

    def hidden(self, seen: Seen) -> bool:
        """Whether something painted over it makes a point illegible that would be legible without."""
        return seen.contrast is not None and seen.contrast < self.least and (seen.bare or 99) >= self.least

    def _fixed(self, paint: Paint) -> bool:
        return self.painting.held(paint.row)[-1:] == (-1,)

    def _shares(self, paint: Paint) -> bool:
        """Whether a paint moves with the text, whatever is scrolled."""
        mine, its = self.painting.held(self.row), self.painting.held(paint.row)
        inner = next((holder for holder in mine if holder >= 0), None)
        if inner is not None:
            return inner in its
        return self._fixed(paint) == (mine[-1:] == (-1,))

    def _nearby(self, box: Box, place: Place) -> list[Paint]:
        """The paints that may lie where the text is; of a heap of them the topmost."""
        own = -1 if self.layout.tree.text[self.row] else self.row  # a picture stands on no ground of its own
        found = [paint for paint in self.painting.paints if paint.row != own and self._may_meet(paint, box, place)]
        if len(found) > MOST_PAINTS:
            found.sort(key=lambda paint: self.painting.order.key(paint.row))
        return found[-MOST_PAINTS:]

    def _may_meet(self, paint: Paint, box: Box, place: Place) -> bool:
        x, y, width, height = paint.box
        left, right = min(box[0], place.box[0]), max(box[0], place.box[0]) + box[2]
        if x >= right or left >= x + width:
            return False
        meets = y < box[1] + box[3] and box[1] < y + height
        return meets or not self._shares(paint)

    def _positions(self, nearby: Sequence[Paint], box: Box, place: Place) -> Iterator[tuple[float, float]]:
        """Scroll positions of the page, and shifts by boxes in it, at which the text could be free."""
        _, y, _, height = place.box
        high = self.layout.viewport[1]
        furthest = max(self.layout.view.content_height - high, 0.0)
        low = 0.0 if place.fixed else min(max(0.0, y + height - high), furthest)
        top = furthest if place.fixed else min(max(y, 0.0), furthest)
        low, top = min(low, top), max(low, top)
        moving = [paint for paint in nearby if not self._shares(paint) and self._above(paint)]
        wanted = [low, top]
        for paint in moving:
            edge, size = paint.box[1], paint.box[3]
            if self._fixed(paint) != place.fixed:
                ends = (y + height - edge, y - edge - size)
                wanted += (-end if place.fixed else end for end in ends)
        scrolls = sorted({min(max(value, low), top) for value in wanted[:MOST_POSITIONS]})
        sways = sorted({0.0, *place.sway}, key=abs) if moving else (0.0,)
        return ((scrolled, swayed) for swayed in sways for scrolled in scrolls)

    def _above(self, paint: Paint) -> bool:
        if paint.row not in self._over:
            self._over[paint.row] = self.painting.order.above(paint.row, self.row)
        return self._over[paint.row]

    def _shift(self, paint: Paint, box: Box, place: Place, scrolled: float, swayed: float) -> Point:
        """How far the text has moved against a paint since the page was captured."""
        if self._shares(paint):
            return 0.0, 0.0
        mine = swayed + place.box[1] - box[1] - (0.0 if place.fixed else scrolled)
        its = 0.0 if self._fixed(paint) else -scrolled
        return place.box[0] - box[0], mine - its

    def _point(
        self, point: Point, nearby: Sequence[Paint], box: Box, place: Place, scrolled: float, swayed: float
    ) -> Seen:
        below, above, bar = [], [], False
        for paint in nearby:
            across, down = self._shift(paint, box, place, scrolled, swayed)
            if not self._meets(paint, point[0] + across, point[1] + down):
                continue
            if not self._above(paint):
                below.append(paint)
            elif not self._sticks(paint):
                above.append(paint)
                bar = bar or self._is_bar(paint)
        key = (tuple(paint.row for paint in below), tuple(paint.row for paint in above), bar)
        if key not in self._seen:
            self._seen[key] = self._ground.judge(below, above, bar=bar)
        return self._seen[key]

    def _meets(self, paint: Paint, x: float, y: float) -> bool:
        left, top, width, height = self.painting.showing(paint, self.row)
        if not (left <= x <= left + width and top <= y <= top + height):
            return False
        return all(test is None or test(x, y) for test in self.painting.cuts(paint.row))

    def _sticks(self, paint: Paint) -> bool:
        """Whether a paint sticks to an edge of the window without the text: scrolled far enough, it lets go."""
        chain = (paint.row, *self.layout.ancestors(paint.row))
        mine = {self.row, *self.layout.ancestors(self.row)}
        return any(self.layout.style(node, "position") == "sticky" and node not in mine for node in chain)

    def _is_bar(self, paint: Paint) -> bool:
        """Whether a paint belongs to something fixed to the window that the text does not belong to."""
        chain = (paint.row, *self.layout.ancestors(paint.row))
        fixed = next((node for node in chain if self.layout.style(node, "position") == "fixed"), None)
        return fixed is not None and fixed not in self.layout.ancestors(self.row)
