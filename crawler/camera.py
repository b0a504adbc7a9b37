"""Pictures: of the viewport, and of places of a page. JPEG as the browser makes it; never an empty one.

WebP, 0.6 of the size, takes the browser three times as long (80 against 26 ms of processor time for a viewport), which
would be a fifth of all its work; coding a JPEG again would blur what contrast is measured on later.
"""

import asyncio
import base64
import io

from PIL import Image, UnidentifiedImageError

from crawler.capture import Box, Shot
from crawler.store import SiteFolder
from crawler.tab import CallError, Tab

QUALITY = 88
TALLEST = 4000  # CSS pixels of one picture; Chromium returns nothing above 65,535 pixels of JPEG
MOST = 40  # pictures of one view

SHOW = "(scrollTo({left: 0, top: TOP, behavior: 'instant'}), [scrollX, scrollY, innerWidth, innerHeight])"


class Camera:
    """Takes pictures of one view and puts them into the site's folder."""

    def __init__(self, tab: Tab, folder: SiteFolder, name: str) -> None:
        self._tab = tab
        self._folder = folder
        self._name = name  # "0-desktop": page and view
        self._count = 0

    async def viewport(self, width: int, height: int) -> Shot | None:
        """The viewport as it is now; None where the browser gives no picture."""
        return await self._shot((0.0, 0.0, float(width), float(height)), 1.0, {})

    async def places(self, boxes: tuple[Box, ...], page: tuple[float, float], scale: float) -> tuple[Shot, ...]:
        """Pictures of places, cut at the edges of the page (its width and height), tall ones in pieces.

        The page is scrolled so that a place is seen as a reader sees it, and is left there. Raises CallError.
        """
        pieces = [piece for box in boxes for piece in tiles(clipped(box, page))][:MOST]
        shots = [await self._place(piece, scale) for piece in pieces]
        return tuple(shot for shot in shots if shot)

    async def _place(self, box: Box, scale: float) -> Shot | None:
        left, top, width, height = box
        middle = max(0, top + height / 2 - 400)
        at = await self._tab.ask(SHOW.replace("TOP", str(int(middle))))
        seen = at[0] <= left and left + width <= at[0] + at[2] and at[1] <= top and top + height <= at[1] + at[3]
        clip = {"x": left, "y": top, "width": width, "height": height, "scale": scale}
        return await self._shot(box, scale, {"clip": clip, "captureBeyondViewport": not seen})

    async def _shot(self, box: Box, scale: float, how: dict[str, object]) -> Shot | None:
        for _ in range(2):
            data = await self._take(how)
            if is_picture(data):
                self._count += 1
                name = f"{self._name}-{self._count}"
                file, digest = await asyncio.to_thread(self._folder.write_picture, name, data)
                return Shot(file, box, scale, digest)
        return None

    async def _take(self, how: dict[str, object]) -> bytes:
        asked = {"format": "jpeg", "quality": QUALITY, "optimizeForSpeed": True, **how}
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
