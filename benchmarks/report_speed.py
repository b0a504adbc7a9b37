"""How long a run takes to become a report, in every format: `python benchmarks/report_speed.py [SITES]`."""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import reports
from auditor.model import (
    Citation,
    Disclosure,
    Evidence,
    Finding,
    Level,
    Link,
    Listing,
    NumberKind,
    Outcome,
    Page,
    Prominence,
    Provenance,
    Service,
    Severity,
    SiteAudit,
    Source,
    Target,
    Text,
    Verdict,
)
from auditor.rules import catalogue
from crawler.capture import Reached, Role
from seeds.model import Seed, ServiceKind

NUMBER = "网信算备310115900000101240011号"
VIEW = Prominence(True, None, (120.0, 1890.0, 330.0, 16.0), 12.0, 4.7, 0.0, 2.4)
OUTCOMES = {0: Outcome.FAILED, 7: Outcome.NEEDS_REVIEW} | dict.fromkeys((1, 4, 8, 11), Outcome.PASSED)
"""Outcome of a rule by its place, modulo 16; the others do not apply. That makes 3 failures and 3 reviews a site."""


def sites(count: int) -> Iterator[SiteAudit]:
    """Invented audits as large as real ones: every rule, 8 pages, a number on each page; each eighth site unreached."""
    for number in range(count):
        site = f"https://s{number}.example.cn/"
        made = _audit(site)
        if number % 8 == 7:
            made = replace(made, verdict=Verdict.UNREACHED, reached=Reached.TIMEOUT, disclosures=(), findings=())
        yield made


def _audit(site: str) -> SiteAudit:
    pages = tuple(Page(f"{site}{n}", f"{site}{n}", 200, "示例", Role.OTHER, 1, Reached.OK, "") for n in range(8))
    rules = enumerate(catalogue())
    return SiteAudit(
        site=site,
        seed=Seed(site, f"示例 {site}", "示例科技有限公司", extra=(("类别", "对话"),)),
        taken_at="2026-11-24T07:00:00Z",
        reached=Reached.OK,
        detail="",
        verdict=Verdict.VIOLATION,
        service=Service((ServiceKind.GENERATIVE,), None, False, 0.9, ("智能对话",)),
        pages=pages,
        disclosures=tuple(_disclosure(page.url) for page in pages),
        findings=tuple(_finding(site, rule, OUTCOMES.get(place % 16, Outcome.NOT_APPLICABLE)) for place, rule in rules),
        provenance=Provenance("0", "a" * 64, "b" * 64, {"algorithm": "2026-05"}, "Chromium", "c" * 64),
    )


def _disclosure(page: str) -> Disclosure:
    return Disclosure(
        kind=NumberKind.ALGORITHM,
        raw=NUMBER,
        number=NUMBER,
        well_formed=True,
        problems=(),
        parts={},
        source=Source.TEXT,
        own=True,
        page=page,
        selector="footer > p",
        region="footer",
        link=Link(None, Target.NONE),
        views={"desktop": VIEW, "mobile": VIEW},
        registry=Listing("listed"),
        role=Role.OTHER,
        clicks=1,
        via=(),
        label="算法备案编号：",
        context=f"算法备案编号：{NUMBER}",
    )


def _finding(site: str, rule: str, outcome: Outcome) -> Finding:
    text = Text("所见与要求不一致。" * 3, "What is seen differs from what is asked. " * 2)
    basis = (Citation("《示例办法》", "第一条", "应当在显著位置标明。", "https://example.cn/law", Level.RULE),)
    return Finding(rule, outcome, Severity.WARNING, text, basis, text, (Evidence(site, NUMBER, "footer > p"),))


def main(count: int) -> None:
    """Time each format and tell the sum and the most memory that was used."""
    whole = 0.0
    for name in reports.formats():
        with tempfile.TemporaryDirectory() as folder:
            begun, worked = time.perf_counter(), time.process_time()
            try:
                written = reports.save(name, sites(count), reports.Options(), Path(folder))
            except reports.UnavailableError as error:
                print(f"{name:8} {error.text.en}")
                continue
            took, worked = time.perf_counter() - begun, time.process_time() - worked
            size = sum(path.stat().st_size for path in written)
            print(f"{name:8} {took:7.1f} s  {worked:7.1f} s of work  {len(written):6} files  {size / 1e6:8.1f} MB")
            whole += took
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"all      {whole:7.1f} s  for {count} sites, {memory:.0f} MB of memory at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
