"""`manifest.sha256`: the hash of every file of a run, so that a change after its end can be told.

    digest = write(run)                 # of the manifest's bytes: the one line that stands for the whole run
    changes(run, read(run)).changed     # names
    retire(run)                         # before a run is changed on purpose: the manifest of until now is kept

The lines are those of `sha256sum`, which checks them too (`sha256sum -c manifest.sha256`). Lines with `#` say by whom
it is signed and what was dropped from the run; the last one is a hash of all lines before it. Earlier manifests stay
under `manifests/`, so that a digest that was printed once can always be found again.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from crawler.store import write_atomically

MANIFEST, SIGNATURE, STAMP = "manifest.sha256", "manifest.sha256.sig", "manifest.sha256.tsr"
EARLIER = "manifests"
IRREGULAR = "not-a-regular-file"
"""Stands for the hash of what is neither file nor folder, a symbolic link for one: nothing can be said of it."""

_VERSION = "# gongshi.manifest/1"
_LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)")
_DROPPED = re.compile(r"# dropped (\d{4}-\d\d-\d\d) (\\?[0-9a-f]{64}  .+)")
_MARK = re.compile(r"# (signed-by|stamped-by) (.+)")
_END = re.compile(r"# end ([0-9a-f]{64})")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


class EvidenceError(Exception):
    """Evidence that cannot be made or read: one sentence in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class DamagedError(EvidenceError):
    """A manifest that is not as it was written."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that was removed on purpose."""

    day: str  # ISO date
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says; paths are relative to the run, with slashes."""

    files: Mapping[str, str]  # path → SHA-256
    dropped: Mapping[str, Dropped] = field(default_factory=dict)
    signed_by: str | None = None  # "ed25519:" and the public key in base64
    stamped_by: str | None = None  # address of the time-stamping authority


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between a run and its manifest."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


def paths(run: Path) -> Iterator[str]:
    """Every file of a run but the manifest, and whatever else is no folder. Raises OSError."""
    for folder, inner, names in os.walk(run, onerror=_raise):
        inner.sort()
        links = [name for name in inner if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = (Path(folder) / name).relative_to(run).as_posix()
            if path != MANIFEST:
                yield path


def hashes(run: Path) -> dict[str, str]:
    """Path and hash of every file of a run, in the order of the walk. Raises OSError."""
    return {path: digest_of(run / path) for path in paths(run)}


def write(
    run: Path,
    dropped: Mapping[str, Dropped] = MappingProxyType({}),
    signed_by: str | None = None,
    stamped_by: str | None = None,
) -> str:
    """Write the manifest of a run.

    Args:
        run: the folder.
        dropped: files that were removed on purpose, or are about to be.
        signed_by: whose signature is about to be put beside it; without that, the manifest does not hold.
        stamped_by: whose time-stamp is.

    Returns:
        The SHA-256 of the manifest's bytes.

    Raises:
        EvidenceError: something in the folder is neither file nor folder.
        OSError: a file cannot be read, or the manifest not written.
    """
    files = {path: sha256 for path, sha256 in hashes(run).items() if path not in dropped}
    found = Manifest(files, dropped, signed_by, stamped_by)
    if odd := [path for path, sha256 in found.files.items() if sha256 == IRREGULAR]:
        raise EvidenceError(
            f"{odd[0]} 不是普通文件，无法列入清单", f"{odd[0]} is no regular file: it cannot be vouched for"
        )
    data = encode(found)
    write_atomically(run / MANIFEST, data)
    return hashlib.sha256(data).hexdigest()


def read(run: Path) -> Manifest:
    """The manifest of a run. Raises EvidenceError where it is missing or damaged."""
    return decode(load(run))


def load(run: Path) -> bytes:
    """The bytes of a run's manifest. Raises EvidenceError."""
    try:
        return (run / MANIFEST).read_bytes()
    except FileNotFoundError as error:
        raise EvidenceError(
            f"{run} 没有 {MANIFEST}：运行尚未结束，或清单已被删除",
            f"{run} has no {MANIFEST}: the run has not ended, or the manifest was removed",
        ) from error
    except OSError as error:
        raise EvidenceError(f"{MANIFEST}：{error.strerror}", f"{MANIFEST}: {error.strerror}") from error


