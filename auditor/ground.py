"""How letters stand out at one point, given what is painted below and above them there."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor import colour
from auditor.colour import BLACK, WHITE, Colour
from auditor.ink import Ink
from auditor.paint import Paint, Painting, blend

ENOUGH = 4.5  # WCAG 2.x 1.4.3: a ground on which the worst place reaches this needs no closer look
FAINT = 0.05  # alpha: what is fainter is transparent on any ground
STEPS = 8  # places along a gradient that are tried

Layer = tuple[Colour, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen at one point of a text."""

    contrast: float | None  # as painted, with what lies over it; None: can't be told
    bare: float | None  # without what lies over it
    solid: float | None  # without that and without transparency
    apart: float = 0.0  # largest difference of a channel between letters and ground, 0 … 1
    doubt: str | None = None
    bar: bool = False  # what lies over it is fixed to the window, as bars and splashes are that people can close

    @property
    def unveiled(self) -> float | None:
        """The contrast; without what people can close, where that makes it low: what a dialog dims is legible later."""
        dimmed = self.bar and self.contrast is not None and self.contrast < ENOUGH
        return self.bare if dimmed and self.bare is not None else self.contrast


class Ground:
    """Judges points of one text node."""

    def __init__(self, painting: Painting, row: int, ink: Ink, least: float) -> None:
        self.painting, self.row, self.ink, self.least = painting, row, ink, least
        self.paper = painting.paper(row)

    def judge(self, below: Sequence[Paint], above: Sequence[Paint], *, bar: bool) -> Seen:
        """What is seen of letters between some paints, each in any order."""
        if any(self.painting.blended(paint.row, self.row) for paint in (*below, *above)):
            return Seen(None, None, None, doubt="blend", bar=bar)
        below, above = self.painting.order.in_order(below), self.painting.order.in_order(above)
        doubt = "over-image" if self.ink.picture else self._uncertain(below)
        above = [paint for paint in above if self._strength(paint) > FAINT]
        hides = any(paint.opaque and self._strength(paint) == 1 for paint in above)
        unsure = any(paint.picture or paint.blurs for paint in above)
        above = [replace(paint, images=tuple(image for image in paint.images if image)) for paint in above]
        veiled = "gradient" if any(paint.images for paint in above) else None
        low, high, apart = self._range(below, above)
        seen = 1.0 if hides else low
        if above and (hides or high < self.least):
            bare = self._range(below, ())[0] if doubt is None else None
            return Seen(seen, bare, None, apart, doubt, bar)
        if (doubt or veiled) and not self._steady(low, high):
            return Seen(None, None, None, apart, doubt or veiled, bar)
        doubt = "covered-by-picture" if unsure else None
        solid = self._range(below, (), solid=True)[0]
        return Seen(seen, self._range(below, ())[0], solid, apart, doubt, bar)

    def _strength(self, paint: Paint) -> float:
        """How much of a paint is left after all that fades it, as far as that does not fade the letters as well."""
        mine = self.painting.groups(self.row)
        return math.prod(self.painting.opacity(group) for group in self.painting.groups(paint.row) if group not in mine)

    def _uncertain(self, below: Sequence[Paint]) -> str | None:
        """What gives the ground more than one colour: a picture or gradient that nothing opaque lies upon."""
        doubt = "gradient" if len(self.ink.fill) > 1 else None
        ground = None
        for paint in below:
            if paint.flat[3] == 1 and not self.painting.groups(paint.row):
                ground = None
            for image in paint.images:
                ground = "over-image" if image is None or ground == "over-image" else "gradient"
        return ground or doubt

    def _steady(self, low: float, high: float) -> bool:
        """Whether letters stand out, or do not, on each of the colours that the ground may have."""
        return low >= ENOUGH or high < self.least

    def _range(
        self, below: Sequence[Paint], above: Sequence[Paint], *, solid: bool = False
    ) -> tuple[float, float, float]:
        """The lowest and the highest contrast on the colours of the ground, and how far apart the lowest's colours are.

        A picture may have any colour: black to white are tried.
        """
        many = len(self.ink.fill) > 1 or any(paint.images for paint in (*below, *above))
        shares = [step / STEPS for step in range(STEPS + 1)] if many else [0.0]
        found = [self._best(below, above, share, solid) for share in shares]
        low, apart = min(found)
        return low, max(found)[0], apart

    def _best(self, below: Sequence[Paint], above: Sequence[Paint], share: float, solid: bool) -> tuple[float, float]:
        """The contrast of what stands out most: the fill, or an outline or shadow."""
        inks = (colour.along(self.ink.fill, share), *self.ink.edges)
        return max(self._pair(below, above, one, share, solid) for one in inks)

    def _pair(
        self, below: Sequence[Paint], above: Sequence[Paint], one: Colour, share: float, solid: bool
    ) -> tuple[float, float]:
        opacity: Callable[[int], float] = _whole if solid else self.painting.opacity
        ground, over = [(self.paper, ()), *self._layers(below, share)], [*self._layers(above, share)]
        ink = colour.fade(one, 1 / one[3]) if solid and one[3] else one
        letters = blend([*ground, (ink, self.painting.groups(self.row)), *over], opacity)
        paper = blend([*ground, *over], opacity)
        return colour.contrast(letters, paper), max(abs(a - b) for a, b in zip(letters[:3], paper[:3], strict=True))

    def _layers(self, paints: Sequence[Paint], share: float) -> Iterator[Layer]:
        """What paints add, at a place `share` (0 … 1) along their gradients."""
        for paint in paints:
            groups = self.painting.groups(paint.row)
            if paint.flat[3] > 0:
                yield paint.flat, groups
            for image in paint.images:
                yield colour.along(image or (BLACK, WHITE), share), groups


def _whole(_: int) -> float:
    return 1.0
