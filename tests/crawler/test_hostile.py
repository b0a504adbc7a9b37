"""One sweep of servers that misbehave: each site ends in its reason, in time, and none disturbs the others."""

import gzip
import socket
import socketserver
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.capture import PageCapture, Reached, SiteCapture
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder
from crawler.sweep import sweep
from seeds.model import Seed

pytestmark = pytest.mark.browser

Act = Callable[[socket.socket, str], None]
FOOTER = "<footer>京ICP备99999999号</footer>"
HOME = f"<!doctype html><meta charset=utf-8><title>星河助手</title><h1>星河助手</h1><p>一个能写会算的助手。</p>{FOOTER}"
UNDECLARED = HOME.replace("<meta charset=utf-8>", "")
LONG = "<p>" + "这是一段很长的正文。" * 200 + "</p>"


def head(status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    fields = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if length is not None:
        fields["Content-Length"] = str(length)
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n".encode()


def answer(body: str | bytes = HOME, status: str = "200 OK", **headers: str) -> Act:
    data = body if isinstance(body, bytes) else body.encode()
    return lambda conn, path: conn.sendall(head(status, len(data), **headers) + data)


def to(address: str, status: str = "302 Found") -> Act:
    return answer("", status, Location=address)


def reset(conn: socket.socket, path: str) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def raw(data: bytes) -> Act:
    return lambda conn, path: conn.sendall(data)


def drip(first: bytes) -> Act:
    def act(conn: socket.socket, path: str) -> None:
        conn.sendall(first)
        for _ in range(100):
            time.sleep(0.1)
            conn.sendall(b"x")

    return act


def endless(conn: socket.socket, path: str) -> None:
    conn.sendall(head())
    while True:
        conn.sendall(b"<p>" * 20_000)


def chunks(data: bytes) -> Act:
    return raw(head(Transfer_Encoding="chunked") + data)


def for_ever(data: bytes) -> Act:
    def act(conn: socket.socket, path: str) -> None:
        while True:
            conn.sendall(data)
            time.sleep(0.01)

    return act


WHOLE = head(length=len(HOME.encode())) + HOME.encode()
DOOR = "<title>登录</title><form>登录 <input type=password></form>"
LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><html xmlns='http://www.w3.org/1999/xhtml'><title>x</title><body><p>&i;</p>{FOOTER}</body></html>"
)
ASKING = """<script>navigator.geolocation.getCurrentPosition(() => 0);
navigator.mediaDevices?.getUserMedia({video: true});
document.documentElement.requestFullscreen?.(); document.body.requestPointerLock?.();
navigator.clipboard?.readText();
navigator.share?.({}); showOpenFilePicker?.();
new PaymentRequest([{supportedMethods: 'x:'}], {total: 0}).show()</script>"""
OVERWRITING = """<script>for (const of of [Array, Promise, Map, JSON, Object, Element, Node, Document])
for (const name of Object.getOwnPropertyNames(of.prototype || of)) try { (of.prototype || of)[name] = () => { throw 1 }
} catch {}; setTimeout = requestAnimationFrame = performance.now = getComputedStyle = () => 1</script>"""
GZIP = {"Content_Encoding": "gzip"}
ZEROS = b"\0" * (12 << 20)
BOMB = gzip.compress(ZEROS)

