"""Of several places of one number, which one counts.

A number that stands properly in the footer is not blamed for standing again, unlinked and small, in an agreement.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from auditor.facts import is_seen
from auditor.model import Disclosure, Prominence
from crawler.capture import Role

_SURFACES = (
    (Role.HOME,),
    (Role.PRODUCT, Role.STORE, Role.DOWNLOAD),
    (Role.DISCLOSURE, Role.ABOUT),
    (Role.OTHER,),
    (Role.LEGAL,),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured of a number at its best place."""

    at: Disclosure
    view: str  # the view in which it measures worst
    value: float


def best_placed(places: Iterable[Disclosure]) -> tuple[Disclosure, ...]:
    """The places on the best surface: the home page before a product page, a disclosure page, others, an agreement."""
    found = tuple(places)
    best = min(map(_surface, found), default=None)
    return tuple(d for d in found if _surface(d) == best)


def best_measure(places: Iterable[Disclosure], value: Callable[[Prominence], float | None]) -> Measure | None:
    """The largest value among the best places, each by its worst view. None: nothing could be measured."""
    worst = (_worst(d, value) for d in best_placed(places))
    return max((m for m in worst if m is not None), key=lambda m: m.value, default=None)


def visible_in(disclosure: Disclosure, view: str) -> bool:
    """Whether a person can see it at this size."""
    return is_seen(disclosure) and view in disclosure.views and disclosure.views[view].visible


def in_sight(disclosures: Iterable[Disclosure]) -> tuple[Disclosure, ...]:
    """Those that were in sight when the page was captured: what runs by or opens on hover was maybe not, and then
    nothing of it could be measured.
    """
    return tuple(d for d in disclosures if not d.views or any(view.visible for view in d.views.values()))


def _surface(d: Disclosure) -> tuple[int, int]:
    return next(i for i, roles in enumerate(_SURFACES) if d.role in roles), d.clicks


def _worst(d: Disclosure, value: Callable[[Prominence], float | None]) -> Measure | None:
    found = ((name, value(view)) for name, view in d.views.items() if view.visible)
    measures = (Measure(d, name, v) for name, v in found if v is not None)
    return min(measures, key=lambda m: m.value, default=None)
