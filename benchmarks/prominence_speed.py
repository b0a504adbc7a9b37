"""How long it takes to measure prominence, by the number of nodes of a page.

    python benchmarks/prominence_speed.py

A made-up page of cards with a footer of eight numbers is laid out by the browser at both sizes. Timed are: reading the
stored tree, preparing the layout, comparing the page with another of its site, and measuring, placing and naming each
number. Building the tree from the browser's answer is timed apart: it happens once, in the crawler.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
from playwright.sync_api import Browser, sync_playwright

from auditor.layout import Layout
from auditor.prominence import measure
from auditor.region import region
from auditor.repetition import Repetition
from crawler.answer import Answer
from crawler.browser import find_browser
from crawler.capture import PageCapture, Reached, Role, View
from crawler.snapshot import PARAMS, build

SIZES = {"desktop": (1366, 768), "mobile": (390, 844)}
NODES = (2_000, 5_000, 20_000)
ROUNDS = 5
GOAL = 40.0  # ms for both views of a page of 2,000 nodes
NUMBERS = tuple(f"网信算备11010890000010125{serial:03}9号" for serial in range(8))

STYLE = """
body { margin: 0; font: 14px sans-serif } .top { position: sticky; top: 0; background: #fff; z-index: 9 }
.hero { background: linear-gradient(#123, #456); color: #fff; position: relative } .card { background: #f6f6f6;
border-radius: 8px; overflow: hidden; position: relative } .grid { display: grid; gap: 8px;
grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)) } .tag { opacity: .7 }
footer { background: #1b1b1b; color: #999 } .bar { position: fixed; bottom: 0; right: 0; width: 60px; height: 60px }
"""
CARD = (
    '<div class="card c{0}"><img alt="" width="40" height="40"><h3>产品 {0}</h3>'
    '<p>说明文字 <b>重点</b> 更多</p><a class="tag" href="/p/{0}">详情</a></div>'
)


def page(nodes: int) -> str:
    """A page of about so many nodes."""
    cards = "".join(CARD.format(card) for card in range(nodes // 13))
    numbers = "".join(f'<p><a href="https://beian.cac.gov.cn/">{number}</a></p>' for number in NUMBERS)
    return (
        f"<!doctype html><meta name=viewport content=width=device-width><style>{STYLE}</style><div class=top>导航</div>"
        f"<div class=hero>标题</div><main class=grid>{cards}</main><footer>{numbers}</footer><div class=bar></div>"
    )


def capture(browser: Browser, html: str, name: str) -> tuple[dict[str, Any], View]:
    """The browser's answer and the view that comes of it."""
    width, height = SIZES[name]
    tab = browser.new_page(viewport={"width": width, "height": height}, is_mobile=name == "mobile")
    tab.set_content(html)
    answer = tab.context.new_cdp_session(tab).send("DOMSnapshot.captureSnapshot", PARAMS)
    tab.close()
    snapshot = build(Answer(answer))
    return answer, View(name, width, height, snapshot.width, snapshot.height, snapshot.tree, None)


def site(view: View) -> tuple[PageCapture, ...]:
    """A page in one view, and a smaller one of the same site."""
    small = replace(view, content_height=view.content_height + 1, tree=replace(view.tree, lines=view.tree.lines[-50:]))
    return tuple(PageCapture("", Role.OTHER, 1, (), Reached.OK, views=(one,)) for one in (view, small))


def audit(stored: bytes) -> int:
    """What the auditor does with a stored view. Returns how many numbers are visible."""
    view = msgspec.json.decode(stored, type=View)
    layout, ends = Layout(view), Repetition(site(view)).ends(view)
    seen = 0
    for row, text in enumerate(layout.tree.text):
        if text.startswith("网信算备"):
            found = measure(layout, ((row, 0, len(text)),))
            region(layout, row, lambda: ends)
            layout.selector(row)
            seen += found.visible
    return seen


def milliseconds(work: Callable[[], object]) -> float:
    """The shortest processor time of some rounds: what others do on the machine only makes them longer."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def main() -> None:
    """Print a table."""
    print(f"{'nodes':>7} {'view':8} {'build ms':>9} {'decode ms':>10} {'audit ms':>9} {'ms / 1,000':>11}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        for nodes in NODES:
            total = 0.0
            for name in SIZES:
                answer, view = capture(browser, page(nodes), name)
                stored = msgspec.json.encode(view)
                assert audit(stored) == len(NUMBERS)
                made = milliseconds(lambda answer=answer: build(Answer(answer)))  # type: ignore[misc]
                read = milliseconds(lambda stored=stored: msgspec.json.decode(stored, type=View))  # type: ignore[misc]
                took = milliseconds(lambda stored=stored: audit(stored))  # type: ignore[misc]
                total += took
                count = len(view.tree.parent)
                print(f"{count:7,} {name:8} {made:9.1f} {read:10.1f} {took:9.1f} {took * 1000 / count:11.1f}")
            goal = f" (goal {GOAL:.0f})" if nodes == NODES[0] else ""
            print(f"{'':7} {'both':8} {'':9} {'':10} {total:9.1f}{goal}")
        browser.close()


if __name__ == "__main__":
    main()
