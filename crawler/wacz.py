"""Whether an archive of a visit can be opened and holds what it says: read by somebody who trusts nothing in it.

    check(path)                     # raises EvidenceError: one sentence
    for zh, en in problems(run): …  # of all archives of a run

`crawler.archive` stores the members of the zip as they are, so none can unpack to more than the file has; the records
in it are compressed, and are unpacked piece by piece, `MOST` bytes at most. Nothing is written to the disk.
"""

import base64
import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from crawler.archive import LARGEST, WARC
from crawler.manifest import EvidenceError
from crawler.store import ARCHIVE

MOST = 2 * LARGEST
"""Bytes that the records of an archive may unpack to: no visit writes more."""

_RECORDS, _INDEX, _PAGES = f"archive/{WARC}", "indexes/index.cdx", "pages/pages.jsonl"
_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_PIECE = 1 << 16  # bytes that are read or unpacked at once
_HEAD = 1 << 22  # bytes of the head of a record: an address may have two million
_DIRECTORY = 1 << 16  # bytes of the list of a zip's members, of which an archive has five
_SMALL = 1 << 28  # bytes of a member that is read as a whole
_END = struct.Struct("<4s8xLL2x")  # end of a zip without comment: signature, size and place of the directory
_LOCATOR = 20  # bytes before it, of the end that a zip of more than 4 GB has (zip64)
_INDEXED = frozenset({"response", "revisit"})
_MALFORMED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    msgspec.DecodeError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    KeyError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class _Resource:
    path: str
    hash: str
    bytes: int


