"""What opens a site that is not public yet: headers, cookies, a password, a browser's stored state.

It goes to the site's own registrable domain only, over https unless the site was asked for by http, and is written
nowhere: a capture tells by name that it was used.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from crawler.capture import PageCapture, SiteCapture
from crawler.frontier import same_site
from crawler.store import encode

_TELLING = 8  # characters: what is shorter, or a plain word, stands in pages by chance


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie as the browser takes it."""

    name: str
    value: str
    domain: str  # with a dot before it: subdomains too
    path: str = "/"
    secure: bool = False

    def goes_to(self, url: str) -> bool:
        """Whether it is sent with a request."""
        parts = urlsplit(url)
        host, domain = parts.hostname or "", self.domain.removeprefix(".")
        inside = host == domain or (self.domain.startswith(".") and host.endswith(f".{domain}"))
        below = f"{parts.path or '/'}/".startswith(f"{self.path.rstrip('/')}/")
        return inside and below and (parts.scheme == "https" or not self.secure)


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """What opens one site. As text it tells names only."""

    site: str = ""  # its address
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[Cookie, ...] = ()
    stored: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # origin, and its local storage

    def __repr__(self) -> str:
        names = [f"header {name}" for name, _ in self.headers] + [f"cookie {one.name}" for one in self.cookies]
        return ", ".join((*names, *(f"storage of {origin}" for origin, _ in self.stored)))

    def __bool__(self) -> bool:
        return bool(self.headers or self.cookies or self.stored)

    def opens(self, url: str) -> bool:
        """Whether what asks for an address may be told."""
        return same_site(url, self.site) and (url.startswith("https:") or self.site.startswith("http:"))

    def cookies_for(self, url: str, but: Collection[str] = ()) -> str:
        """The value of the `Cookie` header of a request, cookies of the names `but` left out."""
        sent = [one for one in self.cookies if one.name not in but and self.opens(url) and one.goes_to(url)]
        return "; ".join(f"{one.name}={one.value}" for one in sent)

    def state(self) -> Any:
        """Cookies and storage for a new context of the browser, as Playwright takes them; None where there are none."""
        if not (self.cookies or self.stored):
            return None
        common = {"expires": -1, "httpOnly": False, "sameSite": "Lax"}
        cookies = [msgspec.to_builtins(cookie) | common for cookie in self.cookies]
        stored = [
            {"origin": origin, "localStorage": [{"name": name, "value": value} for name, value in items]}
            for origin, items in self.stored
        ]
        return {"cookies": cookies, "origins": stored}

    def continued(self, paused: dict[str, Any]) -> dict[str, Any]:
        """How a request of the browser goes on (`Fetch.continueRequest`): to the site with the headers.

        To others without them, also where it was redirected: each step of a redirect is paused by itself.
        """
        request, ours = paused["request"], {name.lower(): value for name, value in self.headers}
        sent = dict(self.headers) if self.opens(request["url"]) else {}
        for name, value in request["headers"].items():
            if ours.get(name.lower()) != value and (name.lower() not in ours or not sent):
                sent[name] = value
        return {
            "requestId": paused["requestId"],
            "headers": [{"name": name, "value": value} for name, value in sent.items()],
        }

    def scrubbed(self, capture: SiteCapture) -> SiteCapture:
        """A capture in which the site does not say back what opens it.

        Of cookies that it sets the values are gone: they open it too. What a picture shows stays.
        """
        if not self:
            return capture
        data = encode(replace(capture, pages=tuple(_without_cookies(page) for page in capture.pages)))
        for secret in self._secrets():
            data = data.replace(secret.encode(), b"*" * len(secret))
        return msgspec.json.decode(data, type=SiteCapture)

    def _secrets(self) -> list[str]:
        """The secrets as they may stand in JSON, the longest first."""
        values = [value for _, value in self.headers] + [cookie.value for cookie in self.cookies]
        values += [value for _, items in self.stored for _, value in items]
        values += [word for value in values for word in value.split()]  # "Bearer …": the token alone
        telling = {one for one in values if len(one) >= _TELLING and not one.isalpha() and one not in self.site}
        written = {form for one in telling for form in (one, quote(one, safe=""), _in_json(one))}
        return sorted(written, key=len, reverse=True)


PUBLIC = Access()
"""Nothing is needed."""


def _in_json(text: str) -> str:
    return msgspec.json.encode(text).decode()[1:-1]


def _without_cookies(page: PageCapture) -> PageCapture:
    told = ((name, value.partition("=")[0] if name == "set-cookie" else value) for name, value in page.headers)
    return replace(page, headers=tuple(told))
