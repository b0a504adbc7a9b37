"""OCR itself: real models, pictures made here. Starting its process takes about a second."""

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from crawler import ocr as module
from crawler.ocr import Ocr, Reading, installed
from crawler.recognise import MOST_TILES, TILE, Word, lines, once, tiles

NUMBER = "网信算备110108900000101250019号"
OTHER = "网信算备310115900000201250018号"
MODEL = "Beijing-XingYuDaMoXing-202501010001"

pytestmark = pytest.mark.skipif(not installed(), reason="the extra `ocr` is not installed")


@pytest.fixture(scope="module")
def font() -> str:
    fc_match = shutil.which("fc-match")
    assert fc_match, "fontconfig is needed to find a Chinese font"
    return subprocess.run([fc_match, "-f", "%{file}", "Noto Sans CJK SC"], capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def ocr() -> Iterator[Ocr]:
    one = Ocr()
    yield one
    one.close()


def picture(
    font: str, *texts: str, px: int = 14, ink: str = "#666", paper: str = "white", size: tuple[int, int] | None = None
) -> bytes:
    """PNG of lines of text, tightly cut where no size is given."""
    face = ImageFont.truetype(font, px)
    width = max(int(face.getlength(text)) for text in texts) + 8
    image = Image.new("RGB", size or (width, (px + 8) * len(texts)), paper)
    for at, text in enumerate(texts):
        ImageDraw.Draw(image).text((4, at * (px + 8) + 1), text, font=face, fill=ink)
    return png(image)


def png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("px", "ink", "paper"), [(10, "#333", "white"), (14, "#ddd", "white"), (12, "#eee", "#222"), (24, "#123", "#def")]
)
async def test_a_number_is_read_exactly(ocr: Ocr, font: str, px: int, ink: str, paper: str) -> None:
    reading = await ocr.read(picture(font, f"算法备案号：{NUMBER}", px=px, ink=ink, paper=paper))
    assert reading is not None
    assert NUMBER in reading.text
    assert reading.confidence > 0.5


async def test_lines_come_from_the_top(ocr: Ocr, font: str) -> None:
    reading = await ocr.read(picture(font, NUMBER, MODEL, OTHER))
    assert reading is not None
    assert reading.text.split("\n") == [NUMBER, MODEL, OTHER]


async def test_a_wide_and_tall_picture_is_read_in_pieces(ocr: Ocr, font: str) -> None:
    image = Image.new("RGB", (1400, 700), "#fff")
    for x, y, text in ((620, 380, NUMBER), (1120, 670, OTHER)):
        ImageDraw.Draw(image).text((x, y), text, font=ImageFont.truetype(font, 14), fill="#555")
    reading = await ocr.read(png(image))
    assert reading is not None
    assert reading.text.split("\n") == [NUMBER, OTHER]


async def test_a_picture_without_words_says_nothing(ocr: Ocr) -> None:
    assert await ocr.read(png(Image.new("RGB", (300, 40), "#fff"))) == Reading("", 1.0)


async def test_the_same_picture_is_read_once(ocr: Ocr, font: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = picture(font, NUMBER, px=20)
    first = await ocr.read(data)
    monkeypatch.setattr(ocr, "_ask", None)
    assert await ocr.read(data) is first


async def test_what_is_no_picture_costs_only_itself(ocr: Ocr, font: str) -> None:
    assert await ocr.read(b"\x89PNG\r\n\x1a\n torn") is None
    before = ocr.pid
    reading = await ocr.read(picture(font, NUMBER, px=18))
    assert reading is not None and reading.text == NUMBER
    assert ocr.pid == before


async def test_a_process_that_died_is_replaced(ocr: Ocr, font: str) -> None:
    await ocr.read(picture(font, NUMBER, px=15))
    before, process = ocr.pid, ocr._process
    assert before and process
    os.kill(before, signal.SIGKILL)
    process.join(10)
    reading = await ocr.read(picture(font, OTHER, px=15))
    assert reading is not None and reading.text == OTHER
    assert ocr.pid != before


async def test_a_picture_that_takes_too_long_is_given_up(font: str) -> None:
    hurried = Ocr(call=0.0)
    assert await hurried.read(picture(font, NUMBER)) is None
    assert hurried.pid is None


async def test_models_that_do_not_load_are_given_up(font: str) -> None:
    hurried = Ocr(start=0.0)
    for px in range(10, 10 + module.MOST_STARTS + 1):
        assert await hurried.read(picture(font, NUMBER, px=px)) is None
    assert hurried._connected() is None
    assert hurried.pid is None


def test_it_ends_with_its_worker() -> None:
    code = """if 1:
        import asyncio, time
        from crawler.ocr import Ocr
        ocr = Ocr()
        asyncio.run(ocr.read(b"nothing"))
        print(ocr.pid, flush=True)
        time.sleep(60)"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        assert worker.stdout is not None
        pid = int(worker.stdout.readline())
        worker.kill()
    _gone(pid)


def _gone(pid: int) -> None:
    """Wait until a process has ended (a zombie has)."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.02)
    raise AssertionError(f"{pid} still runs")


@pytest.mark.parametrize("missing", ["rapidocr", "onnxruntime"])
def test_a_missing_package_is_noticed(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == missing else object())
    assert not installed()


@pytest.mark.parametrize("size", [(1, 1), (960, 400), (961, 401), (1400, 90), (3000, 2000)])
def test_tiles_are_small_few_and_whole(size: tuple[int, int]) -> None:
    found = tiles(*size)
    assert len(found) <= MOST_TILES
    assert all(right - left <= TILE[0] and bottom - top <= TILE[1] for left, top, right, bottom in found)
    assert max(right for _, _, right, _ in found) == size[0]
    assert max(bottom for *_, bottom in found) == size[1]


def test_what_two_tiles_saw_counts_once() -> None:
    whole, cut = Word((0, 0, 200, 20), "whole", 0.9), Word((150, 1, 200, 19), "cut", 0.9)
    assert once([cut, whole]) == [whole]


def test_pieces_of_a_line_are_put_side_by_side() -> None:
    right, left, below = (Word(rect, "", 1.0) for rect in ((300, 2, 500, 22), (0, 0, 200, 20), (0, 30, 200, 50)))
    assert lines([below, right, left]) == [[left, right], [below]]
