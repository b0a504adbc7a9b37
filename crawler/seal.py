"""The end of a run that stands as evidence: manifest, signature and time-stamp, written in this order and checked.

    seal = Seal(key=Path("key.pem"), authority="https://tsa.example/")
    ready(run, seal)             # before anything is changed: the key can be read, nothing was tampered with
    …                            # visit, judge
    digest = close(run, seal)    # manifest, signature, time-stamp

The signature is Ed25519 over the bytes of `manifest.sha256`, raw, as `openssl pkeyutl -verify -rawin` reads it. The
manifest itself says that it is signed and stamped, so that taking either away is told.
"""

import base64
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
    load_ssh_private_key,
    load_ssh_public_key,
)

from crawler import manifest, stamp, wacz
from crawler.manifest import MANIFEST, SIGNATURE, STAMP, Changes, Dropped, EvidenceError, Manifest
from crawler.store import write_atomically

PASSWORD = "GONGSHI_SIGN_PASSWORD"
"""Environment variable with the password of an encrypted key. It is stored nowhere."""

_KIND = "ed25519:"


@dataclass(frozen=True, slots=True)
class Seal:
    """What was asked for beside the manifest."""

    key: Path | None = None  # Ed25519 private key, PEM or OpenSSH
    authority: str | None = None  # address of a time-stamping authority (RFC 3161)
    roots: Path | None = None  # PEM: certificates that the authority's must lead to


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found."""

    digest: str  # SHA-256 of the manifest
    files: int
    changes: Changes = field(default_factory=Changes)
    broken: tuple[tuple[str, str], ...] = ()  # (zh, en): seals that are missing or do not hold, bad archives
    signer: str | None = None  # fingerprint of the key whose signature holds
    pinned: bool = False  # and it is the key that was asked for
    stamped: stamp.Stamped | None = None
    dropped: int = 0  # files that were removed on purpose
    earlier: tuple[str, ...] = ()  # digests of the manifests before this one, oldest first

    @property
    def intact(self) -> bool:
        """Whether everything holds."""
        return not self.changes and not self.broken

    def told(self) -> tuple[tuple[str, str], ...]:
        """What a reader should know, one sentence each (zh, en)."""
        lines = [
            (f"清单：{self.files} 个文件，校验值 {self.digest}", f"manifest: {self.files} files, digest {self.digest}")
        ]
        if self.earlier:
            held = " ".join(self.earlier)
            lines.append((f"此前的清单（保留在 manifests/）：{held}", f"earlier manifests, kept in manifests/: {held}"))
        if self.dropped:
            lines.append(
                (f"另有 {self.dropped} 个文件按规则删除，记录在清单中", f"{self.dropped} more were dropped, on record")
            )
        if self.signer:
            known = ("", "") if self.pinned else ("；请与已知公钥核对", "; compare it with the key that you know")
            lines.append(
                (f"签名有效，公钥指纹 {self.signer}{known[0]}", f"signed with the key {self.signer}{known[1]}")
            )
        if self.stamped:
            when, who = self.stamped.time, f"{self.stamped.authority} ({self.stamped.fingerprint})"
            known = (
                ("", "")
                if self.stamped.trusted
                else (
                    "；其证书不能追溯到本机已知的根证书，请核对指纹或使用 --tsa-ca",
                    "; its certificate leads to no root known here: compare the fingerprint or give --tsa-ca",
                )
            )
            lines.append((f"时间戳 {when}，签发者 {who}{known[0]}", f"time-stamped {when} by {who}{known[1]}"))
        if self.intact:
            lines.append(("完好，没有改动", "intact: nothing was changed"))
        return tuple(lines)


def ready(run: Path, seal: Seal, as_is: bool = False) -> None:
    """Check, before a run is worked on, that it can be sealed and (unless `as_is`) that it is as its manifest says.

    Raises:
        EvidenceError: the key or the roots cannot be read, or files were changed since the last manifest: a new one
            would vouch for them.
    """
    if seal.key:
        private_key(seal.key)
    if seal.roots:
        stamp.certificates(seal.roots)
    if not as_is and (run / MANIFEST).exists() and (found := manifest.changes(run, manifest.read(run))):
        first = (found.changed + found.missing + found.added)[0]
        raise EvidenceError(
            f"{run} 在清单写成之后被改动过（如 {first}）。gongshi verify 列出全部；确认后可用 gongshi seal 重新封存",
            f"{run} was changed since its manifest was written ({first} for one). gongshi verify lists all; "
            "gongshi seal vouches for it as it is now",
        )


def close(run: Path, seal: Seal, leaving: Mapping[str, Dropped] = MappingProxyType({})) -> str:
    """Write the manifest anew, sign and stamp it; an unchanged run that is sealed as asked stays as it is.

    `leaving`: files that are about to be removed on purpose.

    Returns the digest of the manifest. Raises EvidenceError where a seal that was asked for cannot be made: the
    manifest is written then and says that it should be there.
    """
    key = private_key(seal.key) if seal.key else None
    signed_by = public_text(key.public_key()) if key else None
    stamped_by = stamp.bare(seal.authority) if seal.authority else None
    if not leaving and _holds(run, signed_by, stamped_by) and (digest := manifest.digest(run)):
        return digest
    gone = {path: what for path, what in manifest.dropped(run).items() if not (run / path).exists()}
    manifest.retire(run)
    digest = manifest.write(run, {**gone, **leaving}, signed_by, stamped_by)
    data = manifest.load(run)
    if key:
        write_atomically(run / SIGNATURE, key.sign(data))
    if seal.authority:
        roots = stamp.certificates(seal.roots) if seal.roots else ()
        write_atomically(run / STAMP, stamp.request(data, seal.authority, roots))
    return digest


def verify(run: Path, key: Path | None = None, roots: Path | None = None, archives: bool = True) -> Verified:
    """Compare a run with its manifest, the manifest with its seals, and open its archives.

    Args:
        run: the folder.
        key: the public key that must have signed it; None: whichever the manifest names.
        roots: certificates that the time-stamping authority's must lead to; None: those of this machine, and one that
            is not known here is told, not held against the run.
        archives: whether to read every archive of a site, to see that it can be opened.

    Raises:
        EvidenceError: there is no manifest, or it is damaged, or `key` or `roots` cannot be read.
        OSError: a file cannot be read.
    """
    data = manifest.load(run)
    said = manifest.decode(data)
    wanted = public_text(public_key(key)) if key else None
    known = stamp.certificates(roots) if roots else ()
    broken: list[tuple[str, str]] = []
    signed = _signed(run, said, data, wanted, broken)
    stamped = _stamped(run, said, data, known, broken)
    return Verified(
        hashlib.sha256(data).hexdigest(),
        len(said.files),
        manifest.changes(run, said),
        (*broken, *(wacz.problems(run) if archives else ())),
        fingerprint(said.signed_by) if signed and said.signed_by else None,
        signed and wanted is not None,
        stamped,
        len(said.dropped),
        tuple(digest for path in manifest.earlier(run) if (digest := manifest.digest(path))),
    )


def private_key(path: Path) -> Ed25519PrivateKey:
    """The key in a file. Raises EvidenceError for one that cannot be read or is of another kind."""
    password = os.environ.get(PASSWORD, "").encode() or None
    try:
        data = path.read_bytes()
        load = load_ssh_private_key if b"OPENSSH" in data else load_pem_private_key
        key = load(data, password)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise EvidenceError(
            f"无法读取签名密钥 {path}：{error}", f"the signing key {path} cannot be read: {error}"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise EvidenceError(f"{path} 不是 Ed25519 私钥", f"{path} is no Ed25519 private key")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a file, PEM or OpenSSH. Raises EvidenceError."""
    try:
        data = path.read_bytes()
        key = load_ssh_public_key(data) if data.startswith(b"ssh-") else load_pem_public_key(data)
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise EvidenceError(
            f"无法读取公钥 {path}：{error}", f"the public key {path} cannot be read: {error}"
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise EvidenceError(f"{path} 不是 Ed25519 公钥", f"{path} is no Ed25519 public key")
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as it stands in the manifest."""
    return _KIND + base64.b64encode(key.public_bytes_raw()).decode()


def fingerprint(text: str) -> str:
    """The SHA-256 of a public key that stands in a manifest."""
    return hashlib.sha256(base64.b64decode(text.removeprefix(_KIND))).hexdigest()


def _holds(run: Path, signed_by: str | None, stamped_by: str | None) -> bool:
    """Whether the manifest that is there says all that a new one would."""
    if not (run / MANIFEST).exists():
        return False
    said = manifest.read(run)
    kept = signed_by in (None, said.signed_by) and stamped_by in (None, said.stamped_by)
    return kept and verify(run, archives=False).intact


def _signed(run: Path, said: Manifest, data: bytes, wanted: str | None, broken: list[tuple[str, str]]) -> bool:
    """Whether there is a signature that holds; what is wrong goes to `broken`."""
    if said.signed_by is None:
        if wanted:
            broken.append(("没有签名", "it is not signed"))
        return False
    if wanted not in (None, said.signed_by):
        broken.append(("由另一把密钥签名", "it is signed with another key"))
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(said.signed_by.removeprefix(_KIND), validate=True))
        key.verify((run / SIGNATURE).read_bytes(), data)
    except FileNotFoundError:
        broken.append((f"缺少签名文件 {SIGNATURE}", f"the signature {SIGNATURE} is missing"))
        return False
    except (InvalidSignature, ValueError):
        broken.append((f"签名 {SIGNATURE} 无效", f"the signature {SIGNATURE} does not hold"))
        return False
    return True


def _stamped(
    run: Path, said: Manifest, data: bytes, roots: tuple[x509.Certificate, ...], broken: list[tuple[str, str]]
) -> stamp.Stamped | None:
    if said.stamped_by is None:
        return None
    try:
        return stamp.check((run / STAMP).read_bytes(), data, roots)
    except FileNotFoundError:
        broken.append((f"缺少时间戳文件 {STAMP}", f"the time-stamp {STAMP} is missing"))
    except EvidenceError as error:
        broken.append((error.zh, error.en))
    return None
