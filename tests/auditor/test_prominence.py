"""Prominence on trees made by hand: properties that hold for every page, time, hostile pages.

What single CSS features do to a text is in `tests/prominence`, on pages laid out by a browser.
"""

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from auditor.ground import Seen
from auditor.layout import Layout
from auditor.model import Prominence
from auditor.prominence import measure, measure_picture
from crawler.capture import STYLES, Box, Scroll, Tree, View

TEXT = "网信算备110108900000101250019号"
INITIAL = {
    "display": "block",
    "visibility": "visible",
    "opacity": "1",
    "color": "rgb(0, 0, 0)",
    "background-color": "rgba(0, 0, 0, 0)",
    "font-size": "16px",
    "position": "static",
    "overflow-x": "visible",
    "overflow-y": "visible",
    "clip": "auto",
    "zoom": "1",
    "content-visibility": "visible",
    "background-clip": "border-box",
    "mix-blend-mode": "normal",
    "z-index": "auto",
    "text-overflow": "clip",
    "-webkit-text-stroke-width": "0px",
    "backface-visibility": "visible",
    "writing-mode": "horizontal-tb",
    "background-size": "auto",
    "background-repeat": "repeat",
}
PLACE: Box = (100.0, 300.0, 320.0, 19.0)

patient = settings(deadline=None)  # the machine may be busy


class Sheet:
    """A page put together box by box. Positioned boxes are layers of their own, in the order in which they come."""

    def __init__(self, width: float = 1000, height: float = 2000) -> None:
        self.rows: list[tuple[int, int, str, str, tuple[str, ...], Box | None, dict[str, str], int]] = []
        self.lines: list[tuple[int, int, int, float, float, float, float]] = []
        self.scrollers: list[tuple[int, float, float, float, float, float, float, float, float]] = []
        self.size = (width, height)
        self.layers = 0
        self.root = self.put(-1, "html", (0, 0, width, height))
        self.body = self.put(self.root, "body", (0, 0, width, height))

    def put(self, parent: int, name: str, box: Box | None, text: str = "", **values: Any) -> int:
        attributes = tuple(part for pair in values.pop("attributes", {}).items() for part in pair)
        styles = {key.replace("_", "-"): value for key, value in values.items()}
        kind = 3 if name == "#text" else 1
        if styles.get("position", "static") != "static":
            self.layers += 1
            paint = self.layers
        else:
            paint = self.rows[parent][7] if parent >= 0 else 0
        self.rows.append((parent, kind, name, text, attributes, box, INITIAL | styles, paint))
        return len(self.rows) - 1

    def write(self, parent: int, text: str, box: Box) -> int:
        row = self.put(parent, "#text", box, text)
        number, kind, name, _, attributes, _, _, paint = self.rows[row]
        self.rows[row] = (number, kind, name, text, attributes, box, self.rows[parent][6], paint)
        self.lines.append((row, 0, len(text), *box))
        return row

    def tree(self) -> Tree:
        styles = {tuple(row[6].get(name, "none") for name in STYLES): 0 for row in self.rows}
        numbers = {values: number for number, values in enumerate(styles)}
        count = len(self.rows)
        return Tree(
            parent=tuple(row[0] for row in self.rows),
            kind=tuple(row[1] for row in self.rows),
            name=tuple(row[2] for row in self.rows),
            text=tuple(row[3] for row in self.rows),
            attributes=tuple(row[4] for row in self.rows),
            box=tuple(row[5] for row in self.rows),
            style=tuple(
                numbers[tuple(row[6].get(name, "none") for name in STYLES)] if row[5] else -1 for row in self.rows
            ),
            paint=tuple(row[7] if row[5] else -1 for row in self.rows),
            ground=(None,) * count,
            opacity=(1.0,) * count,
            styles=tuple(styles),
            lines=tuple(self.lines),
            scrollers=tuple(self.scrollers),
        )

    def view(self, **values: Any) -> View:
        return View("desktop", 1000, 800, *self.size, self.tree(), None, **values)


