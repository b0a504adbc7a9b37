"""How well and how fast numbers are read from pictures (OCR).

    python benchmarks/ocr_speed.py

One algorithm number in 24 variants, as sites show it: 10, 12 and 14 px, four greys on white, at one and two picture
pixels a CSS pixel, drawn here in a Chinese font. A candidate is one such picture, sent to the OCR process and read;
the process is warm. Fails where not every number is read exactly.
"""

import asyncio
import io
import resource
import shutil
import statistics
import subprocess
import time
from itertools import product

from PIL import Image, ImageDraw, ImageFont

from crawler.ocr import Ocr, installed

NUMBER = "网信算备110108900000101250019号"
SIZES = (10, 12, 14)  # px
INKS = ("#333", "#999", "#bbb", "#ddd")
SCALES = (1, 2)


def font() -> str:
    """Path of a Chinese font."""
    found = subprocess.run(
        [shutil.which("fc-match") or "fc-match", "-f", "%{file}", "Noto Sans CJK SC"],
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout


def drawn(face: str, px: int, ink: str, scale: int) -> bytes:
    """PNG of the number, tightly cut."""
    letters = ImageFont.truetype(face, px * scale)
    image = Image.new("RGB", (int(letters.getlength(NUMBER)) + 8, px * scale * 3 // 2), "white")
    ImageDraw.Draw(image).text((4, 0), NUMBER, font=letters, fill=ink)
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


async def measure() -> int:
    """Read all variants and print what came of it. Returns how many were read exactly."""
    face, ocr = font(), Ocr()
    begun = time.perf_counter()
    await ocr.read(drawn(face, 16, "#000", 2))
    started = time.perf_counter() - begun
    exact, times = 0, []
    for px, ink, scale in product(SIZES, INKS, SCALES):
        png = drawn(face, px, ink, scale)
        begun = time.perf_counter()
        reading = await ocr.read(png)
        times.append((time.perf_counter() - begun) * 1000)
        right = reading is not None and reading.text == NUMBER
        exact += right
        if not right:
            print(f"not exact: {px} px {ink} {scale}x: {reading}")
    ocr.close()
    print(f"exact: {exact} of {len(times)}; start with the first picture: {started:.1f} s")
    print(f"a candidate: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
    print(f"memory of the OCR process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    return exact


if __name__ == "__main__":
    if not installed():
        raise SystemExit("OCR is not installed: pip install 'gongshi[ocr]'")
    if asyncio.run(measure()) < len(SIZES) * len(INKS) * len(SCALES):
        raise SystemExit(1)
