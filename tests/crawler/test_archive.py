"""The archive of a visit. Others open it in `test_replay.py`."""

import gzip
import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

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


def test_what_there_is_no_room_for_is_told(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.archive.LARGEST", 100)
    archive = Archive(folder, "gongshi/test")
    for path, size in (("/a", 60), ("/b", 60), ("/c", 40)):
        archive.add(exchange(path, path.encode() * (size // 2)))
    archive.pack([], [])
    assert {url[-2:] for kind, url, _ in records(folder.path / ARCHIVE) if kind == "response"} == {"/a", "/c"}
    with zipfile.ZipFile(folder.path / ARCHIVE) as zipped:
        assert json.loads(zipped.read("datapackage.json"))["description"] == "1 bodies could not be kept"


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


def audited(seed: Seed, run: Path, *, archive: bool) -> SiteAudit:
    settings = CrawlSettings(allow_private=True, delay=0.0, archive=archive)
    (done,) = sweep([seed], run, settings, NumberScout(), Judge(None, None))
    assert not done.problem
    return decode(Run(run).folder(seed.url).read_audit())


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
