"""Colours as the browser computes them, blended and compared as WCAG 2.x says.

Sources: CSS Color 4 (https://www.w3.org/TR/css-color-4/, section 18 and its sample code) for the spaces, WCAG 2.2
(https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio) for the contrast ratio.
"""

import math
import re
from collections.abc import Callable
from functools import lru_cache

Colour = tuple[float, float, float, float]
"""Red, green, blue in sRGB and alpha, each 0 … 1, not premultiplied."""

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
CLEAR: Colour = (0.0, 0.0, 0.0, 0.0)

_FUNCTION = re.compile(r"(rgba?|lab|lch|oklab|oklch|color)\(([^()]{1,200})\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.ASCII)

_XYZ_TO_SRGB: Matrix = (
    (3.2409699419045226, -1.5373831775700939, -0.4986107602930034),
    (-0.9692436362808796, 1.8759675015077202, 0.0415550574071756),
    (0.0556300796969936, -0.2039769588889765, 1.0569715142428786),
)
_D50_TO_D65: Matrix = (
    (0.9554734527042182, -0.0230985368742614, 0.0632593086610217),
    (-0.0283697069632081, 1.0099954580058226, 0.0210413989669430),
    (0.0123140016883199, -0.0205076964334771, 1.3303659366080753),
)
_OKLAB_TO_LMS: Matrix = (
    (1.0, 0.3963377773761749, 0.2158037573099136),
    (1.0, -0.1055613458156586, -0.0638541728258133),
    (1.0, -0.0894841775298119, -1.2914855480194092),
)
_LMS_TO_SRGB: Matrix = (
    (4.0767416360759583, -3.3077115392580629, 0.2309699031821043),
    (-1.2684379732850315, 2.6097573492876882, -0.3413193760026570),
    (-0.0041960761386756, -0.7034186179359362, 1.7076146940746117),
)
_TO_XYZ: dict[str, Matrix] = {
    "display-p3": (
        (0.4865709486482162, 0.2656676931690931, 0.1982172852343625),
        (0.2289745640697488, 0.6917385218365064, 0.0792869140937450),
        (0.0, 0.0451133818589026, 1.0439443689009760),
    ),
    "a98-rgb": (
        (0.5766690429101305, 0.1855582379065463, 0.1882286462349947),
        (0.2973449752505361, 0.6273635662554661, 0.0752914584939978),
        (0.0270313613864124, 0.0706888525358272, 0.9913375368376388),
    ),
    "prophoto-rgb": (
        (0.7977666449006423, 0.1351812974005331, 0.0313477341283922),
        (0.2880748288194013, 0.7118352342418731, 0.0000899369387256),
        (0.0, 0.0, 0.8251046025104602),
    ),
    "rec2020": (
        (0.6369580483012914, 0.1446169035862083, 0.1688809751641721),
        (0.2627002120112671, 0.6779980715188708, 0.0593017164698620),
        (0.0, 0.0280726930490874, 1.0609850577107910),
    ),
}


@lru_cache(maxsize=4096)
def parse(text: str) -> Colour | None:
    """Read one computed colour: every form that Chromium's computed style returns. None: not a colour.

    Colours outside sRGB are clipped channel by channel, as Chromium paints them.
    """
    match = _FUNCTION.fullmatch(text.strip())
    if not match:
        return None
    name, body = match.groups()
    front, _, back = body.partition("/")
    words = front.replace(",", " ").split()
    space = words.pop(0) if name == "color" and words else name
    values = [_value(word) for word in words]
    if back:
        values.append(_value(back.strip()))
    if len(values) not in (3, 4) or None in values:
        return None
    first, second, third, *rest = (value for value in values if value is not None)
    channels = _srgb(space, (first, second, third))
    if channels is None:
        return None
    red, green, blue = (_clamp(channel) for channel in channels)
    return (red, green, blue, _clamp(rest[0]) if rest else 1.0)


def stops(image: str) -> tuple[Colour, ...] | None:
    """The colours of a computed gradient, in order. None: one of them can't be read, or there is none."""
    found = tuple(parse(match.group()) for match in _FUNCTION.finditer(image))
    known = tuple(colour for colour in found if colour is not None)
    return known if known and len(known) == len(found) else None


def along(colours: tuple[Colour, ...], share: float) -> Colour:
    """The colour at a place, 0 … 1, between the first and the last of some that fade into each other.

    Colours count by their alpha (CSS Images 4, section 3.4.2): what fades from `transparent` passes through no grey.
    """
    place = share * (len(colours) - 1)
    first = min(int(place), max(len(colours) - 2, 0))
    rest = place - first
    one, two = colours[first], colours[min(first + 1, len(colours) - 1)]
    alpha = one[3] + (two[3] - one[3]) * rest
    if alpha <= 0:
        return CLEAR
    share = two[3] * rest / alpha
    red, green, blue = (a + (b - a) * share for a, b in zip(one[:3], two[:3], strict=True))
    return (red, green, blue, alpha)


def over(top: Colour, bottom: Colour) -> Colour:
    """`top` painted over `bottom` (source-over, https://www.w3.org/TR/compositing-1/)."""
    alpha = top[3] + bottom[3] * (1 - top[3])
    if alpha <= 0:
        return CLEAR
    red, green, blue = (
        (a * top[3] + b * bottom[3] * (1 - top[3])) / alpha for a, b in zip(top[:3], bottom[:3], strict=True)
    )
    return (red, green, blue, alpha)


def fade(colour: Colour, opacity: float) -> Colour:
    """`colour` with its alpha multiplied."""
    return (*colour[:3], colour[3] * opacity)


@lru_cache(maxsize=4096)
def luminance(colour: Colour) -> float:
    """Relative luminance, 0 … 1; alpha is ignored."""
    red, green, blue = (_decode(channel) for channel in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, two: Colour) -> float:
    """The WCAG 2.x contrast ratio of two opaque colours, 1 … 21."""
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _value(word: str) -> float | None:
    """A number, a percentage as a share of 1, an angle in degrees; `none` is 0."""
    if word == "none":
        return 0.0
    number = word.removesuffix("%").removesuffix("deg")
    if not _NUMBER.fullmatch(number):
        return None
    return float(number) / 100 if word.endswith("%") else float(number)


def _clamp(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _times(matrix: Matrix, vector: Vector) -> Vector:
    a, b, c = (math.fsum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)
    return (a, b, c)


def _decode(channel: float) -> float:
    """One sRGB channel, light-linear."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encode(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _power(exponent: float) -> Callable[[float], float]:
    return lambda channel: math.copysign(abs(channel) ** exponent, channel)


def _rec2020(channel: float) -> float:
    alpha, beta = 1.09929682680944, 0.018053968510807
    return channel / 4.5 if channel < beta * 4.5 else ((channel + alpha - 1) / alpha) ** (1 / 0.45)


def _prophoto(channel: float) -> float:
    return channel / 16 if channel <= 16 / 512 else channel**1.8


_CURVES: dict[str, Callable[[float], float]] = {
    "display-p3": _decode,
    "a98-rgb": _power(563 / 256),
    "prophoto-rgb": _prophoto,
    "rec2020": _rec2020,
}


def _srgb(space: str, values: Vector) -> Vector | None:
    """sRGB of a colour in any space, perhaps outside 0 … 1."""
    if space in ("rgb", "rgba"):
        return (values[0] / 255, values[1] / 255, values[2] / 255)
    if space == "srgb":
        return values
    linear = _linear(space, values)
    return None if linear is None else _each(_encode, linear)


def _linear(space: str, values: Vector) -> Vector | None:
    """Light-linear sRGB."""
    if space in ("lch", "oklch"):
        hue = math.radians(values[2])
        values = (values[0], values[1] * math.cos(hue), values[1] * math.sin(hue))
    if space in ("oklab", "oklch"):
        return _times(_LMS_TO_SRGB, _each(lambda channel: channel**3, _times(_OKLAB_TO_LMS, values)))
    if space in ("lab", "lch"):
        return _times(_XYZ_TO_SRGB, _times(_D50_TO_D65, _lab(values)))
    return _named(space, values)


def _named(space: str, values: Vector) -> Vector | None:
    """Light-linear sRGB of `color(space …)`."""
    if space == "srgb-linear":
        return values
    if space in ("xyz", "xyz-d65"):
        return _times(_XYZ_TO_SRGB, values)
    if space == "xyz-d50":
        return _times(_XYZ_TO_SRGB, _times(_D50_TO_D65, values))
    base = space.removesuffix("-linear")
    if base not in _TO_XYZ:
        return None
    xyz = _times(_TO_XYZ[base], values if space != base else _each(_CURVES[base], values))
    return _times(_XYZ_TO_SRGB, _times(_D50_TO_D65, xyz) if base == "prophoto-rgb" else xyz)


def _each(function: Callable[[float], float], values: Vector) -> Vector:
    return (function(values[0]), function(values[1]), function(values[2]))


def _lab(values: Vector) -> Vector:
    """CIE XYZ with white D50 of CIE Lab."""
    kappa, epsilon = 24389 / 27, 216 / 24389
    y = (values[0] + 16) / 116
    x, z = y + values[1] / 500, y - values[2] / 200
    return (
        0.3457 / 0.3585 * (x**3 if x**3 > epsilon else (116 * x - 16) / kappa),
        y**3 if values[0] > kappa * epsilon else values[0] / kappa,
        (1 - 0.3457 - 0.3585) / 0.3585 * (z**3 if z**3 > epsilon else (116 * z - 16) / kappa),
    )
