"""Whether a browser would trust the certificate that a server shows, and what it would say against it.

Plain requests are made without this question, so that a page can be read whatever its certificate is like. It is put
on a connection of its own, which the guard has checked like every other.
"""

import ssl
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

import certifi

from crawler.capture import PageCapture, Reached
from crawler.guard import Guard, RefusalError

INCOMPLETE = frozenset({20, 21})
"""Codes of OpenSSL (x509_vfy.h) for a chain with a gap. Browsers fill most gaps themselves (RFC 5280, 4.2.2.1: the
certificate says where its issuer's is), so that only they can tell whether the page is to be trusted."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What stands against a certificate or its connection."""

    words: str  # of OpenSSL: "certificate has expired"
    incomplete: bool = False  # the chain has a gap, which a browser may fill


@cache
def roots() -> ssl.SSLContext:
    """Trusts what this machine trusts and what Mozilla does: a bare container knows no authority."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.verify_flags = ssl.VERIFY_X509_TRUSTED_FIRST  # Python 3.13 would refuse what browsers accept
    return context


class Trust:
    """Asks the servers of one site for their certificates, each once."""

    def __init__(self, guard: Guard, seconds: float, allowed: bool) -> None:
        self._guard = guard
        self._seconds = seconds
        self._allowed = allowed
        self._known: dict[tuple[str, int], Doubt | None] = {}

    async def of(self, page: PageCapture) -> PageCapture:
        """A page as read by plain HTTP, with what stands against its certificate.

        It ends in `tls`, its HTML kept, unless doubtful certificates are allowed or a browser may judge otherwise: then
        the doubt stands in its details. Raises nothing for what a server does.
        """
        parts = urlsplit(page.final_url or page.url)
        if page.reached is not Reached.OK or parts.scheme != "https" or not parts.hostname:
            return page
        where = parts.hostname, parts.port or 443
        if where not in self._known:
            self._known[where] = await self._ask(*where)
        if (doubt := self._known[where]) is None:
            return page
        judged = Reached.OK if self._allowed or doubt.incomplete else Reached.TLS
        return replace(page, reached=judged, detail=f"tls: {doubt.words}")

    async def _ask(self, host: str, port: int) -> Doubt | None:
        try:
            _, writer = await self._guard.connect(host, port, self._seconds)
        except RefusalError:
            return None  # a moment ago it could be reached: nothing is known against its certificate
        try:
            await writer.start_tls(roots(), server_hostname=host, ssl_handshake_timeout=self._seconds)
        except ssl.SSLCertVerificationError as error:
            return Doubt(error.verify_message, error.verify_code in INCOMPLETE)
        except ssl.SSLError as error:
            return Doubt((error.reason or "no agreement on encryption").lower().replace("_", " "))
        except (OSError, ValueError):  # it hung up, or its name is none that a certificate can hold
            return None
        finally:
            writer.transport.abort()
        return None
