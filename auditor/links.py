"""Where the link of a number leads, told by comparing registered domains, never by substrings.

Decisions where two answers are thinkable:

- `miitbeian.gov.cn`, the ministry's former system, is switched off: `wrong-authority` for every kind.
- Any other page of the right authority (`www.miit.gov.cn`) is `official`: it is no stranger's page.
- `www.cac.gov.cn` alone is `official` for algorithm and generative numbers, its pages are `announcement`,
  and so are pages of provincial cyberspace offices.
- A police link with another code than the number's is `official`, not `official-record`; compare with `code_in`.
- A link that a browser cannot open as a page (`mailto:`, `tel:`, a broken address) is `dead`.
- A link back to the site with an empty or idle fragment is `dead`: captures make `href="#"` absolute.
- Only `gov.cn` names that differ in one character from a filing system are `lookalike` inside `gov.cn`,
  where nobody but an authority can register; elsewhere an authority's name inside another one is enough.
"""

import re
from enum import Enum
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import idna
import tldextract

from auditor.hosts import imitates
from auditor.model import NumberKind, Target

_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

ALGORITHM_SYSTEM = "beian.cac.gov.cn"
_IDLE = frozenset(("", "top", "none", "void", "nogo", "null", "undefined", "!", "javascript:;", "javascript:void(0)"))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_CODE = re.compile(r"[?&](?:record)?code=\s*([0-9]{1,32})(?![0-9])", re.I)
_OFFICE = re.compile(r"(?:^|\.)(?:cac[a-z]{2}|[a-z]{2,12}cac|[a-z]{0,12}wxb[a-z]{0,4}|[a-z]{0,6}wxw?|ca[a-z]{2})\.")


class Authority(Enum):
    """Who keeps a register, by its registered domain."""

    CAC = "cac.gov.cn"
    MIIT = "miit.gov.cn"
    POLICE = "mps.gov.cn"
    RETIRED = "miitbeian.gov.cn"


_KEEPER = {
    NumberKind.ALGORITHM: Authority.CAC,
    NumberKind.GENAI_FILING: Authority.CAC,
    NumberKind.GENAI_REGISTRATION: Authority.CAC,
    NumberKind.ICP: Authority.MIIT,
    NumberKind.ICP_APP: Authority.MIIT,
    NumberKind.ICP_LICENSE: Authority.MIIT,
    NumberKind.POLICE: Authority.POLICE,
}


def target(href: str | None, kind: NumberKind, number: str | None, site: str) -> Target:
    """Return where the link of a number leads; `broken` is for whoever opens it.

    Args:
        href: the link's address, absolute or not; `None`: there is no link.
        kind: of the number.
        number: its canonical form, `None` where it can't be read.
        site: address of the audited site.
    """
    if href is None:
        return Target.NONE
    parts = _parse(href, site)
    if parts is None:
        return Target.DEAD
    host = _host(parts)
    authority = _authority(host)
    if authority is not None:
        return _of_authority(authority, kind, number, parts, host)
    if _same_site(host, site):
        return Target.DEAD if _idle(href, parts) else Target.OWN
    if imitates(host, unquote(parts.netloc.rpartition("@")[0])):
        return Target.LOOKALIKE
    return _elsewhere(host, kind)


def code_in(href: str) -> str | None:
    """Return the code that a link to the public-security register carries, to compare with the number in the text.

    >>> code_in("https://beian.mps.gov.cn/#/query/webSearch?code=11010802099999")
    '11010802099999'
    """
    parts = _parse(href, "")
    if parts is None or _authority(_host(parts)) is not Authority.POLICE:
        return None
    found = _CODE.search(unquote(f"?{parts.query}&{parts.fragment.replace('?', '&')}"))
    return found[1] if found else None


def registered_domain(host: str) -> str:
    """Return the name that somebody registered, or the host itself where there is none (IP address, localhost)."""
    return _registered(host[:253])


@lru_cache(maxsize=65536)
def _registered(host: str) -> str:
    return _suffixes(host, include_psl_private_domains=True).top_domain_under_public_suffix or host


def _parse(href: str, site: str) -> SplitResult | None:
    """The address as a browser reads it, or `None` where it opens no page."""
    text = re.sub(r"[\t\r\n]", "", href).strip("".join(map(chr, range(33))))
    scheme = _SCHEME.match(text)
    web = not scheme or scheme[1].lower() in ("http", "https")
    if not text or not web or (text.startswith("#") and _is_idle(text[1:])) or text.startswith("void("):
        return None
    try:
        parts = urlsplit(urljoin(_absolute(site), text.replace("\\", "/")))
        return parts if parts.hostname and parts.scheme in ("http", "https") else None
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if host.isascii() or len(host) > 253:
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return host


def _authority(host: str) -> Authority | None:
    if imitates(host, ""):
        return None
    domain = registered_domain(host)
    if domain == "beian.gov.cn":
        return Authority.POLICE
    return next((a for a in Authority if a.value == domain), None)


def _of_authority(authority: Authority, kind: NumberKind, number: str | None, parts: SplitResult, host: str) -> Target:
    if _KEEPER[kind] is not authority:
        return Target.WRONG_AUTHORITY
    if authority is Authority.CAC:
        return _of_cac(kind, parts, host)
    code = code_in(parts.geturl()) if authority is Authority.POLICE else None
    same = code is not None and code == re.sub(r"[^0-9]", "", number or "")
    return Target.OFFICIAL_RECORD if same else Target.OFFICIAL


def _of_cac(kind: NumberKind, parts: SplitResult, host: str) -> Target:
    if host != ALGORITHM_SYSTEM:
        return Target.ANNOUNCEMENT if parts.path.strip("/") else Target.OFFICIAL
    record = kind is NumberKind.ALGORITHM and "/fileupload/principalorithm/" in parts.path.lower()
    return Target.OFFICIAL_RECORD if record else Target.OFFICIAL


def _elsewhere(host: str, kind: NumberKind) -> Target:
    """A page of neither the site nor a register's keeper. Who registers under gov.cn is an authority."""
    if not registered_domain(host).endswith(".gov.cn"):
        return Target.THIRD_PARTY
    office = _KEEPER[kind] is Authority.CAC and _OFFICE.search(host)
    return Target.ANNOUNCEMENT if office else Target.WRONG_AUTHORITY


def _same_site(host: str, site: str) -> bool:
    try:
        own = _host(urlsplit(_absolute(site)))
    except ValueError:
        return False
    return bool(own) and registered_domain(own) == registered_domain(host)


def _absolute(site: str) -> str:
    return site if "://" in site else f"https://{site}"


def _idle(href: str, parts: SplitResult) -> bool:
    return "#" in href and _is_idle(parts.fragment)


def _is_idle(fragment: str) -> bool:
    return unquote(fragment).strip().lower() in _IDLE