CASES: dict[str, tuple[Act, Reached]] = {
    "fine": (answer(), Reached.OK),
    "lost": (answer("<h1>没有这个页面</h1>", "404 Not Found"), Reached.HTTP_4XX),
    "gone": (answer("", "410 Gone"), Reached.HTTP_4XX),
    "broken": (answer("<h1>oops</h1>", "500 Internal Server Error"), Reached.HTTP_5XX),
    "gateway": (answer("", "502 Bad Gateway"), Reached.HTTP_5XX),
    "forbidden": (answer("<h1>403</h1>", "403 Forbidden"), Reached.BLOCKED),
    "hurried": (answer("", "429 Too Many Requests", Retry_After="60"), Reached.BLOCKED),
    "busy": (answer("", "503 Service Unavailable", Retry_After="60"), Reached.BLOCKED),
    "captcha": (answer("<title>安全验证</title><p>请完成下方验证后继续访问</p>"), Reached.BLOCKED),
    "challenge": (answer("<title>Just a moment...</title><script>x()</script>", "403 Forbidden"), Reached.BLOCKED),
    "firewall": (answer("<p>您的请求可能存在威胁，已被网站防火墙拦截</p>", "405 Not Allowed"), Reached.BLOCKED),
    "speaks-of-walls": (answer(HOME + LONG + "<p>我们的验证码 captcha 服务支持滑动验证</p>"), Reached.OK),
    "password": (answer("", "401 Unauthorized", WWW_Authenticate='Basic realm="x"'), Reached.LOGIN),
    "parked": (answer("<h1>该域名已过期</h1><p>buy this domain</p>"), Reached.PARKED),
    "welcome": (answer("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>"), Reached.PARKED),
    "robots": (answer(), Reached.ROBOTS),
    "loop": (to("/again"), Reached.REDIRECT_LOOP),
    "ftp": (to("ftp://127.0.0.1/"), Reached.SCHEME),
    "file": (to("file:///etc/hostname"), Reached.SCHEME),
    "data": (to("data:text/html,hello"), Reached.SCHEME),
    "script": (to("javascript:alert(1)"), Reached.SCHEME),
    "nowhere": (to("http://["), Reached.SCHEME),
    "inside": (to("http://10.9.8.7/"), Reached.PRIVATE_ADDRESS),
    "metadata": (to("http://169.254.169.254/latest/meta-data/"), Reached.PRIVATE_ADDRESS),
    "mapped": (to("http://[::ffff:10.9.8.7]/"), Reached.PRIVATE_ADDRESS),
    "decimal": (to("http://168364039/"), Reached.PRIVATE_ADDRESS),
    "named-inside": (to("http://rebound.invalid/"), Reached.PRIVATE_ADDRESS),
    "reset": (reset, Reached.RESET),
    "silent": (raw(b""), Reached.RESET),
    "ssh": (raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\nnothing here\r\n"), Reached.NOT_HTTP),
    "bad-status": (raw(b"HTTP/1.1 abc OK\r\n\r\n"), Reached.NOT_HTTP),
    "bad-chunks": (chunks(b"zz\r\nhello\r\n0\r\n\r\n"), Reached.TRUNCATED),
    "cut": (raw(head(length=5000) + HOME.encode()), Reached.TRUNCATED),
    "cut-chunks": (chunks(b"%x\r\n" % 5000 + HOME.encode()), Reached.TRUNCATED),
    "endless": (endless, Reached.TOO_LARGE),
    "huge": (raw(head(length=1 << 40)), Reached.TOO_LARGE),
    "bomb": (answer(BOMB, **GZIP), Reached.TOO_LARGE),
    "bomb-br": (answer(brotli.compress(ZEROS, quality=5), Content_Encoding="br"), Reached.TOO_LARGE),
    "bomb-zstd": (answer(zstandard.compress(ZEROS), Content_Encoding="zstd"), Reached.TOO_LARGE),
    "bomb-deflate": (answer(zlib.compress(ZEROS), Content_Encoding="deflate"), Reached.TOO_LARGE),
    "bomb-twice": (answer(gzip.compress(BOMB), Content_Encoding="gzip, gzip"), Reached.TOO_LARGE),
    "long-text": (answer("<p>" + "x" * (5 << 20)), Reached.TOO_LARGE),
    "short-length": (raw(head(length=40) + HOME.encode()), Reached.OK),
    "negative-length": (raw(head(length=-5) + HOME.encode()), Reached.NOT_HTTP),
    "two-lengths": (raw(head(length=10, content_length="20") + HOME.encode()), Reached.NOT_HTTP),
    "many-headers": (raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 2000 + b"\r\n"), Reached.EMPTY),
    "long-header": (raw(b"HTTP/1.1 200 OK\r\nX-A: " + b"x" * (1 << 20) + b"\r\n\r\n"), Reached.RESET),
    "no-headers": (raw(HOME.encode()), Reached.RESET),
    "trap": (
        answer(HOME + "".join(f"<a href=/gs/{n}>备案公示</a>" for n in range(3000))),
        Reached.OK,
    ),
    "deep-nest": (answer("<div>" * 30_000 + HOME), Reached.TOO_LARGE),
    "frames": (answer(HOME + "<iframe src=/ ></iframe>" * 3), Reached.OK),
    "no-end": (answer(HOME + "<script>setInterval(() => document.body.append('x'), 1)</script>"), Reached.OK),
    "grows": (
        answer(HOME + "<script>onscroll = () => document.body.append(...Array(200).fill('<br>x'))</script>"),
        Reached.OK,
    ),
    "kept-open": (
        answer(HOME + "<script>onbeforeunload = e => { e.preventDefault(); for (;;); }</script>"),
        Reached.OK,
    ),
    "not-gzip": (answer(b"\x1f\x8bnonsense", **GZIP), Reached.NOT_HTTP),
    "slow-head": (drip(b"HTTP/1.1 200 OK\r\nX: "), Reached.TIMEOUT),
    "slow-body": (drip(head(length=5000)), Reached.TIMEOUT),
    "mute": (lambda conn, path: time.sleep(9), Reached.TIMEOUT),
    "pdf": (answer(b"%PDF-1.7\n", Content_Type="application/pdf"), Reached.NOT_HTML),
    "pdf-says-html": (answer(b"%PDF-1.7\n"), Reached.NOT_HTML),
    "picture": (answer(b"\x89PNG\r\n\x1a\n", Content_Type="image/png"), Reached.NOT_HTML),
    "json": (answer('{"code": 0}', Content_Type="application/json"), Reached.NOT_HTML),
    "file-to-keep": (answer(HOME, Content_Disposition='attachment; filename="a.html"'), Reached.DOWNLOAD),
    "empty": (answer(""), Reached.EMPTY),
    "blank": (answer(" \n\t "), Reached.EMPTY),
    "bare": (answer(), Reached.OK),
    "no-content": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), Reached.EMPTY),
    "noise": (answer(b"\x80\xff" * 2000), Reached.ENCODING),
    "gbk": (answer(UNDECLARED.encode("gb18030")), Reached.OK),
    "utf-16": (answer(UNDECLARED.encode("utf-16-le")), Reached.OK),
    "gbk-says-utf-8": (answer(UNDECLARED.encode("gb18030"), Content_Type="text/html; charset=utf-8"), Reached.OK),
    "invented": (answer(HOME, Content_Type="text/html; charset=x-invented-9"), Reached.OK),
    "spinning": (answer(HOME + "<script>for(;;);</script>"), Reached.TIMEOUT),
    "dialogs": (
        answer(HOME + "<script>for (let i = 0; i < 999; i++) { alert(i); confirm(i); print(); }</script>"),
        Reached.OK,
    ),
    "leaves": (answer(HOME + "<script>location = 'http://10.9.8.7/'</script>"), Reached.PRIVATE_ADDRESS),
    "refreshes": (answer(HOME + "<meta http-equiv=refresh content='0;url=http://10.9.8.7/'>"), Reached.PRIVATE_ADDRESS),
    "crowd": (answer("<script>document.write('<b></b>'.repeat(21000))</script>" + HOME), Reached.TOO_LARGE),
    "pop-ups": (answer(HOME + "<script>for (let i = 0; i < 50; i++) open('/x' + i)</script>"), Reached.OK),
    "held": (
        answer(HOME + "<script>onbeforeunload = () => 'stay'; Notification.requestPermission()</script>"),
        Reached.OK,
    ),
    "registers": (answer(HOME + "<script>navigator.serviceWorker.register('/sw.js')</script>"), Reached.OK),
}
MORE: dict[str, tuple[Act, Reached]] = {
    "early-hints": (raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" + WHOLE), Reached.OK),
    "for-ever-100": (for_ever(b"HTTP/1.1 100 Continue\r\n\r\n"), Reached.TIMEOUT),
    "switches": (raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), Reached.RESET),
    "status-999": (answer(HOME, "999 Odd"), Reached.HTTP_5XX),
    "unchanged": (raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), Reached.EMPTY),
    "http-2": (raw(b"\0\0\x12\x04\0\0\0\0\0" + bytes(18)), Reached.RESET),
    "grows-longer": (lambda conn, path: to(path + "x" * 9)(conn, path), Reached.REDIRECT_LOOP),
    "far": (to("/" + "x" * 60_000), Reached.RESET),
    "nowhere-to": (answer(HOME, "302 Found"), Reached.OK),
    "odd-to": (to("http://a\x01b\x7f/"), Reached.NOT_HTTP),
    "walled": (lambda conn, path: (to("/login") if path == "/" else answer(DOOR))(conn, path), Reached.LOGIN),
    "ruishu": (answer("<script>$_ts=1</script>", "412 Precondition Failed"), Reached.BLOCKED),
    "jiasule": (answer("<script>document.cookie='__jsl'</script>", "521 "), Reached.BLOCKED),
    "crumbs": (answer(HOME, **{f"Set_Cookie{'_' * n}": f"c{n}={'x' * 3000}" for n in range(1)}), Reached.OK),
    "says-gzip": (answer(HOME, **GZIP), Reached.NOT_HTTP),
    "says-br": (answer(b"no brotli at all" * 9, Content_Encoding="br"), Reached.NOT_HTTP),
    "says-zstd": (answer(b"no zstandard at all" * 9, Content_Encoding="zstd"), Reached.NOT_HTTP),
    "vast-zstd": (answer(b"\x28\xb5\x2f\xfd\x00\xff" + bytes(40), Content_Encoding="zstd"), Reached.NOT_HTTP),
    "says-deflate": (answer(b"\xff\xfeno deflate at all", Content_Encoding="deflate"), Reached.NOT_HTTP),
    "lost-br": (answer(b"no brotli", "404 Not Found", Content_Encoding="br"), Reached.NOT_HTTP),
    "half-gzip": (answer(gzip.compress(HOME.encode() * 50)[:200], **GZIP), Reached.OK),
    "raw-deflate": (answer(zlib.compress(HOME.encode(), wbits=-15), Content_Encoding="deflate"), Reached.OK),
    "unheard-of": (answer(HOME, Content_Encoding="x-invented"), Reached.OK),
    "no-type": (raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + HOME.encode()), Reached.OK),
    "any-type": (answer(HOME, Content_Type="*/*"), Reached.OK),
    "long-type": (answer(HOME, Content_Type="text/html; charset=" + "x" * 9000), Reached.OK),
    "utf-7": (answer(HOME, Content_Type="text/html; charset=utf-7"), Reached.OK),
    "two-byte-mark": (
        answer(b"\xff\xfe" + HOME.encode("utf-16-le"), Content_Type="text/html; charset=gbk"),
        Reached.OK,
    ),
    "endless-chunk": (chunks(b"ffffffffffffffff\r\n" + HOME.encode()), Reached.TRUNCATED),
    "chunk-extension": (chunks(b"5;" + b"x" * 100_000 + b"\r\nhello\r\n0\r\n\r\n"), Reached.TRUNCATED),
    "trailers": (
        chunks(b"%x\r\n%s\r\n0\r\n" % (len(HOME.encode()), HOME.encode()) + b"X: 1\r\n" * 5000 + b"\r\n"),
        Reached.OK,
    ),
    "laughs": (answer(LAUGHS, Content_Type="application/xhtml+xml"), Reached.OK),
    "nul": (answer(HOME.replace("<h1>", "<h1>\0\x1b]0;x\x07\x1b[2J\u202e\ufeff")), Reached.OK),
    "title": (answer(HOME.replace("<title>", "<title>" + "\x1b[31m=cmd|' /c'!A1" * 9000)), Reached.OK),
    "attributes": (answer(HOME + "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">"), Reached.OK),
    "frameset": (
        answer(f"<title>星河</title><frameset cols=*><frame src=/x><noframes>{FOOTER}</noframes>"),
        Reached.OK,
    ),
    "many-frames": (
        lambda conn, path: answer(HOME + ("<iframe src=/x></iframe>" * 50 if path == "/" else ""))(conn, path),
        Reached.OK,
    ),
    "pushes": (
        answer(HOME + "<script>for (let i = 0; i < 300; i++) history.pushState(0, '', '/' + i)</script>"),
        Reached.OK,
    ),
    "calls-app": (answer(HOME + "<script>location = 'weixin://dl/x'; location = 'tel:1'</script>"), Reached.OK),
    "opens-file": (answer(HOME + "<script>location = 'file:///etc/hostname'</script>"), Reached.OK),
    "goes-to-data": (answer(HOME + "<script>location = 'data:text/html,x'</script>"), Reached.OK),
    "saves": (answer(HOME + "<a id=a href=/x download></a><script>a.click(); a.click()</script>"), Reached.OK),
    "chatty": (
        answer(HOME + "<script>for (let i = 0; i < 2000; i++) console.error('x'.repeat(99))</script>"),
        Reached.OK,
    ),
    "halts": (answer(HOME + "<script>debugger; setInterval('debugger', 1)</script>"), Reached.OK),
    "closes": (answer(HOME + "<script>close(); stop(); document.write('<p>x')</script>"), Reached.OK),
    "wipes": (
        answer(HOME + "<script>onload = () => { document.open(); document.write('<p>x'); }</script>"),
        Reached.OK,
    ),
    "asks-for-all": (answer(HOME + ASKING), Reached.OK),
    "overwrites": (answer(HOME + OVERWRITING), Reached.OK),
    "robots-endless": (answer(), Reached.OK),
    "robots-mute": (answer(), Reached.OK),
    "robots-bomb": (answer(), Reached.OK),
    "robots-lost": (answer(), Reached.OK),
    "robots-noise": (answer(), Reached.OK),
}
ROBOTS: dict[str, Act] = {
    "robots": answer(b"User-agent: *\nDisallow: /", Content_Type="text/plain"),
    "robots-endless": endless,
    "robots-mute": lambda conn, path: time.sleep(9),
    "robots-bomb": answer(BOMB, **GZIP),
    "robots-lost": answer("", "500 Internal Server Error"),
    "robots-noise": answer(
        b"User-agent: \xff\0*\nDisallow: /" + b"[" * 9000 + b"\nCrawl-delay: 1e999\nSitemap: file:///x"
    ),
}
RULES = answer(b"User-agent: *\nDisallow: /no", Content_Type="text/plain")
CASES |= MORE
RESTLESS: dict[str, Act] = {
    "reloads": answer(HOME + "<script>setTimeout(() => location.reload(), 50)</script>"),
    "refreshes-itself": answer(HOME + "<meta http-equiv=refresh content='0;url=/'>"),
    "hashes": answer(HOME + "<script>setInterval(() => { location.hash = Math.random() }, 1)</script>"),
}
"""Pages that never stay: how the browser leaves them depends on the moment."""
FALLS_BACK = ("gbk", "utf-16", "gbk-says-utf-8", "invented")
BY_HTTPS = "https"
SELF_SIGNED = "self-signed"
CLOSED = "closed"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 200


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        try:
            self.request.settimeout(10)
            asked = self._read()
            line, _, fields = asked.partition("\r\n")
            host = fields.lower().partition("host: ")[2].partition(".localhost")[0]
            path = [*line.split(), "/", "/"][1]
            if not asked:
                return
            if path == "/robots.txt":
                ROBOTS.get(host, RULES)(self.request, path)
            else:
                (RESTLESS.get(host) or CASES.get(host, CASES["lost"])[0])(self.request, path)
        except OSError:
            pass

    def _read(self) -> str:
        data = b""
        while b"\r\n\r\n" not in data and (more := self.request.recv(4096)):
            data += more
            if not data[:1].isalpha():  # a greeting of TLS
                self.request.sendall(head("400 Bad Request"))
                return ""
        return data.decode("latin-1")


SETTINGS = CrawlSettings(
    networks=(ip_network("127.0.0.0/8"),),
    hosts=(("rebound.invalid", "192.168.3.4"),),
    delay=0,
    mobile=False,
    max_pages=0,
    http_timeout=6,
    connect_timeout=20,
    load_timeout=8,
    quiet_timeout=1.5,
    call_timeout=8,
    max_body=4 << 20,
    max_nodes=20_000,
    sites_at_once=30,
    pages_at_once=4,
    retries=0,
)


class Shells(NoScout):
    """Has the browser see what scripts or frames fill, and a few others: most of these sites never get so far."""

    def worth_a_browser(self, page: PageCapture) -> str | None:
        """What only the browser could trip over."""
        return (
            "asked"
            if page.url.startswith(("http://fine.", "http://gbk.", "http://cut.", "http://deep-nest."))
            else None
        )


def judge(folder: SiteFolder) -> None:
    folder.write_audit(b"{}")


class SecureServer(Server):
    """Shows a certificate that nobody vouches for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate(folder))

    def finish_request(self, request: Any, address: Any) -> None:
        with self.context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, address)

    def handle_error(self, *_: object) -> None:
        """A client that does not trust it hangs up."""


def certificate(folder: Path) -> Path:
    """A self-signed certificate with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fine.localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(9))
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, SiteCapture]]:
    path: Path = tmp_path_factory.mktemp("hostile")
    with Server(("127.0.0.1", 0), Handler) as server, SecureServer(path) as secure, socket.socket() as unused:
        for one in (server, secure):
            threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
        unused.bind(("127.0.0.1", 0))
        port, closed = server.server_address[1], unused.getsockname()[1]
        urls = {name: f"http://{name}.localhost:{port}/" for name in (*CASES, *RESTLESS)}
        urls |= {BY_HTTPS: f"https://fine.localhost:{port}/", CLOSED: f"http://127.0.0.1:{closed}/"}
        urls |= {"unknown": "http://nobody.invalid/", "bare": f"bare.localhost:{port}", "odd": "gopher://x.localhost/"}
        urls[SELF_SIGNED] = f"https://fine.localhost:{secure.server_address[1]}/"
        done = list(sweep([Seed(url) for url in urls.values()], path, SETTINGS, Shells(), judge))
        assert {one.problem for one in done} == {""}
        yield {name: Run(path).folder(url).read() for name, url in urls.items()}
        server.shutdown()
        secure.shutdown()


