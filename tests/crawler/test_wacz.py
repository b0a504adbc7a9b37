"""Archives that were torn, changed or made to harm: each ends in one sentence, soon, and without much memory."""

import base64
import gzip
import hashlib
import io
import json
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import wacz
from crawler.archive import Archive, Exchange, Visited
from crawler.manifest import EvidenceError
from crawler.store import ARCHIVE, Run, SiteFolder
from crawler.wacz import check, problems

NOW = datetime(2026, 11, 24, 7, 0, 0, tzinfo=UTC)
RECORDS, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
Members = dict[str, bytes]


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    """A site with an archive of five exchanges, one of them of more than a piece."""
    folder = Run(tmp_path).folder("https://chat.example.cn/")
    archive = Archive(folder, "gongshi/test")
    bodies = {"/": "<h1>你好</h1>".encode(), "/a.css": b"a{}", "/b.css": b"a{}", "/gone": b"", "/x": bytes(100_000)}
    for path, body in bodies.items():
        head = (("Content-Type", "text/html"),)
        archive.add(Exchange(f"https://chat.example.cn{path}", "GET", (), 200, head, body, NOW))
    (folder.path / "audit.json").write_bytes(b"{}")
    archive.pack([Visited("https://chat.example.cn/", "标题", "2026-11-24T07:00:00Z")], ["audit.json"])
    return folder


@pytest.fixture
def path(folder: SiteFolder) -> Path:
    return folder.path / ARCHIVE


def told(path: Path) -> str:
    """The one sentence about an archive."""
    with pytest.raises(EvidenceError) as error:
        check(path)
    assert error.value.zh.startswith("不是完整的存档")
    assert "\n" not in str(error.value) + error.value.zh
    return str(error.value)


def members(path: Path) -> Members:
    with zipfile.ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def write(path: Path, held: Members) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        for name, data in held.items():
            zipped.writestr(name, data)


def forged(held: Members) -> Members:
    """The members with sums that fit them again: what somebody would write who knows the format."""
    resources = [
        {"path": name, "bytes": len(data), "hash": "sha256:" + hashlib.sha256(data).hexdigest()}
        for name, data in held.items()
        if name not in (PACKAGE, DIGEST)
    ]
    package = json.dumps({"resources": resources}).encode()
    digest = {"path": PACKAGE, "hash": "sha256:" + hashlib.sha256(package).hexdigest()}
    return {**held, PACKAGE: package, DIGEST: json.dumps(digest).encode()}


def record(block: bytes, length: int | None = None, kind: str = "metadata") -> bytes:
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: urn:x\r\nWARC-Block-Digest: sha1:{digest}\r\n"
    said = f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    return gzip.compress(f"{head}{said}".encode() + block + b"\r\n\r\n")


def test_an_archive_as_it_was_written_is_whole(path: Path) -> None:
    check(path)
    write(path, forged(members(path)))
    check(path)


def test_a_cut_anywhere_is_told(path: Path) -> None:
    data = path.read_bytes()
    for end in [*range(0, 100), *range(100, len(data), 37), *range(len(data) - 100, len(data))]:
        path.write_bytes(data[:end])
        told(path)


def test_a_changed_byte_anywhere_is_told_or_changes_nothing_that_is_read(path: Path) -> None:
    data, held, chance = path.read_bytes(), members(path), random.Random(7)
    for at in chance.sample(range(len(data)), 600):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        try:
            check(path)
        except EvidenceError:
            continue
        assert members(path) == held  # a date of the zip for one


def test_a_record_cut_anywhere_is_told_though_all_sums_fit(path: Path) -> None:
    held = members(path)
    for end in range(1, len(held[RECORDS]), 29):
        write(path, forged({**held, RECORDS: held[RECORDS][:end]}))
        told(path)


def test_noise_in_the_records_is_told_though_all_sums_fit(path: Path) -> None:
    held, chance = members(path), random.Random(8)
    for at in chance.sample(range(len(held[RECORDS])), 200):
        noisy = bytearray(held[RECORDS])
        noisy[at] = noisy[at] ^ 0xFF
        write(path, forged({**held, RECORDS: bytes(noisy)}))
        try:
            check(path)
        except EvidenceError:
            continue
        assert gzip.decompress(bytes(noisy)) == gzip.decompress(held[RECORDS])  # the head of gzip: a time, a system


@pytest.mark.parametrize("name", [RECORDS, INDEX, PAGES, PACKAGE, DIGEST])
def test_every_member_must_be_there_and_as_its_sum_says(path: Path, name: str) -> None:
    held = members(path)
    write(path, {one: data for one, data in held.items() if one != name})
    told(path)
    write(path, {**held, name: held[name] + b"x"})
    assert "does not fit its digest" in (said := told(path)) or "is not what" in said or "cannot be read" in said


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "a/../../x", "..\\x", "C:\\x"])
def test_names_that_lead_out_are_told(path: Path, name: str) -> None:
    write(path, forged({**members(path), name: b""}))
    assert "leads out of it" in told(path)


