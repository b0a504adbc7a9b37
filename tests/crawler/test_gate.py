"""The gate's own protocol; what it keeps away is in test_canary.py."""

import asyncio
import contextlib
from ipaddress import ip_network
from typing import Any

import pytest

from crawler import gate as gate_module
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy


def guard_of(*networks: str) -> Guard:
    return Guard(Policy(networks=tuple(map(ip_network, networks))), lookup=lambda _: ["127.0.0.2"])


async def speak(gate: SocksGate, *words: bytes) -> bytes:
    """Say something to the gate; what it answers until it hangs up or falls silent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gate.port)
    for word in words:
        writer.write(word)
        await asyncio.sleep(0.01)
    try:
        return await asyncio.wait_for(reader.read(), 1)
    except ConnectionResetError:
        return b"reset"
    finally:
        writer.close()


def connect_to(host: str, port: int) -> bytes:
    return b"\x05\x01\x00\x03" + bytes([len(host)]) + host.encode() + port.to_bytes(2, "big")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        (connect_to("127.0.0.3", 80), 2),
        (connect_to("evil.example", 80), 2),
        (b"\x05\x01\x00\x01\x7f\x00\x00\x03\x00\x50", 2),
        (b"\x05\x01\x00\x04" + bytes(15) + b"\x01\x00\x50", 2),
        (connect_to("127.0.0.1", 1), 5),
        (b"\x05\x02\x00\x01\x7f\x00\x00\x01\x00\x50", 7),
    ],
)
async def test_refusals_in_the_words_of_socks(word: bytes, code: int) -> None:
    guard = guard_of("127.0.0.1/32")
    async with SocksGate(guard) as gate:
        heard = await speak(gate, b"\x05\x01\x00", word)
    guard.close()
    assert heard[:4] == b"\x05\x00\x05" + bytes([code])


async def test_it_carries_what_both_sides_say(serve: Any) -> None:
    base = serve({"/": "<h1>你好</h1>"})
    guard = guard_of("127.0.0.1/32")
    ask = f"GET / HTTP/1.0\r\nHost: {base[7:]}\r\n\r\n".encode()
    async with SocksGate(guard) as gate:
        heard = await speak(gate, b"\x05\x01\x00", connect_to("x.localhost", int(base.rpartition(":")[2])), ask)
    guard.close()
    assert "<h1>你好</h1>".encode() in heard


async def test_it_hangs_up_on_nonsense() -> None:
    guard = guard_of("127.0.0.1/32")
    async with SocksGate(guard) as gate:
        heard = await speak(gate, b"GET / HTTP/1.1\r\n\r\n" + bytes(200))
    guard.close()
    assert not heard.startswith(b"HTTP")


async def test_a_host_that_floods_its_page_is_slowed_down_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_module, "RATE", 1 << 20)
    monkeypatch.setattr(gate_module, "BURST", 1 << 20)

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()

    async def heard(gate: SocksGate, host: str, port: int) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", gate.port)
        writer.write(b"\x05\x01\x00" + connect_to(host, port))
        count = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                while data := await reader.read(65536):
                    count += len(data)
        writer.transport.abort()
        return count

    guard = guard_of("127.0.0.1/32")
    async with await asyncio.start_server(flood, "127.0.0.1", 0) as server, SocksGate(guard) as gate:
        port = server.sockets[0].getsockname()[1]
        first = [await heard(gate, "a.localhost", port)]
        together = await asyncio.gather(*(heard(gate, "a.localhost", port) for _ in range(8)))
        other = await heard(gate, "b.localhost", port)
    guard.close()
    assert 1 << 20 < sum(first) < 4 << 20
    assert sum(together) < 4 << 20, "its connections share what it may send"
    assert other > 1 << 20