@pytest.mark.parametrize("name", CASES)
def test_each_site_ends_in_its_reason(seen: dict[str, SiteCapture], name: str) -> None:
    capture = seen[name]
    assert capture.reached is CASES[name][1], capture.detail
    assert capture.reached is Reached.OK or capture.detail


@pytest.mark.parametrize("name", RESTLESS)
def test_a_page_that_never_stays_is_left_and_its_html_kept(seen: dict[str, SiteCapture], name: str) -> None:
    assert seen[name].reached in (Reached.OK, Reached.TIMEOUT, Reached.BROWSER_CRASH)
    assert "京ICP备99999999号" in (seen[name].pages[0].html or "")


@pytest.mark.parametrize(
    ("name", "reached"),
    [(BY_HTTPS, Reached.TLS), (CLOSED, Reached.REFUSED), ("unknown", Reached.DNS), ("odd", Reached.SCHEME)],
)
def test_what_never_gets_an_answer(seen: dict[str, SiteCapture], name: str, reached: Reached) -> None:
    assert (seen[name].reached, seen[name].pages[0].html) == (reached, None)


def test_a_certificate_that_cannot_be_trusted_is_told_and_the_page_kept(seen: dict[str, SiteCapture]) -> None:
    page = seen[SELF_SIGNED].pages[0]
    assert (page.reached, page.views) == (Reached.TLS, ())
    assert "京ICP备99999999号" in (page.html or "")


