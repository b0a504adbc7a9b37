"""The SOCKS5 server (RFC 1928: no authentication, CONNECT only) through which Chromium sends all its traffic."""

import asyncio
import contextlib
import struct
from ipaddress import IPv4Address, IPv6Address
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

from crawler.capture import Reached
from crawler.guard import CHUNK, Guard, Pipe, RefusalError

_REPLIES = {
    Reached.PRIVATE_ADDRESS: 0x02,
    Reached.DNS: 0x04,
    Reached.REFUSED: 0x05,
    Reached.TIMEOUT: 0x06,
}


RATE = 16 << 20
BURST = 64 << 20
"""Bytes a second that a host may send and get once it had so many: a page that floods itself (500 sockets that answer
all they hear) must not keep its neighbours waiting."""


class Pace:
    """How fast the connections of one host may go together."""

    def __init__(self) -> None:
        self._due = 0.0  # on the loop's clock, until when what went so far lasts

    async def heed(self, size: int) -> None:
        """Wait until so many bytes may go."""
        now = asyncio.get_running_loop().time()
        self._due = max(self._due, now - BURST / RATE) + size / RATE
        if self._due > now:
            await asyncio.sleep(self._due - now)


class SocksGate:
    """Listens on 127.0.0.1 at a free port while it is entered, and connects only where the guard lets it."""

    def __init__(self, guard: Guard, connect_timeout: float = 10.0) -> None:
        self.guard = guard
        self.port = 0
        self._timeout = connect_timeout
        self._paces: WeakValueDictionary[str, Pace] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        """Start to listen."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=CHUNK)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening and end every connection."""
        if self._server:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve((reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, client: Pipe) -> None:
        try:
            host, port = await asyncio.wait_for(_greeting(*client), self._timeout)
            await self._relay(client, host, port)
        except (OSError, EOFError, ValueError, TimeoutError):
            pass  # the browser went away or spoke something else: there is nobody to tell
        finally:
            client[1].transport.abort()

    async def _relay(self, client: Pipe, host: str, port: int) -> None:
        try:
            server = await self.guard.connect(host, port, self._timeout)
        except RefusalError as refusal:
            client[1].write(_reply(_REPLIES.get(refusal.reason, 0x01)))
            await client[1].drain()
            return
        client[1].write(_reply(0))
        try:
            pace = self._paces.setdefault(host, Pace())
            await asyncio.gather(_pump(client[0], server[1], pace), _pump(server[0], client[1], pace))
        except ConnectionResetError as error:
            self.guard.failed(host, port, RefusalError(Reached.RESET, str(error)))
        finally:
            server[1].transport.abort()


async def _greeting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """Speak the opening of SOCKS5. Returns where the client wants to go. Raises ValueError."""
    version, methods = struct.unpack("BB", await reader.readexactly(2))
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    version, command, _, kind = struct.unpack("BBBB", await reader.readexactly(4))
    if version != 5 or command != 1:
        writer.write(_reply(0x07))
        raise ValueError("not a CONNECT of SOCKS5")
    if kind == 1:
        host = str(IPv4Address(await reader.readexactly(4)))
    elif kind == 4:
        host = str(IPv6Address(await reader.readexactly(16)))
    else:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii")
    return host, struct.unpack("!H", await reader.readexactly(2))[0]


def _reply(code: int) -> bytes:
    return b"\x05" + bytes([code]) + b"\x00\x01" + bytes(6)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pace: Pace) -> None:
    while data := await reader.read(CHUNK):
        await pace.heed(len(data))
        writer.write(data)
        await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()
