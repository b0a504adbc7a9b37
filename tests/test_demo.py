"""The sample sites end to end: served on 127.0.0.1, seen with a real browser, judged, compared with sites.toml."""

from pathlib import Path
from typing import Any

import pytest

from auditor.facts import is_seen
from auditor.model import NumberKind, Outcome, Severity, SiteAudit
from auditor.scout import NumberScout
from crawler.settings import CrawlSettings
from crawler.store import Run
from crawler.sweep import sweep
from gongshi_judging import Judge
from reports.as_json import decode
from seeds import samples

pytestmark = pytest.mark.browser

SITES = {site["host"]: site for site in samples.sites()}


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SiteAudit]:
    run = tmp_path_factory.mktemp("demo")
    settings = CrawlSettings(allow_private=True, delay=0.0)
    with samples.serve() as served:
        seeds = [seed for seed, _ in served]
        problems = [d.problem for d in sweep(seeds, run, settings, NumberScout(), Judge(None, None), 2) if d.problem]
    assert problems == []
    return {seed.url.split("/")[2].split(".")[0]: decode(Run(run).folder(seed.url).read_audit()) for seed in seeds}


def of_outcome(audit: SiteAudit, *outcomes: Outcome) -> set[str]:
    return {finding.rule for finding in audit.findings if finding.outcome in outcomes}


@pytest.mark.parametrize("host", SITES)
def test_a_sample_site_is_judged_as_its_list_says(audits: dict[str, SiteAudit], host: str) -> None:
    audit, expected = audits[host], SITES[host]["expected"]
    open_ = set(expected.get("open", ()))
    weighty = {f.rule for f in audit.findings if f.outcome is Outcome.FAILED and f.severity is not Severity.ADVICE}
    assert audit.verdict in expected["verdict"], {f.rule: f.message.en for f in audit.findings if f.rule in weighty}
    assert set(expected["failed"]) <= of_outcome(audit, Outcome.FAILED)
    assert weighty <= set(expected["failed"]) | open_
    assert set(expected.get("review", ())) <= of_outcome(audit, Outcome.NEEDS_REVIEW)
    assert set(expected.get("passed", ())) <= of_outcome(audit, Outcome.PASSED)
    assert of_outcome(audit, Outcome.ERROR) == set()
    if "kinds" in expected:
        assert [kind.value for kind in audit.service.kinds] == expected["kinds"]


@pytest.mark.parametrize("host", SITES)
def test_a_sample_site_shows_what_its_list_says(audits: dict[str, SiteAudit], host: str) -> None:
    audit, expected = audits[host], SITES[host]["expected"]
    wanted = {_key(row): row for row in expected.get("disclosures", ())}
    own = {(d.kind, d.number or d.raw): d for d in reversed(audit.disclosures) if d.own}
    assert set(own) == set(wanted)
    for key, row in wanted.items():
        found = [d for d in audit.disclosures if d.own and (d.kind, d.number or d.raw) == key]
        assert any(d.source == row.get("source", "text") for d in found)
        assert any(map(is_seen, found)) is row.get("visible", True)
        assert found[0].well_formed is row.get("well_formed", True)
        if "target" in row:
            assert row["target"] in {d.link.target for d in found}
    others = {d.number for d in audit.disclosures if not d.own}
    assert len(others) >= expected.get("others", 0)


def _key(row: dict[str, Any]) -> tuple[NumberKind, str]:
    return NumberKind(row["kind"]), row.get("number") or row["raw"]


def test_the_pictures_of_a_run_are_there(audits: dict[str, SiteAudit], tmp_path: Path) -> None:
    audit = audits["xingyu-chat"]
    views = [view for d in audit.disclosures if d.own for view in d.views.values()]
    assert views and all(view.screenshot for view in views if view.visible)
