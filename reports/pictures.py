"""Pictures for people: what the browser saw, with the disclosure outlined, and nothing else drawn in."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, UnidentifiedImageError

from auditor.model import Disclosure, Prominence, SiteAudit
from crawler.capture import Box

OUTLINE = (200, 16, 46)
MARGIN = 120.0  # CSS pixels of surroundings above and below the outline
LARGEST = 60_000_000  # pixels: no stored picture is larger, so a larger one is damaged or hostile


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture and the part of the page that it shows."""

    data: bytes
    box: Box | None  # None: not known, so nothing can be outlined in it
    scale: float = 1.0  # picture pixels a CSS pixel
    sha256: str = ""  # as told in the capture


Album = Callable[[SiteAudit, str], Picture | None]
"""Gives the picture of a site by its file name; None: there is none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as it is shown."""

    webp: bytes
    width: int  # CSS pixels
    height: int
    outline: str  # "solid" (seen), "dashed" (where it would stand) or "none" (no place is known, or it lies outside)


def no_pictures(_audit: SiteAudit, _file: str) -> Picture | None:
    """The album of an audit without stored pictures."""
    return None


def figure(audit: SiteAudit, view: Prominence, album: Album) -> Figure | None:
    """The outlined picture of a disclosure in one view, or None where there is no readable picture."""
    picture = album(audit, view.screenshot) if view.screenshot else None
    return outlined(picture, view.box, dashed=not view.visible) if picture else None


def figures(audit: SiteAudit, disclosure: Disclosure, album: Album) -> dict[str, Figure]:
    """The outlined pictures of a disclosure by the name of the view."""
    made = {name: figure(audit, view, album) for name, view in disclosure.views.items()}
    return {name: one for name, one in made.items() if one}


def outlined(picture: Picture, box: Box | None, *, dashed: bool = False) -> Figure | None:
    """Crop a picture to the surroundings of `box` and outline it; None where the picture can't be read."""
    image = _open(picture.data)
    if image is None:
        return None
    place = _place(picture, box, image.size)
    if place:
        _draw(image, place, dashed=dashed, scale=picture.scale)
        image = image.crop(_surroundings(place, image.size, picture.scale))
    outline = ("dashed" if dashed else "solid") if place else "none"
    return Figure(_webp(image), round(image.width / picture.scale), round(image.height / picture.scale), outline)


def _open(data: bytes) -> Image.Image | None:
    try:
        image = Image.open(BytesIO(data))
        return image.convert("RGB") if image.width * image.height <= LARGEST else None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _place(picture: Picture, box: Box | None, size: tuple[int, int]) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of `box` in picture pixels; None where it is unknown or outside of the picture."""
    if box is None or picture.box is None or not 0 < picture.scale < 10:
        return None
    left, top = ((box[i] - picture.box[i]) * picture.scale for i in (0, 1))
    right, bottom = left + box[2] * picture.scale, top + box[3] * picture.scale
    inside = right >= 0 and left <= size[0] and bottom >= 0 and top <= size[1]
    return (max(left, 0), max(top, 0), min(right, size[0]), min(bottom, size[1])) if inside else None


def _draw(image: Image.Image, place: tuple[float, float, float, float], *, dashed: bool, scale: float) -> None:
    pen, gap = max(2, round(2 * scale)), 3 * scale
    left, top, right, bottom = place
    frame = (
        max(left - gap - pen, 0),
        max(top - gap - pen, 0),
        min(right + gap + pen, image.width - 1),
        min(bottom + gap + pen, image.height - 1),
    )
    draw = ImageDraw.Draw(image)
    if dashed:
        _dashes(draw, frame, pen, round(8 * scale))
    else:
        draw.rectangle(frame, outline=OUTLINE, width=pen)


def _dashes(draw: ImageDraw.ImageDraw, frame: tuple[float, float, float, float], pen: int, dash: int) -> None:
    left, top, right, bottom = (round(edge) for edge in frame)
    for x in range(left, right, 2 * dash):
        for y in (top, bottom):
            draw.line((x, y, min(x + dash, right), y), fill=OUTLINE, width=pen)
    for y in range(top, bottom, 2 * dash):
        for x in (left, right):
            draw.line((x, y, x, min(y + dash, bottom)), fill=OUTLINE, width=pen)


def _surroundings(
    place: tuple[float, float, float, float], size: tuple[int, int], scale: float
) -> tuple[int, int, int, int]:
    """The full width, so that the reader sees where on the screen it stands, and some of what is above and below."""
    margin = MARGIN * scale
    return 0, round(max(place[1] - margin, 0)), size[0], round(min(max(place[3], 1) + margin, size[1]))


def _webp(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()