def test_a_name_that_stands_twice_is_told(path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(PAGES, b'{"url": "https://other.example.cn/"}')
    assert "stands in it twice" in told(path)


def test_what_is_not_listed_is_told(path: Path) -> None:
    write(path, {**members(path), "archive/other.warc.gz": b""})
    assert "missing or not listed" in told(path)


def test_a_bomb_of_the_zip_is_not_unpacked(path: Path) -> None:
    held = forged({**members(path), PAGES: bytes(50_000_000)})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in held.items():
            zipped.writestr(name, data)
    assert "compressed or encrypted" in within(path, seconds=20)


def within(path: Path, seconds: float) -> str:
    """The sentence; found soon, in a few megabytes."""
    tracemalloc.start()
    begun = time.process_time()
    said = told(path)
    assert time.process_time() - begun < seconds
    assert tracemalloc.get_traced_memory()[1] < 16_000_000
    tracemalloc.stop()
    return said


@pytest.mark.parametrize("zeros", [b"\0", b"WARC/1.1\r\nX: "])
def test_bombs_of_the_records_are_not_unpacked(path: Path, monkeypatch: pytest.MonkeyPatch, zeros: bytes) -> None:
    monkeypatch.setattr(wacz, "MOST", 10_000_000)
    bomb = gzip.compress(zeros + bytes(20_000_000))
    write(path, forged({**members(path), RECORDS: bomb}))
    assert "no WARC record" in within(path, seconds=20)
    write(path, forged({**members(path), RECORDS: record(bytes(20_000_000))}))
    assert "unpacks to more than 10000000 bytes" in within(path, seconds=20)
    write(path, forged({**members(path), RECORDS: record(bytes(7_000_000)) * 2}))
    assert "unpacks to more than 10000000 bytes" in within(path, seconds=20)


@pytest.mark.parametrize("length", [0, 4, 6, 2**40])
def test_lengths_that_lie_are_told(path: Path, length: int) -> None:
    held = members(path)
    write(path, forged({**held, RECORDS: held[RECORDS] + record(b"12345", length)}))
    assert "not as long as it says" in told(path)
    write(path, forged({**held, RECORDS: held[RECORDS] + record(b"12345")}))
    check(path)


@pytest.mark.parametrize("length", ["-1", "٣", "9" * 5000, "", "1e3"])
def test_lengths_that_are_no_numbers_are_told(path: Path, length: str) -> None:
    odd = gzip.compress(f"WARC/1.1\r\nContent-Length: {length}\r\n\r\n\r\n\r\n".encode())
    write(path, forged({**members(path), RECORDS: odd}))
    told(path)


def test_members_that_claim_more_than_the_file_has_are_told(path: Path) -> None:
    data = bytearray(path.read_bytes())
    (directory,) = struct.unpack("<L", data[-6:-2])
    data[directory + 20 : directory + 28] = struct.pack("<LL", 2**31, 2**31)
    path.write_bytes(data)
    assert "more than there is room for" in told(path)


def test_a_directory_of_any_size_is_not_read(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        for number in range(2000):
            zipped.writestr(f"{number}", b"")
    assert "too many members" in told(path)


@pytest.mark.parametrize(
    "harm",
    [
        lambda lines: lines[1:],
        lambda lines: [*lines, lines[0]],
        lambda lines: [lines[0].replace(b'"offset": "', b'"offset": "1'), *lines[1:]],
        lambda lines: [lines[0].replace(b"chat.example.cn/", b"else.example.cn/"), *lines[1:]],
        lambda lines: [lines[0][:-5], *lines[1:]],
        lambda lines: [b"[" * 100_000],
        lambda lines: [b"\xff\xfe"],
    ],
)
def test_an_index_that_leads_elsewhere_is_told(path: Path, harm: Callable[[list[bytes]], list[bytes]]) -> None:
    held = members(path)
    write(path, forged({**held, INDEX: b"\n".join(harm(held[INDEX].splitlines()))}))
    assert "index" in (said := told(path)) or "cannot be read" in said


@pytest.mark.parametrize("data", [b"[" * 100_000, b"\xff", b"[]", b'{"resources": {}}', b"{}"])
def test_a_package_that_is_none_is_told(path: Path, data: bytes) -> None:
    digest = {"path": PACKAGE, "hash": "sha256:" + hashlib.sha256(data).hexdigest()}
    write(path, {**members(path), PACKAGE: data, DIGEST: json.dumps(digest).encode()})
    assert "cannot be read" in told(path)


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip" * 100, b"PK\5\6" + bytes(18), io.BytesIO().getvalue()])
def test_what_is_no_zip_is_told(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    told(path)


def test_all_archives_of_a_run_are_looked_at(folder: SiteFolder, path: Path, tmp_path: Path) -> None:
    second = folder.path / "second" / ARCHIVE
    second.parent.mkdir()
    second.write_bytes(path.read_bytes()[:-1])
    (tmp_path / "sites" / "00").mkdir()
    (tmp_path / "sites" / "00" / ARCHIVE).symlink_to(second)
    ((zh, en),) = problems(tmp_path)
    place = second.relative_to(tmp_path).as_posix()
    assert zh.startswith(f"{place} 不是完整的存档")
    assert en.startswith(f"{place} is no whole archive")
