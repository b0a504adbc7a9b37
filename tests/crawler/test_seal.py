"""Signatures and time-stamps. The time-stamping authority is made with openssl and answers on 127.0.0.1."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from crawler import manifest, stamp
from crawler.manifest import MANIFEST, SIGNATURE, STAMP, EvidenceError
from crawler.seal import PASSWORD, Seal, close, ready, verify

AUTHORITY = """
set -e
openssl req -x509 -newkey {kind} -nodes -keyout ca.key -out ca.pem -days 30 -subj "/CN=Root"
openssl req -newkey {kind} -nodes -keyout tsa.key -out tsa.csr -subj "/CN=Invented Authority"
printf 'extendedKeyUsage=critical,timeStamping\\nkeyUsage=critical,digitalSignature\\n' > extensions
openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 30 -extfile extensions
echo 1000 > serial
printf '[tsa]\\ndefault_tsa=t\\n[t]\\nserial=serial\\nsigner_cert=tsa.pem\\nsigner_key=tsa.key\\n' > conf
printf 'default_policy=1.2.3.4.1\\ndigests=sha256\\nsigner_digest=sha256\\ness_cert_id_chain=no\\n' >> conf
"""
KINDS = {"rsa": "rsa:2048", "ec": "ec -pkeyopt ec_paramgen_curve:P-256"}


class Authority:
    """A time-stamping authority, its files in a folder."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.roots = folder / "ca.pem"
        subprocess.run(["sh", "-c", AUTHORITY.format(kind=KINDS[kind])], cwd=folder, check=True, capture_output=True)

    def stamp(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        command = "openssl ts -reply -config conf -section t -queryfile query"
        return subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True).stdout


