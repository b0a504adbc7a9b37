from collections.abc import Callable

import pytest

from auditor.text import Words
from crawler.capture import STYLES, Tree

Laid = Callable[[str], Tree]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>网信算备<b>1101</b><i>08</i>号</p>", "网信算备110108号"),
        ("<p>京ICP备1号</p><p>网信算备2号</p>", "京ICP备1号\n网信算备2号"),
        ("<p>一<br>二</p>", "一\n二"),
        ("<div>前<div>中</div>后</div>", "前\n中\n后"),
        ("<table><tr><td>备案号</td><td>1</td></tr></table>", "备案号\n1"),
        ("<p>显<span hidden>藏</span>示</p>", "显示"),
        ("<p>看<script>var x='网信算备'</script>见</p>", "看见"),
    ],
)
def test_laid_out_text_joins_inline_elements_and_parts_blocks(laid_out: Laid, html: str, text: str) -> None:
    assert Words(laid_out(html)).laid_out.text == text


def test_hidden_text_is_a_stream_of_its_own(laid_out: Laid) -> None:
    words = Words(laid_out("<p>显<span hidden>网信算备</span>示</p><noscript>无脚本</noscript><style>p{}</style>"))
    assert words.not_laid_out.text == "网信算备\n无脚本" or words.not_laid_out.text == "网信算备无脚本"
    assert "p{}" not in words.not_laid_out.text


def test_spans_lead_back_to_the_nodes(laid_out: Laid) -> None:
    tree = laid_out("<p>编号：网信<b>算备</b>12</p><p>别的</p>")
    stream = Words(tree).laid_out
    start = stream.text.index("网信")
    pieces = [tree.text[row][a:b] for row, a, b in stream.spans(start, start + 6)]
    assert pieces == ["网信", "算备", "12"]


def test_spans_over_a_block_boundary_leave_the_newline_out(laid_out: Laid) -> None:
    tree = laid_out("<p>备案号</p><p>123</p>")
    stream = Words(tree).laid_out
    assert [tree.text[row][a:b] for row, a, b in stream.spans(0, len(stream.text))] == ["备案号", "123"]


def test_block_is_the_line_around(laid_out: Laid) -> None:
    stream = Words(laid_out("<p>甲</p><p>乙丙</p><p>丁</p>")).laid_out
    at = stream.text.index("丙")
    assert stream.block(at, at + 1) == "乙丙"


def test_code_and_attributes_have_their_own_lists(laid_out: Laid) -> None:
    words = Words(laid_out("<!-- 注释 --><img alt='图片说明'><a title='标题' href='/x'>a</a><script>代码</script>"))
    assert [text for _, text in words.comments] == [" 注释 "]
    assert [text for _, text in words.attributes] == ["图片说明", "标题"]
    assert [text for _, text in words.scripts] == ["代码"]


def test_characters_that_a_flex_box_parts_are_one_text() -> None:
    """The rows of a browser's tree: a link that is a flex box, each of its characters in an element of its own."""

    def text_of(*pieces: str, display: str = "inline-flex", direction: str = "row", tag: str = "span") -> str:
        looks = ({"display": "block"}, {"display": display, "flex-direction": direction}, {"display": "block"})
        styles = tuple(tuple(look.get(name, "") for name in STYLES) for look in looks)
        rows = [("#document", -1, 0, "", 9), ("p", 0, 0, "", 1), ("a", 1, 1, "", 1)]
        for piece in pieces:
            rows += [(tag, 2, 2, "", 1), ("#text", len(rows), 2, piece, 3)]
        name, parent, style, text, kind = zip(*rows, strict=True)
        every = len(rows)
        paint, ground, opacity = (0,) * every, (None,) * every, (1.0,) * every
        tree = Tree(parent, kind, name, text, ((),) * every, ground, style, paint, ground, opacity, styles, ())
        return Words(tree).laid_out.text

    assert text_of(*"京ICP备1号") == "京ICP备1号"
    assert text_of(*"京ICP", display="flex") == "京ICP"
    assert text_of("登录", "注册") == "登录\n注册"
    assert text_of(*"竖排", direction="column") == "竖\n排"
    assert text_of(*"一二", display="grid") == "一\n二"
    assert text_of(*"一二", tag="div") == "一\n二"


def test_an_empty_page_has_no_words(laid_out: Laid) -> None:
    words = Words(laid_out(""))
    assert words.laid_out.text == words.not_laid_out.text == ""
