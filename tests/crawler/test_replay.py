"""Archives as others open them: in pywb, in ReplayWeb.page, by the validation of the `wacz` package.

`make replay` brings all three (`make test` does it first): pywb and wacz need older libraries than gongshi, so have an
environment of their own; ReplayWeb.page comes by npm, and goes untried only where there is no npm.
"""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Error, Frame, Page, sync_playwright
from warcio.archiveiterator import ArchiveIterator

from auditor.model import SiteAudit
from auditor.scout import NumberScout
from crawler.settings import CrawlSettings
from crawler.store import ARCHIVE, UNPACKED, Run
from crawler.sweep import sweep
from crawler.wacz import check
from gongshi_judging import Judge
from reports.as_json import decode
from seeds import samples
from seeds.model import Seed

SITE = "haitang-tutor"
NUMBER = "网信算备610113911772901250019号"
VENV = Path(__file__).parents[2] / ".venv"
TOOLS = VENV / "replay" / "bin"
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
REPLAY_WEB_PAGE = VENV / "replaywebpage" / "package"

Answer = tuple[int, list[tuple[str, str]], bytes]
Replay = Callable[[str], Answer]

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Archived:
    """A site that was audited, and is gone."""

    seed: Seed
    port: int
    audit: SiteAudit
    wacz: Path


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Archived:
    run, port = tmp_path_factory.mktemp("first"), free_port()
    with samples.serve(port) as sites:
        seed = next(seed for seed, url in sites if SITE in url)
        audit = audited(seed, run, archive=True)
    return Archived(seed, port, audit, Run(run).folder(seed.url).path / ARCHIVE)


def installed(path: Path) -> Path:
    assert path.exists(), f"{path} is missing: run make replay"
    return path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def audited(seed: Seed, run: Path, *, archive: bool) -> SiteAudit:
    settings = CrawlSettings(allow_private=True, delay=0.0, archive=archive)
    (done,) = sweep([seed], run, settings, NumberScout(), Judge(None, None))
    assert not done.problem
    return decode(Run(run).folder(seed.url).read_audit())


def judged(audit: SiteAudit) -> tuple[object, ...]:
    numbers = [(d.kind, d.number, d.page, d.own, d.source, d.link, d.region) for d in audit.disclosures]
    return audit.verdict, numbers, [(f.rule, f.outcome, f.severity) for f in audit.findings]


@contextmanager
def in_its_place(replay: Replay, port: int) -> Iterator[None]:
    """Answers at the place of the site, from an archive."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = replay(f"http://{self.headers['Host']}{self.path}")
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


@contextmanager
def pywb(wacz: Path, folder: Path) -> Iterator[Replay]:
    """Replay by pywb, which serves on loopback."""
    manager, port = installed(TOOLS / "wb-manager"), free_port()
    for order in (["init", "run"], ["add", "--unpack-wacz", "run", wacz]):
        subprocess.run([manager, *order], cwd=folder, check=True, capture_output=True)
    command = [TOOLS / "wayback", "-p", str(port), "-b", "127.0.0.1"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)

    def answer(url: str) -> Answer:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/run/id_/{url}", timeout=60) as got:
                return got.status, [("Content-Type", got.headers["Content-Type"])], got.read()
        except urllib.error.HTTPError as error:
            return error.code, [], b""

    try:
        wait_for(port, server)
        yield answer
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until something listens there, as long as the server lives."""
    for _ in range(600):
        assert server.poll() is None, "pywb ended"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("pywb does not listen")


def test_an_audit_of_what_pywb_replays_says_the_same(archived: Archived, tmp_path: Path) -> None:
    with pywb(archived.wacz, tmp_path) as replay, in_its_place(replay, archived.port):
        second = audited(archived.seed, tmp_path / "second", archive=False)
    assert judged(archived.audit) == judged(second)
    assert NUMBER in [disclosure.number for disclosure in second.disclosures]


def test_what_the_browser_received_is_in_the_archive(archived: Archived) -> None:
    with zipfile.ZipFile(archived.wacz) as zipped, zipped.open("archive/data.warc.gz") as file:
        records = ArchiveIterator(file, check_digests="raise")
        found = {(one.rec_type, one.rec_headers.get_header("WARC-Target-URI") or "") for one in records}
    kinds = {(kind, url.rpartition("/")[2]) for kind, url in found}
    assert {("response", ""), ("response", "style.css"), ("response", "robots.txt")} <= kinds
    assert ("revisit", "") in kinds  # the browser was sent what plain HTTP was sent
    assert ("resource", "urn:gongshi:capture.json.zst") in found
    assert not [url for _, url in found if url.endswith(UNPACKED)]


def test_our_own_reader_finds_the_archive_whole(archived: Archived) -> None:
    check(archived.wacz)


def test_the_wacz_package_finds_the_archive_valid(archived: Archived) -> None:
    checked = [installed(TOOLS / "wacz"), "validate", "-f", archived.wacz]
    assert b"is valid" in subprocess.run(checked, check=True, capture_output=True).stdout


@pytest.mark.skipif(shutil.which("npm") is None, reason="ReplayWeb.page comes by npm, which is not installed")
def test_replay_web_page_shows_the_number(archived: Archived, serve: Callable[..., str], browser_path: str) -> None:
    of_ours = f"source=/evidence.wacz embed=replayonly url={archived.seed.url}"
    shown = f"<meta charset=utf-8><script src=/ui.js></script><replay-web-page {of_ours}></replay-web-page>"
    files = {
        "/": ("text/html", f"<!doctype html>{shown}".encode()),
        "/ui.js": ("text/javascript", installed(REPLAY_WEB_PAGE / "ui.js").read_bytes()),
        "/replay/sw.js": ("text/javascript", installed(REPLAY_WEB_PAGE / "sw.js").read_bytes()),
        "/evidence.wacz": ("application/wacz", archived.wacz.read_bytes()),
    }

    def answer(path: str) -> tuple[int, dict[str, str], bytes] | None:
        kind, data = files.get(path.partition("?")[0], ("", b""))
        return (200, {"Content-Type": kind}, data) if kind else None

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", ONLY_HERE])
        page = browser.new_page()
        url = serve(answer) + "/"
        text = next(filter(None, (replayed_text(page, url) for _ in range(3))), "")
        browser.close()
    assert "海棠家教" in text
    assert NUMBER in text


def replayed_text(page: Page, url: str) -> str:
    """The text of the archived page in its frame, once it is there; nothing where its service worker did not start."""
    page.goto(url, timeout=120_000)
    for _ in range(300):
        found = [text for frame in page.frames if "/w/" in frame.url and NUMBER in (text := visible_text(frame))]
        if found:
            return found[0]
        page.wait_for_timeout(100)
    return ""


def visible_text(frame: Frame) -> str:
    with suppress(Error):  # it is about to show another page
        return str(frame.evaluate("document.body ? document.body.innerText : ''"))
    return ""
