import pytest

from crawler.words import parse, words_of


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>网信<!-- 注 -->算备</p>", "网信算备"),
        ("<p>网信<script>1</script>算备</p><style>p{}</style>", "网信算备"),
        ("<p>甲</p><p>乙<b>丙</b>", "甲 乙 丙"),
        ("<template><p>甲</template><noscript><i>乙</i></noscript>丙", "丙"),
        ("<title>题</title><svg><title>图</title></svg>文", "题 文"),
        ("<?php echo 1 ?>甲", "甲"),
        ("", ""),
        ("<!-- 注 -->", ""),
    ],
)
def test_words_are_what_stands_between_the_tags(html: str, words: str) -> None:
    assert words_of(html) == words


@pytest.mark.parametrize("enough", [1, 7, 50, 10_000])
def test_no_more_than_enough_is_read(enough: int) -> None:
    html = "<title>一 二</title>" + "<p>三四 <b>五</b></p>" * 200
    all_of_it, some = words_of(html), words_of(html, enough)
    assert all_of_it.startswith(some)
    assert len(some) >= min(enough, len(all_of_it))
    assert len(some) <= enough + 20


def test_reading_a_document_leaves_it_as_it_was() -> None:
    html = "<p>甲<script>1</script>乙</p>"
    words_of(html)
    document = parse(html)
    assert document is not None
    assert document.findtext(".//script") == "1"


def test_hostile_markup_is_read_in_time() -> None:
    assert len(words_of("<" * 100_000 + "<p>甲<!--" * 100_000)) < 1_000_000
