import time

import pytest

from auditor import static
from auditor.text import Words


def text(html: str) -> str:
    return Words(static.tree(html)).not_laid_out.text.strip()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>网信算备<b>12</b>号</p>", "网信算备12号"),
        ("<footer><p>一</p><p>二</p></footer>", "一\n二"),
        ("<title>题</title><p>文", "文"),
        ("", ""),
        ("\x00<p>零", "\ufffd\n零"),
        ("<p>孤\ud800立", "孤?立"),
    ],
)
def test_words_of_html_as_received(html: str, words: str) -> None:
    assert text(html) == words


def test_comments_keep_what_follows_them() -> None:
    tree = static.tree("<p>前<!-- 注 -->后</p>")
    assert [tree.text[row] for row, kind in enumerate(tree.kind) if kind == 8] == [" 注 "]
    assert Words(tree).not_laid_out.text == "前后"


def test_columns_have_one_length() -> None:
    tree = static.tree("<div><p>a<b>c</b></p></div>")
    columns = (tree.parent, tree.kind, tree.name, tree.text, tree.attributes, tree.box, tree.style, tree.paint)
    assert {len(column) for column in columns} == {len(tree.parent)}
    assert all(parent < row for row, parent in enumerate(tree.parent))


def test_deep_and_large_pages_are_read_in_time() -> None:
    begun = time.monotonic()
    static.tree("<div>" * 50_000 + "底")
    static.tree("<p>段</p>" * 50_000)
    assert time.monotonic() - begun < 10
