"""Pictures for people: what the browser saw, the disclosure outlined, and nothing else drawn in.

Pages show the stored picture as it is, byte for byte, with the outline laid over it, so that its hash still holds;
documents get a copy with the outline drawn in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, UnidentifiedImageError

from auditor.model import SiteAudit
from crawler.capture import Box

OUTLINE = "#c8102e"
HALO = "#ffffff"  # around the outline, so that it stands out from any ground
PEN = 2.0  # CSS pixels
GAP = 3.0  # CSS pixels between the disclosure and its outline
ABOVE_AND_BELOW = 110.0  # CSS pixels of surroundings
AT_BOTH_SIDES = 200.0
LARGEST = 60_000_000  # pixels: no stored picture is larger, so a larger one is damaged or hostile

_TYPES = ((b"RIFF", "webp"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture and the part of the page that it shows."""

    data: bytes
    box: Box  # CSS pixels in the document
    scale: float = 1.0  # picture pixels a CSS pixel
    sha256: str = ""  # as told in the capture


Album = Callable[[SiteAudit, str], Picture | None]
"""Gives the picture of a site by its file name, e.g. `shots/0-desktop-1.webp`; None: there is none."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is shown of a picture and where the outline goes; CSS pixels from the picture's top left."""

    shown: Box
    outline: Box | None  # None: the place is unknown or outside of the picture


def no_pictures(_audit: SiteAudit, _file: str) -> Picture | None:
    """The album of an audit without stored pictures."""
    return None


def kind(picture: Picture) -> str | None:
    """The type of a picture by its first bytes: webp, png or jpeg; None: none of these, so it is not shown."""
    return next((name for start, name in _TYPES if picture.data.startswith(start)), None)


def window(picture: Picture, box: Box | None) -> Window:
    """The surroundings of `box` in a picture; the whole picture where the box is unknown or outside of it."""
    width, height = picture.box[2:]
    outline = _outline(picture, box)
    if outline is None:
        return Window((0, 0, width, height), None)
    left, top = max(outline[0] - AT_BOTH_SIDES, 0), max(outline[1] - ABOVE_AND_BELOW, 0)
    right = min(outline[0] + outline[2] + AT_BOTH_SIDES, width)
    bottom = min(outline[1] + outline[3] + ABOVE_AND_BELOW, height)
    return Window((left, top, right - left, bottom - top), outline)


def _outline(picture: Picture, box: Box | None) -> Box | None:
    """The frame around `box`, cut to the picture."""
    if box is None:
        return None
    around = PEN / 2 + GAP
    left, top = box[0] - picture.box[0] - around, box[1] - picture.box[1] - around
    right, bottom = left + box[2] + 2 * around, top + box[3] + 2 * around
    left, top = max(left, PEN / 2), max(top, PEN / 2)
    right, bottom = min(right, picture.box[2] - PEN / 2), min(bottom, picture.box[3] - PEN / 2)
    return (
        (round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))
        if left < right and top < bottom
        else None
    )


def drawn(picture: Picture, box: Box | None, *, dashed: bool = False) -> bytes | None:
    """A JPEG of the surroundings of `box` with the outline drawn in; None where the picture can't be read."""
    image = _open(picture.data)
    if image is None or not 0 < picture.scale < 10:
        return None
    seen = window(picture, box)
    if seen.outline:
        _draw(image, _pixels(seen.outline, picture.scale), max(1, round(PEN * picture.scale)), dashed=dashed)
    return _jpeg(image.crop(_pixels(seen.shown, picture.scale)))


def _open(data: bytes) -> Image.Image | None:
    try:
        image = Image.open(BytesIO(data))
        return image.convert("RGB") if image.width * image.height <= LARGEST else None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    left, top, width, height = box
    edges = (left, top, left + width, top + height)
    return tuple(round(edge * scale) for edge in edges)  # type: ignore[return-value]


def _draw(image: Image.Image, frame: tuple[int, int, int, int], pen: int, *, dashed: bool) -> None:
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = frame
    draw.rectangle((left - pen, top - pen, right + pen, bottom + pen), outline=HALO, width=3 * pen)
    if not dashed:
        draw.rectangle(frame, outline=OUTLINE, width=pen)
        return
    for x in range(left, right, 8 * pen):
        draw.line((x, top, min(x + 4 * pen, right), top), fill=OUTLINE, width=pen)
        draw.line((x, bottom, min(x + 4 * pen, right), bottom), fill=OUTLINE, width=pen)
    for y in range(top, bottom, 8 * pen):
        draw.line((left, y, left, min(y + 4 * pen, bottom)), fill=OUTLINE, width=pen)
        draw.line((right, y, right, min(y + 4 * pen, bottom)), fill=OUTLINE, width=pen)


def _jpeg(image: Image.Image) -> bytes:
    """The stored pictures are JPEG themselves; a PNG takes fifty times the time and twice the room."""
    out = BytesIO()
    image.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()
