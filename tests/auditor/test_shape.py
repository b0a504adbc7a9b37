"""CSS values that move, shrink and cut: as computed styles spell them."""

import pytest

from auditor import shape

BOX = (100.0, 200.0, 40.0, 20.0)


@pytest.mark.parametrize(
    ("transform", "scale", "zoom", "factor"),
    [
        ("none", "none", "1", 1),
        ("matrix(0.5, 0, 0, 0.5, 0, 0)", "none", "1", 0.5),
        ("matrix(2, 0, 0, 0.5, 0, 0)", "none", "1", 0.5),
        ("matrix(0, 1, -1, 0, 0, 0)", "none", "1", 1),
        ("matrix(0, 0, 0, 0, 0, 0)", "none", "1", 0),
        ("matrix(0, 0, 0, 1, 5, 5)", "none", "1", 0),
        ("matrix(-1, 0, 0, 1, 0, 0)", "none", "1", 1),
        ("none", "0.5", "1", 0.5),
        ("none", "3 0.25", "1", 0.25),
        ("matrix(2, 0, 0, 2, 0, 0)", "0.5", "3", 3),
        ("matrix3d(1, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)", "none", "1", 0.5),
        ("", "", "", 1),
    ],
)
def test_how_much_taller_letters_become(transform: str, scale: str, zoom: str, factor: float) -> None:
    assert shape.stretch(transform, scale, zoom) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("value", "inside", "outside"),
    [
        ("inset(5px)", (120, 210), (102, 210)),
        ("inset(0px 50% 0px 0px)", (110, 210), (130, 210)),
        ("inset(0px calc(100% - 10px) 0px 0px)", (105, 210), (115, 210)),
        ("inset(2px round 5px)", (120, 210), (101, 201)),
        ("circle(5px)", (120, 210), (130, 210)),
        ("circle(at 100px 50%)", (195, 210), (180, 210)),
        ("circle(calc(5% + 10px) at 0px 0px)", (105, 205), (118, 215)),
        ("circle(farthest-side at 0px 0px)", (130, 210), (141, 210)),
        ("ellipse(20px 5px)", (138, 210), (120, 216)),
        ("polygon(0px 0px, 50% 0px, 50% 100%, 0px 100%)", (110, 210), (130, 210)),
        ("polygon(evenodd, 0px 0px, 50% 0px, 50% 100%, 0px 100%)", (110, 210), (130, 210)),
    ],
)
def test_clip_paths(value: str, inside: tuple[float, float], outside: tuple[float, float]) -> None:
    test = shape.clip_path(value, BOX)
    assert test is not None
    assert test(*inside)
    assert not test(*outside)


@pytest.mark.parametrize(
    "value", ["inset(50%)", "circle(0px)", "ellipse(0px 10px)", "polygon(0px 0px, 0px 0px, 0px 0px)"]
)
def test_clip_paths_that_leave_nothing(value: str) -> None:
    test = shape.clip_path(value, BOX)
    assert test is not None
    assert not any(test(100 + across, 200 + down) for across in range(41) for down in range(21))


@pytest.mark.parametrize(
    "value", ['path("M 0 0 L 9 9")', 'url("#a")', "shape(from 0px 0px, close)", "inset(min(1px, 2px))"]
)
def test_clip_paths_that_cannot_be_told(value: str) -> None:
    assert shape.clip_path(value, BOX) is None


def test_clip() -> None:
    assert shape.clip("rect(1px, 30px, 11px, 10px)", BOX) == (110, 201, 20, 10)
    assert shape.clip("rect(auto, auto, auto, auto)", BOX) == BOX
    assert shape.clip("rect(0px, 0px, 0px, 0px)", BOX) == (100, 200, 0, 0)
    assert shape.clip("auto", BOX) is None


def test_filters() -> None:
    assert shape.filters("opacity(0.5) blur(3px)") == (("opacity", "0.5"), ("blur", "3px"))
    assert shape.filters("none") == ()
    assert shape.filter_opacity("opacity(0.5) opacity(0.5)") == 0.25
    assert shape.filter_opacity("blur(2px)") == 1


def test_backs() -> None:
    assert shape.turned_away((("matrix3d(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1)", "none"),))
    assert shape.turned_away((("none", "y 180deg"),))
    assert not shape.turned_away((("none", "none"),))
    assert not shape.turned_away((("matrix3d(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1)", "y 180deg"),))


def test_lists_are_parted_outside_brackets() -> None:
    assert shape.listed('linear-gradient(a, b), url("x,y")') == ["linear-gradient(a, b)", 'url("x,y")']
