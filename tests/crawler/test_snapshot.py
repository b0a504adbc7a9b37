"""The tree that comes of the browser's answer: by hand-made answers, and by a real browser."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from crawler import snapshot
from crawler.answer import Answer
from crawler.capture import STYLES, Tree
from crawler.decode import clean
from crawler.frames import PADDING
from crawler.snapshot import PARAMS, Frame, absolute, build

Box = tuple[float, float, float, float]


class Told:
    """Writes an answer of `captureSnapshot` with one document."""

    def __init__(self, base: str = "https://a.example.cn/dir/", content: tuple[float, float] = (1000, 2000)) -> None:
        self.strings: list[str] = []
        nodes = ("parentIndex", "nodeType", "nodeName", "nodeValue", "backendNodeId", "attributes")
        laid = ("nodeIndex", "bounds", "text", "styles", "paintOrders", "clientRects", "scrollRects", "offsetRects")
        self.nodes: dict[str, Any] = {name: [] for name in nodes} | {"contentDocumentIndex": {"index": [], "value": []}}
        self.layout: dict[str, Any] = {name: [] for name in (*laid, "blendedBackgroundColors", "textColorOpacities")}
        self.boxes: dict[str, Any] = {name: [] for name in ("layoutIndex", "bounds", "start", "length")}
        self.document = {
            "baseURL": self.string(base),
            "contentWidth": content[0],
            "contentHeight": content[1],
            "scrollOffsetX": 0,
            "scrollOffsetY": 0,
            "nodes": self.nodes,
            "layout": self.layout,
            "textBoxes": self.boxes,
        }
        self.node(-1, 9, "#document")

    def string(self, text: str) -> int:
        self.strings.append(text)
        return len(self.strings) - 1

    def node(
        self, parent: int, kind: int, name: str, value: str = "", attributes: Mapping[str, str] | None = None
    ) -> int:
        row = len(self.nodes["parentIndex"])
        pairs = [self.string(part) for pair in (attributes or {}).items() for part in pair]
        values = (parent, kind, self.string(name), self.string(value) if value else -1, 100 + row, pairs)
        for column, item in zip(list(self.nodes)[:6], values, strict=True):
            self.nodes[column].append(item)
        return row

    def lay(self, node: int, box: Box, paint: int, text: str | None = None, **styles: str) -> None:
        known = {"overflow-x": "visible", "overflow-y": "visible", "contain": "none"}
        known |= {name.replace("_", "-"): value for name, value in styles.items()}
        left, top, right = (float(styles.get(name, 0)) for name in ("border", "border", "border"))
        client = [left, top, box[2] - left - right, box[3] - top - right]
        values = {
            "nodeIndex": node,
            "bounds": list(box),
            "text": -1 if text is None else self.string(text),
            "styles": [self.string(known.get(name, "none")) for name in (*STYLES, *PADDING)],
            "paintOrders": paint,
            "clientRects": client,
            "scrollRects": [0, 0, *client[2:]],
            "offsetRects": list(box),
            "blendedBackgroundColors": -1,
            "textColorOpacities": 1,
        }
        for column, item in values.items():
            self.layout[column].append(item)

    def line(self, item: int, box: Box, start: int, length: int) -> None:
        for column, value in zip(self.boxes, (item, list(box), start, length), strict=True):
            self.boxes[column].append(value)

    def answer(self) -> Answer:
        return Answer({"documents": [self.document], "strings": self.strings})


def tree_of(answer: Told) -> Tree:
    return build(answer.answer()).tree


def test_columns_have_one_length_and_parents_come_first() -> None:
    page = Told()
    page.node(page.node(0, 1, "HTML"), 3, "#text", "你好")
    tree = tree_of(page)
    columns = (tree.parent, tree.kind, tree.name, tree.text, tree.attributes, tree.box, tree.style, tree.paint)
    assert {len(column) for column in (*columns, tree.ground, tree.opacity)} == {3}
    assert (tree.parent, tree.name, tree.text[2]) == ((-1, 0, 1), ("#document", "html", "#text"), "你好")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/x?y#z", "https://a.example.cn/x?y#z"),
        (" b\n", "https://a.example.cn/dir/b"),
        ("//other.example.cn", "https://other.example.cn"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("", ""),
        ("#", "#"),
        ("#top", "#top"),
        ("#/about", "https://a.example.cn/dir/#/about"),
        ("#!/about", "https://a.example.cn/dir/#!/about"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_links_are_absolute_but_dead_ones_stay_dead(href: str, expected: str) -> None:
    assert absolute("https://a.example.cn/dir/", href) == expected
    page = Told()
    page.node(0, 1, "A", attributes={"href": href, "title": "/x"})
    assert tree_of(page).attributes[1] == ("href", expected, "title", "/x")


def test_a_pseudo_element_is_one_row_with_all_pieces_of_its_text() -> None:
    page = Told()
    row = page.node(0, 1, "::before")
    page.lay(row, (0, 0, 90, 20), 1)
    page.lay(row, (0, 0, 20, 20), 1, "备案")
    page.lay(row, (20, 0, 20, 20), 1, "😀号")
    page.line(1, (0, 0, 20, 20), 0, 2)
    page.line(2, (20, 0, 20, 20), 0, 3)
    tree = tree_of(page)
    assert (tree.text[1], tree.box[1]) == ("备案😀号", (0, 0, 90, 20))
    assert [line[:3] for line in tree.lines] == [(1, 0, 2), (1, 2, 3)]


def test_styles_are_kept_once() -> None:
    page = Told()
    for color in ("red", "red", "blue"):
        page.lay(page.node(0, 1, "P"), (0, 0, 9, 9), 1, color=color)
    tree = tree_of(page)
    assert tree.style == (-1, 0, 0, 1)
    assert [row[STYLES.index("color")] for row in tree.styles] == ["red", "blue"]
    assert all(len(row) == len(STYLES) for row in tree.styles)


def test_a_frame_of_another_process_stands_in_its_opening() -> None:
    page, frame = Told(), Told("https://b.example.cn/", (400, 900))
    iframe = page.node(0, 1, "IFRAME")
    page.node(0, 1, "FOOTER")
    page.lay(0, (0, 0, 1000, 800), 0)
    page.lay(iframe, (100, 200, 304, 154), 1, border="2", padding_left="10px", padding_top="20px")
    page.lay(2, (0, 900, 1000, 50), 2)
    frame.document["scrollOffsetY"] = 40
    frame.lay(0, (0, 0, 280, 110), 0)
    text = frame.node(0, 3, "#text", "框架")
    frame.lay(text, (5, 50, 32, 19), 1, "框架")
    frame.line(1, (5, 50, 32, 19), 0, 2)
    frame.node(0, 1, "A", attributes={"href": "x"})
    tree = build(page.answer(), [Frame(frame.answer(), 100 + iframe)]).tree
    assert tree.name == ("#document", "iframe", "#document", "#text", "a", "footer")
    assert tree.parent == (-1, 0, 1, 2, 2, 0)
    assert tree.box[3] == (117, 232, 32, 19)
    assert tree.lines == ((3, 0, 2, 117, 232, 32, 19),)
    assert tree.attributes[4] == ("href", "https://b.example.cn/x")
    assert tree.paint == (0, 1, 2, 3, -1, 4)
    assert tree.scrollers == ((2, 112, 222, 280, 110, 0, 40, 400, 900),)


def test_a_frame_within_a_frame_of_another_process() -> None:
    page, outer, inner = Told(), Told(), Told()
    for answer, name in ((page, "IFRAME"), (outer, "IFRAME"), (inner, "P")):
        answer.lay(answer.node(0, 1, name), (10, 10, 100, 100), 1)
    frames = [Frame(outer.answer(), 101), Frame(inner.answer(), 101, within=0)]
    tree = build(page.answer(), frames).tree
    assert tree.name == ("#document", "iframe", "#document", "iframe", "#document", "p")
    assert tree.box[5] == (30, 30, 100, 100)
    assert tree.paint[1] < tree.paint[3] < tree.paint[5]


def test_a_frame_without_a_box_has_no_boxes_in_it() -> None:
    page, frame = Told(), Told()
    page.node(0, 1, "IFRAME")
    frame.lay(frame.node(0, 1, "P"), (10, 10, 100, 100), 1)
    assert build(page.answer(), [Frame(frame.answer(), 101)]).tree.box == (None, None, None, None)


def test_a_page_without_end_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "NODES", 10)
    monkeypatch.setattr(snapshot, "TEXT", 25)
    page = Told()
    for _ in range(20):
        page.lay(page.node(0, 3, "#text", "十个字十个字十个字十"), (0, 0, 9, 9), 1, "十个字十个字十个字十")
    found = build(page.answer())
    assert len(found.tree.parent) == 10
    assert sum(map(len, found.tree.text)) == 25
    assert found.limits == ("nodes", "text")


def test_frames_in_frames_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "DEPTH", 1)
    page, outer, inner = Told(), Told(), Told()
    for answer in (page, outer, inner):
        answer.lay(answer.node(0, 1, "IFRAME"), (0, 0, 9, 9), 1)
    found = build(page.answer(), [Frame(outer.answer(), 101), Frame(inner.answer(), 101, within=0)])
    assert (len(found.tree.parent), found.limits) == (4, ("frames",))


def test_long_attributes_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "VALUE", 5)
    page = Told()
    page.node(0, 1, "IMG", attributes={"alt": "一二三四五六七"})
    assert tree_of(page).attributes[1] == ("alt", "一二三四五")


def test_half_characters_become_storable_and_keep_their_length() -> None:
    assert clean("a\ud83db") == "a�b"
    assert clean("😀") == "😀"


@pytest.fixture(scope="module")
def tab(browser_path: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        yield browser.new_page(viewport={"width": 1000, "height": 800})
        browser.close()


def laid_out(tab: Page, html: str) -> Tree:
    tab.set_content(html)
    return build(Answer(tab.context.new_cdp_session(tab).send("DOMSnapshot.captureSnapshot", PARAMS))).tree


def rectangle(tree: Tree, text: str) -> Box:
    return next(line[3:] for line in tree.lines if text in tree.text[line[0]])


@pytest.mark.browser
def test_shadow_roots_pseudo_elements_and_frames_are_on_the_page(tab: Page) -> None:
    tree = laid_out(
        tab,
        """<style>p::before{content:"生成"}</style><p>正文</p><div id=h></div><div style="display:none">没有</div>
        <iframe srcdoc="框架"></iframe>
        <script>h.attachShadow({mode:"closed"}).innerHTML = "<b>影子</b>"</script>""",
    )
    shown = {tree.text[row] for row, box in enumerate(tree.box) if box}
    assert {"正文", "生成", "影子", "框架"} <= shown
    assert tree.box[tree.text.index("没有")] is None
    assert tree.name[tree.text.index("生成")] == "::before"


@pytest.mark.browser
def test_the_box_of_a_text_in_a_frame_is_that_on_the_page(tab: Page) -> None:
    tree = laid_out(
        tab,
        """<body style="margin:0"><div style="height:100px"></div>
        <iframe id=f style="border:7px solid;padding:11px 13px;margin-left:50px" width=300 height=100
        srcdoc="<body style='margin:20px;font:16px/20px monospace'>AAAA<div style='height:900px'></div>"></iframe>""",
    )
    x, y, _, height = rectangle(tree, "AAAA")
    assert (x, round(y + height / 2)) == (50 + 7 + 13 + 20, 100 + 7 + 11 + 20 + 10)


@pytest.mark.browser
def test_a_scaled_frame_scales_what_is_in_it(tab: Page) -> None:
    tree = laid_out(
        tab,
        """<body style="margin:0"><iframe style="border:0;transform:scale(.5);transform-origin:0 0" width=400 height=200
        srcdoc="<body style='margin:40px'><p style='margin:0;width:100px'>AA"></iframe>""",
    )
    paragraph = tree.box[tree.name.index("p")]
    assert paragraph is not None
    assert paragraph[:3] == (20, 20, 50)


@pytest.mark.browser
def test_boxes_that_scroll_tell_how_far(tab: Page) -> None:
    tree = laid_out(
        tab,
        """<body style="margin:0"><div id=s style="width:200px;height:50px;overflow:auto;border:3px solid">
        <div style="height:400px">x</div></div><script>s.scrollTop = 30</script>""",
    )
    (scroller,) = tree.scrollers
    assert tree.attributes[scroller[0]][1] == "s"
    assert (scroller[1:3], scroller[4], scroller[6], scroller[8]) == ((3, 3), 50, 30, 400)


@pytest.mark.browser
def test_what_is_fixed_stands_where_it_does_on_an_unscrolled_page(tab: Page) -> None:
    html = """<body style="margin:0"><div style="height:3000px">top</div>
    <div style="position:fixed;top:10px;left:20px;height:50px;overflow:auto">bar</div>
    <div style="transform:translateX(1px)"><p style="position:fixed;margin:0">held</p></div>"""
    still = laid_out(tab, html)
    moved = laid_out(tab, html + "<script>scrollTo(0, 700)</script>")
    assert rectangle(moved, "bar") == rectangle(still, "bar")
    assert rectangle(moved, "held") == rectangle(still, "held")
    assert rectangle(moved, "top") == rectangle(still, "top")
    assert moved.scrollers == still.scrollers
