"""Folders of runs: made, found, read, and sealed as evidence."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from auditor.model import SiteAudit, Text
from crawler.store import Run
from gongshi_terms import Exit, Stop, is_address, say

if TYPE_CHECKING:
    from crawler.manifest import Dropped
    from crawler.remote import Store
    from crawler.seal import Seal

VERIFIED = (Text("已改动", "changed"), Text("缺失", "missing"), Text("多出", "added"))


@contextlib.contextmanager
def folder_for(keep: Path | None) -> Iterator[Path]:
    """The folder of the run: the one to keep, or one that is gone afterwards."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="gongshi-") as path:
        yield Path(path)


@contextlib.contextmanager
def mirrored(run: str) -> Iterator[tuple[Path, "Store | None"]]:
    """The folder of a run; of one in a store its mirror, brought up to date before and stored afterwards.

    Raises Stop where what reads stores is not installed, OSError.
    """
    if not is_address(run):
        yield Path(run), None
        return
    try:
        from crawler.remote import Store, mirror_of
    except ImportError as error:
        zh, en = "需要 fsspec：pip install 'gongshi[dask]'", "needs fsspec: pip install 'gongshi[dask]'"
        raise Stop(Exit.USAGE, f"{run} {zh}", f"{run} {en}") from error
    folder, store = mirror_of(run), Store(run)
    store.fetch(Run(folder))
    say(f"{run} 的本机镜像：{folder}", f"the mirror of {run} on this machine: {folder}")
    try:
        yield folder, store
    finally:
        if folder.exists():
            store.put_rest(Run(folder))


def fresh(run: Path) -> None:
    """Remove the demo's run of last time, and nothing that is not a run."""
    if (run / "run.json").is_file():
        shutil.rmtree(run)


def existing(run: Path) -> Run:
    """A run's folder that is there."""
    if not run.is_dir():
        raise Stop(Exit.USAGE, f"没有这个运行目录：{run}", f"there is no run folder {run}")
    return Run(run)


def stored(run: Run) -> Iterator[SiteAudit]:
    """The verdicts of a run, as they are stored. Raises StoreError for one that cannot be read."""
    return (folder.read_audit_as(SiteAudit) for folder in run.folders() if folder.done)


def seal_of(asked: dict[str, Any]) -> "Seal":
    """The signature and time-stamp that a call asks for."""
    from crawler.seal import Seal

    return Seal(asked.get("sign"), asked.get("timestamp"), asked.get("tsa_ca"))


@contextlib.contextmanager
def sealed(
    run: Path,
    seal: "Seal",
    as_is: bool = False,
    leaving: "Mapping[str, Dropped]" = MappingProxyType({}),
    tell: bool = True,
) -> Iterator[None]:
    """Work on a run that is as its manifest says; at the end it gets a new one, whose digest is told.

    `as_is`: whatever was changed since the old one is vouched for. `leaving`: files that will be removed on purpose.
    `tell`: False where more is about to be added, and the last manifest is the one to quote.
    """
    from crawler.manifest import EvidenceError, retire
    from crawler.seal import close, ready

    try:
        ready(run, seal, as_is)
        if as_is:
            retire(run)
    except EvidenceError as error:
        raise Stop(Exit.USAGE, error.zh, error.en) from error
    yield
    try:
        digest = close(run, seal, leaving)
    except EvidenceError as error:
        raise Stop(
            Exit.MACHINE, f"运行已完成但封存失败：{error.zh}", f"the run is done, but NOT sealed: {error.en}"
        ) from error
    if tell:
        say(f"清单 manifest.sha256 的校验值：{digest}", f"manifest.sha256 has the digest {digest}")


@contextlib.contextmanager
def resealed(run: Path, seal: "Seal | None" = None, leaving: "Mapping[str, Dropped] | None" = None) -> Iterator[None]:
    """Add to a run: its manifest, if it has one, is written anew, and it is told where that has no seal any more."""
    from crawler.manifest import MANIFEST, read

    if not (run / MANIFEST).exists() and leaving is None:
        yield
        return
    with sealed(run, seal or seal_of({}), leaving={} if leaving is None else leaving):
        before = read(run) if (run / MANIFEST).exists() else None
        yield
    after = read(run)
    if before and ((before.signed_by and not after.signed_by) or (before.stamped_by and not after.stamped_by)):
        say(
            "新清单没有签名或时间戳（旧清单保留在 manifests/）：gongshi seal 可补上。",
            "The new manifest is not signed or time-stamped (manifests/ keeps the old one): gongshi seal does that.",
        )
