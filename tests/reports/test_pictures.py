from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from auditor.model import SiteAudit
from reports.pictures import Album, Picture, drawn, kind, window


@pytest.fixture
def picture(album: Album, audit: SiteAudit) -> Picture:
    found = album(audit, "shots/a.webp")
    assert found
    return found


def reds(data: bytes | None) -> int:
    """Pixels of the outline, as far as JPEG keeps their colour."""
    assert data
    image = Image.open(BytesIO(data)).convert("RGB")
    return sum(count for count, (r, g, b) in image.getcolors(1 << 20) or [] if r > 160 and g < 90 and b < 110)


def test_the_window_surrounds_the_outline(picture: Picture) -> None:
    seen = window(picture, (300.0, 1700.0, 100.0, 16.0))
    assert seen.outline == (296.0, 196.0, 108.0, 24.0)
    left, top, width, height = seen.shown
    assert left <= 296 - 100
    assert top <= 196 - 100
    assert left + width >= 404 + 100
    assert top + height >= 220 + 100


@pytest.mark.parametrize(
    "box", [None, (0.0, 0.0, 100.0, 10.0), (900.0, 1700.0, 50.0, 10.0), (-9999.0, 1700.0, 1.0, 1.0)]
)
def test_without_a_place_in_the_picture_all_of_it_is_shown_and_nothing_outlined(
    picture: Picture, box: tuple[float, float, float, float] | None
) -> None:
    seen = window(picture, box)
    assert (seen.shown, seen.outline) == ((0, 0, 800, 500), None)


def test_the_outline_is_drawn_solid_or_dashed(picture: Picture) -> None:
    box = (300.0, 1700.0, 100.0, 16.0)
    solid, dashed = reds(drawn(picture, box)), reds(drawn(picture, box, dashed=True))
    assert solid > 1.5 * dashed > 0


def test_nothing_is_drawn_where_the_place_is_unknown(picture: Picture) -> None:
    assert reds(drawn(picture, None)) == 0


@pytest.mark.parametrize("data", [b"", b"RIFF", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_not_drawn(data: bytes) -> None:
    assert drawn(Picture(data, (0, 0, 10, 10)), None) is None


def test_only_pictures_have_a_kind(picture: Picture) -> None:
    assert kind(picture) == "webp"
    assert kind(Picture(b"<svg onload=alert(1)>", (0, 0, 1, 1))) is None


def test_drawn_at_twice_the_pixels_keeps_its_place(make_audit: Callable[..., SiteAudit]) -> None:
    out = BytesIO()
    Image.new("RGB", (1600, 1000), "white").save(out, "PNG")
    data = drawn(Picture(out.getvalue(), (0.0, 1500.0, 800.0, 500.0), 2.0), (300.0, 1700.0, 100.0, 16.0))
    assert data
    assert Image.open(BytesIO(data)).width == 2 * 508
