import json
from pathlib import Path

import pytest

from crawler.custody import custody
from crawler.ledger import begin, begin_recheck
from crawler.seal import Seal, close
from crawler.settings import CrawlSettings
from crawler.store import Run
from reports.asked import asked
from seeds.model import Seed


def test_a_run_tells_what_was_asked(tmp_path: Path) -> None:
    begin(Run(tmp_path), [Seed("https://a.example.cn/")], CrawlSettings(mobile=False, contact="a@b.example"), {})
    told = dict(asked(tmp_path))
    assert (told["sites"], told["mobile"], told["contact"]) == ("1", "False", "a@b.example")
    assert "delay" not in told


def test_a_recheck_tells_what_it_was_judged_with(tmp_path: Path) -> None:
    begin(Run(tmp_path), [Seed("https://a.example.cn/")], CrawlSettings(), {"policy": "old"})
    told = dict(asked(begin_recheck(Run(tmp_path), {"policy": "new"}).path))
    assert (told["policy"], told["max_pages"]) == ("new", "8")


@pytest.mark.parametrize("text", [None, "", "{", "[]", "[" * 100_000, json.dumps({"settings": 3})])
def test_a_run_that_does_not_tell_is_no_error(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "run.json").write_text(text)
    assert asked(tmp_path) == ()


def test_a_sealed_run_tells_the_digest_of_its_manifest_and_who_looked(tmp_path: Path) -> None:
    seeds = [Seed("https://a.example.cn/")]
    begin(Run(tmp_path), seeds, CrawlSettings(), {}, custody("示例审计组", "上海"))
    digest = close(tmp_path, Seal())
    told = dict(asked(tmp_path))
    assert (told["manifest.sha256"], told["auditor"], told["location"]) == (digest, "示例审计组", "上海")
    assert dict(asked(begin_recheck(Run(tmp_path), {}).path))["manifest.sha256"] == digest
