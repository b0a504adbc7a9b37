"""CSS values that move, shrink and cut boxes, read from computed styles.

Sources: CSS Transforms 2 (matrices), CSS 2.1 11.1.2 (`clip`), Shapes 1 and Masking 1 (`clip-path`), Filter Effects 1.
"""

import math
import re
from collections.abc import Callable
from functools import lru_cache

from crawler.capture import Box

Inside = Callable[[float, float], bool]
"""Whether a point of the page stays, given a shape that cuts."""

_TERM = re.compile(r"([-+]?)\s*([\d.]+(?:e[-+]?\d+)?)(px|%)", re.ASCII)
_LENGTH = re.compile(r"calc\([^()]*\)|[-\d.e+]+(?:px|%)?", re.ASCII)
Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]

_WHOLE: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
_AXES = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}

_COMPARES = re.compile(r"\b(?:min|max|clamp)\(")
_CALL = re.compile(r"([a-z-]+)\(((?:[^()]|\([^()]*\))*)\)")


def numbers(text: str) -> list[float]:
    """All numbers of a value, in order."""
    return [float(word) for word in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", text, re.ASCII)]


def listed(value: str) -> list[str]:
    """The items of a list, parted at the commas that stand in no bracket."""
    items, depth, start = [], 0, 0
    for at, character in enumerate(value):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            items.append(value[start:at].strip())
            start = at + 1
    return [*items, value[start:].strip()]


@lru_cache(maxsize=1024)
def stretch(transform: str, scale: str, zoom: str) -> float:
    """How much taller letters become by an element's own transform, scale and zoom; 0 for one seen from its edge."""
    factor = numbers(zoom)[0] if zoom and zoom[0].isdigit() else 1.0
    if scale and scale != "none":
        parts = numbers(scale)
        factor *= abs(parts[1] if len(parts) > 1 else parts[0])
    values = numbers(transform.partition("(")[2])
    if transform.startswith("matrix3d") and len(values) == 16:
        seen = values[0] * values[5] - values[1] * values[4] and _volume(_matrix(transform))
        return factor * math.hypot(values[4], values[5]) if seen else 0.0
    if transform.startswith("matrix") and len(values) == 6:
        flat = values[0] * values[3] - values[1] * values[2]
        return factor * math.hypot(values[2], values[3]) if flat else 0.0
    return factor


@lru_cache(maxsize=1024)
def turned_away(turns: tuple[tuple[str, str], ...]) -> bool:
    """Whether an element's back faces the reader: given the `transform` and `rotate` of all, the outermost first.

    Source: CSS Transforms 2, section 5: the inverted matrix points the z axis away.
    """
    whole = _WHOLE
    for transform, rotate in turns:
        whole = _times(_times(whole, _rotation(rotate)), _matrix(transform))
    (a, b, _), (c, d, _), _ = whole
    return (a * d - b * c) * _volume(whole) < 0


def _matrix(transform: str) -> Matrix:
    """The part of a computed `transform` that turns and enlarges."""
    values = numbers(transform.partition("(")[2])
    if transform.startswith("matrix3d") and len(values) == 16:
        x, y, z = values[0:3], values[4:7], values[8:11]
        return ((x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2]))
    if transform.startswith("matrix") and len(values) == 6:
        return ((values[0], values[2], 0.0), (values[1], values[3], 0.0), (0.0, 0.0, 1.0))
    return _WHOLE


def _rotation(rotate: str) -> Matrix:
    """A computed `rotate`: an angle, perhaps after an axis (Rodrigues' formula)."""
    *axis, angle = rotate.split() or [""]
    if not angle.endswith("deg"):
        return _WHOLE
    x, y, z = _AXES.get(axis[0]) or numbers(" ".join(axis)) if axis else (0.0, 0.0, 1.0)
    length, turn = math.hypot(x, y, z) or 1.0, math.radians(numbers(angle)[0])
    x, y, z, sin, cos = x / length, y / length, z / length, math.sin(turn), math.cos(turn)
    rest = 1 - cos
    return (
        (cos + x * x * rest, x * y * rest - z * sin, x * z * rest + y * sin),
        (y * x * rest + z * sin, cos + y * y * rest, y * z * rest - x * sin),
        (z * x * rest - y * sin, z * y * rest + x * sin, cos + z * z * rest),
    )


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c = (
        (
            math.fsum(row[i] * other[i][0] for i in range(3)),
            math.fsum(row[i] * other[i][1] for i in range(3)),
            math.fsum(row[i] * other[i][2] for i in range(3)),
        )
        for row in one
    )
    return (a, b, c)


