"""Every failure has a reason code.

of exceptions, of the browser's words, of statuses, and of pages that are not the site.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from OpenSSL.SSL import Error as SSLError
from scrapy import exceptions as scrapy_errors
from twisted.internet import error as twisted_errors
from twisted.python.failure import Failure
from twisted.web import client as twisted_web
from twisted.web.http import PotentialDataLoss

from crawler.capture import Reached
from crawler.guard import Guard, RefusalError
from crawler.words import words_of

Reason = tuple[Reached, str]

_EXCEPTIONS: tuple[tuple[type[BaseException], Reached], ...] = (
    (scrapy_errors.CannotResolveHostError, Reached.DNS),
    (scrapy_errors.DownloadConnectionRefusedError, Reached.REFUSED),
    (scrapy_errors.DownloadTimeoutError, Reached.TIMEOUT),
    (scrapy_errors.ResponseDataLossError, Reached.TRUNCATED),
    (scrapy_errors.UnsupportedURLSchemeError, Reached.SCHEME),
    (scrapy_errors.NotSupported, Reached.SCHEME),
    (scrapy_errors.DownloadCancelledError, Reached.TOO_LARGE),
    (twisted_errors.ConnectionRefusedError, Reached.REFUSED),
    (twisted_errors.TCPTimedOutError, Reached.TIMEOUT),
    (twisted_errors.TimeoutError, Reached.TIMEOUT),
    (twisted_errors.DNSLookupError, Reached.DNS),
    (TimeoutError, Reached.TIMEOUT),
)
FAILURES: tuple[type[BaseException], ...] = (
    *(kind for kind, _ in _EXCEPTIONS),
    scrapy_errors.DownloadFailedError,
    scrapy_errors.IgnoreRequest,
    twisted_errors.ConnectError,
    twisted_errors.ConnectionClosed,
    twisted_web.ResponseFailed,
    PotentialDataLoss,
    OSError,  # of TLS too
    SSLError,
    ValueError,  # an address or a header that cannot be read
)
"""What a server can make a plain request raise. Anything else is a fault of ours."""

_CAUSES: tuple[tuple[str, Reached], ...] = (
    (r"SSL|TLS|certificate|handshake", Reached.TLS),
    (r"ConnectionLost|ConnectionReset|ResponseNeverReceived.*ConnectionDone|non-clean|reset by peer", Reached.RESET),
    (
        r"ParseError|BadHeaders|BadResponseVersion|version|header|not enough values|invalid literal|chunk",
        Reached.NOT_HTTP,
    ),
    (r"ConnectionDone", Reached.RESET),
    (r"No route|unreachable|ConnectError|NoRouteError", Reached.REFUSED),
)
_NET: tuple[tuple[str, Reached], ...] = (
    (r"ERR_NAME_NOT_RESOLVED|ERR_DNS", Reached.DNS),
    (r"ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE|ERR_CONNECTION_FAILED", Reached.REFUSED),
    (r"ERR_CERT|ERR_SSL|ERR_BAD_SSL", Reached.TLS),
    (r"ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT", Reached.TIMEOUT),
    (r"ERR_TOO_MANY_REDIRECTS", Reached.REDIRECT_LOOP),
    (
        r"ERR_UNSAFE_REDIRECT|ERR_UNKNOWN_URL_SCHEME|ERR_DISALLOWED_URL_SCHEME|ERR_INVALID_URL|ERR_UNSAFE_PORT",
        Reached.SCHEME,
    ),
    (
        r"ERR_INVALID_HTTP_RESPONSE|ERR_RESPONSE_HEADERS|ERR_INVALID_CHUNKED|ERR_HTTP2|ERR_CONTENT_DECODING",
        Reached.NOT_HTTP,
    ),
    (r"ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE", Reached.TRUNCATED),
    (r"ERR_CONNECTION_RESET|ERR_CONNECTION_CLOSED|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_CONNECTION_ABORTED", Reached.RESET),
    (r"[Dd]ownload", Reached.DOWNLOAD),
    (r"ERR_SOCKS|ERR_PROXY", Reached.REFUSED),
    (r"ERR_ABORTED", Reached.EMPTY),
)
_LONG = 700  # characters of words from which on a page is one, whatever it talks about
_BLOCKED_STATUS = frozenset({401, 403, 405, 406, 412, 418, 429, 444, 456, 468, 493, 503, 521, 567})
_WALL = re.compile(
    "|".join(
        (
            r"安全验证|人机验证|滑动验证|请完成(?:下方|以下)?验证|拖动(?:下方)?滑块|访问(?:过于)?频繁",
            r"访问被(?:拒绝|拦截|阻断|禁止)|请求(?:已)?被(?:拦截|阻断)|WAF拦截",
            r"网站防火墙|创宇盾|云锁|安全狗|加速乐|安骑士",
            r"您的(?:请求|访问)(?:可能)?(?:存在|带有|具有)(?:潜在)?(?:威胁|风险|不合法)",
            r"Just a moment\.\.\.|Attention Required! \| Cloudflare|cf-chl-|/cdn-cgi/challenge-platform",
            r"Checking your browser before|captcha|_waf_|aliyun_waf|acw_sc__v2",
            r"Access Denied|Request blocked|Pardon Our Interruption|Incapsula incident",
        )
    ),
    re.IGNORECASE,
)
_PARKED = re.compile(
    "|".join(
        (
            r"域名(?:正在)?(?:出售|转让|停放)|(?:此|该|本)域名(?:可|已)?(?:以)?(?:出售|转让|过期|到期)",
            r"购买(?:此|该|这个)域名|(?:domain|域名) (?:is )?for sale|buy this domain",
            r"this domain (?:name )?(?:is|may be) (?:for sale|parked|available)|parkingcrew|sedoparking|parked free",
            r"(?:站点|网站)(?:已)?(?:创建成功|暂停|关闭|未绑定)|没有找到站点|恭喜[，,]站点创建成功",
            r"Welcome to (?:nginx|CentOS|tengine|OpenResty)|Apache2 (?:Ubuntu|Debian) Default Page|IIS Windows Server",
            r"该网站(?:暂时)?无法(?:进行)?访问|未备案(?:暂时)?(?:不能|无法)访问|(?:网站|域名)(?:尚)?未备案",
        )
    ),
    re.IGNORECASE,
)
_LOGIN = re.compile(r"登\s*录|登\s*入|sign\s*in|log\s*in", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"/(?:login|signin|sign-in|passport|sso|cas|oauth2?|auth)(?:[/.?;]|$)", re.IGNORECASE)
_PASSWORD = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)


def of_exception(error: BaseException, url: str, guard: Guard) -> Reason:
    """The reason behind an exception of a plain request."""
    if isinstance(error, RefusalError):
        return error.reason, error.detail
    words = _words(error)
    if isinstance(error, scrapy_errors.IgnoreRequest):
        return (Reached.ROBOTS if "robots.txt" in words else Reached.TOO_LARGE), words
    if isinstance(error, scrapy_errors.CannotResolveHostError | twisted_errors.DNSLookupError) and (
        why := guarded(url, guard)
    ):
        return why
    for kind, reason in _EXCEPTIONS:
        if isinstance(error, kind):
            return reason, words
    return next((reason for pattern, reason in _CAUSES if re.search(pattern, words)), Reached.NOT_HTTP), words


def _words(error: BaseException) -> str:
    """What an exception and those inside it say."""
    inner = [error]
    for holder in (error, error.__cause__):
        if isinstance(holder, twisted_web.ResponseFailed):
            inner += [f.value for f in holder.reasons if isinstance(f, Failure) and f.value]
    return "; ".join(dict.fromkeys(f"{type(one).__name__}: {one}" for one in inner))[:300]


def of_browser(words: str, url: str, guard: Guard) -> Reason | None:
    """The reason behind the browser's words ("net::ERR_…"); None where they name no failure of the network."""
    if re.search(r"ERR_SOCKS|ERR_PROXY|ERR_EMPTY_RESPONSE|ERR_CONNECTION|chrome-error", words) and (
        why := guarded(url, guard)
    ):
        return why
    return next(((reason, words) for pattern, reason in _NET if re.search(pattern, words)), None)


