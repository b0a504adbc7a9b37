import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.addresses import SeedError, ascii_address, check, key


@pytest.mark.parametrize(
    "address",
    [
        "https://chat.example.cn/",
        "http://chat.example.cn:8080/a?b=c#/d",
        "example.cn",
        "www.example.cn/路径",
        "example.cn:8443",
        "localhost:8000",
        "127.0.0.1:8000/demo",
        "http://intranet/",
        "https://[2001:db8::1]:8443/x",
        "[::1]:8000",
        "例子.中国",
        "https://智能问答.网址/首页",
        "a_b.example.cn",
        "HTTPS://EXAMPLE.CN",
        "//example.cn/x",
    ],
)
def test_good_addresses_are_kept_as_written(address: str) -> None:
    assert check(f"  {address}\t") == address.removeprefix("//")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "ftp://example.cn/",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "mailto:a@example.cn",
        "data:text/html,x",
        "https://user:secret@example.cn/",
        "user@example.cn",
        "https://",
        "https:///path",
        "http://[::1",
        "http://[zz]/",
        "https://example.cn:99999/",
        "https://example.cn:abc/",
        "https://example.cn:0/",
        "产品",
        "example",
        "12345",
        "1.5",
        "999.1.1.1",
        "https://exa mple.cn/",
        "https://example.cn/\x00",
        "https://example.cn\\@evil.example/",
        "https://-bad.example.cn/",
        "https://a..example.cn/",
        "https://" + "a" * 64 + ".cn/",
        "https://example.cn/" + "a" * 3000,
        "https://xn--\ufffd.cn",
        "https://ex\ud800ample.cn",
    ],
)
def test_bad_addresses_are_refused_in_both_languages(address: str) -> None:
    with pytest.raises(SeedError) as refused:
        check(address)
    assert refused.value.zh and refused.value.en and refused.value.zh != refused.value.en
    assert len(refused.value.zh) < 200


def test_a_secret_is_not_repeated_in_the_message() -> None:
    with pytest.raises(SeedError) as refused:
        check("https://admin:hunter2@example.cn/")
    assert "hunter2" not in refused.value.zh + refused.value.en


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("example.cn", "https://example.cn/"),
        ("http://example.cn", "https://EXAMPLE.cn:443/"),
        ("https://例子.中国/", "https://xn--fsqu00a.xn--fiqs8s"),
        ("https://example.cn./a/", "https://example.cn/a"),
        ("https://example.cn/#top", "https://example.cn"),
        ("http://[2001:db8::1]/", "http://[2001:0db8:0:0::1]"),
    ],
)
def test_two_ways_to_write_one_address(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example.cn/", "https://b.example.cn/"),
        ("https://example.cn/a", "https://example.cn/b"),
        ("https://example.cn:8080/", "https://example.cn/"),
        ("https://example.cn/?a=1", "https://example.cn/?a=2"),
        ("https://example.cn/#/chat", "https://example.cn/#/draw"),
    ],
)
def test_different_addresses_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_punycode_keeps_ports_and_brackets() -> None:
    assert ascii_address("http://例子.中国:8080/") == "http://xn--fsqu00a.xn--fiqs8s:8080/"
    assert ascii_address("https://[::1]:8000/a%20b") == "https://[::1]:8000/a%20b"
    assert ascii_address("例子.中国") == "xn--fsqu00a.xn--fiqs8s"


@given(st.text(max_size=80) | st.from_regex(r"https?://[^ ]{1,40}"))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = check(text)
    except SeedError:
        return
    assert key(address) == key(ascii_address(address)) or not address.isascii()
    assert ascii_address(address).isascii()
