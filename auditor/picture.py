"""Contrast measured on a picture of the page, where styles alone can't tell it: over photos and gradients."""

from collections.abc import Callable, Iterator

from PIL import Image

from auditor import colour
from auditor.colour import Colour
from crawler.capture import Box

Picture = Callable[[Box], Image.Image | None]
"""Gives the part of a picture of the page that shows a box, at least one pixel a CSS px; None: no picture shows it."""

LEAST_PIXELS = 24
PIECE = 2.5  # about five digits: more than the blanks that stand between two words
EDGE = 0.05  # share of the pixels that may differ for other reasons than the letters


def measure(picture: Picture, box: Box) -> float | None:
    """The contrast between the letters in a box and the ground around them, as painted, where it is lowest along them.

    None: no picture of it. A line is looked at in pieces of some letters each, lest a ground that changes along it be
    taken for letters. Ground is the median of the pixels: letters cover a fifth of a line. Letters are what differs
    most from it, without the last few pixels. Smoothed edges make thin letters a little weaker than their colour, as
    they are for the eye.
    """
    image = picture(box)
    if image is None or image.width * image.height < LEAST_PIXELS:
        return None
    return min(_measure(piece) for piece in _pieces(image.convert("RGB")))


def _pieces(image: Image.Image) -> Iterator[Image.Image]:
    """A line, in pieces about `PIECE` times as long as it is high."""
    width, height = image.size
    along, across = max(width, height), min(width, height)
    count = max(int(along / (PIECE * max(across, 1))), 1)
    for step in range(count):
        start, end = along * step // count, along * (step + 1) // count
        yield image.crop((start, 0, end, height) if width >= height else (0, start, width, end))


def _measure(image: Image.Image) -> float:
    channels = image.tobytes()
    pixels = [_colour(*channels[at : at + 3]) for at in range(0, len(channels), 3)]
    ground = sorted(pixels, key=colour.luminance)[len(pixels) // 2]
    ratios = sorted(colour.contrast(pixel, ground) for pixel in pixels)
    return ratios[int(len(ratios) * (1 - EDGE))]


def _colour(red: int, green: int, blue: int) -> Colour:
    return (red / 255, green / 255, blue / 255, 1.0)
