"""A replayable archive of a visit: every exchange with the site, in WARC 1.1, packed as WACZ.

    archive = Archive(folder, "gongshi/1.0")
    archive.add(Exchange(url, …))        # what plain HTTP and the browser received
    archive.pack(pages, files)           # evidence.wacz

Until it is packed, the records stand in `evidence.warc.gz`, whose presence means that the site is not done. A WACZ is a
zip of five small files (specs.webrecorder.net/wacz/1.1.1), written here: the `wacz` package would bring forty libraries
along.
"""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from threading import Lock
from typing import IO, Any

from surt import surt
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.manifest import digest_of
from crawler.store import ARCHIVE, UNPACKED, SiteFolder

WARC = "data.warc.gz"
URN = "urn:gongshi:"  # of files that were made of a visit, e.g. "urn:gongshi:audit.json"
DECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that tell how a body was sent; what is kept is the body unpacked."""

LARGEST = 1 << 30
"""Bytes of bodies that an archive takes; what comes after that is told as lost."""

MEDIA = {".json": "application/json", ".zst": "application/zstd", ".jpg": "image/jpeg"}

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer."""

    url: str
    method: str
    asked: tuple[tuple[str, str], ...]  # request headers
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes  # unpacked
    time: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Visited:
    """A page for the list of pages."""

    url: str
    title: str
    time: str  # ISO 8601


class Archive:
    """Writes the records of one visit. May be used from several threads."""

    def __init__(self, folder: SiteFolder, software: str) -> None:
        folder.path.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._software = software
        self._file = (folder.path / UNPACKED).open("wb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")
        self._lock = Lock()
        self._index: list[str] = []
        self.lost = 0  # bodies that the browser no longer had, or that there was no room for
        self._room = LARGEST
        self._bodies: dict[str, tuple[str, str]] = {}  # digest → address and date of its first record
        info = {"software": software, "format": "WARC File Format 1.1"}
        self._write(self._writer.create_warcinfo_record(WARC, info))

    def add(self, one: Exchange) -> None:
        """Write request and answer; an answer whose body was seen before refers to it. Raises OSError."""
        date = one.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        reason = responses.get(one.status, "Unknown")
        heads = StatusAndHeaders(
            f"{one.status} {reason}", list(_plain(one.headers, len(one.body))), protocol="HTTP/1.1"
        )
        digest = "sha256:" + hashlib.sha256(one.body).hexdigest()
        with self._lock:
            if len(one.body) > self._room:
                self.lost += 1
                return
            self._room -= len(one.body)
            first = self._bodies.get(digest) if one.body else None
            dated = {"WARC-Date": date}
            if first:
                answer = self._writer.create_revisit_record(one.url, digest, *first, heads, warc_headers_dict=dated)
            else:
                self._bodies[digest] = one.url, date
                dated["WARC-Payload-Digest"] = digest
                answer = self._writer.create_warc_record(
                    one.url,
                    "response",
                    io.BytesIO(one.body),
                    len(one.body),
                    http_headers=heads,
                    warc_headers_dict=dated,
                )
            start = self._file.tell()
            self._write(answer)
            self._note(one, "warc/revisit" if first else _media(one.headers), digest, start)
            self._write(self._asked(one, answer))

    def _write(self, record: Any) -> None:
        """Write a record, and give back the file in which warcio keeps what it has digested."""
        self._writer.write_record(record)
        if record.raw_stream:
            record.raw_stream.close()

    def _asked(self, one: Exchange, answer: Any) -> Any:
        path = "/" + one.url.partition("://")[2].partition("/")[2]
        heads = StatusAndHeaders(f"{one.method} {path} HTTP/1.1", list(_clean(one.asked)), is_http_request=True)
        record = self._writer.create_warc_record(one.url, "request", http_headers=heads)
        record.rec_headers.replace_header("WARC-Date", answer.rec_headers.get_header("WARC-Date"))
        record.rec_headers.add_header("WARC-Concurrent-To", answer.rec_headers.get_header("WARC-Record-ID"))
        return record

    def _note(self, one: Exchange, media: str, digest: str, start: int) -> None:
        facts = {"url": one.url, "mime": media, "status": str(one.status), "digest": digest}
        facts |= {"length": str(self._file.tell() - start), "offset": str(start), "filename": WARC}
        time = one.time.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        self._index.append(f"{surt(one.url)} {time} {json.dumps(facts)}\n")

    def pack(self, pages: Iterable[Visited], files: Iterable[str]) -> None:
        """Add files of the folder as resources, then make the WACZ and remove the bare records. Raises OSError."""
        with self._lock:
            for name in files:
                body = io.BytesIO((self._folder.path / name).read_bytes())
                kind = MEDIA.get(Path(name).suffix, "application/octet-stream")
                self._write(
                    self._writer.create_warc_record(URN + name, "resource", payload=body, warc_content_type=kind)
                )
            self._file.close()
        records = self._folder.path / UNPACKED
        beside = self._folder.path / f".{ARCHIVE}"
        with beside.open("wb") as file:
            self._zip(file, records, pages)
            os.fsync(file.fileno())
        beside.replace(self._folder.path / ARCHIVE)
        records.unlink()

    def _zip(self, file: IO[bytes], records: Path, pages: Iterable[Visited]) -> None:
        listed = [{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}]
        listed += [{"id": str(n), "url": one.url, "ts": one.time, "title": one.title} for n, one in enumerate(pages)]
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in listed)
        small = {
            "indexes/index.cdx": "".join(sorted(self._index)).encode(),
            "pages/pages.jsonl": lines.encode("utf-8", "replace"),
        }
        told = [_resource(f"archive/{WARC}", digest_of(records), records.stat().st_size)]
        told += [_resource(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in small.items()]
        package = _package(told, self._software, self.lost)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        small |= {"datapackage.json": package, "datapackage-digest.json": json.dumps(digest).encode()}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
            zipped.write(records, f"archive/{WARC}")
            for name, data in small.items():
                zipped.writestr(name, data)


current: ContextVar[Archive | None] = ContextVar("archive", default=None)
"""The archive of the visit that a task works on; None: nothing is archived."""


def _resource(path: str, sha256: str, size: int) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{sha256}", "bytes": size}


def _package(resources: list[dict[str, Any]], software: str, lost: int) -> bytes:
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    about = {"profile": "data-package", "wacz_version": "1.1.1", "created": created, "software": software}
    lacks = {"description": f"{lost} bodies could not be kept"} if lost else {}
    return json.dumps({**about, **lacks, "resources": resources}, indent=2).encode()


def _plain(headers: Headers, length: int) -> Headers:
    for name, value in _clean(headers):
        yield (f"x-orig-{name}" if name.lower() in DECODED else name), value
    yield "content-length", str(length)


def _clean(headers: Headers) -> Headers:
    """Headers without what would end a line: of a browser, several values of a name come with line breaks between."""
    return ((name, part.strip()) for name, value in headers if name[:1] != ":" for part in value.split("\n"))


def _media(headers: Headers) -> str:
    kinds = (value for name, value in headers if name.lower() == "content-type")
    return next(kinds, "").partition(";")[0].strip() or "application/octet-stream"
