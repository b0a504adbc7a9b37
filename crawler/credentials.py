"""Reads what opens a site from the options of a call: `--header`, `--cookie`, `--http-auth`, `--storage-state`."""

import base64
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from crawler.access import Access, Cookie
from crawler.frontier import same_site, site_of

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2: token
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NOT_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "cookie"})


class AccessError(Exception):
    """What was given to open a site cannot be used; `zh` and `en` say why, without repeating it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class _Entry(msgspec.Struct):
    name: str
    value: str


class _Stored(msgspec.Struct):
    origin: str
    localStorage: list[_Entry]  # noqa: N815  Playwright's name


class _State(msgspec.Struct):
    """The file that Playwright's `context.storage_state(path=…)` writes."""

    cookies: list[Cookie] = []
    origins: list[_Stored] = []


def access_of(
    addresses: Iterable[str],
    headers: Iterable[str] = (),
    cookies: Iterable[str] = (),
    http_auth: str | None = None,
    storage_state: Path | None = None,
) -> Access:
    """What opens the site at these addresses.

    Args:
        addresses: of one site; a bare domain counts as https.
        headers: `Name: value`.
        cookies: `name=value`, sent to all hosts of the site.
        http_auth: `user:password` (RFC 7617).
        storage_state: JSON file of Playwright; cookies and storage of other sites in it are left out.

    Raises:
        AccessError: something is not as said above, or the addresses are not of one site.
        OSError: the file cannot be read.
    """
    site = _one_site([address if "://" in address else f"https://{address}" for address in addresses])
    state = _state(storage_state) if storage_state else _State()
    sent = [_header(header) for header in headers] + ([_basic(http_auth)] if http_auth else [])
    kept = [cookie for cookie in state.cookies if same_site(f"https://{cookie.domain.removeprefix('.')}", _bare(site))]
    stored = [one for one in state.origins if same_site(one.origin, site)]
    return Access(
        site,
        tuple(sent),
        (*kept, *(_cookie(cookie, site) for cookie in cookies)),
        tuple((one.origin, tuple((entry.name, entry.value) for entry in one.localStorage)) for one in stored),
    )


def _one_site(addresses: list[str]) -> str:
    if any(not same_site(address, addresses[0]) for address in addresses):
        raise AccessError(
            "请求头、Cookie、密码只发往一个网站；多个网站请分别检查。",
            "headers, cookies and passwords are for one site: audit the others apart.",
        )
    plain = [address for address in addresses if address.startswith("http:")]
    return (plain or addresses)[0]


def _bare(site: str) -> str:
    """The site without its port, which cookies do not know."""
    return f"https://{urlsplit(site).hostname}"


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not _NAME.fullmatch(name) or _UNSEEN.search(value) or name.lower() in _NOT_OURS:
        raise AccessError(
            "--header 应写作“名称: 值”，且不得是 Host、Cookie 等由浏览器填写的名称。",
            "--header takes “Name: value”, and no name that the browser fills in, such as Host or Cookie.",
        )
    return name, value.strip()


def _basic(text: str) -> tuple[str, str]:
    if ":" not in text:
        raise AccessError("--http-auth 应写作“用户名:密码”。", "--http-auth takes user:password.")
    return "Authorization", f"Basic {base64.b64encode(text.encode()).decode()}"


def _cookie(text: str, site: str) -> Cookie:
    name, equals, value = text.partition("=")
    if not equals or not _NAME.fullmatch(name) or re.search(r"[\s;,\"\\\x00-\x1f\x7f]", value):
        raise AccessError("--cookie 应写作“名称=值”。", "--cookie takes name=value.")
    host = urlsplit(site).hostname or ""
    domain = site_of(host)
    return Cookie(name, value, host if domain == host and not _has_subdomains(host) else f".{domain}")


def _has_subdomains(host: str) -> bool:
    """Whether a cookie may be set for a host and those below it: not for addresses, nor for single names."""
    return "." in host and not re.fullmatch(r"[0-9.]+|.*:.*", host)


def _state(path: Path) -> _State:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_State)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise AccessError(
            f"{path} 不是 Playwright 的 storage state 文件。", f"{path} is not a storage state file of Playwright."
        ) from error
