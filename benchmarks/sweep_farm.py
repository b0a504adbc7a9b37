"""A farm of sites for the sweep benchmarks: thousands of names under .localhost, served by a process of its own.

    with farm() as port:
        seeds = sites(1000, port, MIXED)

`MIXED` is the mix that a government-wide scanner published (GSA/site-scanning#1071, #1485, 2024–2025): 64 of 100 sites
answer, 22 have no DNS, 10 time out, the rest refuse, reset, fail TLS or ask for a password.
"""

import asyncio
import multiprocessing
import random
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from seeds.model import Seed

FINE: dict[str, float] = {"fine": 1.0}
MIXED: dict[str, float] = {
    "fine": 0.64,
    "dns": 0.22,
    "mute": 0.10,
    "refused": 0.015,
    "reset": 0.01,
    "tls": 0.01,
    "auth": 0.005,
}

WORDS = "手工制作的家具，用料讲究，工期可靠，欢迎到店参观。"
HOME = (
    "<!doctype html><html lang=zh><meta charset=utf-8><title>木作坊 NAME</title>"
    + "".join(f"<section><h2>第{n}件</h2><p>{WORDS * 3}</p><a href=/p/{n}>看一看</a></section>" for n in range(70))
    + "<footer><a href=/about>关于我们</a> <a href=/terms>用户协议</a> 京ICP备99999999号-1</footer></html>"
)
"""Of every host, with its own name in the title, so that no page is like that of another."""
CHAT = HOME.replace("木作坊", "星河助手").replace("</footer>", " 网信算备110108900411701250015号</footer>")
ROBOTS = "User-agent: *\nAllow: /\n"


def sites(count: int, port: int, mix: dict[str, float], chat: float = 0.0) -> list[Seed]:
    """Seeds in the mix. `chat`: share of the fine ones that show an AI number."""
    dice = random.Random(7)
    found = []
    for number, kind in enumerate(dice.choices(list(mix), list(mix.values()), k=count)):
        word = "chat" if kind == "fine" and dice.random() < chat else kind
        name = f"{word}{number}.{'invalid' if kind == 'dns' else 'localhost'}"
        where = 1 if kind == "refused" else port
        found.append(Seed(f"{'https' if kind == 'tls' else 'http'}://{name}:{where}/"))
    return found


@contextmanager
def farm(delay: float = 0.05) -> Iterator[int]:
    """Serve, each answer so many seconds late (half to one and a half times). Yields the port."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, delay), daemon=True)
    process.start()
    try:
        yield int(ours.recv())
    finally:
        process.terminate()
        process.join()


def _serve(told: Connection, delay: float) -> None:
    asyncio.run(_listen(told, delay))


async def _listen(told: Connection, delay: float) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if not await _answer(head.decode("latin-1"), writer, delay):
                    break
        except (OSError, EOFError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=4096)
    told.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _answer(head: str, writer: asyncio.StreamWriter, delay: float) -> bool:
    """Answer one request. Returns whether the connection stays."""
    name = head.lower().partition("host: ")[2].partition(".")[0]
    host = name.rstrip("0123456789")
    path = head.split(" ", 2)[1]
    await asyncio.sleep(delay * random.uniform(0.5, 1.5))
    if host == "mute":
        await asyncio.sleep(600)
    if host == "reset":
        sock: socket.socket = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    status, body = _page(host, path)
    data = body.replace("NAME", name, 1).encode()
    kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
    writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)
    await writer.drain()
    return True


def _page(host: str, path: str) -> tuple[str, str]:
    if path == "/robots.txt":
        return "200 OK", ROBOTS
    if host == "auth":
        return "401 Unauthorized", ""
    return "200 OK", CHAT if host == "chat" and path == "/" else HOME


if __name__ == "__main__":
    with farm() as port:
        print(f"a farm of {len(sites(1000, port, MIXED))} sites, which the other sweep benchmarks visit")