def paragraph(sheet: Sheet, box: Box = PLACE, **styles: Any) -> int:
    styles = {"-webkit-text-fill-color": styles.get("color", INITIAL["color"])} | styles
    return sheet.write(sheet.put(sheet.body, "p", box, **styles), TEXT, box)


def measured(view: View, row: int) -> Prominence:
    return measure(Layout(view), ((row, 0, len(view.tree.text[row])),))


def grey(level: int, alpha: float = 1.0) -> str:
    return f"rgba({level}, {level}, {level}, {alpha})"


GREYS = st.integers(0, 255)
SHARES = st.floats(0, 1).map(lambda value: round(value, 3))


@st.composite
def scenes(draw: st.DrawFn) -> dict[str, Any]:
    """Grey letters on a grey ground at a place on or off the page, perhaps faded, perhaps under a veil.

    Grey, because WCAG's ratio knows only lightness: fading one hue into another can raise it.
    """
    return {
        "ink": draw(GREYS),
        "ground": draw(GREYS),
        "opacity": draw(SHARES),
        "font": draw(st.floats(0, 40)),
        "left": draw(st.floats(-500, 1200)),
        "top": draw(st.floats(-100, 2100)),
        "veil": draw(st.tuples(GREYS, SHARES, st.floats(0, 320))),
    }


def scene(values: dict[str, Any], cover: float = 0.0) -> Prominence:
    sheet = Sheet()
    box = (values["left"], values["top"], 320.0, 19.0)
    wide = (values["left"] - 5, values["top"] - 5, 330.0, 29.0)
    section = sheet.put(sheet.body, "section", wide, background_color=grey(values["ground"]))
    style = {"color": grey(values["ink"]), "-webkit-text-fill-color": grey(values["ink"])}
    inner = sheet.put(section, "p", box, opacity=str(values["opacity"]), font_size=f"{values['font']}px", **style)
    row = sheet.write(inner, TEXT, box)
    level, alpha, width = values["veil"]
    veil = (values["left"], values["top"], width, 19.0)
    sheet.put(sheet.body, "div", veil, position="absolute", background_color=grey(level, alpha))
    over = (values["left"], values["top"], cover, 19.0)
    sheet.put(sheet.body, "div", over, position="absolute", background_color=grey(values["ground"]))
    return measured(sheet.view(), row)


def no_better(after: Prominence, before: Prominence) -> bool:
    if after.visible and not before.visible:
        return False
    both = after.contrast is not None and before.contrast is not None and after.visible
    return not both or (after.contrast or 0) <= (before.contrast or 0) + 0.011


@patient
@given(scenes(), SHARES)
def test_more_transparency_never_improves(values: dict[str, Any], share: float) -> None:
    assert no_better(scene(values | {"opacity": values["opacity"] * share}), scene(values))


@patient
@given(scenes(), SHARES)
def test_smaller_letters_never_improve(values: dict[str, Any], share: float) -> None:
    assert no_better(scene(values | {"font": values["font"] * share}), scene(values))


@patient
@given(scenes(), st.floats(0, 400), st.floats(0, 400))
def test_a_larger_cover_never_improves(values: dict[str, Any], one: float, two: float) -> None:
    small, large = sorted((one, two))
    before, after = scene(values, cover=small), scene(values, cover=large)
    assert no_better(after, before)
    if before.why_not == after.why_not == "covered":
        assert after.covered >= before.covered


@patient
@given(scenes(), st.sampled_from(["visibility", "display", "clip", "inert"]))
def test_hiding_it_altogether_always_hides(values: dict[str, Any], how: str) -> None:
    sheet = Sheet()
    styles = {"visibility": {"visibility": "hidden"}, "clip": {"clip_path": "inset(50%)"}}.get(how, {})
    attributes = {"inert": ""} if how == "inert" else {}
    row = paragraph(sheet, color=grey(values["ink"]), attributes=attributes, **styles)
    tree = sheet.tree()
    if how == "display":
        gone = {row, tree.parent[row]}
        tree = replace(
            tree,
            box=tuple(None if at in gone else box for at, box in enumerate(tree.box)),
            style=tuple(-1 if at in gone else style for at, style in enumerate(tree.style)),
        )
    assert not measured(replace(sheet.view(), tree=tree), row).visible