@dataclass(frozen=True, slots=True)
class _Package:
    resources: tuple[_Resource, ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands: in the index, and in truth."""

    url: str
    offset: str
    length: str


def problems(run: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with the archives of a run, a sentence (zh, en) for each that is not whole."""
    for path in sorted(run.glob(f"sites/**/{ARCHIVE}")):
        if path.is_symlink() or not path.is_file():
            continue  # the manifest tells that
        try:
            check(path)
        except EvidenceError as error:
            place = path.relative_to(run).as_posix()
            yield f"{place} {error.zh}", f"{place} {error}"


def check(path: Path) -> None:
    """Read a whole archive. Raises EvidenceError for one that is torn, hostile or not as it was written."""
    try:
        _check_end(path)
        with zipfile.ZipFile(path) as zipped:
            _check_members(zipped, path.stat().st_size)
            _check_package(zipped)
            _check_index(zipped)
            for line in zipped.read(_PAGES).splitlines():
                msgspec.json.decode(line, type=dict[str, object])
    except _MALFORMED as error:
        why = str(error)[:200] or type(error).__name__
        raise _bad(f"无法读取（{why}）", f"it cannot be read ({why})") from error


def _check_end(path: Path) -> None:
    """Look at the end of a zip before its directory is read, which may claim any size."""
    with path.open("rb") as file:
        file.seek(-min(_END.size + _LOCATOR, path.stat().st_size), 2)
        tail = file.read()
    signature, size, _ = _END.unpack(tail[-_END.size :])
    if signature != b"PK\5\6" or tail.startswith(b"PK\6\7"):
        raise _bad("结尾不完整", "its end is missing")
    if size > _DIRECTORY:
        raise _bad("成员过多", "it holds too many members")


def _check_members(zipped: zipfile.ZipFile, size: int) -> None:
    """See that the members are plain files that a reader can unpack anywhere without harm."""
    members = zipped.infolist()
    names = [one.orig_filename for one in members]
    for name in names:
        if names.count(name) > 1:
            raise _bad(f"成员 {name!r} 出现两次", f"its member {name!r} stands in it twice")
        if "\\" in name or "\0" in name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise _bad(f"成员 {name!r} 指向别处", f"its member {name!r} leads out of it")
    if any(one.compress_type != zipfile.ZIP_STORED or one.flag_bits & 1 for one in members):
        raise _bad("成员被压缩或加密", "its members are compressed or encrypted")
    if sum(one.file_size for one in members) > size:
        raise _bad("自称的内容多于文件本身", "it claims to hold more than there is room for")


def _check_package(zipped: zipfile.ZipFile) -> None:
    """Compare every member with the sums in `datapackage.json`, and that with its own."""
    said = msgspec.json.decode(_small(zipped, _DIGEST), type=_Sum)
    package = _small(zipped, _PACKAGE)
    if said.hash != f"sha256:{hashlib.sha256(package).hexdigest()}":
        raise _bad(f"{_PACKAGE} 与其校验值不符", f"{_PACKAGE} does not fit its digest")
    told = {one.path: one for one in msgspec.json.decode(package, type=_Package).resources}
    names = {*zipped.namelist()} - {_PACKAGE, _DIGEST}
    for name in sorted({*told, _RECORDS, _INDEX, _PAGES} ^ names):
        raise _bad(f"{name!r} 缺失或未被列出", f"{name!r} is missing or not listed")
    for name, one in told.items():
        with zipped.open(name) as file:
            found = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"  # type: ignore[arg-type]
        if (found, zipped.getinfo(name).file_size) != (one.hash, one.bytes):
            raise _bad(f"{name} 与 {_PACKAGE} 所载校验值不符", f"{name} is not what {_PACKAGE} says")


def _check_index(zipped: zipfile.ZipFile) -> None:
    """See that the index leads to every record, and to nothing else."""
    with zipped.open(_RECORDS) as file:
        held = {place for kind, place in _records(file) if kind in _INDEXED}
    lines = _small(zipped, _INDEX).splitlines()
    told = {msgspec.json.decode(line.split(b" ", 2)[-1], type=_Place) for line in lines}
    if told != held or len(lines) != len(held):
        odd = next((one.url for one in told ^ held), "")[:200]
        raise _bad(f"索引与记录不符 {odd!r}", f"its index does not fit its records {odd!r}")


def _small(zipped: zipfile.ZipFile, name: str) -> bytes:
    if zipped.getinfo(name).file_size > _SMALL:
        raise _bad(f"{name} 过大", f"{name} is too large")
    return zipped.read(name)


def _records(file: IO[bytes]) -> Iterator[tuple[str, _Place]]:
    """Kind and place of every record, each of which is a gzip member of its own; all of it is read."""
    start, unused, room = 0, b"", MOST
    while unused or (unused := file.read(_PIECE)):
        member = _Member(file, unused, room)
        fields = _record(iter(member))
        yield fields["warc-type"], _Place(fields.get("warc-target-uri", ""), str(start), str(member.read))
        start, unused, room = start + member.read, member.unused, room - member.unpacked


class _Member:
    """One gzip member, unpacked piece by piece."""

    def __init__(self, file: IO[bytes], begun: bytes, room: int) -> None:
        self._file = file
        self._packed = begun
        self._room = room
        self.read = 0  # bytes of the file that belong to it
        self.unpacked = 0
        self.unused = b""  # what was read and belongs to the next one

    def __iter__(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)
        packed = self._packed
        while not unpacker.eof:
            piece = unpacker.decompress(packed, _PIECE)
            left = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            self.read += len(packed) - len(left)
            self.unpacked += len(piece)
            if self.unpacked > self._room:
                raise _bad(f"解压后超过 {MOST} 字节", f"it unpacks to more than {MOST} bytes")
            yield piece
            hungry = not (left or unpacker.eof or len(piece) == _PIECE)
            packed = self._more() if hungry else left
        self.unused = packed

    def _more(self) -> bytes:
        if data := self._file.read(_PIECE):
            return data
        raise EOFError("a record is cut off")


def _record(pieces: Iterator[bytes]) -> dict[str, str]:
    """The head of a record, whose block is as long as that says and fits its digest."""
    head, begun = _head(pieces)
    fields = dict(_field(line) for line in head.split("\r\n")[1:])
    left, digest, after = _number(fields["content-length"]), hashlib.sha1(usedforsecurity=False), b""
    for piece in chain((begun,), pieces):
        digest.update(piece[:left])
        after += piece[left:]
        left -= len(piece[:left])
        if len(after) > len("\r\n\r\n"):
            break
    if left or after != b"\r\n\r\n":
        raise _bad("记录的长度与其所称不符", "a record is not as long as it says")
    if fields["warc-block-digest"] != f"sha1:{base64.b32encode(digest.digest()).decode()}":
        raise _bad("记录与其校验值不符", "a record does not fit its digest")
    return fields


def _head(pieces: Iterator[bytes]) -> tuple[str, bytes]:
    data = b""
    for piece in pieces:
        data += piece
        head, end, rest = data.partition(b"\r\n\r\n")
        if end and head.startswith(b"WARC/1."):
            return head.decode("utf-8", "replace"), rest
        if len(data) > _HEAD:
            break
    raise _bad("其中有不是 WARC 记录的内容", "it holds what is no WARC record")


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("a length that is no number")
    return int(text)


def _bad(zh: str, en: str) -> EvidenceError:
    return EvidenceError(f"不是完整的存档：{zh}", f"is no whole archive: {en}")
