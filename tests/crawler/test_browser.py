import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler import browser, processes
from crawler.browser import BrowserPool, NoBrowserError, desktop_agent, find_browser, phone_agent
from crawler.capture import Reached
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.settings import CrawlSettings


def program(path: Path) -> str:
    path.write_text("#!/bin/sh\nexit 3\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with no browser in sight but what a test puts into the folder."""
    monkeypatch.delenv("GONGSHI_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "PATHS", ("chrome-headless-shell", "chromium", "google-chrome"))
    return tmp_path


def test_the_best_of_what_is_there(bare_machine: Path) -> None:
    chrome = program(bare_machine / "google-chrome")
    assert find_browser() == chrome
    chromium = program(bare_machine / "chromium")
    assert find_browser() == chromium
    own = program(bare_machine / "own")
    assert find_browser(own) == chromium


def test_playwrights_own_comes_last(bare_machine: Path) -> None:
    own = program(bare_machine / "own")
    assert find_browser(own) == own


def test_a_wanted_browser_is_the_only_one(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare_machine / "chromium")
    mine = program(bare_machine / "mine")
    monkeypatch.setenv("GONGSHI_BROWSER", mine)
    assert find_browser() == mine
    monkeypatch.setenv("GONGSHI_BROWSER", "/nowhere/at-all")
    with pytest.raises(NoBrowserError, match=r"/nowhere/at-all.*GONGSHI_BROWSER.*Correct or unset"):
        find_browser()


def test_no_browser_says_what_was_tried_and_what_to_do(bare_machine: Path) -> None:
    with pytest.raises(NoBrowserError) as error:
        find_browser()
    words = str(error.value)
    assert all(word in words for word in ("google-chrome", "chromium", "apt-get install", "playwright install"))


@pytest.mark.browser
async def test_a_browser_that_does_not_start_is_one_clear_error(tmp_path: Path) -> None:
    settings = CrawlSettings(browser=program(tmp_path / "broken"))
    async with BrowserPool(settings, 1) as pool:
        with pytest.raises(NoBrowserError, match="does not start"):
            await pool.start()


@pytest.mark.browser
async def test_a_browser_is_replaced_when_it_is_worn_and_when_it_died(browser_path: str) -> None:
    guard = Guard(Policy())
    async with SocksGate(guard) as gate, BrowserPool(CrawlSettings(recycle_after=2), gate.port) as pool:
        seen: list[Any] = []
        for number in range(5):
            async with pool.context() as context:
                seen.append(context.browser)
                if number == 2:
                    await seen[-1].close()
    guard.close()
    assert seen[0] is seen[1]
    assert seen[2] is not seen[1]
    assert seen[3] is not seen[2], "it died"
    assert [one.is_connected() for one in seen] == [False] * 5


@pytest.mark.browser
async def test_the_sandbox_is_off_only_for_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not browser.is_root()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert browser.is_root()


def test_user_agents_say_who_asks() -> None:
    settings = CrawlSettings(contact="https://audit.example/contact")
    desktop, phone = desktop_agent("156.0.1.2", settings), phone_agent("156.0.1.2", settings)
    for agent in (desktop, phone, settings.user_agent):
        assert "gongshi/" in agent
        assert agent.endswith("+https://audit.example/contact") or "+https://audit.example/contact)" in agent
    assert ("Mobile" in desktop, "Mobile" in phone) == (False, True)
    assert "Chrome/156.0.0.0" in desktop


@pytest.mark.browser
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
async def test_a_browser_is_replaced_when_it_takes_too_much_memory(browser_path: str, alive: Any) -> None:
    guard = Guard(Policy())
    async with SocksGate(guard) as gate, BrowserPool(CrawlSettings(browser_memory=1), gate.port) as pool:
        seen: list[Any] = []
        for _ in range(2):
            async with pool.context() as context:
                seen.append(context.browser)
                assert pool._running
                while not pool._running.memory:
                    await asyncio.sleep(0.05)
    guard.close()
    assert seen[0] is not seen[1]
    assert not alive()


@pytest.mark.browser
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="stops a process")
async def test_a_browser_that_answers_nothing_is_killed(browser_path: str, alive: Any) -> None:
    guard = Guard(Policy())
    settings = CrawlSettings(call_timeout=1.0)
    async with SocksGate(guard) as gate, BrowserPool(settings, gate.port) as pool:
        async with pool.context() as context:
            running = pool._running
            assert running
            assert context.browser is running.browser
            assert running.pid
            for pid in processes.family(running.pid):
                os.kill(pid, signal.SIGSTOP)
        async with pool.context() as context:
            assert context.browser is not running.browser
        assert running.pid not in alive()
    guard.close()
    assert not alive()


@pytest.mark.browser
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
async def test_a_page_that_takes_too_much_memory_is_ended_and_its_neighbour_is_not(serve: Any, see: Any) -> None:
    hog = (
        "<p>hog<script>const kept = []; for (let i = 0; i < 30; i++) kept.push(new Uint8Array(2e7).fill(1));"
        "setInterval(() => document.body.append(kept.length), 50)</script>"
    )
    base = serve({"/hog": hog, "/calm": "<p>calm"})
    settings = CrawlSettings(page_memory=300_000_000, mobile=False, quiet_timeout=8, load_timeout=8, later_after=0)
    page = await see(f"{base}/hog", settings=settings)
    assert (page.reached, page.detail) == (Reached.BROWSER_CRASH, "the page crashed")
    assert (await see(f"{base}/calm", settings=settings)).reached is Reached.OK
