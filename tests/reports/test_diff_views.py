import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from auditor.model import Disclosure, SiteAudit, Verdict
from reports import Options
from reports.diff import Diff, compare
from reports.diff_views import as_html, as_json, as_text
from reports.i18n import word
from seeds.model import Seed


@pytest.fixture
def diff(make_audit: Callable[..., SiteAudit], hostile: SiteAudit, unreached: SiteAudit, audit: SiteAudit) -> Diff:
    site = "https://evil.example.cn/"
    clean = make_audit(site=site, seed=Seed(site), verdict=Verdict.CLEAN, findings=())
    return compare([audit, clean], [hostile, unreached])


def test_json_tells_all(diff: Diff) -> None:
    data = json.loads(as_json(diff))
    assert [one["kind"] for one in data["changes"]] == [change.kind for change in diff.changes]
    assert (data["compared"], data["unreached"]) == (1, 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_fits_and_is_harmless(diff: Diff, language: str) -> None:
    text = as_text(diff, Options(language=language)).decode()  # type: ignore[arg-type]
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert not any(c in text for c in "\x1b\x9b\u202e")


def test_codes_are_told_in_words(diff: Diff) -> None:
    text = as_text(diff, Options(language="en")).decode()
    assert "Verdict changed" in text
    assert "Requirements not met" in " ".join(text.split())
    assert "not counted as non-compliant" in " ".join(text.split())


def test_the_page_holds_text_only(diff: Diff) -> None:
    html = as_html(diff, Options()).decode()
    assert "<img" not in html
    assert html.count("<script") == 1
    assert "结论变化" in html


def test_a_number_that_moved_is_named_with_its_places(
    make_audit: Callable[..., SiteAudit], make_disclosure: Callable[..., Disclosure]
) -> None:
    old, new = (make_audit(disclosures=(make_disclosure(region=region),), findings=()) for region in ("footer", "main"))
    moved = compare([old], [replace(new, taken_at="2026-12-24T07:00:00Z")])
    assert json.loads(as_json(moved))["changes"][0]["number"] == make_disclosure().number
    assert f"算法备案编号 {make_disclosure().number}" in as_html(moved, Options()).decode()
    zh, en = ("".join(as_text(moved, Options(language=one)).decode().split()) for one in ("zh", "en"))  # type: ignore[arg-type]
    for text in (zh, en):
        assert "2026-11-2407:00UTC" in text and "2026-12-2407:00UTC" in text
    assert word("region.footer").zh in zh and word("region.main").en.replace(" ", "") in en
