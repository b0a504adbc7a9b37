"""The archive of a visit, and an audit of what is replayed from it.

The replay answers from the index of the WACZ. With `PYWB` in the environment (the folder of `wayback` and `wb-manager`:
pywb needs older libraries than gongshi, so has an environment of its own) pywb serves it as well, and with `WACZ` (the
path of `wacz`) the package's own validation is asked.
"""

import gzip
import hashlib
import io
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from warcio.archiveiterator import ArchiveIterator

from auditor.model import SiteAudit
from auditor.scout import NumberScout
from crawler.archive import Archive, Exchange, Visited
from crawler.settings import CrawlSettings
from crawler.store import ARCHIVE, UNPACKED, Run, SiteFolder
from crawler.sweep import sweep
from gongshi_judging import Judge
from reports.as_json import decode
from seeds import samples
from seeds.model import Seed

NOW = datetime(2026, 11, 24, 7, 0, 0, tzinfo=UTC)
SITE = "haitang-tutor"


def exchange(path: str, body: bytes, *headers: tuple[str, str], status: int = 200) -> Exchange:
    return Exchange(f"https://chat.example.cn{path}", "GET", (("accept", "*/*"),), status, headers, body, NOW)


def records(wacz: Path) -> list[tuple[str, str, bytes]]:
    with zipfile.ZipFile(wacz) as zipped, zipped.open("archive/data.warc.gz") as file:
        return [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI") or "", one.content_stream().read())
            for one in ArchiveIterator(file, check_digests="raise")
        ]


