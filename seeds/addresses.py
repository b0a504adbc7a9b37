"""Addresses as people write them in lists: checked, and made comparable."""

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlsplit

import idna

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d{1,5}(?:[/?#]|$))", re.I)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_ASCII_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.I)
_NUMERIC_END = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$", re.I)
LONGEST = 2048
"""Characters of an address that are taken; longer ones are refused."""


class SeedError(ValueError):
    """What a list says of a site cannot be used, with the reason in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def check(text: str) -> str:
    """Return the address as written, without blanks around it: `http(s)://…` or a bare domain.

    Domain names in Chinese are kept; `key` and `ascii_address` write them in punycode.

    Raises:
        SeedError: it is empty, no web address, holds a user name or a password, or its host cannot be one.
    """
    address = text.strip()
    parts = _split(address)
    bare = not parts.scheme
    host = ascii_host(parts.hostname or "")
    if bare and "." not in host and ":" not in host and host != "localhost":
        raise SeedError(f"“{_short(address)}”不是网址", f"“{_short(address)}” is not an address")
    return address.removeprefix("//")


def key(address: str) -> str:
    """Return what is equal for two ways to write one address: scheme, case, default port, last slash don't count.

    >>> key("HTTPS://Example.CN:443/") == key("example.cn")
    True
    """
    parts = _split(address)
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    route = f"#{parts.fragment}" if parts.fragment[:1] in ("/", "!") else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{ascii_host(parts.hostname or '')}{port}{parts.path.rstrip('/')}{query}{route}"


def ascii_address(address: str) -> str:
    """Return the address as it goes over the network: host in punycode, other characters percent-encoded.

    >>> ascii_address("https://例子.中国/问答?q=1")
    'https://xn--fsqu00a.xn--fiqs8s/%E9%97%AE%E7%AD%94?q=1'
    """
    parts = _split(address)
    host = ascii_host(parts.hostname or "")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if parts.port is None else f"{shown}:{parts.port}"
    path, query, fragment = (
        quote(part, safe="/%:=&?@!$'()*+,;~#[]") for part in (parts.path, parts.query, parts.fragment)
    )
    return SplitResult(parts.scheme, netloc, path, query, fragment).geturl().removeprefix("//")


def ascii_host(host: str) -> str:
    """Return a host in lower case and, where it is not ASCII, in punycode (UTS 46, as browsers do).

    Raises:
        SeedError: it is no name, IPv4 or IPv6 address.
    """
    name = host.rstrip(".")
    if ":" in name:
        return _ip(name)
    if not name.isascii():
        name = _punycode(name)
    if _NUMERIC_END.search(name):
        return _ip(name)
    if len(name) > 253 or not _ASCII_HOST.fullmatch(name):
        raise SeedError(f"主机名“{_short(host)}”不正确", f"“{_short(host)}” cannot be a host name")
    return name.lower()


def _split(address: str) -> SplitResult:
    _refuse_unreadable(address)
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise SeedError(f"只支持 http 和 https，不支持 {scheme[1][:20]}", f"only http and https, not {scheme[1][:20]}")
    try:
        parts = urlsplit(address if scheme or address.startswith("//") else f"//{address}")
        valid_port = parts.port is None or parts.port > 0
    except ValueError:
        valid_port = False
    if not valid_port:
        raise SeedError(f"网址“{_short(address)}”的主机或端口不正确", f"host or port of “{_short(address)}” is wrong")
    if "@" in parts.netloc:
        raise SeedError("网址中不得含有用户名或密码", "an address must not hold a user name or password")
    if not parts.hostname:
        raise SeedError(f"网址“{_short(address)}”没有主机名", f"“{_short(address)}” has no host")
    return parts


def _refuse_unreadable(address: str) -> None:
    if not address:
        raise SeedError("没有网址", "there is no address")
    if len(address) > LONGEST:
        raise SeedError(f"网址超过 {LONGEST} 个字符", f"the address is longer than {LONGEST} characters")
    if not address.isprintable() or len(address.split(None, 1)) > 1 or "\\" in address or "\ufffd" in address:
        raise SeedError(
            f"网址“{_short(address)}”含有空格、反斜杠、控制字符或无法解码的字符",
            f"“{_short(address)}” holds blanks, backslashes, control or undecodable characters",
        )


def _punycode(name: str) -> str:
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise SeedError(f"域名“{_short(name)}”不正确", f"“{_short(name)}” is not a valid domain name") from None


def _ip(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise SeedError(f"“{_short(text)}”不是 IP 地址", f"“{_short(text)}” is not an IP address") from None


def _short(text: str) -> str:
    shown = "".join(c if c.isprintable() else "�" for c in text[:60])
    return shown + "…" * (len(text) > 60)
