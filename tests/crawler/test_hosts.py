"""Answers that all sites of a run share."""

import asyncio
from pathlib import Path

import pytest

from crawler import hosts
from crawler.capture import LinkCheck, Reached
from crawler.hosts import SharedChecks, is_official, question_of, tidy
from crawler.store import Run


class Web:
    """Answers "ok" the first time, "timeout" from then on."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, url: str) -> LinkCheck:
        self.asked.append(url)
        await asyncio.sleep(0.05)
        return LinkCheck(url, Reached.OK if len(self.asked) == 1 else Reached.TIMEOUT, 200, 1)


@pytest.mark.parametrize(
    ("url", "question"),
    [
        ("https://beian.cac.gov.cn/#/index", "https://beian.cac.gov.cn/"),
        ("https://beian.mps.gov.cn/#/query/webSearch?code=1", "https://beian.mps.gov.cn/"),
        ("https://www.example.cn/a?b=c#d", "https://www.example.cn/a?b=c"),
        ("https://gov.cn.example.net/x", "https://gov.cn.example.net/x"),
    ],
)
def test_what_is_asked_for_an_address(url: str, question: str) -> None:
    assert question_of(url) == question


def test_hosts_that_only_look_official_are_not() -> None:
    assert [is_official(host) for host in ("www.cac.gov.cn", "gov.cn", "notgov.cn", "gov.cn.example.net")] == [
        True,
        True,
        False,
        False,
    ]


async def test_the_first_answer_serves_all_sites_and_workers_alike(tmp_path: Path) -> None:
    web, one, other = Web(), SharedChecks(Run(tmp_path)), SharedChecks(Run(tmp_path))
    urls = ["https://beian.cac.gov.cn/#/index", "https://beian.cac.gov.cn/record.pdf"]
    found = await asyncio.gather(*(shared.check(url, web) for shared in (one, other) for url in urls))
    assert web.asked == ["https://beian.cac.gov.cn/"]
    assert [check.url for check in found] == urls * 2, "each site gets the address that it asked about"
    assert {check.reached for check in found} == {Reached.OK}
    assert (await SharedChecks(Run(tmp_path)).check(urls[1], web)).reached is Reached.OK, "a later session too"


async def test_other_hosts_are_asked_by_address(tmp_path: Path) -> None:
    web, shared = Web(), SharedChecks(Run(tmp_path))
    for url in ("https://a.example/1", "https://a.example/1#x", "https://a.example/2"):
        await shared.check(url, web)
    assert web.asked == ["https://a.example/1", "https://a.example/2"]


async def test_who_was_killed_while_asking_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web, dead = Web(), SharedChecks(Run(tmp_path))

    async def never(url: str) -> LinkCheck:
        await asyncio.sleep(60)
        raise AssertionError

    asking = asyncio.ensure_future(dead.check("https://a.example/", never))
    await asyncio.sleep(0.1)
    monkeypatch.setattr(hosts, "_PATIENCE", 0.3)
    late = await SharedChecks(Run(tmp_path)).check("https://a.example/", web)
    assert (late.reached, len(web.asked)) == (Reached.OK, 1)
    for task in (asking, *dead._asked.values()):
        task.cancel()


async def test_a_resumed_run_asks_at_once_what_was_not_answered(tmp_path: Path) -> None:
    run = Run(tmp_path)
    (tmp_path / "hosts").mkdir()
    shared, web = SharedChecks(run), Web()
    asking = asyncio.ensure_future(
        shared.check("https://a.example/", lambda url: asyncio.sleep(60, LinkCheck("", Reached.OK, None, 0)))
    )
    await asyncio.sleep(0.1)
    assert list((tmp_path / "hosts").glob("*.asking"))
    for task in (asking, *shared._asked.values()):
        task.cancel()
    tidy(run)
    assert (await asyncio.wait_for(SharedChecks(run).check("https://a.example/", web), 5)).reached is Reached.OK
