"""How many stored sites a second `gongshi recheck` judges, and whether its memory stays flat.

    python benchmarks/recheck_speed.py [SITES]

A site is three pages of 2,000 nodes at two sizes, invented, captured once with the real browser; the run holds it under
as many addresses as asked for (100). The verdicts are made by the worker processes of the command itself.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from auditor.scout import NumberScout
from crawler.settings import CrawlSettings
from crawler.store import Run, SiteFolder
from crawler.sweep import sweep
from gongshi_judging import Judge
from seeds.model import Seed

FOOTER = (
    "<footer><p>© 2026 示例星河科技有限公司</p><p><a href='https://beian.miit.gov.cn/'>沪ICP备2026999001号-1</a> "
    "<a href='https://beian.mps.gov.cn/#/query/webSearch?code=31010499900001'>沪公网安备31010499900001号</a></p>"
    "<p>算法备案：<a href='https://beian.cac.gov.cn/#/index'>网信算备310104900000101250019号</a> "
    "模型名称：星河 备案号：Shanghai-XingHe-202501019001</p></footer>"
)
STYLE = (
    "<style>body{font:14px sans-serif;margin:0}main{display:grid;grid-template-columns:repeat(4,1fr);gap:12px}"
    ".card{border:1px solid #ddd;padding:12px}nav a{margin:0 8px}footer{background:#f4f4f4;padding:24px}</style>"
)
TEXT = "我们的助手帮助团队更快地写作、检索和整理资料，支持多人协作与权限管理。"
NODES = 2000


def page(title: str) -> str:
    """An invented page of about 2,000 nodes, texts and pseudo elements included."""
    nav = "".join(
        f"<a href='/{name}'>{label}</a>" for name, label in (("", "首页"), ("about", "关于我们"), ("ai", "产品"))
    )
    cards = "".join(
        f"<div class=card><h3><a href='/#c{n}'>智能助手 {n}</a></h3><p>{TEXT}<b>AI {n}</b></p><i>更多</i></div>"
        for n in range((NODES - 60) // 10)
    )
    return (
        f"<!doctype html><html lang=zh><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{title}</title>{STYLE}<header><nav>{nav}</nav><h1>星河智能对话助手</h1></header><main>{cards}</main>{FOOTER}"
    )


class Handler(BaseHTTPRequestHandler):
    """Serves the site."""

    def do_GET(self) -> None:
        """Answer with a page; robots.txt and others are not there."""
        body = page(self.path).encode() if self.path in ("/", "/about", "/ai") else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def capture(run: Path) -> SiteFolder:
    """The site as the browser sees it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    seed = Seed(f"http://127.0.0.1:{server.server_port}/", operator="示例星河科技有限公司")
    for done in sweep([seed], run, CrawlSettings(allow_private=True), NumberScout(), Judge(None, None)):
        print(done.url, done.reached, done.problem)
    server.shutdown()
    return Run(run).folder(seed.url)


def multiply(folder: SiteFolder, run: Run, sites: int) -> None:
    """The same capture under many addresses."""
    seen = folder.read()
    for number in range(sites):
        seed = replace(seen.seed, url=f"https://site-{number}.example.cn/")
        target = run.folder(seed.url)
        target.write(replace(seen, seed=seed))
        shutil.copytree(folder.path / "shots", target.path / "shots")
        target.write_audit(folder.read_audit())


def spent() -> float:
    """Seconds that the processors worked for all child processes so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def recheck(run: Path) -> tuple[float, float, int]:
    """Seconds of the command, of the processors for it, and the largest size (KB) of any of its processes so far."""
    begun, before = time.perf_counter(), spent()
    subprocess.run([sys.executable, "-m", "gongshi", "recheck", str(run), "--fail-on", "never"], check=True, stdout=-3)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return time.perf_counter() - begun, spent() - before, largest


def main() -> None:
    """Capture, multiply, judge: few sites first, then all, so that start-up and growth can be told."""
    sites = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        first = capture(Path(folder, "seen"))
        seen = first.read()
        sizes = [len(view.tree.parent) for one in seen.pages for view in one.views]
        print(f"{len(seen.pages)} pages, nodes of their views: {sizes}")
        multiply(first, Run(Path(folder, "few")), sites // 4)
        multiply(first, Run(Path(folder, "all")), sites)
        few, worked, small = recheck(Path(folder, "few"))
        every, worked_all, large = recheck(Path(folder, "all"))
    more = sites - sites // 4
    rate, work = more / (every - few), (worked_all - worked) / more
    print(f"{sites} sites: {every:.1f} s, {rate:.1f} sites/s (at least 20)")
    free = (os.cpu_count() or 1) / work
    print(f"{1000 * work:.0f} ms of a processor a site; without other work on this machine: {free:.1f} sites/s")
    print(f"largest process: {small // 1024} MB after {sites // 4} sites, {large // 1024} MB after {sites}")


if __name__ == "__main__":
    main()
