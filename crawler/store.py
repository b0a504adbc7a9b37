"""A run is a folder, and the folder is the state. All handling of its paths is here.

    run = Run(path)
    folder = run.folder("https://chat.example.cn/")
    folder.write(capture)            # capture.json.zst
    folder.read()                    # SiteCapture
    folder.write_audit(json_bytes)   # audit.json, last: its presence means "done"
    for folder in run.folders(): …

No string of a site becomes part of a path, except through `site_name`. Files appear whole or not at all (written
beside, then renamed). Needs neither Scrapy nor Playwright.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
import zstandard

from crawler.capture import FORMAT, SiteCapture
from crawler.coherence import fault

CAPTURE = "capture.json.zst"
AUDIT = "audit.json"
LARGEST_PICTURE = 20_000_000  # bytes
SHOTS = "shots"
ARCHIVE, UNPACKED = "evidence.wacz", "evidence.warc.gz"
RECHECKS = "rechecks"
SECOND = "second"
"""The folder, within that of a site, of a second visit that is to bear out the first."""
LARGEST = 1 << 30  # bytes of an unpacked capture: 8 pages of 200,000 nodes stay below
_MALFORMED = (zstandard.ZstdError, msgspec.DecodeError, UnicodeDecodeError, RecursionError, EOFError)

Audit = TypeVar("Audit")


class StoreError(Exception):
    """A stored file that cannot be read: one sentence in both languages, which says which file and why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return self.en


@lru_cache(maxsize=1 << 16)
def site_name(site: str) -> str:
    """A folder name for a site: its host as far as it is plain, and a hash that tells sites apart.

    >>> site_name("https://chat.example.cn/")
    'chat.example.cn-6a1ba9eb0e'
    >>> site_name("chat.example.cn") == site_name("https://chat.example.cn")
    True
    """
    address = site.strip() if "://" in site else f"https://{site.strip()}"
    address = address.removesuffix("/")
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    scheme, _, rest = address.partition("://")
    where, slash, path = rest.partition("/")
    exact = f"{scheme.lower()}://{where.lower()}{slash}{path}"
    digest = hashlib.sha256(exact.encode("utf-8", "replace")).hexdigest()
    slug = re.sub(r"[^a-z0-9.-]+", "-", host.lower()).strip("-.")[:60] or "site"
    return f"{slug}-{digest[:10]}"


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is whole or not there, also after a power cut. Raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        file = _created(beside)
        try:
            _write(file, data)
            os.fsync(file)
        finally:
            os.close(file)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise


def _created(file: Path) -> int:
    """The descriptor of a new file; its folder is looked after only where it is missing.

    By the calls of the system: `open` makes three more of its own, each of which hands the interpreter to another
    thread and waits for it to come back.
    """
    how = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        return os.open(file, how, 0o666)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        return os.open(file, how, 0o666)


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """The folder of one site."""

    path: Path

    @property
    def done(self) -> bool:
        """Whether the site has its verdict, and its archive if it was to have one."""
        return (self.path / AUDIT).is_file() and not self.unpacked

    @property
    def captured(self) -> bool:
        """Whether the site was visited."""
        return (self.path / CAPTURE).is_file()

    @property
    def unpacked(self) -> bool:
        """Whether the archive of its visit was not finished."""
        return (self.path / UNPACKED).exists()

    def write(self, capture: SiteCapture) -> None:
        """Store what was seen. Raises OSError."""
        self.write_encoded(encode(capture))

    def write_encoded(self, capture: bytes) -> None:
        """Store what was seen, as `encode` gives it. Raises OSError."""
        write_atomically(self.path / CAPTURE, zstandard.ZstdCompressor(level=3).compress(capture))

    def read(self) -> SiteCapture:
        """What was seen. Raises StoreError for a file that is missing, torn, too large or not a capture."""
        return decode(self.path / CAPTURE)

    def capture_sha256(self) -> str:
        """Hash of the stored capture. Raises StoreError."""
        return hashlib.sha256(_stored(self.path / CAPTURE)).hexdigest()

    def write_audit(self, data: bytes) -> None:
        """Store the verdict (JSON). Raises OSError."""
        write_atomically(self.path / AUDIT, data)

    def retract(self) -> None:
        """Remove verdict and capture, so that the site counts as not visited. Raises OSError."""
        (self.path / AUDIT).unlink(missing_ok=True)
        (self.path / CAPTURE).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove files that a writer who was killed left unfinished. Raises OSError."""
        for path in self.path.glob(".*"):
            path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove what an earlier visit left beside its capture: pictures, a second visit. Raises OSError."""
        self.tidy()
        for name in (SHOTS, SECOND):
            with suppress(FileNotFoundError):
                shutil.rmtree(self.path / name)

    def read_audit(self) -> bytes:
        """The verdict as stored. Raises StoreError."""
        return _stored(self.path / AUDIT)

    def read_audit_as(self, kind: type[Audit]) -> Audit:
        """The verdict, or what a type holds of it. Raises StoreError for a file that is missing, torn or no verdict."""
        data = self.read_audit()
        try:
            return msgspec.json.decode(data, type=kind)
        except _MALFORMED as error:
            raise _torn(self.path / AUDIT, "核查结果", "verdict", error) from error

    def read_picture(self, file: str) -> bytes | None:
        """A picture by the name that the capture knows it by; None where it is missing or too large."""
        path = self.path / "shots" / Path(file).name
        try:
            return path.read_bytes() if path.stat().st_size <= LARGEST_PICTURE else None
        except OSError:
            return None

    def write_picture(self, name: str, data: bytes) -> tuple[str, str]:
        """Store a picture.

        `name` is the crawler's own ("0-desktop-1"). Returns its place in the folder and its SHA-256.
        """
        file = f"{SHOTS}/{name}.jpg"
        write_atomically(self.path / file, data)
        return file, hashlib.sha256(data).hexdigest()


