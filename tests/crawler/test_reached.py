import pytest

from crawler.capture import Reached
from crawler.guard import Guard, Policy, RefusalError
from crawler.reached import of_answer, of_browser, of_exception

LONG = "<p>" + "公司的产品为许多行业服务。" * 100

ANSWERS = [
    (200, {}, "https://a.example/", "<h1>好</h1>", Reached.OK),
    (404, {}, "https://a.example/", LONG, Reached.HTTP_4XX),
    (500, {}, "https://a.example/", LONG, Reached.HTTP_5XX),
    (503, {}, "https://a.example/", "<h1>down</h1>", Reached.HTTP_5XX),
    (503, {"retry-after": "9"}, "https://a.example/", "<h1>down</h1>", Reached.BLOCKED),
    (503, {}, "https://a.example/", "<title>Just a moment...</title>", Reached.BLOCKED),
    (521, {}, "https://a.example/", "<script>document.cookie=1</script>", Reached.BLOCKED),
    (412, {}, "https://a.example/", "<script>x</script>", Reached.BLOCKED),
    (200, {}, "https://a.example/", "<script src=/cdn-cgi/challenge-platform/x></script>", Reached.BLOCKED),
    (200, {}, "https://a.example/", "<p>访问过于频繁，请稍后再试</p>", Reached.BLOCKED),
    (200, {}, "https://a.example/", LONG + "访问过于频繁 Access Denied captcha", Reached.OK),
    (200, {}, "https://a.example/", "<p>此域名出售中</p>", Reached.PARKED),
    (200, {}, "https://a.example/", LONG + "我们也出售域名：此域名出售", Reached.OK),
    (200, {}, "https://a.example/login?next=/", "<p>登录</p><input type=password>", Reached.LOGIN),
    (200, {}, "https://a.example/", "<p>登录</p><input type=password>", Reached.OK),
    (200, {}, "https://a.example/", "  ", Reached.EMPTY),
    (401, {}, "https://a.example/", "", Reached.LOGIN),
    (405, {}, "https://a.example/", "no", Reached.HTTP_4XX),
]


@pytest.mark.parametrize(("status", "headers", "url", "html", "reached"), ANSWERS)
def test_what_an_answer_means(status: int, headers: dict[str, str], url: str, html: str, reached: Reached) -> None:
    found, detail = of_answer(status, headers, url, html)
    assert found is reached
    assert bool(detail) == (reached is not Reached.OK)


WORDS = [
    ("net::ERR_NAME_NOT_RESOLVED at https://a.example/", Reached.DNS),
    ("net::ERR_CONNECTION_REFUSED", Reached.REFUSED),
    ("net::ERR_CERT_DATE_INVALID", Reached.TLS),
    ("net::ERR_SSL_PROTOCOL_ERROR", Reached.TLS),
    ("net::ERR_TIMED_OUT", Reached.TIMEOUT),
    ("net::ERR_TOO_MANY_REDIRECTS", Reached.REDIRECT_LOOP),
    ("net::ERR_UNSAFE_REDIRECT", Reached.SCHEME),
    ("net::ERR_EMPTY_RESPONSE", Reached.RESET),
    ("net::ERR_INVALID_HTTP_RESPONSE", Reached.NOT_HTTP),
    ("net::ERR_CONTENT_LENGTH_MISMATCH", Reached.TRUNCATED),
    ("Page.goto: Download is starting", Reached.DOWNLOAD),
    ("Target crashed", None),
]


@pytest.mark.parametrize(("words", "reached"), WORDS)
def test_what_the_browser_says(words: str, reached: Reached | None) -> None:
    guard = Guard(Policy())
    found = of_browser(words, "https://a.example/", guard)
    guard.close()
    assert (found[0] if found else None) is reached


def test_the_guard_knows_better_than_the_browser() -> None:
    guard = Guard(Policy())
    guard.failed("a.example", 443, RefusalError(Reached.DNS, "unknown"))
    guard.close()
    words = "net::ERR_SOCKS_CONNECTION_FAILED"
    assert of_browser(words, "https://A.example/x", guard) == (Reached.DNS, "unknown")
    assert of_browser(words, "https://a.example:444/", guard) == (Reached.REFUSED, words)
    assert of_browser("net::ERR_CERT_INVALID", "https://a.example/", guard) == (Reached.TLS, "net::ERR_CERT_INVALID")


def test_an_exception_of_ours_is_told_by_its_reason() -> None:
    guard = Guard(Policy())
    guard.close()
    assert of_exception(RefusalError(Reached.DNS, "no"), "https://a.example/", guard) == (Reached.DNS, "no")
    assert of_exception(ValueError("invalid hostname: a..b"), "https://a..b/", guard)[0] is Reached.NOT_HTTP


def test_hostile_markup_takes_no_time() -> None:
    """Quadratic patterns would take minutes of these."""
    for piece in ("<script", "<!--", "<", "<input ", "域名", "您的请求"):
        assert of_answer(200, {}, "https://a.example/", piece * 60_000)
