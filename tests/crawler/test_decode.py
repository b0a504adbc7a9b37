import pytest

from crawler.decode import decode

TEXT = "<title>星河助手</title><p>网信算备999999999999901230019号，一个能写会算的助手，欢迎使用。</p>" * 3


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("utf-8", None),
        ("utf-8", "text/html; charset=gb2312"),
        ("utf-8-sig", None),
        ("gb18030", None),
        ("gb18030", "text/html; charset=GB2312"),
        ("gb18030", "text/html; charset=utf-8"),
        ("gb18030", "text/html; charset=no-such-thing"),
        ("gb18030", 'text/html; charset="'),
        ("utf-16", None),
        ("utf-16-le", None),
        ("utf-16-be", "text/html"),
        ("utf-32", None),
    ],
)
def test_text_is_read_whatever_is_declared(encoding: str, header: str | None) -> None:
    assert decode(TEXT.encode(encoding), header) == (TEXT, True)


def test_what_the_markup_declares() -> None:
    text = "<meta charset=big5><p>這是一個繁體中文的網站，歡迎使用我們的服務</p>"
    assert decode(text.encode("big5"), "text/html") == (text, True)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_in_two_spoils_nothing(encoding: str) -> None:
    text, readable = decode(("中" * 500).encode(encoding)[:-1], None)
    assert (text[:499], readable) == ("中" * 499, True)


def test_a_few_bad_bytes_do_not_turn_a_page_into_another_language() -> None:
    body = TEXT.encode() + b"\xff\xfe" + TEXT.encode()
    text, _ = decode(body, "text/html; charset=utf-8")
    assert text.count("星河助手") == 6


@pytest.mark.parametrize("body", [b"\x80\xff" * 3000, bytes(2000)])
def test_noise_is_not_readable(body: bytes) -> None:
    assert not decode(body, "text/html")[1]


def test_nothing_is_readable() -> None:
    assert decode(b"", None) == ("", True)


def test_a_short_page_with_a_few_bad_bytes_is_readable() -> None:
    text, readable = decode((TEXT * 3).encode() + b"\xff\xfe\x80", "text/html; charset=utf-8")
    assert (text.startswith(TEXT), readable) == (True, True)