def captures_of(run: Path) -> Path:
    """Where the captures of a run's verdicts are: in the run itself; for a recheck in the run that it judged."""
    return run.parent.parent if run.parent.name == RECHECKS else run


@dataclass(frozen=True, slots=True)
class Run:
    """The folder of a run."""

    path: Path

    def folder(self, site: str) -> SiteFolder:
        """Where a site (address or bare domain, as in its seed) is kept."""
        name = site_name(site)
        return SiteFolder(self.path.joinpath("sites", name[-2:], name))

    def folders(self) -> Iterator[SiteFolder]:
        """The folders of all sites that were visited or begun, in the order of their names."""
        root = self.path / "sites"
        for shelf in sorted(root.iterdir()) if root.is_dir() else ():
            yield from (SiteFolder(path) for path in sorted(shelf.iterdir()) if path.is_dir())

    def done(self, site: str) -> bool:
        """Whether a site has its verdict."""
        return self.folder(site).done


def encode(capture: SiteCapture) -> bytes:
    """The capture as JSON; lone surrogates, which UTF-8 cannot hold, become "?"."""
    try:
        return msgspec.json.encode(capture)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(capture), ensure_ascii=False).encode("utf-8", "replace")


def decode(path: Path) -> SiteCapture:
    """Read a stored capture. Raises StoreError."""
    packed = _stored(path)
    try:
        capture = msgspec.json.decode(unpack(packed, LARGEST), type=SiteCapture)
    except _MALFORMED as error:
        raise _torn(path, "取证文件", "capture", error) from error
    if capture.format > FORMAT:
        raise StoreError(
            f"{path}：格式版本为 {capture.format}，本程序只能读到第 {FORMAT} 版",
            f"{path}: format {capture.format}, this version reads up to {FORMAT}",
        )
    if wrong := fault(capture):
        raise _torn(path, "取证文件", "capture", wrong)
    return capture


def _stored(path: Path) -> bytes:
    try:
        if path.stat().st_size <= LARGEST:
            return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}：{error.strerror}", f"{path}: {error.strerror}") from error
    raise StoreError(f"{path}：超过 {LARGEST} 字节", f"{path}: more than {LARGEST} bytes")


def _torn(path: Path, zh: str, en: str, why: object) -> StoreError:
    return StoreError(f"{path}：不是完整的{zh}（{why}）", f"{path}: not a whole {en} ({why})")


def unpack(data: bytes, most: int) -> bytes:
    """Decompress what says that it holds at most `most` bytes.

    Raises ZstdError or EOFError for data that is torn or larger.
    """
    size = zstandard.get_frame_parameters(data).content_size
    if not 0 <= size <= most:
        raise EOFError(f"it claims to hold {size} bytes, {most} are the limit")
    return zstandard.ZstdDecompressor().decompress(data)
