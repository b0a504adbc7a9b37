"""Whole pages that are innocent: nobody may be blamed for what stands on them about artificial intelligence.

`innocent/` holds one page a file. They quote, list, sell, teach or forget: none offers an AI service of its own, and no
AI number on them is the site's. Firms and numbers are invented.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.facts import AI
from auditor.model import Outcome, SiteAudit, Source, Verdict
from auditor.rules import catalogue
from auditor.scout import NumberScout
from crawler.settings import CrawlSettings
from crawler.store import Run
from crawler.sweep import sweep
from gongshi_judging import Judge
from reports.as_json import decode
from seeds.model import Seed

PAGES = {path.stem: path for path in sorted((Path(__file__).parent / "innocent").glob("*.html"))}
COMPANIONS = frozenset(name for name, rule in catalogue().items() if rule.META.category == "companion")
HARMLESS = frozenset({Verdict.NOT_APPLICABLE, Verdict.CLEAN, Verdict.REVIEW})
CODE = frozenset({Source.COMMENT, Source.SCRIPT})
Audits = Callable[..., SiteAudit]


def accusations(audit: SiteAudit) -> dict[str, str]:
    """The rules about AI that blame the site, with what they say."""
    blames = (f for f in audit.findings if f.outcome in {Outcome.FAILED, Outcome.ERROR} and f.rule not in COMPANIONS)
    return {finding.rule: finding.message.en for finding in blames}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_accused(audit_of: Audits, name: str) -> None:
    audit = audit_of(PAGES[name].read_text("utf-8"))
    assert accusations(audit) == {}, audit.service
    assert audit.verdict in HARMLESS


@pytest.mark.parametrize("name", PAGES)
def test_no_number_on_them_is_their_own(audit_of: Audits, name: str) -> None:
    audit = audit_of(PAGES[name].read_text("utf-8"))
    assert [d.raw for d in audit.disclosures if d.own and d.kind in AI and d.source not in CODE] == []


def test_there_are_enough_of_them_and_they_hold_numbers(audit_of: Audits) -> None:
    audits = [audit_of(path.read_text("utf-8")) for path in PAGES.values()]
    assert len(audits) >= 40
    assert sum(any(d.kind in AI for d in audit.disclosures) for audit in audits) >= 25


IN_BROWSER = (
    "news-portal",
    "law-annex",
    "registry-cards",
    "tutorial-footer",
    "docs-components",
    "agency",
    "app-directory",
    "plain-thread",
    "tools-directory",
    "gov-notice",
    "blog-jokes",
    "essay",
    "wechat-copy",
    "english-ai-news",
)


@pytest.mark.browser
def test_nobody_is_accused_with_a_real_browser(serve: Callable[..., str], tmp_path: Path) -> None:
    seeds = [Seed(_as_host(serve({"/": PAGES[name].read_text("utf-8")}), name)) for name in IN_BROWSER]
    settings = CrawlSettings(allow_private=True, delay=0.0, render="always")
    done = list(sweep(seeds, tmp_path / "run", settings, NumberScout(), Judge(None, None), 1))
    assert [d.problem for d in done if d.problem] == []
    for seed in seeds:
        audit = decode(Run(tmp_path / "run").folder(seed.url).read_audit())
        assert audit.pages[0].title and all(d.views for d in audit.disclosures), seed.url
        assert accusations(audit) == {}, (seed.url, audit.service)
        assert audit.verdict in HARMLESS, seed.url


def _as_host(address: str, name: str) -> str:
    """Names under `localhost` are this machine."""
    return address.replace("127.0.0.1", f"{name}.localhost") + "/"
