"""Time-stamps of RFC 3161: an authority's signed word that some bytes existed at a time.

    token = request(data, "https://tsa.example/")        # the whole TimeStampResp, as `openssl ts -verify` reads it
    check(token, data).time

Building, parsing and the chain of certificates are rfc3161-client's. What it cannot do is to check a token whose root
is not known here; then at least the authority's own signature is checked, and `Stamped.trusted` is false.
"""

import base64
import hashlib
import ssl
import urllib.request
import warnings
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit, urlunsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.utils import CryptographyDeprecationWarning
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from crawler.manifest import EvidenceError

LARGEST = 1 << 20  # bytes of an answer
_DIGESTS: dict[bytes, hashes.HashAlgorithm] = {
    bytes.fromhex("608648016503040201"): hashes.SHA256(),
    bytes.fromhex("608648016503040202"): hashes.SHA384(),
    bytes.fromhex("608648016503040203"): hashes.SHA512(),
}
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_MALFORMED = (InvalidSignature, UnsupportedAlgorithm, ValueError, IndexError, KeyError, TypeError)
_Node = tuple[int, bytes, bytes]  # tag, content, the whole of it


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a time-stamp says."""

    time: str  # ISO 8601, UTC
    authority: str  # name in its certificate
    fingerprint: str  # SHA-256 of its certificate
    trusted: bool  # its certificate leads to a root that is known here


def bare(url: str) -> str:
    """An address without what may be secret in it: user, password, query.

    >>> bare("https://me:secret@tsa.example/stamp?key=1")
    'https://tsa.example/stamp'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def request(data: bytes, url: str, roots: tuple[x509.Certificate, ...] = (), timeout: float = 30.0) -> bytes:
    """Have bytes time-stamped. Only their hash is sent.

    Args:
        data: what is stamped.
        url: of the authority, http or https.
        roots: certificates that its own must lead to; none: those of this machine, and an unknown one is accepted.
        timeout: seconds.

    Returns:
        The authority's answer, checked.

    Raises:
        EvidenceError: there was no answer, or one that is no time-stamp of these bytes.
    """
    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _post(url, asked.as_bytes(), timeout)
    check(answer, data, roots)
    if _parse(answer).tst_info.nonce != asked.nonce:
        raise _bad("它回答的是另一次请求", "it answers another request")
    return answer


def check(answer: bytes, data: bytes, roots: tuple[x509.Certificate, ...] = ()) -> Stamped:
    """What a time-stamp says of these bytes. Raises EvidenceError where it does not hold."""
    stamp = _parse(answer)
    known = roots or _roots()
    try:
        said = _said(stamp, data)
        trusted = bool(known) and VerifierBuilder(roots=list(known)).build().verify_message(stamp, data)
    except VerificationError as error:
        if roots:
            raise _bad(f"无法追溯到给定的根证书（{error}）", f"it does not lead to the given root ({error})") from error
        return said
    except _MALFORMED as error:
        raise _bad(
            f"签名无效（{type(error).__name__}）", f"its signature is not valid ({type(error).__name__})"
        ) from error
    return replace(said, trusted=trusted)


def _said(stamp: TimeStampResponse, data: bytes) -> Stamped:
    leaf = _signer(stamp, data)
    time = stamp.tst_info.gen_time.astimezone(UTC).isoformat(timespec="seconds")
    return Stamped(time, leaf.subject.rfc4514_string(), leaf.fingerprint(hashes.SHA256()).hex(), trusted=False)


def certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM file. Raises EvidenceError."""
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise EvidenceError(
            f"{path} 不是证书文件（PEM）：{error}", f"{path} holds no certificate (PEM): {error}"
        ) from error


@cache
def _roots() -> tuple[x509.Certificate, ...]:
    """The roots that this machine trusts."""
    held = ssl.create_default_context().get_ca_certs(binary_form=True)
    return tuple(root for root in map(_certificate, held) if root)


def _certificate(der: bytes) -> x509.Certificate | None:
    with warnings.catch_warnings(action="ignore", category=CryptographyDeprecationWarning):  # odd serial numbers
        try:
            return x509.load_der_x509_certificate(der)
        except (ValueError, x509.InvalidVersion):
            return None


def _post(url: str, body: bytes, timeout: float) -> bytes:
    if urlsplit(url).scheme not in ("http", "https"):
        raise EvidenceError(
            f"时间戳服务地址须以 http(s) 开头：{url}", f"no http(s) address of a time-stamp authority: {url}"
        )
    asked = urllib.request.Request(_without_user(url), body, {"Content-Type": "application/timestamp-query"})
    if user := _user(url):
        asked.add_header("Authorization", f"Basic {base64.b64encode(user).decode()}")
    try:
        with urllib.request.urlopen(asked, timeout=timeout) as answer:
            data: bytes = answer.read(LARGEST)
    except (OSError, HTTPException, ValueError) as error:
        raise EvidenceError(
            f"时间戳服务 {bare(url)} 没有给出时间戳：{error}", f"{bare(url)} gave no time-stamp: {error}"
        ) from error
    return data


def _user(url: str) -> bytes:
    """User and password of an address, as HTTP wants them."""
    return unquote_to_bytes(urlsplit(url).netloc.rpartition("@")[0])


def _without_user(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]))


def _parse(answer: bytes) -> TimeStampResponse:
    try:
        stamp = decode_timestamp_response(answer)
        refused = stamp.status not in (0, 1)
        _ = None if refused else stamp.tst_info
    except ValueError as error:
        raise _bad("内容不是时间戳", "it is no time-stamp") from error
    if refused:
        raise _bad(f"服务拒绝（状态 {stamp.status}）", f"the authority refused (status {stamp.status})")
    return stamp


def _signer(stamp: TimeStampResponse, data: bytes) -> x509.Certificate:
    """The certificate that the token is signed with, once its signature over these bytes was checked (RFC 5652, 5.4).

    Raises InvalidSignature, or what a malformed token makes of reading it.
    """
    imprint = stamp.tst_info.message_imprint
    if imprint.message != _digest(_DIGESTS[_oid(imprint.hash_algorithm)], data):
        raise InvalidSignature
    signed = _inner(_inner(_inner(_inner((0, stamp.time_stamp_token(), b""))[0])[1])[0])
    content = _inner(_inner(signed[2])[1])[0][1]
    signer = _inner(_inner(signed[-1])[0])
    algorithm = _DIGESTS[_inner(signer[2])[0][1]]
    attributes = {_inner(one)[0][1]: _inner(_inner(one)[1])[0][1] for one in _inner(signer[3])}
    if attributes[_MESSAGE_DIGEST] != _digest(algorithm, content):
        raise InvalidSignature
    leaf = _leaf(stamp)
    as_set = b"\x31" + signer[3][2][1:]  # signed as a SET, stored under a tag of its own
    _verify(leaf, signer[5][1], as_set, algorithm)
    return leaf


def _leaf(stamp: TimeStampResponse) -> x509.Certificate:
    (signer,) = stamp.signed_data.signer_infos
    for one in map(_certificate, stamp.signed_data.certificates):
        if one and (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number):
            return one
    raise ValueError("the signer's certificate is not there")


def _verify(leaf: x509.Certificate, signature: bytes, data: bytes, algorithm: hashes.HashAlgorithm) -> None:
    key = leaf.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(algorithm))
    else:
        raise ValueError("a key of another kind")


def _digest(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    return hashlib.new(algorithm.name, data).digest()


def _oid(identifier: x509.ObjectIdentifier) -> bytes:
    """The content octets of the hash algorithms' identifiers, which all begin alike."""
    return bytes.fromhex("6086480165030402") + bytes([int(identifier.dotted_string.rpartition(".")[2])])


def _inner(node: _Node) -> list[_Node]:
    """What stands inside of a DER value. Raises ValueError."""
    data, found, at = node[1], list[_Node](), 0
    while at < len(data):
        start, length = at + 2, data[at + 1]
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[start : start + count])
            start += count
        if start + length > len(data):
            raise ValueError("cut off")
        found.append((data[at], data[start : start + length], data[at : start + length]))
        at = start + length
    return found


def _bad(zh: str, en: str) -> EvidenceError:
    return EvidenceError(f"时间戳不成立：{zh}", f"the time-stamp does not hold: {en}")
