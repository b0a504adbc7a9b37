"""Pages a minute in the browser: our whole capture against the least that Playwright can do, in one run on one machine.

    python benchmarks/render_speed.py [--pages 24] [--rounds 5] [--at-once 6]

Ours: both viewports, all captures, pictures, the layout as a `Tree`, stored on disk. Bare: goto, content, one picture
of the viewport. Both load the same page (1,500 elements, 300 KB of script, pictures) with the same number of pages at
once, in turns, so that other work on the machine hits both: by default as many as a sweep on two cores has open, two
workers of three pages.
"""

import argparse
import asyncio
import io
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright

from crawler.browser import BrowserPool, find_browser, is_root
from crawler.capture import Custody, PageCapture, Reached, Role, SiteCapture, View
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.page import Lens, capture_page
from crawler.pictures import PictureReader
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.spider import lighten
from crawler.store import Run
from seeds.model import Seed

AIM = 0.6


def script() -> str:
    """300 KB of functions of which a third are called, then 1,500 elements."""
    functions = "\n".join(
        f"function f{i}(a) {{ const t = a * {i} + {i % 7}; const s = 'row ' + t; "
        f"return s.length > 3 ? s.slice(1) : s + '{i}'; }}"
        for i in range(2300)
    )
    calls = "".join(f"f{i}({i});" for i in range(0, 2300, 3))
    return (
        functions
        + calls
        + """
    const main = document.getElementById('app');
    for (let i = 0; i < 150; i++) {
      const card = document.createElement('section');
      card.className = 'card c' + i % 5;
      card.innerHTML = `<h3>产品 ${i}</h3><p>这是第 ${i} 项服务的说明文字，<b>稳定</b>、<i>可靠</i>。</p>
        <ul><li><a href="/p/${i}">详情</a></li><li><span>价格 ${i * 3}</span></li></ul>`;
      main.append(card);
    }
    fetch('/data').then(r => r.json()).then(d => { document.getElementById('late').textContent = d.text; });
    """
    )


PAGE = """<!doctype html><html lang=zh><meta charset=utf-8>
<meta name=viewport content="width=device-width,initial-scale=1"><title>星河助手</title>
<style>body{margin:0;font:14px sans-serif}img{width:300px}footer{clear:both;background:#222;color:#aaa;padding:20px}
.card{border:1px solid #ddd;margin:8px;padding:8px;float:left;width:280px}
@media(max-width:600px){.card{float:none;width:auto}}</style>
<header><h1>星河助手</h1></header><p id=late></p>
<img src=/1.jpg><img src=/2.jpg><img src=/3.jpg><img src=/4.jpg><img src=/5.jpg><main id=app></main>
<footer>© 星河（虚构）有限公司 <a href="https://beian.miit.gov.cn/">京ICP备99999999号</a></footer>
<script src=/app.js></script></html>"""


def picture(seed: int) -> bytes:
    """A JPEG of about 100 KB."""
    small = Image.frombytes("RGB", (80, 60), random.Random(seed).randbytes(80 * 60 * 3))
    out = io.BytesIO()
    small.resize((800, 600)).save(out, "JPEG", quality=85)
    return out.getvalue()


def serve() -> ThreadingHTTPServer:
    """The page and what it needs, on 127.0.0.1."""
    files = {"/": ("text/html", PAGE.encode()), "/app.js": ("text/javascript", script().encode())}
    files |= {f"/{n}.jpg": ("image/jpeg", picture(n)) for n in range(1, 6)}
    files["/data"] = ("application/json", '{"text": "欢迎"}'.encode())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = files.get(self.path, ("text/plain", b""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Footer(NoScout):
    """Asks for one picture a view: the footer, as the auditor would."""

    def places(self, page: PageCapture, view: View) -> tuple[tuple[float, float, float, float], ...]:
        """The lowest 160 pixels."""
        return ((0, view.content_height - 160, view.content_width, 160),)


async def bare(browser: Browser, url: str) -> None:
    """The least: a context, goto, content, a picture of the viewport."""
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    await page.goto(url)
    await page.content()
    await page.screenshot()
    await context.close()


async def ours(pool: BrowserPool, url: str, guard: Guard, run: Run, number: int) -> None:
    """All of our work for one page."""
    seed = Seed(f"{url}?{number}")
    folder = run.folder(seed.url)
    lens = Lens(folder, Footer(), pool.settings, guard, PictureReader(None, 0.0))
    async with pool.context() as context:
        page = await capture_page(pool, context, lens, PageCapture(url, Role.HOME, 0, (), Reached.OK), 0)
    if len(page.views) != 2 or any(view.screenshot is None or not view.shots for view in page.views):
        raise SystemExit(f"the capture is not whole: {page.reached} {page.detail}")
    custody = Custody("0", pool.product, "", ())
    capture = SiteCapture(seed, url, page.taken_at, page.reached, (page,), (), "none", custody)
    await asyncio.to_thread(folder.write, capture)


async def rate(pages: int, at_once: int, work: Callable[[int], Awaitable[None]]) -> float:
    """Pages a second."""
    turn = asyncio.Semaphore(at_once)

    async def one(number: int) -> None:
        async with turn:
            await work(number)

    begun = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(pages)))
    return pages / (time.perf_counter() - begun)


async def measure(pages: int, rounds: int, at_once: int) -> None:
    """Both, in turns."""
    lighten()
    server = serve()
    url = f"http://127.0.0.1:{server.server_port}/"
    settings = CrawlSettings(allow_private=True, pages_at_once=at_once)
    guard = Guard(Policy(allow_private=True))
    ratios = []
    with tempfile.TemporaryDirectory() as tmp:
        async with async_playwright() as playwright, SocksGate(guard) as gate, BrowserPool(settings, gate.port) as pool:
            path = find_browser(playwright.chromium.executable_path)
            browser = await playwright.chromium.launch(executable_path=path, chromium_sandbox=not is_root())
            await pool.start()
            for number in range(rounds + 1):
                count = pages if number else at_once  # the first round only warms up
                least = await rate(count, at_once, lambda _: bare(browser, url))
                all_of_it = await rate(count, at_once, lambda n: ours(pool, url, guard, Run(Path(tmp)), n))
                if number:
                    ratios.append(all_of_it / least)
                    print(f"bare {least:5.2f} pages/s   ours {all_of_it:5.2f} pages/s   ratio {ratios[-1]:.2f}")
            await browser.close()
    server.shutdown()
    guard.close()
    middle = statistics.median(ratios)
    print(f"median ratio {middle:.2f} (aim: {AIM}) at {at_once} pages at once, both viewports against one")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=6)
    asked = parser.parse_args()
    asyncio.run(measure(asked.pages, asked.rounds, asked.at_once))


if __name__ == "__main__":
    main()
