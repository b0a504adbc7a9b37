import json
import platform
from importlib.metadata import version
from pathlib import Path

import pytest

from crawler.clock import kernel
from crawler.custody import custody, libraries
from crawler.ledger import begin, begin_recheck
from crawler.settings import CrawlSettings
from crawler.store import Run
from seeds.model import Seed

SEEDS = [Seed("https://chat.example.cn/")]


def test_a_session_says_who_from_where_and_with_what() -> None:
    told = custody("示例审计组", "Shanghai, 203.0.113.7")
    assert (told["auditor"], told["location"]) == ("示例审计组", "Shanghai, 203.0.113.7")
    assert told["python"] == platform.python_version()
    assert told["libraries"]["scrapy"] == version("scrapy")
    assert len(told["lock_sha256"]) == 64
    assert told["time_zone"][0] in "+-"
    assert told["clock_synchronised"] is kernel().synchronised
    assert (told["clock_offset"] is None) == (not told["clock_synchronised"])


def test_who_and_where_are_not_guessed() -> None:
    assert (custody()["auditor"], custody()["location"]) == (None, None)


def test_libraries_of_libraries_are_told_and_nothing_else() -> None:
    found = libraries()
    assert {"twisted", "lxml", "cryptography"} <= found.keys()
    assert "pytest" not in found
    assert list(found) == sorted(found)
    assert libraries("not-installed-anywhere") == {}


def test_environment_and_keys_are_not_in_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGSHI_SIGN_PASSWORD", "a secret word")
    assert "secret" not in json.dumps(custody())


def test_every_session_of_a_run_is_recorded(tmp_path: Path) -> None:
    run = Run(tmp_path)
    begin(run, SEEDS, CrawlSettings(contact="a@example.cn"), {"policy": "p1"}, custody("first"))
    begin(run, SEEDS, CrawlSettings(mobile=False), {"policy": "p2"}, custody("second"))
    begin(run, SEEDS, CrawlSettings(), {"policy": "p3"}, custody("third"))
    first = json.loads((tmp_path / "run.json").read_text("utf-8"))
    later = [json.loads(line) for line in (tmp_path / "resumed.jsonl").read_text("utf-8").splitlines()]
    assert [told["auditor"] for told in (first, *later)] == ["first", "second", "third"]
    assert "a@example.cn" in first["user_agent"]
    assert later[0]["settings"]["mobile"] == "False"
    assert (first["policy"], later[1]["policy"]) == ("p1", "p3")


def test_a_recheck_has_a_record_of_its_own(tmp_path: Path) -> None:
    for number in ("1", "2"):
        beside = begin_recheck(Run(tmp_path), {"rules": "r"}, custody())
        assert beside.path == tmp_path / "rechecks" / number
        assert json.loads((beside.path / "run.json").read_text("utf-8"))["rules"] == "r"