@patient
@given(scenes())
def test_a_verdict_always_has_a_reason(values: dict[str, Any]) -> None:
    found = scene(values)
    assert found.visible == (found.why_not is None)
    assert 0 <= found.covered <= 1
    assert found.contrast is None or 1 <= found.contrast <= 21


def look_again(now: dict[str, Any], then: dict[str, Any] | None) -> Prominence:
    """A paragraph with some styles now, with others some seconds later, or gone by then."""
    sheet, after = Sheet(), Sheet()
    row = paragraph(sheet, **now)
    if then is not None:
        paragraph(after, **then)
    return measured(sheet.view(later=after.tree()), row)


@pytest.mark.parametrize(
    ("now", "then", "visible", "persistent"),
    [
        ({}, {}, True, True),
        ({}, None, True, False),
        ({}, {"visibility": "hidden"}, True, False),
        ({"opacity": "0"}, {}, True, True),  # faded in
        ({"visibility": "hidden"}, {"visibility": "hidden"}, False, None),
        ({"box": (-2000.0, 300.0, 320.0, 19.0)}, {}, True, False),  # a slide that came into view
        ({}, {"box": (-2000.0, 300.0, 320.0, 19.0)}, True, False),
    ],
)
def test_a_second_look(
    now: dict[str, Any], then: dict[str, Any] | None, visible: bool, persistent: bool | None
) -> None:
    found = look_again(now, then)
    assert (found.visible, found.persistent) == (visible, persistent)


@pytest.mark.parametrize(("left", "visible"), [(100.0, True), (-2000.0, False)])
def test_what_runs_by_does_not_stay(left: float, visible: bool) -> None:
    sheet = Sheet()
    row = sheet.write(sheet.put(sheet.body, "marquee", PLACE), TEXT, (left, *PLACE[1:]))
    found = measured(sheet.view(), row)
    assert (found.visible, found.persistent) == (visible, False)


def test_without_a_second_look_nothing_is_said_of_time() -> None:
    sheet = Sheet()
    row = paragraph(sheet)
    assert measured(sheet.view(), row).persistent is None


@pytest.mark.parametrize(
    ("settled", "top", "reachable"),
    [(True, 1900.0, True), (False, 1900.0, False), (False, 100.0, True), (False, 1250.0, False)],
)
def test_an_end_that_flees_cannot_be_reached(settled: bool, top: float, reachable: bool) -> None:
    sheet = Sheet()
    row = paragraph(sheet, box=(100.0, top, 320.0, 19.0))
    found = measured(sheet.view(scroll=Scroll(5, (2000.0, 4000.0), settled)), row)
    assert (found.visible, found.reachable) == (True, reachable)


def test_what_is_fixed_does_not_flee() -> None:
    sheet = Sheet()
    row = paragraph(sheet, box=(100.0, 780.0, 320.0, 19.0), position="fixed")
    assert measured(sheet.view(scroll=Scroll(5, (800.0, 4000.0), False)), row).reachable


def test_a_number_in_pieces_is_as_visible_as_its_worst_piece() -> None:
    sheet = Sheet()
    one = paragraph(sheet, box=(100, 300, 150, 19))
    two = paragraph(sheet, box=(250, 300, 150, 19), visibility="hidden")
    layout = Layout(sheet.view())
    assert measure(layout, ((one, 0, 5),)).visible
    found = measure(layout, ((one, 0, 5), (two, 5, 9)))
    assert (found.visible, found.why_not) == (False, "visibility-hidden")


