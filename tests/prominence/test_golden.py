"""Golden cases: a page and what a person can see on it, in `cases/*.toml`, rendered by a real browser.

The expectations come from the contract and the CSS specifications. To try one: `pytest -k opacity-0_01`.
"""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from auditor.controls import shown
from auditor.layout import Layout
from auditor.model import Prominence
from auditor.prominence import measure
from auditor.region import region
from auditor.repetition import Repetition
from crawler.answer import Answer
from crawler.capture import Box, PageCapture, Reached, Role, View
from crawler.snapshot import PARAMS, build

NUMBER = "网信算备110108900000101250019号"
SIZES = {"desktop": (1366, 768), "mobile": (390, 844)}
FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
CASES: dict[str, Any] = {
    name: case for file in FILES for name, case in tomllib.loads(file.read_text(encoding="utf-8")).items()
}

pytestmark = pytest.mark.browser

Measured = tuple[Prominence, str]


@pytest.fixture(scope="module")
def measured(browser_path: str) -> Iterator[Callable[[str], Measured]]:
    """Measures a case, by its name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        pages = {name: open_page(browser, name) for name in SIZES}
        yield lambda name: measure_case(pages[CASES[name].get("view", "desktop")], CASES[name])
        browser.close()


def open_page(browser: Browser, view: str) -> Page:
    width, height = SIZES[view]
    mobile = view == "mobile"
    return browser.new_page(viewport={"width": width, "height": height}, is_mobile=mobile, locale="zh-CN")


def measure_case(page: Page, case: dict[str, Any]) -> Measured:
    others = [look_at(page, html, case) for html in case.get("others", ())]
    view = look_at(page, case["html"], case)  # last: a picture is taken of it
    layout = Layout(view)
    rows = [row for row, text in enumerate(view.tree.text) if NUMBER in text]
    row = next((row for row in rows if layout.laid_out(row)), rows[0])
    start = view.tree.text[row].index(NUMBER)
    picture = _picture(page) if case.get("picture") else None
    ends = Repetition(captured(one) for one in (view, *others)).ends(view)
    return measure(layout, [(row, start, start + len(NUMBER))], picture), region(layout, row, lambda: ends)


@cache
def devtools(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def look_at(page: Page, html: str, case: dict[str, Any]) -> View:
    page.set_content("<!doctype html><meta charset=utf-8>" + html.replace("{N}", NUMBER))
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    snapshot = build(Answer(devtools(page).send("DOMSnapshot.captureSnapshot", PARAMS)))
    width, height = SIZES[case.get("view", "desktop")]
    return View("desktop", width, height, snapshot.width, snapshot.height, shown(snapshot.tree), None)


def captured(view: View) -> PageCapture:
    return PageCapture("https://www.example.cn/", Role.OTHER, 1, (), Reached.OK, views=(view,))


def _picture(page: Page) -> Callable[[Box], Image.Image]:
    image = Image.open(BytesIO(page.screenshot(full_page=True)))
    return lambda box: image.crop((int(box[0]), int(box[1]), round(box[0] + box[2]), round(box[1] + box[3])))


def _near(value: float | None, expected: float | list[float], slack: float) -> bool:
    """Whether a value is what is expected, give or take a share of it, or within two bounds."""
    low, high = expected if isinstance(expected, list) else (expected * (1 - slack), expected * (1 + slack))
    return value is not None and low <= value <= high


def test_there_are_enough_cases_with_names_of_their_own() -> None:
    assert sum(len(tomllib.loads(file.read_text(encoding="utf-8"))) for file in FILES) == len(CASES) >= 150


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, measured: Callable[[str], Measured]) -> None:
    case = CASES[name]
    found, where = measured(name)
    why = case.get("why")
    reasons = why if isinstance(why, list) else [why]
    assert (found.visible, found.why_not in reasons) == (why is None, True), found
    assert found.doubt == case.get("doubt"), found
    for key, value, slack in (
        ("font", found.font_px, 0.02),
        ("contrast", found.contrast, 0.03),
        ("covered", found.covered, 0.01),
        ("screens", found.screens_down, 0.05),
        ("words", found.words_around, 0.0),
    ):
        assert key not in case or _near(value, case[key], slack), (key, found)
    assert where == case.get("region", where)
    assert found.persistent == case.get("persistent"), found
