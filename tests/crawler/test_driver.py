"""Messages of Playwright's driver arrive whole, however long they are and whatever a page writes into them."""

import json
from typing import Any

import msgspec
import pytest

from crawler import driver
from crawler.browser import BrowserPool
from crawler.driver import LONG, answer_of
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.settings import CrawlSettings
from crawler.tab import Tab, ask_unread

MUCH = "备" * LONG


@pytest.mark.parametrize("word", ["备案", "a\ud83db", MUCH, MUCH + "\ud83d"])
def test_an_answer_is_read_by_who_asked(word: str) -> None:
    message = {"id": "nrbt@662", "result": {"result": {"value": word}}}
    read = driver._read(json.dumps(message, ensure_ascii=word.isprintable()).encode("utf-8", "surrogatepass"))
    assert isinstance(read["result"]["result"], msgspec.Raw) == (len(word) >= LONG)
    assert answer_of(read["result"]["result"]) == message["result"]["result"]


@pytest.mark.parametrize(
    "message",
    [
        {"id": "nrbt@662", "result": {"value": MUCH}},
        {"id": "nrbt@662", "error": {"error": {"message": MUCH}}, "log": []},
        {"guid": "page@1", "method": "console", "params": {"text": MUCH}},
    ],
)
def test_other_long_messages_are_read_at_once(message: dict[str, Any]) -> None:
    assert driver._read(json.dumps(message).encode()) == message


def test_what_msgspec_cannot_write_is_left_to_json() -> None:
    assert json.loads(driver._written({"text": "备"})) == {"text": "备"}
    assert driver._written({"text": "\ud83d"}) == b""


@pytest.mark.browser
async def test_long_values_come_from_a_page_and_go_to_it(browser_path: str) -> None:
    guard = Guard(Policy(allow_private=True))
    settings = CrawlSettings()
    async with SocksGate(guard) as gate, BrowserPool(settings, gate.port) as pool, pool.context() as context:
        tab = await Tab.open(context, settings)
        for word in ("a" * 2 * LONG, MUCH, "\ud83d" + "a" * 2 * LONG):
            assert await tab.ask(f"'{word}'") == word
        assert isinstance(await ask_unread(tab.cdp, "Runtime.evaluate", {"expression": f"'{MUCH}'"}, 9), msgspec.Raw)
    guard.close()