def test_a_bare_domain_is_tried_by_http_last_and_asks_its_robots(seen: dict[str, SiteCapture]) -> None:
    assert seen["bare"].site.startswith("http://bare.localhost")
    assert (seen["bare"].reached, seen["bare"].robots) == (Reached.OK, "allowed")


@pytest.mark.parametrize("name", FALLS_BACK)
def test_text_is_read_whatever_it_says_about_its_encoding(seen: dict[str, SiteCapture], name: str) -> None:
    assert "星河助手" in (seen[name].pages[0].html or "")


@pytest.mark.parametrize("name", ["spinning", "leaves", "refreshes", "crowd", "cut"])
def test_what_plain_http_gave_stays_when_the_browser_fails(seen: dict[str, SiteCapture], name: str) -> None:
    assert "京ICP备99999999号" in (seen[name].pages[0].html or "")


def test_robots_txt_is_obeyed(seen: dict[str, SiteCapture]) -> None:
    assert (seen["robots"].robots, seen["robots"].pages[0].html) == ("disallowed", None)


def test_a_reader_is_told_how_redirects_went(seen: dict[str, SiteCapture]) -> None:
    assert [hop.status for hop in seen["inside"].pages[0].chain] == [302]
    assert len(seen["loop"].pages[0].chain) == 10
