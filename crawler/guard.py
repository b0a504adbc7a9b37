"""One gate for all traffic: which addresses may be visited, and why a connection failed.

`Guard.resolve` turns a name into addresses that the policy allows. Scrapy asks it through `crawler.plain`, Chromium
through `SocksGate`, a SOCKS5 server through which the browser sends everything. The address that was checked is the
address that is connected to, so that redirects, frames, sub-requests, fetch, WebSocket and DNS rebinding all meet
the same check.
"""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeVar

from crawler.capture import Reached
from seeds.addresses import SeedError, ascii_host

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")
Address = IPv4Address | IPv6Address
Lookup = Callable[[str], list[str]]
Pipe = tuple[asyncio.StreamReader, asyncio.StreamWriter]

CHUNK = 256 * 1024

_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_PRIVATE = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"),
    )
)
"""What `allow_private` opens. Not link-local ranges: clouds keep their secrets there."""
_COMPATIBLE = ip_network("::/96")
_REMEMBER = 120.0  # seconds that an answer of DNS is kept
_OPEN = 60.0  # seconds that an address that took a connection is not knocked at
_MOST = 20_000  # names that are kept


class RefusalError(Exception):
    """A connection that was not made, or broke: `reason` and the network's words."""

    def __init__(self, reason: Reached, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


Answer = tuple[Address, ...] | RefusalError


@dataclass(frozen=True, slots=True)
class Policy:
    """Which addresses may be visited. By default those of the public internet."""

    allow_private: bool = False  # loopback and private ranges too
    networks: tuple[IPv4Network | IPv6Network, ...] = ()  # and these, whatever they are

    def allowed(self, address: Address) -> bool:
        """Whether a connection to `address` may be made.

        IPv6 forms that hold an IPv4 address are judged by that one too.
        """
        if any(address in network for network in self.networks):
            return True
        inner = _embedded(address)
        if inner is not None:
            return all(self.allowed(one) for one in inner)
        return _public(address) or (self.allow_private and _private(address))


def _embedded(address: Address) -> tuple[IPv4Address, ...] | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in _NAT64):
        return (low,)
    return (low,) if address in _COMPATIBLE and int(address) > 1 else None


