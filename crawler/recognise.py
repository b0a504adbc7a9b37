"""What runs in the OCR process: pictures come in as PNG, what is written on them goes out as JSON.

RapidOCR with its own Chinese models (PP-OCRv6, inside its package). Settings as measured for footer lines of 10–14 px:
detection on at most 960 px and recognition on the picture as it is reads as well as the default, six times as fast;
lines that touch the edge are found only with a margin around them.
"""

import io
import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from PIL import Image

READY = b"ready"
LARGEST = 32 << 20  # bytes of one picture
MEMORY = 1 << 30  # bytes of data of this process; it needs half
THREADS = 1  # two wait for each other busily: three times the CPU time a picture
MARGIN = 30  # px around each tile
TILE = (1440, 600)  # px: the detector makes two thirds of the largest, and finds letters of 12 px in it
OVERLAP = (600, 80)  # px: a line of a long number stands whole in one of two neighbouring tiles
MOST_TILES = 6
LONGEST = 4000  # characters of one picture
SIDE = 960  # px of a tile's longer side, as the detector sees it

_Rect = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text as it was found, or a piece of one."""

    rect: _Rect
    text: str
    score: float  # 0 … 1

    @property
    def area(self) -> float:
        """Square pixels."""
        return (self.rect[2] - self.rect[0]) * (self.rect[3] - self.rect[1])


Recognise = Callable[[Image.Image], list[Word]]


def serve(connection: Connection) -> None:
    """Answer one picture after the other until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    recognise = engine()
    connection.send_bytes(READY)
    with suppress(EOFError, OSError):
        while True:
            connection.send_bytes(_answer(recognise, connection.recv_bytes(LARGEST)))


def _answer(recognise: Recognise, png: bytes) -> bytes:
    try:
        text, confidence = read(recognise, Image.open(io.BytesIO(png)).convert("RGB"))
    except Exception as error:  # noqa: BLE001 - told to the other end, which logs it; the next picture may be readable
        return json.dumps({"problem": f"{type(error).__name__}: {error}"[:300]}).encode()
    return json.dumps({"text": text[:LONGEST], "confidence": confidence}).encode()


def _bound_memory() -> None:
    """Have the kernel refuse more memory than reading ever needs. Not on Windows."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def engine() -> Recognise:
    """Load the models, which takes about a second. Raises ImportError where OCR is not installed."""
    os.environ.setdefault("OMP_NUM_THREADS", str(THREADS))
    import cv2
    import numpy
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    settings = {"Det.limit_type": "max", "Det.limit_side_len": SIDE, "Global.log_level": "critical"}
    threads = {"intra_op_num_threads": THREADS, "inter_op_num_threads": 1}
    model = RapidOCR(params=settings | {f"EngineConfig.onnxruntime.{name}": n for name, n in threads.items()})

    def recognise(image: Image.Image) -> list[Word]:
        pixels = numpy.asarray(image)[:, :, ::-1]
        padded = numpy.pad(pixels, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode="edge")
        found: Any = model(padded, use_det=True, use_cls=False, use_rec=True)  # all three: a flag sticks
        if found.boxes is None or not found.txts:
            return []
        return [
            Word(_rect(box.tolist()), text, float(score))
            for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        ]

    return recognise


def _rect(corners: list[list[float]]) -> _Rect:
    across, down = [x - MARGIN for x, _ in corners], [y - MARGIN for _, y in corners]
    return min(across), min(down), max(across), max(down)


def read(recognise: Recognise, image: Image.Image) -> tuple[str, float]:
    """The text on a picture, its lines from the top, and the confidence of the least certain piece (1.0 for none)."""
    found: list[Word] = []
    for left, top, right, bottom in tiles(*image.size):
        for word in recognise(image.crop((left, top, right, bottom))):
            x0, y0, x1, y1 = word.rect
            found.append(Word((x0 + left, y0 + top, x1 + left, y1 + top), word.text, word.score))
    kept = once(found)
    text = "\n".join(" ".join(word.text for word in line) for line in lines(kept))
    return text, min((word.score for word in kept), default=1.0)


def tiles(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Pieces that the detector sees at full size, the lowest first: there the numbers stand.

    >>> tiles(300, 40)
    [(0, 0, 300, 40)]
    >>> tiles(1366, 40)
    [(0, 0, 1366, 40)]
    """
    across, down = list(_steps(width, TILE[0], OVERLAP[0])), list(_steps(height, TILE[1], OVERLAP[1]))
    every = [(x, y, min(x + TILE[0], width), min(y + TILE[1], height)) for y in reversed(down) for x in across]
    return every[:MOST_TILES]


def _steps(length: int, size: int, overlap: int) -> Iterator[int]:
    at = 0
    while at + size < length:
        yield at
        at = min(at + size - overlap, length - size)
    yield at


def once(words: Iterable[Word]) -> list[Word]:
    """What two tiles saw of one place: the longer one alone."""
    kept: list[Word] = []
    for word in sorted(words, key=lambda word: -word.area):
        if not any(_common(word.rect, other.rect) > word.area / 2 for other in kept):
            kept.append(word)
    return kept


def _common(a: _Rect, b: _Rect) -> float:
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return max(width, 0.0) * max(height, 0.0)


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words in lines from the top, each from the left: what overlaps by half its height is in one line."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.rect[1] + word.rect[3]):
        if found and _beside(found[-1][-1].rect, word.rect):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.rect[0]) for line in found]


def _beside(a: _Rect, b: _Rect) -> bool:
    return min(a[3], b[3]) - max(a[1], b[1]) > min(a[3] - a[1], b[3] - b[1]) / 2
