"""One page through the browser: what is in its capture."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from crawler import browser
from crawler.browser import flags
from crawler.capture import STYLES, Box, PageCapture, Reached, View
from crawler.scout import NoScout
from crawler.settings import CrawlSettings

pytestmark = pytest.mark.browser

QUICK = CrawlSettings(quiet_timeout=2, load_timeout=5, later_after=0.5)
VIEWPORT = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
NUMBER = "网信算备999999999999901230019号"
PAGE = f"""{VIEWPORT}<title>星河助手</title>
<style>body{{margin:0}}h1{{height:1500px}}footer{{background:#000;color:#fff;height:60px}}
@media(max-width:600px){{.wide{{display:none}}}}</style>
<h1>星河助手</h1><p class=wide>只在大屏幕上</p><footer>{NUMBER}</footer>
<script>console.error('x'); document.body.append('脚本写的')</script>"""


def words(view: View) -> str:
    """Everything that has a line on the screen."""
    return " ".join(view.tree.text[row] for row in sorted({line[0] for line in view.tree.lines}))


class AtFooter(NoScout):
    """Points at the last 100 pixels, and at places that are none."""

    def places(self, page: PageCapture, view: View) -> tuple[Box, ...]:
        return ((0, view.content_height - 100, view.content_width, 200), (0, 0, 0, 9), (-50, -50, 20, 20))


async def test_a_page_is_seen_as_on_a_desktop_and_as_on_a_phone(serve: Any, see: Any, tmp_path: Path) -> None:
    page = await see(serve({"/": PAGE}) + "/", settings=QUICK, scout=AtFooter())
    desktop, mobile = page.views
    assert (page.reached, page.status, page.title, page.console_errors) == (Reached.OK, 200, "星河助手", 1)
    assert [(v.name, v.width, v.height, v.content_width) for v in page.views] == [
        ("desktop", 1366, 768, 1366.0),
        ("mobile", 390, 844, 390.0),
    ]
    assert ("只在大屏幕上" in words(desktop), "只在大屏幕上" in words(mobile)) == (True, False)
    assert all(NUMBER in words(view) and "脚本写的" in words(view) and view.limits == () for view in page.views)
    assert "脚本写的</body>" in (page.rendered or "").replace("\n", "")
    assert dict(page.headers)["content-type"] == "text/html; charset=utf-8"


async def test_pictures_show_what_they_say(serve: Any, see: Any, tmp_path: Path) -> None:
    page = await see(serve({"/": PAGE}) + "/", settings=QUICK, scout=AtFooter())
    for view, scale in zip(page.views, (1, 2), strict=True):
        (shot,) = view.shots
        data = (tmp_path / shot.file).read_bytes()
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        assert hashlib.sha256(data).hexdigest() == shot.sha256
        assert (shot.box[3], shot.scale, picture.size) == (100, scale, (view.width * scale, 100 * scale))
        darkest = min(sum(picture.getpixel((picture.width - 9, y))) for y in range(picture.height))  # type: ignore[arg-type]
        assert darkest < 30, "the black footer is not in its picture"
        assert view.screenshot is not None
        with Image.open(tmp_path / view.screenshot.file) as viewport:
            assert viewport.size == (view.width, view.height)


async def test_frames_of_other_origins_are_part_of_the_page(serve: Any, see: Any) -> None:
    other = serve({"/": f"{VIEWPORT}<p>{NUMBER}</p>"})
    base = serve({"/": f"{VIEWPORT}<p>here</p><iframe src='{other.replace('127.0.0.1', 'else.localhost')}/'></iframe>"})
    page = await see(base + "/", settings=QUICK)
    assert all(NUMBER in words(view) for view in page.views)


async def test_frames_in_processes_of_their_own_are_part_of_the_page(
    serve: Any, see: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the full Chromium keeps them: a frame of another site, and in it one of a third."""
    monkeypatch.setattr(browser, "flags", lambda port: [*flags(port), "--site-per-process"])
    third = serve({"/": f"{VIEWPORT}<p>{NUMBER}</p>"}).replace("127.0.0.1", "third.localhost")
    other = serve({"/": f"{VIEWPORT}<p>between</p><iframe src='{third}/'></iframe>"}).replace(
        "127.0.0.1", "else.localhost"
    )
    page = await see(serve({"/": f"{VIEWPORT}<p>here</p><iframe src='{other}/'></iframe>"}) + "/", settings=QUICK)
    assert all("between" in words(view) and NUMBER in words(view) for view in page.views)


@pytest.mark.parametrize(
    ("markup", "loads"),
    [
        (f"{VIEWPORT}<p>the same for all", 1),
        (f"{VIEWPORT}<script>window.phone = /Mobile/.test(navigator.userAgent)</script>", 2),
        (f"{VIEWPORT}<script>window.phone = navigator.maxTouchPoints > 0</script>", 2),
        (f"{VIEWPORT}<p style='width:900px'>too wide for a phone", 2),
        ("<!doctype html><p>no viewport", 2),
    ],
)
async def test_a_page_that_may_differ_on_a_phone_is_opened_anew(serve: Any, see: Any, markup: str, loads: int) -> None:
    await see(serve({"/": markup}) + "/", settings=QUICK)
    assert serve.asked.count("/") == loads


async def test_a_server_that_tells_phones_apart_is_asked_by_one(serve: Any, see: Any) -> None:
    base = serve({"/": (200, {"Vary": "User-Agent"}, VIEWPORT.encode() + b"<p>x")})
    page = await see(base + "/", settings=QUICK)
    assert serve.asked.count("/") == 2
    assert [view.url for view in page.views] == [base + "/"] * 2


async def test_a_phone_is_told_by_its_user_agent_and_its_touch_screen(serve: Any, see: Any) -> None:
    told = "[navigator.userAgent, navigator.maxTouchPoints, matchMedia('(hover: none)').matches].join('|')"
    page = await see(serve({"/": f"{VIEWPORT}<script>document.write({told})</script>"}) + "/", settings=QUICK)
    desktop, mobile = map(words, page.views)
    assert ("Mobile" in desktop, "|0|false" in desktop, "gongshi/" in desktop) == (False, True, True)
    assert ("Mobile" in mobile, "|5|true" in mobile, "gongshi/" in mobile) == (True, True, True)


async def test_what_comes_late_is_waited_for_and_what_never_ends_is_said(serve: Any, see: Any) -> None:
    late = "<script>setTimeout(() => document.body.append('late'), 150);"
    late += "setInterval(() => document.body.title += 'x', 50)</script>"
    page = await see(serve({"/": f"{VIEWPORT}<p>x{late}"}) + "/", settings=CrawlSettings(quiet_timeout=1))
    assert all("late" in words(view) for view in page.views)
    assert page.views[0].limits == ("dom",)


@pytest.mark.parametrize("shell", ["<div id=app></div>", "<div id=app>正在加载，请稍候…</div>"])
async def test_a_shell_that_scripts_fill_after_a_pause_is_waited_for(serve: Any, see: Any, shell: str) -> None:
    fill = f"document.getElementById('app').innerHTML = '<h1>星河助手</h1><footer>{NUMBER}</footer>'"
    late = f"{shell}<script>onload = () => setTimeout(() => {{ {fill} }}, 900)</script>"
    page = await see(serve({"/": f"{VIEWPORT}{late}"}) + "/", settings=QUICK)
    assert [NUMBER in words(view) for view in page.views] == [True, True]


async def test_a_page_beneath_a_notice_that_it_loads_is_waited_for(serve: Any, see: Any) -> None:
    cover = "<div id=c style='position:fixed;inset:0;background:#fff'>Loading…</div>"
    script = "<script>onload = () => setTimeout(() => document.getElementById('c').remove(), 900)</script>"
    page = await see(serve({"/": f"{VIEWPORT}<h1>星河助手</h1><p>{NUMBER}</p>{cover}{script}"}) + "/", settings=QUICK)
    assert ["Loading" in words(view) for view in page.views] == [False, False]


async def test_a_number_that_comes_late_to_a_home_page_is_waited_for(serve: Any, see: Any) -> None:
    fill = f"document.body.insertAdjacentHTML('beforeend', '<footer>{NUMBER}</footer>')"
    late = f"<h1>星河助手</h1><script>onload = () => setTimeout(() => {{ {fill} }}, 1500)</script>"
    page = await see(serve({"/": f"{VIEWPORT}{late}"}) + "/", settings=CrawlSettings(quiet_timeout=2, load_timeout=5))
    assert [NUMBER in words(view) for view in page.views] == [True, True]


async def test_what_fades_in_on_scrolling_is_looked_at_when_it_has(serve: Any, see: Any) -> None:
    fade = "<style>footer{opacity:0;transition:opacity .6s}.in{opacity:1}h1{height:2500px}</style>"
    script = """<script>new IntersectionObserver(seen => {
      if (seen[0].isIntersecting) document.querySelector('footer').className = 'in' })
      .observe(document.querySelector('footer'))</script>"""
    source = f"{VIEWPORT}{fade}<h1>星河助手</h1><footer>{NUMBER}</footer>{script}"
    desktop = (await see(serve({"/": source}) + "/", settings=QUICK)).views[0]
    footer = desktop.tree.name.index("footer")
    assert desktop.tree.styles[desktop.tree.style[footer]][STYLES.index("opacity")] == "1"


async def test_the_end_that_moves_away_is_followed(serve: Any, see: Any) -> None:
    endless = "<div style='height:3000px'></div><script>onscroll = () => {"
    endless += "if (innerHeight + scrollY > document.body.scrollHeight - 300)"
    endless += " document.body.insertAdjacentHTML('beforeend', '<div style=height:900px>more</div>') }</script>"
    page = await see(serve({"/": VIEWPORT + endless, "/s": VIEWPORT + "<p>short"}) + "/", settings=QUICK)
    scroll = page.views[0].scroll
    assert scroll is not None
    assert not scroll.settled
    assert scroll.heights[-1] > scroll.heights[0]


GROW = "document.getElementById('f').insertAdjacentHTML('beforeend', '<div style=height:900px>more</div>')"
WATCH = "new IntersectionObserver(seen => { if (seen[0].isIntersecting) ACT }).observe(document.getElementById('s'))"
FEEDS = {
    "at once": WATCH.replace("ACT", GROW),
    "after a fetch": WATCH.replace("ACT", f"{{ s.textContent += '…'; fetch('/slow').then(() => {GROW}) }}"),
    "throttled": f"let t; onscroll = () => {{ t ??= setTimeout(() => {{ t = null; {GROW} }}, 20) }}",
}


@pytest.mark.parametrize("feed", FEEDS)
async def test_a_feed_without_an_end_is_told(serve: Any, see: Any, feed: str) -> None:
    body = f"<div style='height:3000px'></div><div id=f></div><p id=s>end</p><script>{FEEDS[feed]}</script>"
    page = await see(serve({"/": VIEWPORT + body, "/slow": (200, {}, b"x")}) + "/", settings=QUICK)
    scroll = page.views[0].scroll
    assert scroll is not None
    assert not scroll.settled


async def test_what_a_phone_builds_shortly_after_its_size_changed_is_there(serve: Any, see: Any) -> None:
    build = f"document.body.insertAdjacentHTML('beforeend', '<footer>{NUMBER}</footer>')"
    script = f"<script>onresize = () => setTimeout(() => {{ if (innerWidth < 500) {build} }}, 45)</script>"
    page = await see(serve({"/": f"{VIEWPORT}<h1>星河助手</h1>{script}"}) + "/", settings=QUICK)
    assert [NUMBER in words(view) for view in page.views] == [False, True]


async def test_a_second_look_is_taken_where_the_scout_asks(serve: Any, see: Any) -> None:
    class Again(NoScout):
        def look_again(self, view: View) -> bool:
            return "toast" in words(view) and view.name == "desktop"

    toast = "<p id=t>toast</p><script>setTimeout(() => document.getElementById('t').remove(), 1500)</script>"
    settings = CrawlSettings(later_after=1.6)
    desktop, mobile = (await see(serve({"/": f"{VIEWPORT}{toast}"}) + "/", settings=settings, scout=Again())).views
    assert "toast" in words(desktop)
    assert desktop.later is not None
    assert "toast" not in " ".join(desktop.later.text)
    assert mobile.later is None


async def test_redirects_are_told(serve: Any, see: Any) -> None:
    base = serve({"/": (301, {"Location": "/home"}, b""), "/home": VIEWPORT + "<p>x"})
    page = await see(base + "/", settings=QUICK)
    assert [(hop.url, hop.status) for hop in page.chain] == [(base + "/", 301), (base + "/home", 200)]
    assert page.final_url == base + "/home"


@pytest.mark.parametrize("delay", [0, 100, 350])
async def test_a_page_that_moves_on_is_followed(serve: Any, see: Any, delay: int) -> None:
    leave = f"<script>setTimeout(() => location = '/next', {delay})</script>"
    base = serve({"/": f"{VIEWPORT}<p>first{leave}", "/next": f"{VIEWPORT}<title>next</title><p>second"})
    page = await see(base + "/", settings=QUICK)
    assert page.reached is Reached.OK, page.detail
    assert {view.url for view in page.views} <= {base + "/", base + "/next"}
    assert "second" in words(page.views[-1])


async def test_a_phone_view_that_fails_leaves_the_desktop_view(serve: Any, see: Any) -> None:
    trap = "<script>if (/Mobile/.test(navigator.userAgent)) for (;;);</script>"
    settings = CrawlSettings(load_timeout=2, call_timeout=2, quiet_timeout=1)
    page = await see(serve({"/": f"{VIEWPORT}<p>x{trap}"}) + "/", settings=settings)
    assert (page.reached, [view.name for view in page.views]) == (Reached.OK, ["desktop"])
    assert page.detail.startswith("mobile: timeout")


SANDBOXED = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "img-src *; sandbox allow-forms",
}


async def test_a_page_that_runs_no_scripts_is_seen_like_any_other(serve: Any, see: Any) -> None:
    """Nor do timers of ours ring in it: to wait for one would be to wait for the limit."""
    body = PAGE.replace("<h1>", "<p>正在加载</p><h1>").encode()
    page = await see(serve({"/": (200, SANDBOXED, body)}) + "/", settings=replace(QUICK, call_timeout=4))
    assert (page.reached, page.detail) == (Reached.OK, "")
    assert [view.name for view in page.views] == ["desktop", "mobile"]
    assert all(NUMBER in words(view) and "脚本写的" not in words(view) for view in page.views)
    assert page.views[0].scroll is not None
    assert page.views[0].scroll.heights[0] > 1500


async def test_a_page_that_takes_itself_away_is_empty(serve: Any, see: Any) -> None:
    markup = f"{VIEWPORT}<p>{NUMBER}<script>document.documentElement.remove()</script>"
    assert (await see(serve({"/": markup}) + "/", settings=QUICK)).reached is Reached.EMPTY


READ = f"{VIEWPORT}<title>星河助手</title><p>对话助手，能写会算，随时为你解答。</p><footer>{NUMBER}</footer>"


@pytest.mark.parametrize(
    ("encoding", "declared", "reached"),
    [
        ("gb18030", "utf-8", Reached.ENCODING),
        ("utf-8", "gbk", Reached.ENCODING),
        ("utf-8", "big5", Reached.ENCODING),
        ("utf-8", "utf-8", Reached.OK),
        ("gb18030", "gbk", Reached.OK),
        ("utf-16-le", "utf-16le", Reached.OK),
    ],
)
async def test_what_browsers_show_otherwise_than_it_was_written_is_told(
    serve: Any, see: Any, encoding: str, declared: str, reached: Reached
) -> None:
    headers = {"Content-Type": f"text/html; charset={declared}"}
    base = serve({"/": (200, headers, READ.replace("<meta charset=utf-8>", "").encode(encoding))})
    page = await see(f"{base}/", settings=QUICK, read=READ)
    assert page.reached is reached
    assert bool(page.views) is (reached is Reached.OK)
    assert page.html == READ, "what was read stays, and with it the number"


async def test_a_page_that_scripts_translate_is_not_garbled(serve: Any, see: Any) -> None:
    markup = READ + "<script>document.body.innerHTML = '<p>An assistant that writes, counts and answers.'</script>"
    for charset in ("utf-8", "gbk"):
        headers = {"Content-Type": f"text/html; charset={charset}"}
        page = await see(serve({"/": (200, headers, markup.encode(charset))}) + "/", settings=QUICK, read=markup)
        assert page.reached is Reached.OK
