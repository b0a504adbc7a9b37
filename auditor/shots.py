"""The stored pictures of a view, as what prominence measures contrast on where styles cannot tell it."""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image

from auditor.picture import Picture
from crawler.capture import Box, Shot, View

Read = Callable[[str], bytes | None]
"""Gives the bytes of a picture by the name that the capture knows it by; None where it is missing or damaged."""


def no_pictures(_: str) -> bytes | None:
    """No picture is there."""
    return None


def picture_of(view: View, read: Read) -> Picture:
    """What a view's pictures show of a box. They are opened when first asked for."""

    @cache
    def opened(file: str) -> Image.Image | None:
        data = read(file)
        try:
            return Image.open(io.BytesIO(data)).convert("RGB") if data else None
        except (OSError, ValueError, Image.DecompressionBombError):
            return None

    def picture(box: Box) -> Image.Image | None:
        shots = [*view.shots, *([view.screenshot] if view.screenshot else [])]
        for shot in shots:
            image = opened(shot.file) if _holds(shot, box) else None
            if image is not None:
                return image.crop(_pixels(shot, box))
        return None

    return picture


def _holds(shot: Shot, box: Box) -> bool:
    x, y, width, height = shot.box
    return box[0] >= x and box[1] >= y and box[0] + box[2] <= x + width and box[1] + box[3] <= y + height


def _pixels(shot: Shot, box: Box) -> tuple[int, int, int, int]:
    left, top = (box[0] - shot.box[0]) * shot.scale, (box[1] - shot.box[1]) * shot.scale
    return round(left), round(top), round(left + box[2] * shot.scale), round(top + box[3] * shot.scale)