def _volume(matrix: Matrix) -> float:
    """The determinant: 0 for what is flattened in any direction, which browsers do not paint."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


@lru_cache(maxsize=1024)
def filters(value: str) -> tuple[tuple[str, str], ...]:
    """The functions of a `filter` with their arguments, in order; () for none."""
    return tuple(_CALL.findall(value)) if value and value != "none" else ()


def blur(value: str) -> float:
    """The radius, px, by which a filter blurs."""
    return max((numbers(argument)[0] for name, argument in filters(value) if name == "blur"), default=0.0)


def filter_opacity(value: str) -> float:
    """The product of all `opacity()` of a filter."""
    return math.prod(numbers(argument)[0] for name, argument in filters(value) if name == "opacity")


def clip(value: str, box: Box) -> Box | None:
    """What the old property `clip` leaves of an absolutely positioned box; None where it is `auto`."""
    if not value.startswith("rect("):
        return None
    edges = [word.strip() for word in value[5:-1].split(",")]
    if len(edges) != 4:
        return None
    x, y, width, height = box
    fallback = (0.0, width, height, 0.0)
    top, right, bottom, left = (
        auto if edge == "auto" else float(edge.removesuffix("px")) for edge, auto in zip(edges, fallback, strict=True)
    )
    return (x + left, y + top, max(right - left, 0.0), max(bottom - top, 0.0))


def clip_path(value: str, box: Box) -> Inside | None:
    """The test for the points that a `clip-path` on `box` keeps; None for shapes that can't be told (paths, SVG).

    Rounded corners are taken as square: a few px of a corner at most.
    """
    match = _CALL.match(value)
    if not match:
        return None
    name, body = match.groups()
    if _COMPARES.search(body):
        return None
    try:
        return _SHAPES[name](body, box) if name in _SHAPES else None
    except (IndexError, ValueError):
        return None


def _length(word: str, whole: float) -> float:
    """A length, percentage or sum of them, in px."""
    terms = _TERM.findall(word)
    if not terms or "*" in word:
        raise ValueError(word)
    return math.fsum(
        (-1 if sign == "-" else 1) * float(number) * (whole / 100 if unit == "%" else 1) for sign, number, unit in terms
    )


def _inset(body: str, box: Box) -> Inside:
    x, y, width, height = box
    words = _LENGTH.findall(body.partition("round")[0])
    top = _length(words[0], height)
    right = _length(words[min(1, len(words) - 1)], width)
    bottom = _length(words[2] if len(words) > 2 else words[0], height)
    left = _length(words[3] if len(words) > 3 else words[min(1, len(words) - 1)], width)
    return lambda px, py: x + left < px < x + width - right and y + top < py < y + height - bottom


def _centre(place: str, box: Box) -> tuple[float, float]:
    words = _LENGTH.findall(place) or ["50%", "50%"]
    return box[0] + _length(words[0], box[2]), box[1] + _length(words[1], box[3])


def _radius(word: str, sides: tuple[float, ...], whole: float) -> float:
    if word in ("", "closest-side"):
        return min(sides)
    return max(sides) if word == "farthest-side" else _length(word, whole)


def _circle(body: str, box: Box) -> Inside:
    size, _, place = body.partition("at ")
    cx, cy = _centre(place, box)
    sides = (abs(cx - box[0]), abs(box[0] + box[2] - cx), abs(cy - box[1]), abs(box[1] + box[3] - cy))
    radius = _radius(size.strip(), sides, math.hypot(box[2], box[3]) / math.sqrt(2))
    return lambda px, py: math.hypot(px - cx, py - cy) < radius


def _ellipse(body: str, box: Box) -> Inside:
    size, _, place = body.partition("at ")
    cx, cy = _centre(place, box)
    words = size.split() or ["", ""]
    across = _radius(words[0], (abs(cx - box[0]), abs(box[0] + box[2] - cx)), box[2])
    down = _radius(words[-1], (abs(cy - box[1]), abs(box[1] + box[3] - cy)), box[3])
    if across <= 0 or down <= 0:
        return lambda px, py: False
    return lambda px, py: ((px - cx) / across) ** 2 + ((py - cy) / down) ** 2 < 1


def _polygon(body: str, box: Box) -> Inside:
    corners = []
    for pair in body.removeprefix("evenodd,").removeprefix("nonzero,").split(","):
        across, down = _LENGTH.findall(pair)
        corners.append((box[0] + _length(across, box[2]), box[1] + _length(down, box[3])))
    edges = [*zip(corners, [*corners[1:], corners[0]], strict=True)]
    even = body.startswith("evenodd")

    def inside(px: float, py: float) -> bool:
        crossed = [
            1 if by > ay else -1
            for (ax, ay), (bx, by) in edges
            if (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax
        ]
        return len(crossed) % 2 == 1 if even else sum(crossed) != 0

    return inside


_SHAPES: dict[str, Callable[[str, Box], Inside]] = {
    "inset": _inset,
    "circle": _circle,
    "ellipse": _ellipse,
    "polygon": _polygon,
}
