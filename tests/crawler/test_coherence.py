"""Captures whose types fit and that no visit can have left are refused before anything relies on them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.capture import Box, Shot, SiteCapture, Tree
from crawler.coherence import fault
from crawler.store import SiteFolder, StoreError


@pytest.fixture(scope="module")
def capture() -> SiteCapture:
    return SiteFolder(Path(__file__).parents[1] / "captures" / "format-1").read()


def changed(capture: SiteCapture, change: Callable[[Tree], dict[str, Any]]) -> SiteCapture:
    """The capture with another tree in the last view of its last page."""
    *pages, page = capture.pages
    *views, view = page.views
    harmed = replace(view, tree=replace(view.tree, **change(view.tree)))
    return replace(capture, pages=(*pages, replace(page, views=(*views, harmed))))


HARMS: dict[str, Callable[[Tree], dict[str, Any]]] = {
    "columns of different lengths": lambda tree: {"paint": tree.paint[1:]},
    "a node before its parent": lambda tree: {"parent": (*tree.parent[:-1], len(tree.parent) - 1)},
    "a node before its parent ": lambda tree: {"parent": (*tree.parent[:-1], -1)},
    "a style that is not there": lambda tree: {"style": (*tree.style[:-1], len(tree.styles))},
    "too few styles": lambda tree: {"styles": (*tree.styles[:-1], tree.styles[-1][:-1])},
    "names without values": lambda tree: {"attributes": (*tree.attributes[:-1], ("class",))},
    "text of a node": lambda tree: {"lines": (*tree.lines, (len(tree.parent), 0, 1, 0.0, 0.0, 1.0, 1.0))},
    "scrolling of a node": lambda tree: {"scrollers": ((-1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),)},
}


@pytest.mark.parametrize("said", HARMS)
def test_a_tree_that_no_browser_laid_out_is_told(capture: SiteCapture, said: str) -> None:
    wrong = fault(changed(capture, HARMS[said]))
    assert wrong.startswith(said) or said in wrong
    assert wrong.endswith(f"in a view of page {len(capture.pages)}")


@pytest.mark.parametrize(
    ("box", "scale"), [((0.0, 0.0, 100.0, 100.0), 1e6), ((0.0, 0.0, 1e8, 1e8), 1.0), ((0.0, 0.0, 1.0, 1.0), 0.0)]
)
def test_a_picture_that_no_machine_can_hold_is_told(capture: SiteCapture, box: Box, scale: float) -> None:
    view = replace(capture.pages[0].views[0], shots=(Shot("shots/0.jpg", box, scale, "0" * 64),))
    assert "a picture of no size" in fault(replace(capture, pages=(replace(capture.pages[0], views=(view,)),)))


def test_a_real_capture_is_coherent(capture: SiteCapture) -> None:
    assert fault(capture) == ""


def test_a_capture_without_an_address_is_told(capture: SiteCapture) -> None:
    assert fault(replace(capture, site="http://[")) == "no date or no address"


@pytest.mark.parametrize("date", ["", "yesterday", "2026-13-01T00:00:00Z"])
def test_a_capture_without_a_date_is_told(capture: SiteCapture, date: str) -> None:
    assert fault(replace(capture, taken_at=date)) == "no date or no address"


def test_the_reader_refuses_it_in_both_languages(capture: SiteCapture, tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path)
    folder.write(changed(capture, HARMS["a node before its parent"]))
    with pytest.raises(StoreError, match="a node before its parent") as error:
        folder.read()
    assert "不是完整的取证文件" in error.value.zh
