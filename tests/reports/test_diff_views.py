import json
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from auditor.model import SiteAudit, Verdict
from reports import Options
from reports.diff import Diff, compare
from reports.diff_views import as_html, as_json, as_text
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
