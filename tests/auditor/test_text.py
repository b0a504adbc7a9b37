from collections.abc import Callable

import pytest

from auditor.text import Words
from crawler.capture import Tree

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


def test_an_empty_page_has_no_words(laid_out: Laid) -> None:
    words = Words(laid_out(""))
    assert words.laid_out.text == words.not_laid_out.text == ""
