"""Layouts whose rectangles were asked for one by one are those that the browser tells all at once."""

import asyncio

import pytest

from crawler import rects, snapshot
from crawler.answer import Answer
from crawler.browser import BrowserPool
from crawler.gate import SocksGate
from crawler.guard import Guard, Policy
from crawler.layout import lay_out
from crawler.settings import CrawlSettings
from crawler.tab import CallError, Tab

pytestmark = pytest.mark.browser

OPEN = """<!doctype html><meta charset=utf-8><style>.cut{overflow:hidden;width:90px;height:20px}</style>
<form class=cut><input name=clientWidth><input name=children><input name=nodeName>备案</form>
<div class=cut style='border:3px solid;padding:4px;text-indent:-999px'>网信算备</div>
<div style='overflow:auto;height:40px' id=rolled><p style='height:400px'>长<p>文</div>
<template><div class=cut>不在页面里</div></template><svg width=20 height=20><rect width=5 height=5 /></svg>
<div style='transform:scale(.5)'><div class=cut style='border:2px solid'>小</div></div>
<iframe srcdoc="<div style='overflow:hidden;height:9px'>框<br>内</div>" style='border:5px inset;padding:7px'></iframe>
<part-host><b slot=s class=cut>分配</b><i>默认</i></part-host><span class=cut>行内<span class=cut>也</span></span>
<script>
  rolled.scrollTop = 30;
  document.querySelector('part-host').attachShadow({mode: 'open'}).innerHTML =
    '<u style="overflow:hidden;display:block;height:12px"><slot name=s></slot></u><slot></slot><slot>后备</slot>';
  Element.prototype.getAttribute = Object.getOwnPropertyDescriptor = JSON.stringify = () => { throw 1; };
</script>"""
CLOSED = """<!doctype html><p>甲</p><div id=host></div><script>
  host.attachShadow({mode: 'closed'}).innerHTML = '<i style="overflow:hidden;display:block">乙</i>';</script>"""
PSEUDO = "<!doctype html><style>p::before{content:'乙';overflow:hidden;display:block;width:9px}</style><p>甲</p>"


async def both(html: str) -> tuple[snapshot.Snapshot, snapshot.Snapshot, bool]:
    """The layout as `lay_out` makes it, the one with all rectangles, and whether the page could be asked."""
    guard = Guard(Policy(allow_private=True))
    settings = CrawlSettings()
    async with SocksGate(guard) as gate, BrowserPool(settings, gate.port) as pool, pool.context() as context:
        tab = await Tab.open(context, settings)
        await tab.page.set_content(html)
        await asyncio.sleep(0.1)
        ours = await lay_out(tab)
        whole = snapshot.build(Answer(await tab.send("DOMSnapshot.captureSnapshot", snapshot.PARAMS)))
        lean = Answer(await tab.send("DOMSnapshot.captureSnapshot", rects.without(snapshot.PARAMS)))
        asked = await rects.measure(tab, lean)
    guard.close()
    return ours, whole, asked


@pytest.mark.parametrize(("html", "asked"), [(OPEN, True), (CLOSED, False), (PSEUDO, False)])
async def test_the_layout_is_the_same(browser_path: str, html: str, asked: bool) -> None:
    ours, whole, could = await both(html)
    assert (ours, could) == (whole, asked)
    assert len(whole.tree.scrollers) >= 1


async def test_a_page_that_has_moved_on_is_not_asked(browser_path: str) -> None:
    guard = Guard(Policy(allow_private=True))
    settings = CrawlSettings()
    async with SocksGate(guard) as gate, BrowserPool(settings, gate.port) as pool, pool.context() as context:
        tab = await Tab.open(context, settings)
        await tab.page.set_content(OPEN)
        lean = Answer(await tab.send("DOMSnapshot.captureSnapshot", rects.without(snapshot.PARAMS)))
        await tab.page.set_content(OPEN.replace("<svg", "<hr><svg"))
        assert not await rects.measure(tab, lean)
        with pytest.raises(CallError):
            await tab.ask_frame("no such frame", "1")
    guard.close()