@pytest.fixture(scope="module", params=KINDS)
def authority(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"), request.param)


@pytest.fixture
def post() -> Iterator[Callable[[Callable[[bytes], bytes]], str]]:
    """A server that answers posts with what a function makes of them. Gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[bytes], bytes]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        Thread(target=servers[-1].serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    (folder / "sites").mkdir(parents=True)
    (folder / "run.json").write_text("{}")
    (folder / "sites" / "one").write_text("one")
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return written(Ed25519PrivateKey.generate(), tmp_path / "key.pem")


def written(key: Ed25519PrivateKey, path: Path, form: PrivateFormat = PrivateFormat.PKCS8) -> Path:
    path.write_bytes(key.private_bytes(Encoding.PEM, form, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    path.with_suffix(".pub").write_bytes(public)
    return path


def test_a_signed_run_is_verified(run: Path, key: Path) -> None:
    digest = close(run, Seal(key))
    found = verify(run, key.with_suffix(".pub"))
    assert (found.digest, found.intact, found.pinned) == (digest, True, True)
    assert verify(run).signer == found.signer
    assert not verify(run).pinned


def test_openssl_reads_the_signature(run: Path, key: Path) -> None:
    close(run, Seal(key))
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", str(key.with_suffix(".pub"))]
    checked = subprocess.run([*command, "-sigfile", SIGNATURE, "-in", MANIFEST], cwd=run, capture_output=True)
    assert checked.returncode == 0, checked.stderr


def test_another_key_is_told(run: Path, key: Path, tmp_path: Path) -> None:
    other = written(Ed25519PrivateKey.generate(), tmp_path / "other.pem").with_suffix(".pub")
    close(run, Seal(key))
    assert [en for _, en in verify(run, other).broken] == ["it is signed with another key"]
    manifest.retire(run)
    close(run, Seal())
    assert [en for _, en in verify(run, other).broken] == ["it is not signed"]


@pytest.mark.parametrize("harm", ["flip", "remove", "empty"])
def test_a_harmed_signature_is_told(run: Path, key: Path, harm: str) -> None:
    close(run, Seal(key))
    data = (run / SIGNATURE).read_bytes()
    if harm == "remove":
        (run / SIGNATURE).unlink()
    else:
        (run / SIGNATURE).write_bytes(bytes([data[0] ^ 1]) + data[1:] if harm == "flip" else b"")
    found = verify(run)
    assert not found.intact
    assert found.signer is None
    assert len(found.broken) == 1


def test_seals_that_nobody_claimed_are_additions(run: Path) -> None:
    close(run, Seal())
    (run / SIGNATURE).write_bytes(b"x")
    (run / STAMP).write_bytes(b"x")
    assert verify(run).changes.added == (SIGNATURE, STAMP)


def test_keys_of_openssh_and_with_passwords_are_read(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Ed25519PrivateKey.generate()
    close(run, Seal(written(key, tmp_path / "ssh", PrivateFormat.OpenSSH)))
    (tmp_path / "ssh.pub").write_bytes(key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH))
    assert verify(run, tmp_path / "ssh.pub").pinned
    locked = tmp_path / "locked.pem"
    locked.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret word")))
    with pytest.raises(EvidenceError, match="cannot be read"):
        ready(run, Seal(locked))
    monkeypatch.setenv(PASSWORD, "secret word")
    ready(run, Seal(locked))
    assert not [path for path in run.rglob("*") if path.is_file() and b"secret word" in path.read_bytes()]


def test_keys_that_do_not_serve_are_told_before_anything_is_done(run: Path, tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("no key")
    with pytest.raises(EvidenceError, match="cannot be read"):
        ready(run, Seal(tmp_path / "none.pem"))
    with pytest.raises(EvidenceError, match="cannot be read"):
        ready(run, Seal(tmp_path / "missing.pem"))
    curve = generate_private_key(SECP256R1())
    (tmp_path / "ec.pem").write_bytes(curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(EvidenceError, match="no Ed25519 private key"):
        ready(run, Seal(tmp_path / "ec.pem"))
    assert not (run / MANIFEST).exists()


def test_a_changed_run_is_not_vouched_for(run: Path) -> None:
    close(run, Seal())
    (run / "sites" / "one").write_text("two")
    with pytest.raises(EvidenceError, match="sites/one for one"):
        ready(run, Seal())
    ready(run, Seal(), as_is=True)


def test_an_unchanged_run_keeps_its_manifest_until_more_is_asked(run: Path, key: Path) -> None:
    first = close(run, Seal())
    assert close(run, Seal()) == first
    assert not manifest.earlier(run)
    second = close(run, Seal(key))
    assert close(run, Seal(key)) == close(run, Seal()) == second
    assert len(manifest.earlier(run)) == 1
    assert verify(run).earlier == (first,)
    assert any(first in en for _, en in verify(run).told())


def test_a_stamped_run_is_verified(run: Path, authority: Authority, post: Callable[..., str]) -> None:
    url = post(authority.stamp)
    close(run, Seal(None, url.replace("//", "//me:secret@") + "?key=1", authority.roots))
    assert manifest.read(run).stamped_by == url
    found = verify(run, roots=authority.roots)
    assert found.intact
    assert found.stamped and found.stamped.trusted
    assert found.stamped.authority == "CN=Invented Authority"
    unknown = verify(run)
    assert unknown.intact
    assert unknown.stamped and not unknown.stamped.trusted
    assert any("leads to no root known here" in en for _, en in unknown.told())


def test_what_is_secret_in_the_address_goes_to_the_authority_only() -> None:
    assert stamp.bare("https://me:secret@tsa.example/x?key=1#y") == "https://tsa.example/x"
    assert stamp._user("https://me:a%40b@tsa.example/") == b"me:a@b"
    assert stamp._without_user("https://me:a%40b@tsa.example/?key=1") == "https://tsa.example/?key=1"


def test_openssl_reads_the_stamp(run: Path, authority: Authority, post: Callable[..., str]) -> None:
    close(run, Seal(None, post(authority.stamp)))
    command = ["openssl", "ts", "-verify", "-in", STAMP, "-data", MANIFEST, "-CAfile", str(authority.roots)]
    assert subprocess.run(command, cwd=run, capture_output=True).returncode == 0


def test_a_stamp_of_something_else_does_not_hold(run: Path, authority: Authority, post: Callable[..., str]) -> None:
    url = post(authority.stamp)
    close(run, Seal(None, url))
    other = stamp.request(b"something else", url)
    (run / STAMP).write_bytes(other)
    assert not verify(run).intact
    (run / STAMP).unlink()
    assert [en for _, en in verify(run).broken] == [f"the time-stamp {STAMP} is missing"]


def test_a_root_that_is_not_the_authoritys_is_told(
    run: Path, authority: Authority, post: Callable[..., str], tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    roots = Authority(stranger, "ec").roots
    with pytest.raises(EvidenceError, match="does not lead to the given root"):
        close(run, Seal(None, post(authority.stamp), roots))
    assert not verify(run, roots=roots).intact


def test_signatures_and_content_of_stamps_are_checked(authority: Authority, post: Callable[..., str]) -> None:
    """Whatever bit is flipped: it is refused, or what the stamp says of time and signer is the same."""
    data = b"the manifest"
    answer = stamp.request(data, post(authority.stamp))
    roots = stamp.certificates(authority.roots)
    time = stamp.check(answer, data, roots).time
    refused = 0
    for at in range(0, len(answer), 9):
        harmed = answer[:at] + bytes([answer[at] ^ 4]) + answer[at + 1 :]
        try:
            assert stamp.check(harmed, data, roots).time == time
        except EvidenceError:
            refused += 1
        with suppress(EvidenceError):
            assert stamp.check(harmed, data).time == time
    assert refused > len(answer) // 9 * 0.95
    for end in range(0, len(answer), 11):
        with pytest.raises(EvidenceError):
            stamp.check(answer[:end], data)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda _: b"", "it is no time-stamp"),
        (lambda _: b"<html>busy</html>", "it is no time-stamp"),
        (lambda _: bytes.fromhex("30053003020102"), "the authority refused"),
    ],
)
def test_an_authority_that_gives_no_stamp_fails_loudly(
    run: Path, post: Callable[..., str], answer: Callable[[bytes], bytes], said: str
) -> None:
    with pytest.raises(EvidenceError, match=said):
        close(run, Seal(None, post(answer)))
    found = verify(run)
    assert not found.changes
    assert [en for _, en in found.broken] == [f"the time-stamp {STAMP} is missing"]


def test_an_authority_that_is_not_there_fails_loudly(run: Path) -> None:
    with pytest.raises(EvidenceError, match=r"http://127\.0\.0\.1:1/ gave no time-stamp"):
        close(run, Seal(None, "http://user:word@127.0.0.1:1/?key=word"))
    with pytest.raises(EvidenceError, match="no http"):
        stamp.request(b"x", "file:///etc/passwd")


def test_an_old_answer_is_not_taken(authority: Authority, post: Callable[..., str]) -> None:
    old = stamp.request(b"data", post(authority.stamp))
    with pytest.raises(EvidenceError, match="it answers another request"):
        stamp.request(b"data", post(lambda _: old))


def test_the_digest_is_that_of_the_file(run: Path, key: Path) -> None:
    assert close(run, Seal(key)) == hashlib.sha256((run / MANIFEST).read_bytes()).hexdigest()
