"""Which pictures are read. No OCR is needed to choose them."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from auditor import pictured
from auditor.scout import NumberScout
from auditor.trees import attribute
from crawler.capture import STYLES, Box, PageCapture, Role, View

ALGORITHM = "网信算备110108900000101250019号"
MODEL = "Beijing-XingYuDaMoXing-202501010001"
ICP = "京ICP备2099000001号-1"
TODAY = datetime.date(2026, 11, 25)
BADGE = (100.0, 1900.0, 300.0, 40.0)
Pages = Callable[..., PageCapture]


def chosen(page: PageCapture, *boxes: Box, background: bool = False) -> list[str]:
    """Ids of the pictures that are read, of a page whose elements with an id stand at these boxes."""
    view = placed(page.views[0], boxes, background)
    return [attribute(view.tree, row, "id") or "" for row in pictured.candidates(page.role, view, TODAY)]


def placed(view: View, boxes: tuple[Box, ...], background: bool) -> View:
    """A view whose elements with an id stand at these boxes."""
    tree = view.tree
    marked = [row for row in range(len(tree.parent)) if attribute(tree, row, "id")]
    box, style, styles = list(tree.box), list(tree.style), list(tree.styles)
    for row, where in zip(marked, boxes, strict=True):
        box[row] = where
        if background:
            image = {"background-image": 'url("https://a.example.cn/b.png")'}
            style[row] = len(styles)
            styles.append(tuple(image.get(name, styles[tree.style[row]][at]) for at, name in enumerate(STYLES)))
    whole = replace(tree, box=tuple(box), style=tuple(style), styles=tuple(styles))
    return replace(view, tree=whole, content_height=2000.0)


@pytest.mark.parametrize(
    "element",
    [
        "<img id=a src=/x.png>",
        "<canvas id=a></canvas>",
        "<svg id=a><path d='M0 0'/></svg>",
        "<input id=a type=image src=/x.png>",
        "<object id=a data=/x.svg></object>",
        "<embed id=a src=/x.svg>",
    ],
)
def test_every_kind_of_picture_at_the_foot_is_read(page_of: Pages, element: str) -> None:
    assert chosen(page_of(f"<main><p>聊天</p></main><footer>{element}</footer>"), BADGE) == ["a"]


def test_backgrounds_are_pictures_and_boxes_without_them_are_not(page_of: Pages) -> None:
    page = page_of("<footer><i id=a></i></footer>")
    assert chosen(page, BADGE, background=True) == ["a"]
    assert chosen(page, BADGE) == []


@pytest.mark.parametrize(
    ("box", "read"),
    [
        (BADGE, True),
        ((100.0, 1900.0, 20.0, 20.0), False),  # an icon
        ((100.0, 1900.0, 300.0, 6.0), False),  # a line
        ((100.0, 1400.0, 600.0, 500.0), False),  # a photo
        ((0.0, 0.0, 1366.0, 2000.0), True),  # a page that is a picture
        (None, False),
    ],
)
def test_the_size_of_a_badge_counts(page_of: Pages, box: Box, read: bool) -> None:
    assert bool(chosen(page_of("<footer><img id=a src=/x.png></footer>"), box)) is read


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<main><img id=a src=/photo.png></main>", False),
        ("<main><img id=a src=/beian-2.png></main>", True),
        ("<main><img id=a src=/x.png alt=算法备案></main>", True),
        ("<main><a href='https://beian.cac.gov.cn/#/index'><img id=a src=/x.png></a></main>", True),
        ("<main><img id=a src=/cache/x.png></main>", False),
        ("<main><img id=a src='data:image/png;base64,icpbeian'></main>", False),
    ],
)
def test_above_the_foot_words_about_filing_count(page_of: Pages, html: str, read: bool) -> None:
    page = page_of(f"{html}<p>{'聊天' * 200}</p>")
    assert bool(chosen(page, (100.0, 400.0, 300.0, 40.0))) is read


@pytest.mark.parametrize(
    ("text", "role", "plain", "filing"),
    [
        ("", Role.HOME, True, True),
        (ICP, Role.HOME, True, True),
        (ALGORITHM, Role.HOME, False, True),
        (f"{ALGORITHM} {MODEL}", Role.HOME, False, True),  # the ICP number is missing
        (f"{ALGORITHM} {MODEL} {ICP}", Role.HOME, False, False),
        (f"{ALGORITHM} {MODEL}", Role.PRODUCT, False, False),
        (f"<b hidden>{ALGORITHM} {MODEL} {ICP}</b>", Role.HOME, True, True),
        ("算法备案号：备案中", Role.HOME, True, True),
    ],
)
def test_what_the_text_shows_need_not_be_read(page_of: Pages, text: str, role: Role, plain: bool, filing: bool) -> None:
    for source, read in (("x.png", plain), ("beian.png", filing)):
        page = page_of(f"<footer><p>{text}</p><img id=a src=/{source}></footer>", role=role)
        assert bool(chosen(page, BADGE)) is read, source


def test_a_description_with_another_number_is_read_in_any_case(page_of: Pages) -> None:
    whole = f"<p>{ALGORITHM} {MODEL} {ICP}</p>"
    for alt, read in ((ALGORITHM, False), ("网信算备310115900000201250018号", True)):
        assert bool(chosen(page_of(f"<footer>{whole}<img id=a alt={alt}></footer>"), BADGE)) is read


def test_a_ground_that_text_stands_on_is_not_read(page_of: Pages) -> None:
    for html, read in (("<p>联系我们</p>", []), ("<p style='color: rgba(0, 0, 0, 0)'>联系我们</p>", ["a"])):
        page = page_of(f"<footer><div id=a>{html}</div></footer>")
        assert chosen(page, (0.0, 0.0, 1300.0, 200.0), background=True) == read


def test_what_nobody_sees_is_not_read(page_of: Pages) -> None:
    assert chosen(page_of("<footer><img id=a src=/beian.png hidden></footer>"), None) == []
    assert chosen(page_of("<footer><img id=a src=/beian.png></footer>"), (-900.0, 1900.0, 300.0, 40.0)) == []


def test_few_are_read_the_most_promising_first(page_of: Pages) -> None:
    many = "".join(f"<img id=p{n} src=/x{n}.png>" for n in range(9))
    page = page_of(f"<footer>{many}<img id=a src=/beian.png></footer>")
    found = chosen(page, *[(20.0 + 120 * n, 1900.0, 100.0, 40.0) for n in range(10)])
    assert found[0] == "a"
    assert len(found) == pictured.MOST


def test_the_scout_asks_for_them(page_of: Pages) -> None:
    page = replace(page_of("<footer><img id=a src=/beian.png></footer>"), taken_at="2026-11-25T08:00:00+00:00")
    view = placed(page.views[0], (BADGE,), False)
    assert NumberScout().pictures(page, view) == pictured.candidates(Role.HOME, view, TODAY) != ()
