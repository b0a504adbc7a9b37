"""What opens a staging site: sent to that site and to no other, by plain HTTP and by the browser; written nowhere."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import zstandard

from crawler.access import Access, Cookie
from crawler.credentials import AccessError, access_of
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder
from crawler.sweep import sweep
from seeds.model import Seed

TOKEN, SESSION, PASSWORD, STORED = "tok-5f2a91c07e", "sess-81b6d4e39a", "pass-07c4a2be11", "kept-3e9d61f8aa"
HTML = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"


@pytest.mark.parametrize(
    ("site", "url", "opened"),
    [
        ("https://staging.example.cn/", "https://staging.example.cn/about", True),
        ("https://staging.example.cn/", "https://api.example.cn/", True),
        ("https://staging.example.cn/", "https://example.com/", False),
        ("https://staging.example.cn/", "https://example.cn.evil.example.com/", False),
        ("https://staging.example.cn/", "https://staging.example.cn@evil.example.com/", False),
        ("https://staging.example.cn/", "http://staging.example.cn/", False),
        ("http://127.0.0.1:81/", "http://127.0.0.1:81/x", True),
        ("http://127.0.0.1:81/", "http://127.0.0.1:82/", False),
        ("https://a.com.cn/", "https://b.com.cn/", False),
    ],
)
def test_only_the_site_itself_is_opened(site: str, url: str, opened: bool) -> None:
    access = Access(site, (("X-Key", TOKEN),), (Cookie("a", SESSION, "." + site.split("/")[2].split(":")[0]),))
    assert access.opens(url) is opened
    sent = access.continued({"requestId": "1", "request": {"url": url, "headers": {"X-Key": TOKEN, "Accept": "*/*"}}})
    assert ({"name": "X-Key", "value": TOKEN} in sent["headers"]) is opened
    assert {"name": "Accept", "value": "*/*"} in sent["headers"]
    assert opened or access.cookies_for(url) == ""


def test_a_header_of_the_page_itself_goes_where_the_page_sends_it() -> None:
    access = Access("https://a.example.cn/", (("Authorization", "Basic eA=="),))
    asked = {"url": "https://api.example.com/", "headers": {"authorization": "Bearer of the page"}}
    sent = access.continued({"requestId": "1", "request": asked})
    assert sent["headers"] == [{"name": "authorization", "value": "Bearer of the page"}]


@pytest.mark.parametrize(
    ("cookie", "url", "sent"),
    [
        (Cookie("a", "1", ".example.cn"), "https://x.example.cn/", True),
        (Cookie("a", "1", "example.cn"), "https://x.example.cn/", False),
        (Cookie("a", "1", ".example.cn", "/app"), "https://example.cn/application", False),
        (Cookie("a", "1", ".example.cn", "/app"), "https://example.cn/app/x", True),
        (Cookie("a", "1", ".example.cn", secure=True), "http://example.cn/", False),
    ],
)
def test_cookies_go_where_they_belong(cookie: Cookie, url: str, sent: bool) -> None:
    assert cookie.goes_to(url) is sent


def test_as_text_it_tells_names_only() -> None:
    access = access_of(["https://a.example.cn"], [f"X-Key: {TOKEN}"], [f"sid={SESSION}"], f"user:{PASSWORD}")
    told = f"{access} {access!r} {CrawlSettings(access=access)} {CrawlSettings(access=access).custody()}"
    assert "header X-Key, header Authorization, cookie sid" in told
    assert not [secret for secret in (TOKEN, SESSION, PASSWORD) if secret in told]


@pytest.mark.parametrize(
    "given",
    [
        {"headers": ["no colon"]},
        {"headers": ["X-Key: a\r\nEvil: b"]},
        {"headers": ["Cookie: a=b"]},
        {"headers": ["Bad Name: x"]},
        {"cookies": ["no-equals"]},
        {"cookies": ["a=b; Domain=evil.example.com"]},
        {"http_auth": "no-colon"},
    ],
)
def test_what_cannot_be_sent_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(AccessError):
        access_of(["https://a.example.cn"], **given)


def test_secrets_are_for_one_site() -> None:
    access_of(["https://a.example.cn", "b.example.cn"], ["X: y"])
    with pytest.raises(AccessError, match="one site"):
        access_of(["https://a.example.cn", "https://example.com"], ["X: y"])


def test_of_a_stored_state_only_the_part_of_the_site_is_taken(tmp_path: Path) -> None:
    state = {
        "cookies": [
            {"name": name, "value": "v", "domain": domain, "path": "/", "secure": True, "sameSite": "None"}
            for name, domain in (("own", ".example.cn"), ("foreign", ".example.com"))
        ],
        "origins": [
            {"origin": origin, "localStorage": [{"name": "k", "value": "v"}]}
            for origin in ("https://a.example.cn", "https://example.com")
        ],
    }
    (tmp_path / "state.json").write_text(json.dumps(state))
    access = access_of(["a.example.cn"], storage_state=tmp_path / "state.json")
    assert [cookie.name for cookie in access.cookies] == ["own"]
    assert [origin for origin, _ in access.stored] == ["https://a.example.cn"]
    (tmp_path / "state.json").write_text("[1]")
    with pytest.raises(AccessError):
        access_of(["a.example.cn"], storage_state=tmp_path / "state.json")


Answer = tuple[int, dict[str, str], bytes]
Site = Callable[[str, dict[str, str]], Answer]


@pytest.fixture
def serve_seeing() -> Iterator[Callable[[Site], str]]:
    """Servers that answer by the path and the headers of the request."""
    servers: list[ThreadingHTTPServer] = []

    def start(site: Site) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = site(self.path, {name.lower(): value for name, value in self.headers.items()})
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body if self.command == "GET" else b"")

            do_HEAD = do_OPTIONS = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Links(NoScout):
    """Looks at every page with the browser and checks a foreign link."""

    def __init__(self, foreign: str) -> None:
        self.foreign = foreign

    def deserves_view(self, page: Any) -> bool:
        return True

    def links(self, pages: Any) -> tuple[str, ...]:
        return (f"{self.foreign}/checked",)


def judge(folder: SiteFolder) -> None:
    folder.write_audit(str(len(folder.read().pages)).encode())


@pytest.mark.browser
def test_a_staging_site_is_opened_and_nobody_else_hears_of_it(
    tmp_path: Path, serve_seeing: Callable[[Site], str]
) -> None:
    heard: list[tuple[str, str, dict[str, str]]] = []

    def foreign(path: str, headers: dict[str, str]) -> Answer:
        heard.append(("foreign", path, headers))
        return 200, {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}, b"<p>elsewhere</p>"

    other = serve_seeing(foreign).replace("127.0.0.1", "foreign.localhost")  # cookies know no ports

    def staging(path: str, headers: dict[str, str]) -> Answer:
        heard.append(("own", path, headers))
        if path == "/robots.txt":
            return 404, {}, b""
        if headers.get("x-key") != TOKEN or SESSION not in headers.get("cookie", ""):
            return 401, {}, b"<p>log in</p>"
        if path == "/away":
            return 302, {"Location": f"{other}/redirected"}, b""
        page = f"""{HTML}<title>站</title><p id=t>{headers["x-key"]} {headers["authorization"]}</p>
            <img src="{other}/a.png"><img src="/own.png"><img src=/away><a href=/away>关于</a>
            <script>document.title = localStorage.kept || 'nothing kept';
            fetch('{other}/fetched').catch(() => 0)</script>"""
        return 200, {"Set-Cookie": "fresh=new-session-5521; Path=/"}, page.encode()

    own = serve_seeing(staging)
    (tmp_path / "state.json").write_text(
        json.dumps({"origins": [{"origin": own, "localStorage": [{"name": "kept", "value": STORED}]}]})
    )
    access = access_of([own], [f"X-Key: {TOKEN}"], [f"sid={SESSION}"], f"user:{PASSWORD}", tmp_path / "state.json")
    settings = CrawlSettings(allow_private=True, delay=0, quiet_timeout=1.5, load_timeout=5, access=access)
    run = tmp_path / "run"
    assert [done.problem for done in sweep([Seed(own)], run, settings, Links(other), judge)] == [""]
    capture = Run(run).folder(own).read()
    home = capture.pages[0]
    assert (home.status, len(home.views)) == (200, 2)
    assert home.title == "*" * len(STORED), "local storage was there, and is not told"

    secrets = (TOKEN, SESSION, PASSWORD, base64.b64encode(f"user:{PASSWORD}".encode()).decode(), "new-session-5521")
    asked = {path for who, path, _ in heard if who == "foreign"}
    assert {"/a.png", "/fetched", "/redirected", "/checked"} <= asked
    told = [(path, headers) for who, path, headers in heard if who == "foreign"]
    assert [(path, secret) for path, headers in told for secret in secrets if secret in str(headers)] == []
    assert any("Chrome" in headers["user-agent"] and headers.get("x-key") == TOKEN for _, _, headers in heard)
    assert any("compatible" in headers["user-agent"] and headers.get("x-key") == TOKEN for _, _, headers in heard)
    written = [
        (path.name, secret) for path in run.rglob("*") if path.is_file() for secret in secrets if secret in _text(path)
    ]
    assert written == []
    assert "header X-Key" in dict(capture.custody.settings)["access"]


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (zstandard.decompress(data) if path.suffix == ".zst" else data).decode("utf-8", "replace")
