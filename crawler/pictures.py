"""Reads the pictures of a view that may show a number: cut out of the page as it is painted, and handed to OCR."""

import asyncio
import base64
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from crawler.camera import clipped
from crawler.capture import UNREAD, Box, PictureText, Tree, View
from crawler.ocr import Ocr, Reading, installed
from crawler.tab import CallError, Tab

SHARP, WIDEST = 2.0, 1920.0  # picture pixels a CSS pixel, as on a better screen, and of a whole picture at most
TALLEST = 400.0  # CSS px of a picture that are read: its foot


class PictureReader:
    """Reads for one site; what was read from a file holds wherever the site shows that file."""

    def __init__(self, ocr: Ocr | None, timeout: float) -> None:
        """Give the pictures of each view so many seconds; without OCR none is read."""
        self._ocr = ocr if installed() else None
        self._timeout = timeout
        self._files: dict[str, Reading] = {}

    async def read(self, tab: Tab, view: View, rows: Sequence[int]) -> View:
        """The view with the words of these pictures: None where none of them could be read."""
        if not rows:
            return replace(view, pictures=())
        found: list[PictureText] = []
        if self._ocr:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._timeout):
                    for row in rows:
                        found += await self._read(self._ocr, tab, view, row)
        if len(found) == len(rows):
            return replace(view, pictures=tuple(found))
        return replace(view, pictures=tuple(found) or None, limits=(*view.limits, UNREAD))

    async def _read(self, ocr: Ocr, tab: Tab, view: View, row: int) -> list[PictureText]:
        """What one picture says; nothing where it could not be read."""
        box, file = view.tree.box[row], source(view.tree, row)
        if box is None:
            return []
        reading = self._files.get(file) or await _look(ocr, tab, view, box)
        if reading is None:
            return []
        if file and reading.text:
            self._files[file] = reading
        return [PictureText(row, box, reading.text, reading.confidence)]


async def _look(ocr: Ocr, tab: Tab, view: View, box: Box) -> Reading | None:
    x, y, width, height = clipped(box, (view.content_width, view.content_height))
    if width < 1 or height < 1:
        return None
    seen = min(height, TALLEST)
    clip = {"x": x, "y": y + height - seen, "width": width, "height": seen, "scale": min(SHARP, WIDEST / width)}
    asked = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": True, "clip": clip}
    try:
        data = (await tab.send("Page.captureScreenshot", asked)).get("data", "")
    except CallError:
        return None
    return await ocr.read(base64.b64decode(data)) if data else None


def source(tree: Tree, row: int) -> str:
    """The address of the file that an element shows, "" where no attribute tells one."""
    name = {"img": "src", "input": "src", "embed": "src", "object": "data"}.get(tree.name[row])
    pairs = tree.attributes[row]
    return next((pairs[i + 1] for i in range(0, len(pairs) - 1, 2) if pairs[i] == name), "")