def digest(run: Path) -> str | None:
    """The SHA-256 of a run's manifest; None where it has none."""
    try:
        return hashlib.sha256((run / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return None


def changes(run: Path, said: Manifest) -> Changes:
    """What of a run is not as its manifest says. Raises OSError."""
    now = hashes(run)
    for seal, claimed in ((SIGNATURE, said.signed_by), (STAMP, said.stamped_by)):
        if claimed:
            now.pop(seal, None)
    return compare(said.files, now)


def compare(then: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """What differs between two sets of hashes."""
    return Changes(
        tuple(path for path, sha256 in then.items() if now.get(path, sha256) != sha256),
        tuple(path for path in then if path not in now),
        tuple(path for path in now if path not in then),
    )


def retire(run: Path) -> None:
    """Put the manifest and its seals under `manifests/`, to be followed by a new one. Raises OSError."""
    held = [name for name in (SIGNATURE, STAMP, MANIFEST) if (run / name).exists()]
    if held:
        number = 1 + max((int(path.name) for path in _numbered(run)), default=0)
        shelf = run / EARLIER / str(number)
        shelf.mkdir(parents=True)
        for name in held:
            (run / name).replace(shelf / name)


def earlier(run: Path) -> tuple[Path, ...]:
    """The folders of earlier manifests, oldest first."""
    return tuple(path for path in _numbered(run) if (path / MANIFEST).is_file())


def _numbered(run: Path) -> list[Path]:
    shelf = run / EARLIER
    found = [path for path in shelf.iterdir() if path.name.isdecimal()] if shelf.is_dir() else []
    return sorted(found, key=lambda path: int(path.name))


def dropped(run: Path) -> dict[str, Dropped]:
    """What was dropped from a run so far, as the newest of its manifests that is whole says."""
    for folder in (run, *reversed(earlier(run))):
        with suppress(EvidenceError):
            return dict(read(folder).dropped)
    return {}


def encode(manifest: Manifest) -> bytes:
    """The manifest as bytes; the same manifest gives the same bytes."""
    marks = (("signed-by", manifest.signed_by), ("stamped-by", manifest.stamped_by))
    lines = [
        _VERSION,
        *(f"# {name} {value}" for name, value in marks if value),
        *(f"# dropped {gone.day} {_line(path, gone.sha256)}" for path, gone in manifest.dropped.items()),
        *(_line(path, sha256) for path, sha256 in manifest.files.items()),
    ]
    body = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    return body + f"# end {hashlib.sha256(body).hexdigest()}\n".encode()


def decode(data: bytes) -> Manifest:
    """The manifest that `encode` wrote. Raises EvidenceError for one that was changed."""
    body, end = _parted(data)
    files, gone, marks = dict[str, str](), dict[str, Dropped](), dict[str, str]()
    if not end or hashlib.sha256(body).hexdigest() != end[1]:
        raise _damaged("其末行校验值与内容不符", "its last line does not fit what stands before it")
    for line in body.decode("utf-8", "surrogateescape").split("\n")[1:-1]:
        if found := _DROPPED.fullmatch(line):
            path, sha256 = _entry(found[2])
            gone[path] = Dropped(found[1], sha256)
        elif found := _MARK.fullmatch(line):
            marks[found[1]] = found[2]
        else:
            path, sha256 = _entry(line)
            if path in files:
                raise _damaged(f"{path} 出现两次", f"{path} stands in it twice")
            files[path] = sha256
    return Manifest(files, gone, marks.get("signed-by"), marks.get("stamped-by"))


def _parted(data: bytes) -> tuple[bytes, re.Match[str] | None]:
    """The lines but the last, and the last one."""
    start = data.rfind(b"\n", 0, -1) + 1
    last = data[start:].decode("ascii", "replace")
    whole = data.startswith(_VERSION.encode() + b"\n") and last.endswith("\n")
    return data[:start], _END.fullmatch(last[:-1]) if whole else None


def _line(path: str, sha256: str) -> str:
    """A line as GNU sha256sum writes it: names with a backslash or a line break are escaped and the line says so."""
    safe = "".join(_ESCAPES.get(char, char) for char in path)
    return f"{'' if safe == path else chr(92)}{sha256}  {safe}"


def _entry(line: str) -> tuple[str, str]:
    found = _LINE.fullmatch(line)
    if not found:
        raise _damaged(f"无法读懂这一行：{line[:100]!r}", f"no line of a manifest: {line[:100]!r}")
    path = found[3]
    if found[1]:
        path = re.sub(r"\\([\\nr])", lambda code: {"\\": "\\", "n": "\n", "r": "\r"}[code[1]], path)
    return path, found[2]


def digest_of(path: Path) -> str:
    """SHA-256 of a file; `IRREGULAR` for what is none. Raises OSError."""
    if path.is_symlink() or not path.is_file():
        return IRREGULAR
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(zh: str, en: str) -> DamagedError:
    return DamagedError(f"{MANIFEST} 已损坏或被改动：{zh}", f"{MANIFEST} is damaged or was changed: {en}")


def _raise(error: OSError) -> None:
    raise error
