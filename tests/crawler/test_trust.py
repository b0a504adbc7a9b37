"""Certificates that no browser would trust, one server name each: every page is read, and what is wrong is told."""

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auditor.policy import load
from crawler.capture import Reached, SiteCapture
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder
from crawler.sweep import sweep
from gongshi_visiting import crawl_settings
from seeds.model import Seed

NOW = datetime.now(UTC)
PAGE = "<title>星河助手</title><p>一个能写会算的助手。</p><footer>京ICP备99999999号</footer>"
SETTINGS = CrawlSettings(
    networks=(ip_network("127.0.0.0/8"),), render="never", delay=0, retries=0, max_pages=0, obey_robots=False
)


class Authority:
    """Signs certificates; of itself, or of another."""

    def __init__(self, name: str, signer: "Authority | None" = None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.certificate = (signer or self).sign(self.name, self.key.public_key(), ca=True)

    def sign(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
        names: tuple[x509.GeneralName, ...] = (),
        days: tuple[int, int] = (-30, 30),
        ca: bool = False,
    ) -> x509.Certificate:
        begin, end = (NOW + timedelta(day) for day in days)
        made = x509.CertificateBuilder(self.name, subject, key, x509.random_serial_number(), begin, end)
        made = made.add_extension(x509.BasicConstraints(ca, None), critical=True)
        if names:
            made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return made.sign(self.key, hashes.SHA256())


class Shelf:
    """Contexts of servers by the name that is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = Authority("Test Root")
        self.between = Authority("Test Between", self.root)
        self.stranger = Authority("Nobody's Root")
        (folder / "root.pem").write_bytes(self.root.certificate.public_bytes(Encoding.PEM))

    @cache  # noqa: B019  lives as long as the test
    def of(self, name: str) -> ssl.SSLContext:
        host = f"{name}.localhost"
        names = (
            x509.DNSName("other.localhost" if name.startswith("wrong") else host),
            x509.IPAddress(ip_address("::2")),
        )
        days = {"expired": (-30, -2), "early": (2, 30)}.get(name, (-30, 30))
        key = rsa.generate_private_key(65537, 1024) if name == "weak" else ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        signer, chain = self.between, [self.between.certificate]
        if name == "stranger":
            signer, chain = self.stranger, [self.stranger.certificate]
        if name == "gap":
            chain = []
        leaf = signer.sign(subject, key.public_key(), names, days)
        if name == "self-signed":
            signer = Authority(host)
            leaf, key, chain = signer.certificate, signer.key, []
        return self._context(name, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), [leaf, *chain])

    def _context(self, name: str, key: bytes, chain: list[x509.Certificate]) -> ssl.SSLContext:
        file = self.folder / f"{name}.pem"
        file.write_bytes(key + b"".join(one.public_bytes(Encoding.PEM) for one in chain))
        context = lenient()
        context.load_cert_chain(file)
        if name == "old":
            with warnings.catch_warnings(action="ignore"):
                context.maximum_version = ssl.TLSVersion.TLSv1
        return context


def lenient() -> ssl.SSLContext:
    """A server that speaks whatever was ever spoken."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    return context


class Server(ThreadingHTTPServer):
    """Speaks TLS to whom does, else plain HTTP."""

    daemon_threads = True

    def __init__(self, shelf: Shelf, first: str) -> None:
        def chosen(conn: ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> None:
            conn.context = shelf.of((name or "fine").partition(".")[0])

        self.context = shelf.of(first)
        self.context.sni_callback = chosen  # type: ignore[assignment]
        super().__init__(("127.0.0.1", 0), Handler)

    def finish_request(self, request: socket.socket, address: object) -> None:  # type: ignore[override]
        if request.recv(1, socket.MSG_PEEK) != b"\x16":  # the greeting of TLS
            super().finish_request(request, address)
            return
        with self.context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, address)

    def handle_error(self, *_: object) -> None:
        """A client that does not trust it hangs up."""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        script = "<script>1</script>" if self.headers["Host"].startswith("gap") else ""
        data = (PAGE + script).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Of a server that shows what it is asked for, and of one that speaks an old TLS."""
    shelf = Shelf(tmp_path_factory.mktemp("certificates"))
    with Server(shelf, "fine") as server, Server(shelf, "old") as old, pytest.MonkeyPatch.context() as environment:
        environment.setenv("SSL_CERT_FILE", str(shelf.folder / "root.pem"))
        for one in (server, old):
            threading.Thread(target=one.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_port, old.server_port
        server.shutdown()
        old.shutdown()


def judge(folder: SiteFolder) -> None:
    folder.write_audit(b"{}")


def swept(urls: list[str], run: Path, settings: CrawlSettings) -> dict[str, SiteCapture]:
    assert {done.problem for done in sweep([Seed(url) for url in urls], run, settings, NoScout(), judge)} == {""}
    return {url: Run(run).folder(url).read() for url in urls}


DOUBTS = {
    "expired": "tls: certificate has expired",
    "early": "tls: certificate is not yet valid",
    "wrong-host": "tls: Hostname mismatch",
    "self-signed": "tls: self-signed certificate",
    "stranger": "tls: self-signed certificate in certificate chain",
    "weak": "tls: EE certificate key too weak",
}
NAMES = (*DOUBTS, "fine", "gap", "old")


@pytest.fixture(scope="module")
def seen(ports: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> dict[str, SiteCapture]:
    port, old = ports
    urls = {f"https://{name}.localhost:{old if name == 'old' else port}/": name for name in NAMES}
    urls |= {f"https://127.0.0.1:{port}/": "address", f"wrong-too.localhost:{port}": "bare"}
    found = swept(list(urls), tmp_path_factory.mktemp("strict"), SETTINGS)
    return {urls[url]: capture for url, capture in found.items()}


@pytest.mark.parametrize("name", DOUBTS)
def test_what_is_wrong_is_told_and_the_page_read(seen: dict[str, SiteCapture], name: str) -> None:
    page = seen[name].pages[0]
    assert (seen[name].reached, page.reached) == (Reached.TLS, Reached.TLS), page.detail
    assert page.detail.startswith(DOUBTS[name])
    assert "京ICP备99999999号" in (page.html or "")


def test_a_protocol_that_no_browser_speaks_any_more_is_told(seen: dict[str, SiteCapture]) -> None:
    assert (seen["old"].reached, seen["old"].pages[0].html) == (Reached.TLS, None)
    assert "protocol version" in seen["old"].detail


def test_a_name_that_the_certificate_does_not_hold_may_be_an_address(seen: dict[str, SiteCapture]) -> None:
    assert (seen["address"].reached, "mismatch" in seen["address"].detail) == (Reached.TLS, True)


def test_a_certificate_that_can_be_trusted_leaves_nothing_to_say(seen: dict[str, SiteCapture]) -> None:
    assert (seen["fine"].reached, seen["fine"].detail) == (Reached.OK, "")


def test_a_gap_in_the_chain_is_told_and_left_to_the_browser(seen: dict[str, SiteCapture]) -> None:
    assert seen["gap"].reached is Reached.OK
    assert seen["gap"].detail == "tls: unable to get local issuer certificate"


@pytest.mark.browser
def test_what_the_browser_says_of_a_gap_holds(ports: tuple[int, int], tmp_path: Path, browser_path: str) -> None:
    url = f"https://gap.localhost:{ports[0]}/"
    page = swept([url], tmp_path, CrawlSettings(networks=SETTINGS.networks, delay=0, max_pages=0))[url].pages[0]
    assert (page.reached, "ERR_CERT_AUTHORITY_INVALID" in page.detail) == (Reached.TLS, True), page.detail
    assert "京ICP备99999999号" in (page.html or "")


def test_such_pages_are_judged_where_the_settings_allow_it(ports: tuple[int, int], tmp_path: Path) -> None:
    url = f"https://expired.localhost:{ports[0]}/"
    allowed = CrawlSettings(
        networks=SETTINGS.networks, render="never", delay=0, max_pages=0, doubtful_certificates=True
    )
    page = swept([url], tmp_path, allowed)[url].pages[0]
    assert (page.reached, page.detail) == (Reached.OK, DOUBTS["expired"])


@pytest.mark.parametrize("value", [0, 1])
def test_the_policy_says_whether_they_are_allowed(tmp_path: Path, value: int) -> None:
    (tmp_path / "policy.toml").write_text(f"[threshold]\ndoubtful-certificates = {value}\n")
    call = {"contact": "", "ignore_robots": False, "allow_private": False, "allow_network": (), "no_mobile": False}
    settings = crawl_settings({**call, "timeout": 90.0}, load(tmp_path / "policy.toml"))
    assert settings.doubtful_certificates is bool(value)


@pytest.mark.browser
def test_the_browser_sees_them_too_where_the_settings_allow_it(
    ports: tuple[int, int], tmp_path: Path, browser_path: str
) -> None:
    url = f"https://expired.localhost:{ports[0]}/"
    allowed = CrawlSettings(networks=SETTINGS.networks, delay=0, max_pages=0, doubtful_certificates=True)
    page = swept([url], tmp_path, allowed)[url].pages[0]
    assert (page.reached, page.detail, len(page.views)) == (Reached.OK, DOUBTS["expired"], 2)


def test_a_bare_domain_is_read_by_http_where_its_certificate_is_anothers(seen: dict[str, SiteCapture]) -> None:
    """`https://` of many small sites shows the certificate, and the page, of whoever hosts them."""
    assert (seen["bare"].site[:7], seen["bare"].reached, seen["bare"].detail) == ("http://", Reached.OK, "")
