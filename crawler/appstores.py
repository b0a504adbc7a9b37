"""Addresses of product pages in app stores.

An address alone proves nothing (an app may have been taken down, an address may be reused): `auditor.stores` looks at
the page as well. A host of this machine stands for any store, so that copies of store pages can be tried; any other
host that is not in the table has no store pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Store:
    """An app store on the web."""

    name: str
    hosts: tuple[str, ...]
    page: re.Pattern[str]  # of the path, query and fragment of a product page


STORES = (
    Store(
        "应用宝",
        ("sj.qq.com", "android.myapp.com", "a.app.qq.com"),
        re.compile(r"/appdetail/\w[\w.]*|/myapp/detail\.htm\?.*\bapkName=\w|/o/simple\.jsp\?.*\bpkgname=\w", re.I),
    ),
    Store(
        "华为应用市场",
        ("appgallery.huawei.com", "appgallery.cloud.huawei.com", "appstore.huawei.com"),
        re.compile(r"/app/detail\?.*\bid=\w|/(?:#/)?app/C\d+", re.I),
    ),
    Store(
        "小米应用商店",
        ("app.mi.com", "m.app.mi.com", "app.xiaomi.com"),
        re.compile(r"/details\?.*\bid=\w", re.I),
    ),
    Store("豌豆荚", ("www.wandoujia.com", "m.wandoujia.com"), re.compile(r"/apps/\w[\w.]*/?(?=$|[?#])")),
    Store("酷安", ("www.coolapk.com", "m.coolapk.com"), re.compile(r"/apk/\w[\w.]*")),
    Store("App Store", ("apps.apple.com", "itunes.apple.com"), re.compile(r"/(?:[a-z]{2}/)?app/(?:[^/?#]+/)?id\d+")),
)
"""The stores whose product pages are known; sources are the addresses that scrapers and links in the open use."""


def store_of(url: str, stores: Sequence[Store] = STORES) -> Store | None:
    """The store that has product pages at such an address.

    >>> store_of("https://sj.qq.com/appdetail/cn.example.app").name
    '应用宝'
    >>> store_of("https://www.example.cn/appdetail/cn.example.app") is None
    True
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    rest = url[url.find(parts.netloc) + len(parts.netloc) :][:500]
    here = _is_this_machine(host)
    return next((s for s in stores if (here or host in s.hosts) and s.page.match(rest)), None)


@lru_cache(maxsize=4096)
def _is_this_machine(host: str) -> bool:
    """Names under `localhost` are this machine (RFC 6761, 6.3)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