def guarded(url: str, guard: Guard) -> Reason | None:
    """What the guard noted about the host of an address."""
    try:
        parts = urlsplit(url)
        refusal = guard.why(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    except ValueError:
        return None
    return (refusal.reason, refusal.detail) if refusal else None


def of_answer(status: int, headers: Mapping[str, str], url: str, html: str) -> Reason:
    """The reason of an answer that arrived whole and is text: `ok`, or why this is not the page that was asked for.

    `headers` have lower-case names. Markers of firewalls count only on short pages: long ones talk about them.
    """
    words = words_of(html, _LONG)
    short = len(words) < _LONG
    if short and (found := _WALL.search(html)):
        return Reached.BLOCKED, f"{status}: {found[0][:60]}"
    if status in _BLOCKED_STATUS:
        return _forbidden(status, headers, html)
    if status >= 500:
        return Reached.HTTP_5XX, str(status)
    if status >= 400:
        return Reached.HTTP_4XX, str(status)
    if not html.strip():
        return Reached.EMPTY, "nothing in it"
    if short and (found := _PARKED.search(html)):
        return Reached.PARKED, found[0][:60]
    if short and _is_login(url, html, words):
        return Reached.LOGIN, "a page that asks to log in"
    return Reached.OK, ""


def _forbidden(status: int, headers: Mapping[str, str], html: str) -> Reason:
    if status == 401:
        return Reached.LOGIN, "401"
    if status == 405 or (status == 503 and "retry-after" not in headers and not _WALL.search(words_of(html))):
        return (Reached.HTTP_4XX if status < 500 else Reached.HTTP_5XX), str(status)
    return Reached.BLOCKED, str(status)


def _is_login(url: str, html: str, words: str) -> bool:
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""
    return bool(_LOGIN.search(words)) and bool(_PASSWORD.search(html)) and bool(_LOGIN_PATH.search(path))