def test_the_box_is_that_of_the_number_alone() -> None:
    sheet = Sheet()
    row = sheet.write(sheet.put(sheet.body, "p", PLACE), "一二三四" * 5, PLACE)
    found = measure(Layout(sheet.view()), ((row, 5, 10),))
    assert found.box == pytest.approx((180, 300, 80, 19))


def test_a_picture_has_no_font() -> None:
    sheet = Sheet()
    row = sheet.put(sheet.body, "img", (10, 10, 200, 30))
    found = measure_picture(Layout(sheet.view()), row)
    assert (found.visible, found.font_px, found.contrast, found.box) == (True, None, None, (10, 10, 200, 30))


def test_a_covered_picture() -> None:
    sheet = Sheet()
    row = sheet.put(sheet.body, "img", (10, 10, 200, 30))
    sheet.put(sheet.body, "div", (0, 0, 500, 500), position="absolute", background_color="rgb(255, 255, 255)")
    assert measure_picture(Layout(sheet.view()), row).why_not == "covered"


def test_a_picture_without_size() -> None:
    sheet = Sheet()
    row = sheet.put(sheet.body, "img", (10, 10, 1, 0))
    assert measure_picture(Layout(sheet.view()), row).why_not == "zero-size"


@pytest.mark.parametrize(("ink", "visible"), [((255, 255, 255), True), ((60, 60, 60), False)])
def test_over_a_photo_the_picture_decides(ink: tuple[int, int, int], visible: bool) -> None:
    sheet = Sheet()
    row = paragraph(sheet, color="rgb(255, 255, 255)", background_image='url("photo.png")')

    def photo(box: Box) -> Image.Image:
        image = Image.new("RGB", (round(box[2]), round(box[3])), (60, 60, 60))
        for left in range(0, image.width, 8):
            ImageDraw.Draw(image).rectangle((left, 4, left + 2, 14), fill=ink)
        return image

    layout = Layout(sheet.view())
    unseen = measure(layout, ((row, 0, 9),))
    assert (unseen.visible, unseen.contrast, unseen.doubt) == (True, None, "over-image")
    found = measure(layout, ((row, 0, 9),), photo)
    assert (found.visible, found.doubt) == (visible, None)
    assert found.contrast == pytest.approx(10.9 if visible else 1.0, abs=0.2)


def test_limits_are_arguments() -> None:
    sheet = Sheet()
    row = paragraph(sheet, font_size="9px", color=grey(170))
    layout, span = Layout(sheet.view()), ((row, 0, 9),)
    assert measure(layout, span).visible
    assert measure(layout, span, tiny=10).why_not == "tiny"
    assert measure(layout, span, least=3).why_not == "same-colour"


def test_a_deep_tree_is_measured() -> None:
    sheet = Sheet()
    parent = sheet.body
    for _ in range(5_000):
        parent = sheet.put(parent, "div", PLACE, opacity="0.9999")
    row = sheet.write(parent, TEXT, PLACE)
    assert measured(sheet.view(), row).font_px == 16


def test_a_heap_of_bars_takes_no_longer_than_a_moment() -> None:
    sheet = Sheet()
    row = paragraph(sheet)
    for at in range(20_000):
        box = (0.0, float(at % 800), 1000.0, 30.0)
        sheet.put(sheet.body, "div", box, position="fixed", background_color=grey(at % 256, 0.01))
    view = sheet.view()
    start = time.perf_counter()
    measured(view, row)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("seen", "contrast"),
    [
        (Seen(2.4, 8.9, 8.9, bar=True), 8.9),
        (Seen(2.4, 8.9, 8.9), 2.4),
        (Seen(5.3, 21.0, 21.0, bar=True), 5.3),
        (Seen(2.4, None, None, bar=True), 2.4),
        (Seen(None, 8.9, 8.9, bar=True), None),
    ],
)
def test_what_a_dialog_dims_is_judged_as_when_it_is_closed(seen: Seen, contrast: float | None) -> None:
    """Only where that makes it low, and where something fixed to the window lies over it."""
    assert seen.unveiled == contrast
