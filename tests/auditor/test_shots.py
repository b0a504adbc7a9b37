import io

from PIL import Image

from auditor.shots import no_pictures, picture_of
from crawler.capture import Shot, Tree, View

EMPTY = Tree((), (), (), (), (), (), (), (), (), (), (), ())


def png(colour: str, size: tuple[int, int]) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


def view(*shots: Shot, screenshot: Shot | None = None) -> View:
    return View("desktop", 1366, 768, 1366, 3000, EMPTY, screenshot, shots)


def test_the_part_of_the_picture_that_shows_the_box() -> None:
    shot = Shot("shots/1.webp", (0, 1000, 100, 50), 2.0, "")
    picture = picture_of(view(shot), lambda _: png("red", (200, 100)))
    found = picture((10, 1010, 20, 10))
    assert found is not None
    assert found.size == (40, 20)
    assert found.getpixel((0, 0)) == (255, 0, 0)


def test_no_picture_where_none_shows_the_whole_box() -> None:
    shot = Shot("shots/1.webp", (0, 1000, 100, 50), 1.0, "")
    picture = picture_of(view(shot), lambda _: png("red", (100, 50)))
    assert picture((10, 1045, 20, 10)) is None
    assert picture_of(view(shot), no_pictures)((10, 1010, 20, 10)) is None


def test_a_damaged_picture_is_passed_over_for_the_next() -> None:
    shot, whole = Shot("shots/1.webp", (0, 0, 100, 50), 1.0, ""), Shot("shots/2.webp", (0, 0, 1366, 768), 1.0, "")
    files = {"shots/1.webp": b"not a picture", "shots/2.webp": png("blue", (1366, 768))}
    found = picture_of(view(shot, screenshot=whole), files.get)((10, 10, 20, 10))
    assert found is not None and found.getpixel((0, 0)) == (0, 0, 255)
