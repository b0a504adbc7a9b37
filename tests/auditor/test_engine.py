import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auditor import engine
from auditor.model import Outcome, SiteAudit, Verdict
from auditor.policy import load
from auditor.rules import catalogue
from crawler.capture import Custody, PageCapture, Reached, SiteCapture
from seeds.model import Seed, ServiceKind

NUMBER = "网信算备110108900000101250019号"
FOOTER = f"<footer><p><a href='https://beian.cac.gov.cn/#/index'>{NUMBER}</a></p></footer>"
Pages = Callable[..., PageCapture]


def captured(page: PageCapture, service: ServiceKind | None = None, reached: Reached = Reached.OK) -> SiteCapture:
    custody = Custody("0", None, "test", ())
    seed = Seed("https://a.example.cn/", service=service)
    return SiteCapture(seed, seed.url, "2026-11-25T08:00:00+00:00", reached, (page,), (), "none", custody)


def judged(capture: SiteCapture, policy: Path | None = None) -> SiteAudit:
    return engine.judge(capture, "0" * 64, load(policy))


def test_every_rule_appears_once(page_of: Pages) -> None:
    audit = judged(captured(page_of(FOOTER), ServiceKind.GENERATIVE))
    assert [finding.rule for finding in audit.findings] == list(catalogue())
    assert Outcome.ERROR not in {finding.outcome for finding in audit.findings}


def test_the_same_capture_gives_the_same_audit(page_of: Pages) -> None:
    capture = captured(page_of(FOOTER), ServiceKind.RECOMMENDATION)
    assert judged(capture) == judged(capture)


def test_a_site_without_ai_is_not_applicable_whatever_else_it_lacks(page_of: Pages) -> None:
    audit = judged(captured(page_of("<main><p>本店主营手工拉面，每日现做，欢迎光临。</p></main>")))
    assert audit.verdict is Verdict.NOT_APPLICABLE


def test_an_unreached_site_is_judged_by_no_rule(page_of: Pages) -> None:
    page = replace(page_of(""), reached=Reached.TIMEOUT, views=(), html=None)
    audit = judged(captured(page, ServiceKind.GENERATIVE, Reached.TIMEOUT))
    assert audit.verdict is Verdict.UNREACHED
    assert {finding.outcome for finding in audit.findings} == {Outcome.NOT_APPLICABLE}


def test_a_broken_rule_is_an_error_of_that_rule(page_of: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(catalogue()["number-visible"], "check", broken)
    audit = judged(captured(page_of(FOOTER), ServiceKind.GENERATIVE))
    outcomes = {finding.rule: finding.outcome for finding in audit.findings}
    assert outcomes["number-visible"] is Outcome.ERROR
    assert list(outcomes.values()).count(Outcome.ERROR) == 1


def failing(audit: SiteAudit, rule: str) -> tuple[Outcome, str]:
    (finding,) = (f for f in audit.findings if f.rule == rule)
    return finding.outcome, finding.message.zh


def test_the_policy_changes_severities_and_switches_rules_off(page_of: Pages, tmp_path: Path) -> None:
    bare = captured(page_of(f"<footer><p>{NUMBER}</p></footer>"), ServiceKind.RECOMMENDATION)
    assert failing(judged(bare), "algorithm-number-linked")[0] is Outcome.FAILED
    own = tmp_path / "p.toml"
    own.write_text('[severity]\nalgorithm-number-linked = "advice"\n[disabled]\nrules = ["icp-number-shown"]\n')
    audit = judged(bare, own)
    (finding,) = (f for f in audit.findings if f.rule == "algorithm-number-linked")
    assert finding.severity == "advice"
    assert failing(audit, "icp-number-shown")[0] is Outcome.NOT_APPLICABLE
    assert audit.provenance.policy != judged(bare).provenance.policy


def test_a_waiver_is_told_with_its_reason_and_ends(page_of: Pages, tmp_path: Path) -> None:
    bare = captured(page_of(f"<footer><p>{NUMBER}</p></footer>"), ServiceKind.RECOMMENDATION)
    days = ((datetime.date(2026, 11, 25), Outcome.NOT_APPLICABLE), (datetime.date(2026, 11, 24), Outcome.FAILED))
    for until, outcome in days:
        own = tmp_path / f"{until}.toml"
        waiver = f'site = "a.example.cn"\nrule = "algorithm-number-linked"\nreason = "改版中"\nuntil = {until}\n'
        own.write_text(f"[[waiver]]\n{waiver}", "utf-8")
        found, message = failing(judged(bare, own), "algorithm-number-linked")
        assert found is outcome
        assert ("改版中" in message) is (outcome is Outcome.NOT_APPLICABLE)
