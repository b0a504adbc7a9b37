"""How long a run takes to become a report, in every format: `python benchmarks/report_speed.py [SITES]`.

The run is on disk, its audits as large as real ones, with two pictures a site; the command itself is timed, all formats
together, notices as DOCX with pictures among them. The PDFs of notices, which a browser prints, are timed by the site.
"""

import contextlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

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
from crawler.browser import find_browser, is_root
from crawler.capture import Reached, Role, Shot
from crawler.store import Run
from reports.as_json import encode
from seeds.model import Seed, ServiceKind

NUMBER = "网信算备310115900000101240011号"
BOX = (120.0, 1890.0, 330.0, 16.0)
VIEWS = {
    name: Prominence(
        *(True, None, BOX, 12.0, 4.7, 0.0, 2.4),
        screenshot=Shot(f"shots/0-{name}-1.jpg", (0.0, 1780.0, 480.0, 220.0), 1.0, "d" * 64),
    )
    for name in ("desktop", "mobile")
}
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
        views=VIEWS,
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
    return Finding(rule, outcome, Severity.WARNING, text, basis, text, tuple(_evidence(site)))


def _evidence(site: str) -> Iterator[Evidence]:
    """A place at both sizes, with its picture."""
    for name, view in VIEWS.items():
        assert view.screenshot
        yield Evidence(site, NUMBER, "footer > p", BOX, name, view.screenshot.file)


def run_of(folder: Path, count: int) -> Path:
    """A run on disk, a picture a view."""
    image, run = BytesIO(), Run(folder / "run")
    Image.effect_noise((480, 220), 20).convert("RGB").save(image, "JPEG", quality=80)
    for audit in sites(count):
        site = run.folder(audit.seed.url)
        site.write_audit(encode(audit))
        for view in ("desktop", "mobile"):
            site.write_picture(f"0-{view}-1", image.getvalue() + f"{audit.site} {view}".encode())  # no two are the same
    return run.path


def report(run: Path, out: Path, *options: str) -> tuple[float, float, float]:
    """Make a report with the command. Returns seconds, seconds of processor time, and the most memory in MB."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "gongshi", "report", str(run), "-o", str(out), *options]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    most = 0.0
    while process.poll() is None:
        most = max(most, memory(process.pid))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"gongshi report ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begun, work, most


def memory(session: int) -> float:
    """MB that all processes of a session hold; 0 where there is no /proc."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = stat.read_text().rpartition(")")[2].split()
            total += int(fields[21]) * resource.getpagesize() if int(fields[3]) == session else 0
    return total / 1e6


def survey_page(page: Path, count: int) -> str:
    """How large the survey page is, how fast it opens and filters in the browser."""
    size, allowed = page.stat().st_size, 3_000_000 + 1000 * count
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), chromium_sandbox=not is_root())
        tab = browser.new_page(viewport={"width": 1366, "height": 768})
        tab.goto(page.as_uri(), wait_until="load")
        times = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        opened = tab.evaluate(times)
        filtered = tab.evaluate(
            """async () => {
                const box = document.getElementById('q'), begun = performance.now();
                box.value = 's42';
                box.dispatchEvent(new Event('input', {bubbles: true}));
                const told = document.getElementById('count').textContent;
                while (document.getElementById('count').textContent === told && performance.now() - begun < 5000)
                    await new Promise(done => setTimeout(done, 1));
                document.body.offsetHeight;
                return performance.now() - begun;
            }"""
        )
        browser.close()
    return (
        f"survey page: {size / 1e6:.2f} MB of {allowed / 1e6:.0f} MB allowed, opens in {opened:.0f} ms, "
        f"filters in {filtered:.0f} ms"
    )


def main(count: int) -> None:
    """Time all formats together, the survey page in the browser, and the PDFs of the notices of a few sites."""
    forms = reports.format_names()
    with tempfile.TemporaryDirectory() as folder:
        run, out = run_of(Path(folder), count), Path(folder) / "report"
        took, work, most = report(run, out, "--no-pdf", "--format", ",".join(forms))
        notices = sum(1 for _ in out.glob("notices/*.docx"))
        print(f"{', '.join(forms)}: {took:.1f} s, {work:.1f} s of processor time, {most:.0f} MB")
        print(f"of {count} sites, {notices} of them with a notice (DOCX, no PDF)")
        print(survey_page(out / "report.html", count))
    few = max(count // 100, 10)
    with tempfile.TemporaryDirectory() as folder:
        run, out = run_of(Path(folder), few), Path(folder) / "report"
        (plain, _, _), (printed, _, _) = (
            report(run, out, option, "--format", "notice") for option in ("--no-pdf", "--pdf")
        )
        notices = sum(1 for _ in out.glob("notices/*.pdf"))
        print(f"PDF of a notice: {1000 * (printed - plain) / notices:.0f} ms, {notices} of them")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
