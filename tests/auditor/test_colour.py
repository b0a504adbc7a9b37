"""Colours: each space, blending, contrast. Expected values of colour spaces are those that Chromium paints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.colour import BLACK, CLEAR, WHITE, Colour, along, contrast, fade, luminance, over, parse, stops

CHANNEL = st.integers(0, 255).map(lambda value: value / 255)
COLOURS = st.tuples(CHANNEL, CHANNEL, CHANNEL, st.floats(0, 1))


def eight_bit(colour: Colour | None) -> tuple[int, ...] | None:
    return colour and tuple(round(channel * 255) for channel in colour[:3])


@pytest.mark.parametrize(
    ("text", "painted"),
    [
        ("rgb(1, 2, 3)", (1, 2, 3)),
        ("rgba(255, 0, 0, 0.5)", (255, 0, 0)),
        ("lab(50 20 30)", (161, 105, 69)),
        ("lch(50 20 30)", (151, 108, 103)),
        ("oklab(0.5 0.1 0.1)", (161, 66, 3)),
        ("oklch(0.5 0.1 20)", (148, 74, 75)),
        ("oklch(0.7 0.3 140)", (0, 197, 0)),
        ("color(srgb 0.5 0 0.5)", (128, 0, 128)),
        ("color(srgb-linear 0.2 0.3 0.4)", (124, 149, 170)),
        ("color(display-p3 1 0 0)", (255, 0, 0)),
        ("color(display-p3 0.5 0.4 0.3)", (132, 101, 73)),
        ("color(a98-rgb 0.5 0.4 0.3)", (137, 102, 74)),
        ("color(prophoto-rgb 0.5 0.4 0.3)", (171, 115, 90)),
        ("color(rec2020 0.5 0.4 0.3)", (154, 112, 87)),
        ("color(xyz-d50 0.1 0.2 0.3)", (0, 148, 166)),
        ("color(xyz-d65 0.1 0.2 0.3)", (0, 147, 145)),
        ("lab(none 0 none)", (0, 0, 0)),
    ],
)
def test_every_form_that_the_browser_computes(text: str, painted: tuple[int, int, int]) -> None:
    assert eight_bit(parse(text)) == painted


@pytest.mark.parametrize(
    ("text", "alpha"),
    [("rgb(0, 0, 0)", 1.0), ("rgba(0, 0, 0, 0.25)", 0.25), ("oklch(0.5 0.1 20 / 0.3)", 0.3), ("lab(1 2 3 / 50%)", 0.5)],
)
def test_alpha(text: str, alpha: float) -> None:
    parsed = parse(text)
    assert parsed is not None
    assert parsed[3] == pytest.approx(alpha)


@pytest.mark.parametrize(
    "text", ["", "red", "rgb(1, 2)", "color(unknown 1 1 1)", "rgb(a, b, c)", "url(x)", "rgb(1,2,3"]
)
def test_what_is_no_computed_colour_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("one", "two", "ratio"),
    [
        ("rgb(0, 0, 0)", "rgb(255, 255, 255)", 21.0),
        ("rgb(118, 118, 118)", "rgb(255, 255, 255)", 4.54),
        ("rgb(119, 119, 119)", "rgb(255, 255, 255)", 4.48),
        ("rgb(255, 0, 0)", "rgb(255, 255, 255)", 4.0),
        ("rgb(0, 0, 255)", "rgb(255, 255, 255)", 8.59),
        ("rgb(255, 255, 0)", "rgb(255, 255, 255)", 1.07),
    ],
)
def test_contrast_of_known_pairs(one: str, two: str, ratio: float) -> None:
    assert contrast(parse(one) or CLEAR, parse(two) or CLEAR) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_is_symmetric_and_bounded(one: Colour, two: Colour) -> None:
    assert contrast(one, two) == contrast(two, one)
    assert 1 <= contrast(one, two) <= 21.000001


@given(COLOURS)
def test_blending_over_paper_is_between_both(colour: Colour) -> None:
    blended = over(colour, WHITE)
    assert blended[3] == pytest.approx(1)
    assert luminance(colour) - 1e-9 <= luminance(blended) <= 1.0000001
    assert over(fade(colour, 0), WHITE) == pytest.approx(WHITE)
    assert over((*colour[:3], 1.0), BLACK)[:3] == pytest.approx(colour[:3])


def test_stops_of_a_gradient() -> None:
    assert stops("linear-gradient(90deg, rgb(0, 0, 0) 10%, rgba(255, 255, 255, 0) 90%)") == (BLACK, (1, 1, 1, 0))
    assert stops("linear-gradient(in oklch, oklch(0 0 0), color(srgb 1 1 1))") is not None
    assert stops("url(x.png)") is None


def test_along_a_gradient() -> None:
    assert along((BLACK, WHITE), 0.5)[:3] == (0.5, 0.5, 0.5)
    assert along((BLACK, WHITE, BLACK), 1.0) == BLACK
    assert along((BLACK, WHITE, BLACK), 0.5) == WHITE
    assert along((WHITE,), 0.7) == WHITE
