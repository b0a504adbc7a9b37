"""Host names that imitate the registers' own."""

import re
import unicodedata
from functools import lru_cache

import idna

FILING_SYSTEMS = ("beian.cac.gov.cn", "beian.miit.gov.cn", "beian.mps.gov.cn", "www.beian.gov.cn", "beian.gov.cn")
"""Where the registers can be queried."""

_NAMES = ("cac.gov.cn", "miit.gov.cn", "mps.gov.cn", "beian.gov.cn", "miitbeian.gov.cn")
_SQUEEZED = re.compile(r"beian(?:cac|miit|mps)|(?:cac|miit|mps|beian)govcn")
_TWINS = str.maketrans("01lаеорсхуіѕԁոաοіӏвмнтκνιτ", "oiiaeopcxyisdnaoilbmhtkvit")
"""Characters that look like another one. A short list: digits, Cyrillic, Greek and Armenian letters."""


@lru_cache(maxsize=65536)
def imitates(host: str, userinfo: str) -> bool:
    """Return whether a host, or the user name before it, passes itself off as a register's.

    Args:
        host: lower case, as parsed; punycode or not.
        userinfo: what stands before an @ in the address: `https://beian.cac.gov.cn@evil.example`.
    """
    return _imitates(host[:253]) or any(name in userinfo.lower()[:253] for name in _NAMES)


def _imitates(host: str) -> bool:
    if host in FILING_SYSTEMS or f".{host}".endswith(tuple(f".{name}" for name in FILING_SYSTEMS)):
        return False
    shape = _shape(host)
    if any(_one_edit(shape, _shape(system)) for system in FILING_SYSTEMS):
        return True
    if host.endswith(".gov.cn"):  # only authorities get these names: a typing mistake at most, judged above
        return False
    return bool(_SQUEEZED.search(re.sub(r"[.-]", "", shape)))


def _shape(host: str) -> str:
    """What a reader sees: look-alike letters replaced, accents dropped."""
    try:
        shown = idna.decode(host) if "xn--" in host else host
    except (idna.IDNAError, UnicodeError):
        shown = host
    plain = unicodedata.normalize("NFKD", shown).lower()
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_TWINS).replace("rn", "m")


def _one_edit(left: str, right: str) -> bool:
    """Whether at most one character is added, lost, changed or swapped with its neighbour."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    a, b = left[start:], right[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])
