"""A canary on 127.0.0.2 that must never be hit, whatever a page on 127.0.0.1 tries; and the gate's own protocol."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest

from crawler.capture import Reached
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.settings import CrawlSettings

QUICK = CrawlSettings(mobile=False, quiet_timeout=2, load_timeout=5)

TRIES = """<!doctype html><title>tries</title>
<link rel=stylesheet href=http://CANARY/style><link rel=preconnect href=http://CANARY>
<link rel=dns-prefetch href=//evil.example>
<link rel=prefetch href=http://CANARY/prefetch><script src=http://CANARY/script></script>
<img src=http://CANARY/image><img src=http://evil.example:PORT/name><img src=http://[::ffff:127.0.0.2]:PORT/mapped>
<img src=http://2130706434:PORT/decimal><img src=http://0x7f.2:PORT/hex>
<img src=/redirect><iframe src=/redirect></iframe>
<iframe src=http://CANARY/frame></iframe><object data=http://CANARY/object></object><video src=http://CANARY/video></video>
<form action=http://CANARY/form target=f id=f></form><iframe name=f></iframe>
<script>
fetch('http://CANARY/fetch', {mode: 'no-cors'}).catch(() => 0); fetch('/redirect', {mode: 'no-cors'}).catch(() => 0);
new WebSocket('ws://CANARY/socket'); new EventSource('http://CANARY/events'); navigator.sendBeacon('http://CANARY/beacon');
new Worker(URL.createObjectURL(new Blob(["fetch('http://CANARY/worker', {mode: 'no-cors'})"])));
document.getElementById('f').submit();
const Peer = window.RTCPeerConnection || (document.querySelector('iframe').contentWindow || {}).RTCPeerConnection;
if (Peer) { const p = new Peer({iceServers: [{urls: 'stun:CANARY'}]}); p.createDataChannel('x');
  p.createOffer().then(o => p.setLocalDescription(o)); }
</script>"""


class Canary:
    """Counts what reaches 127.0.0.2, by TCP and by UDP."""

    def __init__(self) -> None:
        self.hits = 0
        self.tcp = socket.create_server(("127.0.0.2", 0))
        self.port: int = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.2", self.port))
        self.ended = False
        for listen in (self._tcp, self._udp):
            threading.Thread(target=listen, daemon=True).start()

    def _tcp(self) -> None:
        self.tcp.settimeout(0.1)
        while not self.ended:
            try:
                self.tcp.accept()[0].close()
                self.hits += 1
            except OSError:
                continue

    def _udp(self) -> None:
        self.udp.settimeout(0.1)
        while not self.ended:
            try:
                self.udp.recv(2000)
                self.hits += 1
            except OSError:
                continue

    def close(self) -> None:
        self.ended = True
        self.tcp.close()
        self.udp.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    bird = Canary()
    yield bird
    bird.close()


def pages(canary: Canary) -> dict[str, Any]:
    address = f"127.0.0.2:{canary.port}"
    page = TRIES.replace("CANARY", address).replace("PORT", str(canary.port))
    return {"/": page, "/redirect": (302, {"Location": f"http://{address}/redirected"}, b"")}


def guard_of(*networks: str) -> Guard:
    return Guard(Policy(networks=tuple(map(ip_network, networks))), lookup=lambda _: ["127.0.0.2"])


@pytest.mark.browser
async def test_nothing_on_a_page_reaches_an_address_that_is_not_allowed(serve: Any, see: Any, canary: Canary) -> None:
    page = await see(serve(pages(canary)) + "/", guard_of("127.0.0.1/32"), QUICK)
    assert page.views
    assert "/redirect" in serve.asked
    assert canary.hits == 0


@pytest.mark.browser
async def test_the_same_page_reaches_it_where_it_is_allowed(serve: Any, see: Any, canary: Canary) -> None:
    """So the test above is one that can fail."""
    await see(serve(pages(canary)) + "/", guard_of("127.0.0.0/8"), QUICK)
    assert canary.hits > 5


@pytest.mark.browser
@pytest.mark.parametrize("url", ["http://127.0.0.2:PORT/", "http://evil.example:PORT/", "BASE/redirect"])
async def test_a_page_that_is_not_allowed_says_so(serve: Any, see: Any, canary: Canary, url: str) -> None:
    base = serve(pages(canary))
    page = await see(url.replace("PORT", str(canary.port)).replace("BASE", base), guard_of("127.0.0.1/32"), QUICK)
    assert (page.reached, page.views, canary.hits) == (Reached.PRIVATE_ADDRESS, (), 0)


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