def index(wacz: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(wacz) as zipped:
        return [json.loads(line.split(" ", 2)[2]) for line in zipped.read("indexes/index.cdx").decode().splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder(tmp_path / "site")
    folder.path.mkdir()
    (folder.path / "audit.json").write_bytes(b"{}")
    return folder


def test_exchanges_are_packed_with_what_was_made_of_them(folder: SiteFolder) -> None:
    archive = Archive(folder, "gongshi/test")
    assert not folder.done
    archive.add(exchange("/", b"<p>hello", ("Content-Type", "text/html"), ("Content-Encoding", "br")))
    archive.add(exchange("/x", b"", status=404))
    archive.pack([Visited("https://chat.example.cn/", "标题", "2026-11-24T07:00:00Z")], ["audit.json"])
    assert folder.done
    assert not (folder.path / UNPACKED).exists()
    found = records(folder.path / ARCHIVE)
    assert [kind for kind, _, _ in found] == ["warcinfo", "response", "request", "response", "request", "resource"]
    assert found[1][2] == b"<p>hello"
    assert found[-1][1:] == ("urn:gongshi:audit.json", b"{}")
    with zipfile.ZipFile(folder.path / ARCHIVE) as zipped:
        assert all(one.compress_type == zipfile.ZIP_STORED for one in zipped.infolist())
        package = json.loads(zipped.read("datapackage.json"))
        for one in package["resources"]:
            assert one["hash"] == "sha256:" + hashlib.sha256(zipped.read(one["path"])).hexdigest()
        assert "标题" in zipped.read("pages/pages.jsonl").decode()


def test_a_body_that_was_seen_before_is_referred_to(folder: SiteFolder) -> None:
    archive = Archive(folder, "gongshi/test")
    for path in ("/a.css", "/b.css", "/a.css"):
        archive.add(exchange(path, b"body{}" * 100, ("Content-Type", "text/css")))
    archive.pack([], [])
    assert [kind for kind, _, _ in records(folder.path / ARCHIVE)].count("revisit") == 2
    assert [one["mime"] for one in index(folder.path / ARCHIVE)].count("warc/revisit") == 2


def test_the_index_leads_to_the_records(folder: SiteFolder) -> None:
    archive = Archive(folder, "gongshi/test")
    bodies = {f"/{n}": os.urandom(50 * n) for n in range(1, 9)}
    for path, body in bodies.items():
        archive.add(exchange(path, body, ("Content-Type", "image/png")))
    archive.pack([], [])
    with zipfile.ZipFile(folder.path / ARCHIVE) as zipped:
        data = zipped.read("archive/data.warc.gz")
    for one in index(folder.path / ARCHIVE):
        start = int(one["offset"])
        record = gzip.decompress(data[start : start + int(one["length"])])
        assert bodies[one["url"].removeprefix("https://chat.example.cn")] in record


def test_headers_that_end_lines_do_not_break_records(folder: SiteFolder) -> None:
    archive = Archive(folder, "gongshi/test")
    archive.add(exchange("/", b"x", ("Set-Cookie", "a=1\nb=2"), (":status", "200"), ("X-Odd", "中文\r\nEvil: 1")))
    archive.pack([], [])
    assert [kind for kind, _, _ in records(folder.path / ARCHIVE)] == ["warcinfo", "response", "request"]


@contextmanager
def replayed(answer: Callable[[str], tuple[int, list[tuple[str, str]], bytes]], port: int) -> Iterator[None]:
    """Answers at the place of the sample sites, from an archive. The site itself is gone."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(f"http://{self.headers['Host']}{self.path}")
            self.send_response(status)
            for name, value in (*headers, ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def from_wacz(wacz: Path) -> Callable[[str], tuple[int, list[tuple[str, str]], bytes]]:
    lines = {one["url"]: one for one in reversed(index(wacz)) if one["mime"] != "warc/revisit"}
    with zipfile.ZipFile(wacz) as zipped:
        data = zipped.read("archive/data.warc.gz")

    def answer(url: str) -> tuple[int, list[tuple[str, str]], bytes]:
        if url not in lines:
            return 404, [], b""
        record = next(iter(ArchiveIterator(io.BytesIO(data[int(lines[url]["offset"]) :]))))
        kept = [(n, v) for n, v in record.http_headers.headers if n.lower() in ("content-type", "vary")]
        return int(record.http_headers.get_statuscode()), kept, record.content_stream().read()

    return answer


@contextmanager
def pywb(wacz: Path, folder: Path) -> Iterator[Callable[[str], tuple[int, list[tuple[str, str]], bytes]]]:
    tools = Path(os.environ["PYWB"])
    subprocess.run([tools / "wb-manager", "init", "run"], cwd=folder, check=True, capture_output=True)
    add = [tools / "wb-manager", "add", "--unpack-wacz", "run", wacz]
    subprocess.run(add, cwd=folder, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [tools / "wayback", "-p", str(port), "-b", "127.0.0.1"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def answer(url: str) -> tuple[int, list[tuple[str, str]], bytes]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/run/2026id_/{url}", timeout=20) as got:
                return got.status, [("Content-Type", got.headers["Content-Type"])], got.read()
        except urllib.error.HTTPError as error:
            return error.code, [], b""

    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield answer
    finally:
        server.terminate()
        server.wait()


def audited(seed: Seed, run: Path, *, archive: bool) -> SiteAudit:
    settings = CrawlSettings(allow_private=True, delay=0.0, archive=archive)
    (done,) = sweep([seed], run, settings, NumberScout(), Judge(None, None))
    assert not done.problem
    return decode(Run(run).folder(seed.url).read_audit())


def judged(audit: SiteAudit) -> tuple[object, ...]:
    numbers = [(d.kind, d.number, d.page, d.own, d.source, d.link, d.region) for d in audit.disclosures]
    return audit.verdict, numbers, [(f.rule, f.outcome, f.severity) for f in audit.findings]


@pytest.mark.browser
@pytest.mark.parametrize("through", ["wacz", *(["pywb"] if "PYWB" in os.environ else [])])
def test_an_audit_of_the_replay_says_the_same(tmp_path: Path, through: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with samples.serve(port) as sites:
        seed = next(seed for seed, url in sites if SITE in url)
        first = audited(seed, tmp_path / "first", archive=True)
    wacz = Run(tmp_path / "first").folder(seed.url).path / ARCHIVE
    if "WACZ" in os.environ:
        subprocess.run([os.environ["WACZ"], "validate", "-f", wacz], check=True, capture_output=True)
    if through == "wacz":
        with replayed(from_wacz(wacz), port):
            second = audited(seed, tmp_path / "second", archive=False)
    else:
        (tmp_path / "pywb").mkdir()
        with pywb(wacz, tmp_path / "pywb") as answer, replayed(answer, port):
            second = audited(seed, tmp_path / "second", archive=False)
    assert judged(first) == judged(second)
    assert any(number for _, number, *_ in judged(first)[1])  # type: ignore[attr-defined]


@pytest.mark.browser
def test_what_opens_a_site_is_not_archived(tmp_path: Path, serve: Callable[..., str]) -> None:
    page = (200, {"Content-Type": "text/html", "Set-Cookie": "session=secret-word"}, "<h1>你好</h1>".encode() * 50)
    seed = Seed(serve({"/": page}) + "/")
    audited(seed, tmp_path, archive=True)
    with zipfile.ZipFile(Run(tmp_path).folder(seed.url).path / ARCHIVE) as zipped:
        raw = gzip.decompress(zipped.read("archive/data.warc.gz"))
    assert raw.count(b"User-Agent") + raw.count(b"user-agent") >= 2
    http = raw[: raw.index(b"urn:gongshi:")]
    assert b"secret-word" not in http
    assert b"Cookie" not in http


@pytest.mark.browser
def test_what_the_browser_received_is_in_the_archive(tmp_path: Path) -> None:
    with samples.serve() as sites:
        seed = next(seed for seed, url in sites if SITE in url)
        audited(seed, tmp_path, archive=True)
    found = records(Run(tmp_path).folder(seed.url).path / ARCHIVE)
    kinds = {(kind, url.rpartition("/")[2]) for kind, url, _ in found}
    assert {("response", ""), ("response", "style.css"), ("response", "robots.txt")} <= kinds
    assert ("revisit", "") in kinds  # the browser was sent what plain HTTP was sent
    assert ("resource", "urn:gongshi:capture.json.zst") in {(kind, url) for kind, url, _ in found}
    assert not [url for _, url, _ in found if url.endswith(UNPACKED)]
