import asyncio
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address, ip_network
from types import SimpleNamespace
from typing import Any

import pytest

from crawler.capture import Reached
from crawler.guard import Guard, Policy, RefusalError

Dial = Callable[[Guard, str, int, float], Awaitable[Any]]

PRIVATE = ["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1"]
NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
]
EMBEDDED = [
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
]
PUBLIC = ["8.8.8.8", "1.2.4.8", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", [*PRIVATE, *NEVER, *EMBEDDED, "::127.0.0.1", "2001:0:7f00:1::1"])
def test_nothing_but_the_public_internet_by_default(address: str) -> None:
    assert not Policy().allowed(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_open(address: str) -> None:
    assert Policy().allowed(ip_address(address))


@pytest.mark.parametrize("address", [*PRIVATE, *EMBEDDED])
def test_private_addresses_can_be_allowed(address: str) -> None:
    assert Policy(allow_private=True).allowed(ip_address(address))


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_not_private_but_never_a_site(address: str) -> None:
    assert not Policy(allow_private=True).allowed(ip_address(address))


def test_a_range_can_be_allowed_and_nothing_else() -> None:
    policy = Policy(networks=(ip_network("10.1.0.0/16"), ip_network("169.254.0.0/16")))
    answers = [
        policy.allowed(ip_address(one))
        for one in ("10.1.2.3", "::ffff:10.1.2.3", "169.254.1.1", "10.2.0.1", "127.0.0.1")
    ]
    assert answers == [True, True, True, False, False]


async def resolved(guard: Guard, name: str) -> list[str] | Reached:
    try:
        return [str(address) for address in await guard.resolve(name)]
    except RefusalError as refusal:
        return refusal.reason
    finally:
        guard.close()


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("a.example", ["8.8.8.8"], ["8.8.8.8"]),
        ("a.example", ["127.0.0.1", "8.8.8.8"], ["8.8.8.8"]),
        ("a.example", ["127.0.0.1", "fd00::1"], Reached.PRIVATE_ADDRESS),
        ("127.0.0.1", [], Reached.PRIVATE_ADDRESS),
        ("[::1]", [], Reached.PRIVATE_ADDRESS),
        ("LOCALHOST.", ["8.8.8.8"], Reached.PRIVATE_ADDRESS),
        ("x.localhost", ["8.8.8.8"], Reached.PRIVATE_ADDRESS),
        ("kept.example", ["8.8.8.8"], ["9.9.9.9"]),
    ],
)
async def test_names_are_resolved_and_checked(name: str, found: list[str], expected: list[str] | Reached) -> None:
    assert await resolved(Guard(Policy(), {"Kept.example": "9.9.9.9"}, lambda _: found), name) == expected


async def test_a_name_that_dns_does_not_know_or_answer() -> None:
    def unknown(name: str) -> list[str]:
        raise OSError(-2, "Name or service not known")

    def slow(name: str) -> list[str]:
        import time

        time.sleep(0.2)
        return ["8.8.8.8"]

    assert await resolved(Guard(Policy(), lookup=unknown), "a.example") is Reached.DNS
    assert await resolved(Guard(Policy(), lookup=slow, timeout=0.05), "a.example") is Reached.DNS


async def test_the_address_that_was_checked_is_the_one_that_is_connected_to() -> None:
    """A name that changes its address between two questions (rebinding) is asked once, and checked each time."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    guard = Guard(Policy(), lookup=lambda _: next(answers))
    first, second = await guard.resolve("a.example"), await guard.resolve("a.example")
    guard.close()
    assert first == second == (ip_address("8.8.8.8"),)


@pytest.mark.parametrize("how", [Guard.connect, Guard.knock])
async def test_a_failure_is_remembered_by_host_and_port(how: Dial) -> None:
    guard = Guard(Policy())
    with pytest.raises(RefusalError):
        await how(guard, "127.0.0.1", 81, 1)
    guard.close()
    why = guard.why("127.0.0.1", 81)
    assert why is not None
    assert why.reason is Reached.PRIVATE_ADDRESS
    assert guard.why("127.0.0.1", 80) is None


@pytest.mark.parametrize("how", [Guard.connect, Guard.knock])
async def test_a_closed_port_is_refused(how: Dial, unused_tcp_port: int) -> None:
    guard = Guard(Policy(allow_private=True))
    with pytest.raises(RefusalError) as refused:
        await how(guard, "127.0.0.1", unused_tcp_port, 1)
    guard.close()
    assert refused.value.reason is Reached.REFUSED


async def test_a_knock_is_a_connection_that_says_nothing() -> None:
    heard = asyncio.get_running_loop().create_future()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.set_result(await reader.read())
        writer.close()

    guard = Guard(Policy(allow_private=True), hosts={"a.example": "127.0.0.1"})
    async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
        await guard.knock("a.example", server.sockets[0].getsockname()[1], 5)
        assert await heard == b""
    guard.close()


async def test_a_door_that_opened_a_minute_ago_is_not_knocked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    knocks = 0

    async def listen(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal knocks
        knocks += 1
        writer.close()

    guard = Guard(Policy(allow_private=True), hosts={"a.example": "127.0.0.1", "b.example": "127.0.0.1"})
    async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for host in ("a.example", "b.example", "a.example"):
            await guard.knock(host, port, 5)
        await asyncio.sleep(0.05)
    assert knocks == 1
    monkeypatch.setattr("crawler.guard.time", SimpleNamespace(monotonic=lambda: time.monotonic() + 61))
    with pytest.raises(RefusalError):
        await guard.knock("b.example", port, 5)
    guard.close()


@pytest.mark.parametrize("name", ["例子。localhost", "ｊｏｋ．localhost", "例子.LOCALHOST.", "xn--fsqu00a.localhost"])
async def test_names_are_told_apart_as_browsers_do(name: str) -> None:
    """Full-width letters and full stops included (UTS 46): of these DNS is not asked."""
    guard = Guard(Policy(allow_private=True), lookup=lambda name: pytest.fail(f"{name} was looked up"))
    assert [str(address) for address in await guard.resolve(name)] == ["127.0.0.1"]
    guard.close()
