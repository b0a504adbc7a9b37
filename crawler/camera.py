"""Pictures: of the viewport, and of places of a page. WebP, made by the browser; never an empty one."""

import base64
import io

from PIL import Image, UnidentifiedImageError

from crawler.capture import Box, Shot
from crawler.store import SiteFolder
from crawler.tab import CallError, Tab

QUALITY = 80
TALLEST = 4000  # CSS pixels of one picture; Chromium returns nothing above 16,383 pixels of WebP
MOST = 40  # pictures of one view


class Camera:
    """Takes pictures of one view and puts them into the site's folder."""

    def __init__(self, tab: Tab, folder: SiteFolder, name: str) -> None:
        self._tab = tab
        self._folder = folder
        self._name = name  # "0-desktop": page and view
        self._count = 0

    async def viewport(self, width: int, height: int) -> Shot | None:
        """The viewport as it is now; None where the browser gives no picture."""
        return await self._shot((0.0, 0.0, float(width), float(height)), 1.0, beyond=False)

    async def places(self, boxes: tuple[Box, ...], page: tuple[float, float], scale: float) -> tuple[Shot, ...]:
        """Pictures of places, cut at the edges of the page (its width and height), tall ones in pieces."""
        pieces = [piece for box in boxes for piece in tiles(clipped(box, page))][:MOST]
        shots = [await self._shot(piece, scale, beyond=True) for piece in pieces]
        return tuple(shot for shot in shots if shot)

    async def _shot(self, box: Box, scale: float, *, beyond: bool) -> Shot | None:
        for _ in range(2):
            data = await self._take(box, scale, beyond)
            if is_picture(data):
                self._count += 1
                file, digest = self._folder.write_picture(f"{self._name}-{self._count}", data)
                return Shot(file, box, scale, digest)
        return None

    async def _take(self, box: Box, scale: float, beyond: bool) -> bytes:
        clip = {"x": box[0], "y": box[1], "width": box[2], "height": box[3], "scale": scale}
        asked = {"format": "webp", "quality": QUALITY, "optimizeForSpeed": True}
        if beyond:
            asked |= {"captureBeyondViewport": True, "clip": clip}
        try:
            return base64.b64decode((await self._tab.send("Page.captureScreenshot", asked)).get("data", ""))
        except CallError:
            return b""


def clipped(box: Box, page: tuple[float, float]) -> Box:
    """The part of a box that lies on the page."""
    left, top = max(0.0, box[0]), max(0.0, box[1])
    right, bottom = min(page[0], box[0] + box[2]), min(page[1], box[1] + box[3])
    return (left, top, right - left, bottom - top)


def tiles(box: Box) -> list[Box]:
    """A box in pieces that are not too tall to be drawn; none for one without area.

    >>> tiles((0, 0, 10, 9000))
    [(0, 0, 10, 4000), (0, 4000, 10, 4000), (0, 8000, 10, 1000)]
    """
    left, top, width, height = box
    if width < 1 or height < 1:
        return []
    starts = range(0, int(height + 0.999), TALLEST)
    return [(left, top + start, width, min(TALLEST, height - start)) for start in starts]


def is_picture(data: bytes) -> bool:
    """Whether the bytes are a picture with an area."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return min(picture.size) > 0
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return False
