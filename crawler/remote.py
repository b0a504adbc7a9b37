"""A run on a store that is no file system: `gongshi sweep LIST -o s3://bucket/runs/2026-11`, any address of fsspec.

Each machine works in a mirror of its own, a folder like any run. A site that is finished is put into the store at once,
its verdict last, so that what the store holds is always whole; an object appears when it is complete, which stands in
for the renaming that a folder does. What the store has and a mirror lacks is fetched when a sweep begins.

    store = Store("s3://bucket/runs/2026-11")
    store.fetch(run)                     # into the mirror
    store.put_site(run, seed.url)        # by whoever visited it
    store.fetch_site(run, seed.url)      # by whoever makes the summary
"""

import errno
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
from platformdirs import user_cache_path

from crawler.store import AUDIT, Run, site_name

_SITES, _AGAIN, _HOSTS = "sites", "again", "hosts"


def mirror_of(address: str) -> Path:
    """Where this machine works on the run at an address."""
    slug = re.sub(r"[^A-Za-z0-9.-]+", "-", address).strip("-.")[-60:]
    return user_cache_path("gongshi") / "runs" / f"{slug}-{hashlib.sha256(address.encode()).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Store:
    """The store of a run. Every call raises OSError where the store cannot be read or written."""

    address: str

    def fetch(self, run: Run) -> None:
        """Bring a mirror up to what the store holds; files of the same size are taken to be the same."""
        files, root = self._files()
        for path, size in _verdicts_last(files.items()):
            local = run.path / path
            if not local.is_file() or local.stat().st_size != size:
                self._get(f"{root}/{path}", local)

    def withdraw(self, run: Run) -> None:
        """Remove verdicts that the mirror does not hold any more: their sites are to be visited again."""
        files, root = self._files(_SITES)
        for path in files:
            if path.endswith(f"/{AUDIT}") and not (run.path / path).exists():
                self._ask("rm_file", f"{root}/{path}")

    def fetch_site(self, run: Run, site: str) -> None:
        """Bring one site of a mirror, and the note on whether it is visited again, up to what the store holds."""
        files, root = self._files(self._place(run, site))
        for gone in _kept(run.folder(site).path):
            if gone.relative_to(run.path).as_posix() not in files:
                gone.unlink()
        for path, _ in _verdicts_last(files.items()):
            self._get(f"{root}/{path}", run.path / path)
        mark = f"{_AGAIN}/{site_name(site)}"
        if self._ask("exists", f"{root}/{mark}"):
            self._get(f"{root}/{mark}", run.path / mark)
        else:
            (run.path / mark).unlink(missing_ok=True)

    def has(self, run: Run, site: str) -> bool:
        """Whether the store holds a site's verdict."""
        return bool(self._ask("exists", f"{self._open()[1]}/{self._place(run, site)}/{AUDIT}"))

    def put_site(self, run: Run, site: str) -> None:
        """Store one site of a mirror: its files, the note that it is visited again, its verdict; then what is gone."""
        root = self._open()[1]
        place, mark = self._place(run, site), f"{_AGAIN}/{site_name(site)}"
        ours = _names(run, _kept(run.path / place))
        again = [mark] if (run.path / mark).exists() else []
        before = self._files(place)[0]
        verdict = [path for path in ours if path.endswith(f"/{AUDIT}")]
        self._put(run, [*(path for path in ours if path not in verdict), *again])
        self._put(run, verdict)
        for path in before.keys() - set(ours):
            self._ask("rm_file", f"{root}/{path}")
        if not again:
            with suppress(FileNotFoundError):
                self._ask("rm_file", f"{root}/{mark}")

    def put_answers(self, run: Run) -> None:
        """Store what the mirror knows of links that all sites share."""
        self._put(run, _names(run, _kept(run.path / _HOSTS)))

    def fetch_answers(self, run: Run) -> None:
        """Learn what other machines know of links that all sites share."""
        files, root = self._files(_HOSTS)
        for path in files:
            if not (run.path / path).exists():
                self._get(f"{root}/{path}", run.path / path)

    def put_rest(self, run: Run) -> None:
        """Store what is no site: the record of the run, its log, its manifest, last of all."""
        inner = {_SITES, _AGAIN}
        rest = [path for path in _kept(run.path) if path.relative_to(run.path).parts[0] not in inner]
        last = [path for path in rest if path.name.startswith("manifest.")]
        self._put(run, _names(run, (path for path in rest if path not in last)))
        self._put(run, _names(run, last))

    def _open(self) -> tuple[Any, str]:
        try:
            fs, root = fsspec.core.url_to_fs(self.address)
        except (ImportError, ValueError) as error:  # no such kind of store, or its package is missing
            raise OSError(errno.EINVAL, str(error), self.address) from error
        return fs, root.rstrip("/")

    def _files(self, under: str = "") -> tuple[dict[str, int], str]:
        """Files of the store below a folder: path within the run, and size."""
        fs, root = self._open()
        fs.invalidate_cache()
        try:
            found = self._ask("find", f"{root}/{under}".rstrip("/"), detail=True)
        except FileNotFoundError:
            found = {}
        return {name.removeprefix(f"{root}/"): int(info["size"]) for name, info in found.items()}, root

    def _place(self, run: Run, site: str) -> str:
        return run.folder(site).path.relative_to(run.path).as_posix()

    def _get(self, there: str, here: Path) -> None:
        here.parent.mkdir(parents=True, exist_ok=True)
        beside = here.with_name(f".{here.name}.fetched")
        self._ask("get_file", there, str(beside))
        beside.replace(here)

    def _put(self, run: Run, paths: Sequence[str]) -> None:
        """Store files of a mirror, in any order, side by side where the store can."""
        root = self._open()[1]
        for folder in {path.rpartition("/")[0] for path in paths}:
            self._ask("makedirs", f"{root}/{folder}".rstrip("/"), exist_ok=True)
        if paths:
            self._ask("put", [str(run.path / path) for path in paths], [f"{root}/{path}" for path in paths])

    def _ask(self, what: str, *arguments: Any, **named: Any) -> Any:
        """A call of the store. Whatever the packages that speak to stores raise becomes an OSError."""
        try:
            return getattr(self._open()[0], what)(*arguments, **named)
        except OSError:
            raise
        except Exception as error:
            raise OSError(errno.EIO, f"{type(error).__name__}: {error}", self.address) from error


def _names(run: Run, files: Iterable[Path]) -> list[str]:
    return [path.relative_to(run.path).as_posix() for path in files]


def _kept(folder: Path) -> Iterator[Path]:
    """The files of a folder but those that are being written."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _verdicts_last(files: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(files, key=lambda file: file[0].endswith(f"/{AUDIT}"))
