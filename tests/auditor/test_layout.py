"""Asking a captured page: rectangles of text, paths of elements."""

from collections.abc import Sequence

import pytest

from auditor.layout import Layout, breadth, union
from crawler.capture import STYLES, Box, Tree, View

Node = tuple[int, str, str, tuple[str, ...]]
Line = tuple[int, int, int, float, float, float, float]
WRITING = STYLES.index("writing-mode")


def layout_of(nodes: Sequence[Node], lines: Sequence[Line] = (), writing: str = "horizontal-tb") -> Layout:
    """A layout of nodes (parent, name, text, attributes), each in a box of its own."""
    count = len(nodes)
    kinds = {"#text": 3, "#document": 9}
    styles = tuple(writing if at == WRITING else "none" for at in range(len(STYLES)))
    tree = Tree(
        parent=tuple(node[0] for node in nodes),
        kind=tuple(kinds.get(node[1], 1) for node in nodes),
        name=tuple(node[1] for node in nodes),
        text=tuple(node[2] for node in nodes),
        attributes=tuple(node[3] for node in nodes),
        box=tuple((0.0, 20.0 * row, 100.0, 20.0) for row in range(count)),
        style=(0,) * count,
        paint=(0,) * count,
        ground=(None,) * count,
        opacity=(1.0,) * count,
        styles=(styles,),
        lines=tuple(lines),
    )
    return Layout(View("desktop", 1000, 800, 1000, 2000, tree, None))


def texts(text: str, *lines: Line, writing: str = "horizontal-tb") -> Layout:
    return layout_of([(-1, "p", "", ()), (0, "#text", text, ())], lines, writing)


def test_a_whole_line_is_its_box() -> None:
    layout = texts("备案号", (1, 0, 3, 10, 20, 48, 18))
    assert layout.pieces((1, 0, 3)) == (((10, 20, 48, 18), "备案号"),)


def test_within_a_line_wide_characters_take_more_room() -> None:
    layout = texts("备案aa", (1, 0, 4, 0, 0, 31, 18))
    ((box, text),) = layout.pieces((1, 2, 4))
    assert text == "aa"
    assert box == pytest.approx((20, 0, 11, 18))


def test_over_two_lines_there_are_two_pieces() -> None:
    layout = texts("一二三四", (1, 0, 2, 0, 0, 32, 18), (1, 2, 2, 0, 18, 32, 18))
    assert [text for _, text in layout.pieces((1, 1, 4))] == ["二", "三四"]
    assert union([box for box, _ in layout.pieces((1, 1, 4))]) == (0, 0, 32, 36)


def test_collapsed_blanks_have_no_box() -> None:
    layout = texts("a   b", (1, 0, 2, 0, 0, 10, 18), (1, 4, 1, 10, 0, 8, 18))
    assert [text for _, text in layout.pieces((1, 0, 5))] == ["a ", "b"]
    assert layout.pieces((1, 2, 4)) == ()


def test_the_browser_counts_utf_16() -> None:
    layout = texts("😀备案", (1, 0, 4, 0, 0, 48, 18))
    ((box, text),) = layout.pieces((1, 1, 3))
    assert (text, box) == ("备案", (16, 0, 32, 18))


def test_vertical_lines_run_down() -> None:
    layout = texts("一二三四", (1, 0, 4, 5, 10, 18, 64), writing="vertical-rl")
    assert layout.pieces((1, 1, 2)) == (((5, 26, 18, 16), "二"),)


@pytest.mark.parametrize(
    ("text", "em"), [("abc", 1.65), ("备", 1.0), (" ", 0.3), ("é", 0.55), ("１", 1.0), ("\u200b", 0.0)]
)
def test_breadth(text: str, em: float) -> None:
    assert breadth(text) == pytest.approx(em)


def test_union() -> None:
    boxes: list[Box] = [(0, 0, 10, 10), (20, 5, 10, 10)]
    assert union(boxes) == (0, 0, 30, 15)
    assert union([]) is None


PAGE: list[Node] = [
    (-1, "#document", "", ()),
    (0, "html", "", ()),
    (1, "body", "", ()),
    (2, "div", "", ("id", "app")),
    (3, "p", "", ()),
    (3, "p", "", ("id", "twice")),
    (5, "a", "", ("id", "twice")),
    (6, "#text", "x", ()),
    (2, "footer", "", ()),
    (8, "p", "", ()),
    (8, "span", "", ()),
    (8, "p", "", ()),
    (11, "::after", "y", ()),
]


@pytest.mark.parametrize(
    ("row", "path"),
    [
        (1, "html"),
        (3, "#app"),
        (4, "#app > p:nth-of-type(1)"),
        (7, "#app > p:nth-of-type(2) > a"),
        (10, "footer > span"),
        (11, "footer > p:nth-of-type(2)"),
        (12, "footer > p:nth-of-type(2)::after"),
    ],
)
def test_paths(row: int, path: str) -> None:
    assert layout_of(PAGE).selector(row) == path


def test_paths_are_unique() -> None:
    layout = layout_of(PAGE)
    elements = [row for row in range(len(PAGE)) if layout.tree.kind[row] == 1]
    assert len({layout.selector(row) for row in elements}) == len(elements)


def test_an_id_that_is_no_identifier_is_not_used() -> None:
    layout = layout_of([(-1, "body", "", ()), (0, "p", "", ("id", "1] > *")), (0, "p", "", ())])
    assert layout.selector(1) == "body > p:nth-of-type(1)"


def test_relatives() -> None:
    layout = layout_of(PAGE)
    assert list(layout.children(8)) == [9, 10, 11]
    assert list(layout.ancestors(7)) == [6, 5, 3, 2, 1, 0]
    assert list(layout.descendants(3)) == [4, 5, 6, 7]
    assert layout.element(7) == 6


def test_companions_are_made_once() -> None:
    layout, made = layout_of(PAGE), []

    def make(_: Layout) -> int:
        made.append(1)
        return len(made)

    assert layout.companion(make) == layout.companion(make) == 1