def _public(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not getattr(address, "is_site_local", False)


def _private(address: Address) -> bool:
    return any(address in network for network in _PRIVATE)


def system_lookup(name: str) -> list[str]:
    """Addresses of a name as the system resolves it, in its order. Raises OSError."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


class Guard:
    """Resolves names under a policy and remembers why connections failed, by host and port."""

    def __init__(
        self,
        policy: Policy,
        hosts: Mapping[str, str] | None = None,
        lookup: Lookup = system_lookup,
        timeout: float = 8.0,
    ) -> None:
        self.policy = policy
        self.failures: dict[tuple[str, int], RefusalError] = {}
        self._hosts = {name.lower(): address for name, address in (hosts or {}).items()}
        self._lookup = lookup
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(32, thread_name_prefix="dns")
        self._known: dict[str, tuple[float, Answer]] = {}
        self._doors: dict[tuple[str, int], float] = {}  # addresses that took a connection, and until when that counts

    async def resolve(self, host: str) -> tuple[Address, ...]:
        """The addresses of `host` that may be connected to.

        Raises RefusalError (`dns`, `timeout` of DNS as `dns`, `private-address`).
        """
        name = _plain(host)
        until, answer = self._known.get(name, (0.0, ()))
        if until < time.monotonic():
            answer = self._allowed(name, await self._ask(name))
            _remember(self._known, name, (time.monotonic() + _REMEMBER, answer))
        if isinstance(answer, RefusalError):
            raise RefusalError(answer.reason, answer.detail)
        return answer

    def _allowed(self, name: str, answer: Answer) -> Answer:
        if isinstance(answer, RefusalError):
            return answer
        allowed = tuple(address for address in answer if self.policy.allowed(address))
        if not allowed:
            return RefusalError(Reached.PRIVATE_ADDRESS, f"{name} is {', '.join(map(str, answer[:3]))}")
        return allowed

    async def connect(self, host: str, port: int, seconds: float) -> Pipe:
        """A connection to an address of `host` that was checked.

        Raises RefusalError, which `why` tells from then on.
        """
        return await self._first(host, port, seconds, _dial)

    async def knock(self, host: str, port: int, seconds: float) -> None:
        """See that an address of `host` that was checked takes connections, or did a minute ago for another host.

        Raises RefusalError as `connect` does.
        """
        await self._first(host, port, seconds, self._knock)

    async def _knock(self, address: str, port: int) -> None:
        if self._doors.get((address, port), 0.0) > time.monotonic():
            return
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as door:
            door.setblocking(False)
            await asyncio.get_running_loop().sock_connect(door, (address, port))
        _remember(self._doors, (address, port), time.monotonic() + _OPEN)

    async def _first(self, host: str, port: int, seconds: float, dial: Callable[[str, int], Awaitable[T]]) -> T:
        """What `dial` makes of the first address of `host` that takes a connection, IPv4 before IPv6."""
        problem = RefusalError(Reached.DNS, f"{host} has no address")
        try:
            for address in sorted(await self.resolve(host), key=lambda one: one.version):
                try:
                    return await _in_time(dial, str(address), port, seconds)
                except RefusalError as refusal:
                    problem = refusal
            raise problem
        except RefusalError as refusal:
            self.failed(host, port, refusal)
            raise

    def failed(self, host: str, port: int, refusal: RefusalError) -> None:
        """Remember why a connection failed, so that its page gets the right reason."""
        _remember(self.failures, (_plain(host), port), refusal)

    def why(self, host: str | None, port: int) -> RefusalError | None:
        """Why the last connection to a host failed, if one did."""
        return self.failures.get((_plain(host or ""), port))

    def close(self) -> None:
        """End the resolver's threads without waiting for answers that are on their way."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, name: str) -> Answer:
        try:
            return (ip_address(name),)
        except ValueError:
            pass
        if name == "localhost" or name.endswith(".localhost"):  # RFC 6761, 6.3
            return (ip_address("127.0.0.1"),)
        if name in self._hosts:
            return (ip_address(self._hosts[name]),)
        try:
            asked = asyncio.get_running_loop().run_in_executor(self._threads, self._lookup, name)
            found = await asyncio.wait_for(asked, self._timeout)
            return tuple(ip_address(one) for one in found)
        except TimeoutError:
            return RefusalError(Reached.DNS, f"no answer of DNS for {name} in {self._timeout:g} s")
        except (OSError, ValueError, UnicodeError) as error:
            return RefusalError(Reached.DNS, f"{name}: {error}")


def _plain(host: str) -> str:
    """A name as all spell it: lower case, without brackets and the last full stop, in ASCII."""
    name = host.strip("[]").rstrip(".").lower()
    if not name.isascii():
        with suppress(SeedError):
            return ascii_host(name)
    return name


def _remember(known: dict[K, V], key: K, value: V) -> None:
    if len(known) > _MOST:
        known.clear()
    known[key] = value


async def _dial(address: str, port: int) -> Pipe:
    return await asyncio.open_connection(address, port, limit=CHUNK)


async def _in_time(dial: Callable[[str, int], Awaitable[T]], address: str, port: int, seconds: float) -> T:
    try:
        async with asyncio.timeout(seconds):
            return await dial(address, port)
    except TimeoutError:
        raise RefusalError(Reached.TIMEOUT, f"no connection to {address} in {seconds:g} s") from None
    except ConnectionResetError as error:
        raise RefusalError(Reached.RESET, str(error)) from error
    except OSError as error:
        raise RefusalError(Reached.REFUSED, str(error)) from error
