"""Contrast measured on a picture of the page, where styles alone can't tell it: over photos and gradients."""

from collections.abc import Callable

from PIL import Image

from auditor import colour
from auditor.colour import Colour
from crawler.capture import Box

Picture = Callable[[Box], Image.Image | None]
"""Gives the part of a picture of the page that shows a box, at least one pixel a CSS px; None: no picture shows it."""

LEAST_PIXELS = 24
EDGE = 0.05  # share of the pixels that may differ for other reasons than the letters


def measure(picture: Picture, box: Box) -> float | None:
    """The contrast between the letters in a box and the ground around them, as painted. None: no picture of it.

    Ground is the median of the pixels: letters cover a fifth of a line. Letters are what differs most from it, without
    the last few pixels. Smoothed edges make thin letters a little weaker than their colour, as they are for the eye.
    """
    image = picture(box)
    if image is None or image.width * image.height < LEAST_PIXELS:
        return None
    channels = image.convert("RGB").tobytes()
    pixels = [_colour(*channels[at : at + 3]) for at in range(0, len(channels), 3)]
    ground = sorted(pixels, key=colour.luminance)[len(pixels) // 2]
    ratios = sorted(colour.contrast(pixel, ground) for pixel in pixels)
    return ratios[int(len(ratios) * (1 - EDGE))]


def _colour(red: int, green: int, blue: int) -> Colour:
    return (red / 255, green / 255, blue / 255, 1.0)
