"""One page, side by side: our whole audit of it against what other tools do with it, one at a time, one browser.

    python benchmarks/peers_speed.py [--pages 5] [--rounds 3] [--peers pa11y,blacklight-collector,lighthouse,crawlee]

The page is that of `render_speed.py`: 1,500 elements, 300 KB of script, pictures. Ours: both viewports with everything
that is captured, stored, and judged by all rules. Theirs: one view each; pa11y judges accessibility,
blacklight-collector looks for trackers, Lighthouse measures, crawlee loads the page and takes its HTML and one picture.
All drive the same browser, and keep it from page to page where their interface lets them (blacklight-collector starts
one a page); each page has a name of its own, so that nothing is cached; one page before those that count warms up.

The peers are development tools: npm installs them, in these versions, into a folder of the user's cache. Without npm
there is nothing to compare with, and the script says so. Aims: no slower than pa11y, twice as fast as
blacklight-collector, ten times as fast as Lighthouse.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from platformdirs import user_cache_path
from render_speed import serve

from auditor.scout import NumberScout
from crawler.browser import BrowserPool, require_browser
from crawler.capture import Custody, PageCapture, Reached, Role, SiteCapture
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.ocr import Ocr
from crawler.page import Lens, capture_page
from crawler.pictures import PictureReader
from crawler.settings import CrawlSettings
from crawler.spider import lighten
from crawler.store import Run
from gongshi_judging import Judge
from seeds.model import Seed

DRIVER = Path(__file__).with_name("peers.mjs")
PACKAGES = (
    "pa11y@9.0.1",
    "lighthouse@12.8.2",
    "@themarkup/blacklight-collector@3.11.0",
    "crawlee@3.18.1",
    "playwright@1.65.1",
)
AIMS = {"pa11y": 1.0, "blacklight-collector": 2.0, "lighthouse": 10.0, "crawlee": None}
"""How many times as long as ours a peer should take at least; None: it only loads the page, which is told."""

SETTINGS = CrawlSettings(allow_private=True, pages_at_once=1)


def installed() -> Path | None:
    """The folder with the peers; None where there is no npm."""
    folder = user_cache_path("gongshi") / "peers" / "-".join(name.rpartition("@")[2] for name in PACKAGES)
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(DRIVER, folder)
    if not (folder / "complete").exists():
        quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
        skip = {"PUPPETEER_SKIP_DOWNLOAD": "1", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}
        subprocess.run(
            ["npm", "install", *quiet, "--prefix", str(folder), *PACKAGES], env=os.environ | skip, check=True
        )
        (folder / "complete").touch()
    return folder


def theirs(peer: str, folder: Path, port: int, pages: int, browser: str) -> list[float]:
    """Seconds that a peer takes for each page."""
    command = ["node", DRIVER.name, peer, f"http://HOST.localhost:{port}/", str(pages), browser]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    rows = [line for line in run.stdout.splitlines() if line.startswith("[")]
    if run.returncode or not rows:
        raise SystemExit(f"{peer} failed: {run.stderr.strip()[-500:]}")
    took: list[float] = json.loads(rows[-1])
    return took


async def ours(port: int, pages: int) -> list[float]:
    """Seconds for each page, from nothing but an open browser to the stored verdict."""
    guard, took, ocr, judge = Guard(Policy(allow_private=True)), list[float](), Ocr(), Judge(None, None)
    with tempfile.TemporaryDirectory() as tmp:
        async with AsyncExitStack() as stack:
            gate = await stack.enter_async_context(SocksGate(guard))
            pool = await stack.enter_async_context(BrowserPool(SETTINGS, gate.port))
            await pool.start()
            for number in range(pages + 1):
                begun = time.perf_counter()
                await one(pool, guard, ocr, judge, f"http://ours{number}.localhost:{port}/", Run(Path(tmp)))
                took += [time.perf_counter() - begun] if number else []
    ocr.close()
    guard.close()
    return took


async def one(pool: BrowserPool, guard: Guard, ocr: Ocr, judge: Judge, url: str, run: Run) -> None:
    """Capture one page, store and judge it."""
    folder = run.folder(url)
    lens = Lens(folder, NumberScout(), SETTINGS, guard, PictureReader(ocr, SETTINGS.reading_timeout))
    async with pool.context() as context:
        page = await capture_page(pool, context, lens, PageCapture(url, Role.HOME, 0, (), Reached.OK), 0)
    if len(page.views) != 2:
        raise SystemExit(f"the capture is not whole: {page.reached} {page.detail}")
    custody = Custody("0", pool.product, "", ())
    capture = SiteCapture(Seed(url), url, page.taken_at, page.reached, (page,), (), "none", custody)
    await asyncio.to_thread(folder.write, capture)
    await asyncio.to_thread(judge, folder)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default=",".join(AIMS))
    asked = parser.parse_args()
    folder = installed()
    if folder is None:
        print("there is no npm on this machine: nothing to compare with")
        return
    lighten()
    server, browser, peers = serve(), require_browser(), asked.peers.split(",")
    took: dict[str, list[float]] = {name: [] for name in ("ours", *peers)}
    for _ in range(asked.rounds):
        took["ours"] += asyncio.run(ours(server.server_port, asked.pages))
        for peer in peers:
            took[peer] += theirs(peer, folder, server.server_port, asked.pages, browser)
    server.shutdown()
    middle = {name: statistics.median(values) for name, values in took.items()}
    print(f"ours {middle['ours']:.2f} s a page: two viewports, everything captured, all rules")
    for peer in peers:
        aim = f"(aim: {AIMS[peer]:g})" if AIMS[peer] else "(it only loads the page)"
        print(f"{peer} {middle[peer]:.2f} s a page: {middle[peer] / middle['ours']:.2f} times ours {aim}")


if __name__ == "__main__":
    main()
