"""A canary on 127.0.0.2 that must never be hit, whatever a site on 127.0.0.1 tries: pages in the browser, answers to
plain requests, names that change their address. Each way is also let through once, to see that it would get there.
"""

import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from crawler import guard as guard_module
from crawler.capture import PageCapture, Reached
from crawler.guard import Guard, Policy
from crawler.scout import NoScout
from crawler.settings import CrawlSettings
from crawler.store import SiteFolder
from crawler.sweep import sweep
from seeds.model import Seed

QUICK = CrawlSettings(mobile=False, quiet_timeout=2, load_timeout=5)

MARKUP = """<!doctype html><title>tries</title>
<link rel=stylesheet href=CANARY/style><link rel=preconnect href=http://CANARY2><link rel=dns-prefetch href=//CANARY2>
<link rel=prefetch href=CANARY/prefetch><link rel=preload as=image href=CANARY/preload>
<link rel=modulepreload href=CANARY/modulepreload><link rel=prerender href=CANARY/prerender>
<link rel=icon href=CANARY/icon><link rel=apple-touch-icon href=CANARY/touch><link rel=manifest href=CANARY/manifest>
<script type=speculationrules>{"prefetch": [{"source": "list", "urls": ["CANARY/speculated"]}],
"prerender": [{"source": "list", "urls": ["CANARY/prerendered"]}]}</script>
<style>@import url(CANARY/import); @font-face {font-family: f; src: url(CANARY/font)}
body {font-family: f; background: url(CANARY/background); cursor: url(CANARY/cursor), auto}
li {list-style-image: url(CANARY/marker)} p::before {content: url(CANARY/content)} p {mask-image: url(CANARY/mask)}
h1 {background: image-set("CANARY/image-set" 1x)}</style>
<h1>tries</h1><p>all it can</p><ul><li>and more</ul>
<script src=CANARY/script></script><script type=module>import('CANARY/dynamic').catch(() => 0)</script>
<img src=CANARY/image><img srcset="CANARY/srcset 1x"><picture><source srcset=CANARY/source><img></picture>
<img src=CANARY/lazy loading=lazy><input type=image src=CANARY/input><table background=CANARY/table><td>x</table>
<svg><image href=CANARY/svg width=9 height=9 /><use href=CANARY/use#x />
<filter id=s><feImage href=CANARY/filter /></filter><rect width=9 height=9 filter=url(#s) /></svg>
<video src=CANARY/video preload=auto></video><video poster=CANARY/poster></video>
<audio src=CANARY/audio preload=auto></audio>
<video preload=auto><source src=CANARY/video-source><track default src=CANARY/track></video>
<iframe src=CANARY/frame></iframe><object data=CANARY/object></object><embed src=CANARY/embed>
<iframe srcdoc="<img src=CANARY/srcdoc>"></iframe><iframe src="data:text/html,<img src=CANARY/data-frame>"></iframe>
<iframe srcdoc="<meta http-equiv=refresh content='0;url=CANARY/refresh'>"></iframe><iframe src=/refresh-header></iframe>
<iframe src=/redirect></iframe><img src=/redirect><iframe src=/twice></iframe>
<form action=CANARY/form method=post target=f id=f></form><iframe name=f></iframe>
<a id=a href=#x ping=CANARY/ping>x</a><iframe src=/reports></iframe>"""

SCRIPT = """<script>
const quiet = {mode: 'no-cors'}, blob = (code, type) => URL.createObjectURL(new Blob([code], {type}));
const tries = [
() => fetch('CANARY/fetch', quiet), () => fetch('/redirect', quiet),
() => fetch('CANARY/post', {...quiet, method: 'POST', body: 'x'}),
() => fetch('CANARY/keep', {...quiet, keepalive: true}),
() => { const x = new XMLHttpRequest(); x.open('GET', 'CANARY/xhr'); x.send(); },
() => new WebSocket('ws://HOST/socket'), () => new EventSource('CANARY/events'),
() => navigator.sendBeacon('CANARY/beacon'),
() => new Worker(blob("fetch('CANARY/worker', {mode: 'no-cors'})")),
() => new Worker("data:text/javascript,fetch('CANARY/data-worker',{mode:'no-cors'})"),
() => new Worker(blob("importScripts('CANARY/imported')")),
() => new Worker(blob("new WebSocket('ws://HOST/worker-socket')")),
() => new Worker(blob("import 'CANARY/module-worker'"), {type: 'module'}),
() => new SharedWorker(blob("fetch('CANARY/shared', {mode: 'no-cors'})")),
() => CSS.paintWorklet.addModule('CANARY/paint'),
() => new AudioContext().audioWorklet.addModule('CANARY/audio-worklet'),
() => navigator.serviceWorker.register('/redirect'), () => window.open('CANARY/open'),
() => document.getElementById('f').submit(), () => document.getElementById('a').click(),
() => { new Image().src = 'CANARY/new-image'; },
() => { document.querySelector('iframe[name=f]').contentWindow.fetch('CANARY/frame-fetch', quiet); },
() => new WebTransport('https://HOST/transport'), () => fetchLater('CANARY/later', {activateAfter: 0}),
() => new FontFace('g', 'url(CANARY/font-face)').load(),
() => { const Peer = window.RTCPeerConnection || document.querySelector('iframe').contentWindow.RTCPeerConnection;
  const p = new Peer({iceServers: [{urls: 'stun:HOST'}, {urls: 'turn:HOST', username: 'x', credential: 'x'}]});
  p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)); },
];
for (const attempt of tries) { try { Promise.resolve(attempt()).catch(() => 0); } catch {} }
</script>"""

SPELLINGS = ("[::ffff:127.0.0.2]", "[::ffff:7f00:2]", "2130706434", "0x7f.2", "0177.0.0.2", "127.2", "0x7f000002")
SPELLINGS += ("%31%32%37.0.0.2", "１２７.０.０.２", "127。0。0。2", "evil.example", "EVIL.example.", "user@127.0.0.2")

CORE = frozenset(
    "style import font script dynamic image srcset poster frame object embed srcdoc refresh redirected form ping "
    "report fetch xhr socket events beacon worker imported shared frame-fetch link-header".split()
)
"""Ways that every browser takes where it may. The others are there for those that take them too."""


class Canary:
    """Notes what reaches 127.0.0.2 by TCP (the paths that are asked for) and UDP; a second port is for preconnects."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.tcp, self.other = (socket.create_server(("127.0.0.2", 0)) for _ in range(2))
        self.port: int = self.tcp.getsockname()[1]
        self.second: int = self.other.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.2", self.port))
        self.ended = False
        self.threads = [
            threading.Thread(target=self._listen, args=(listen,)) for listen in (self._asked, self._met, self._told)
        ]
        for thread in self.threads:
            thread.start()

    def _listen(self, listen: Any) -> None:
        while not self.ended:
            try:
                self.heard.append(listen())
            except OSError:
                continue

    def _asked(self) -> str:
        self.tcp.settimeout(0.05)
        conn = self.tcp.accept()[0]
        with conn:
            conn.settimeout(0.5)
            words = conn.recv(4000).decode("latin-1").split(" ", 2)
            conn.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            return words[1].strip("/") if len(words) > 1 else "bytes"

    def _met(self) -> str:
        self.other.settimeout(0.05)
        self.other.accept()[0].close()
        return "preconnect"

    def _told(self) -> str:
        self.udp.settimeout(0.05)
        self.udp.recv(2000)
        return "udp"

    def close(self) -> None:
        self.ended = True
        for thread in self.threads:
            thread.join()
        for one in (self.tcp, self.other, self.udp):
            one.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    bird = Canary()
    yield bird
    bird.close()


def pages(canary: Canary) -> dict[str, Any]:
    host = f"127.0.0.2:{canary.port}"
    spelled = "".join(f"<img src='http://{name}:{canary.port}/{n}'>" for n, name in enumerate(SPELLINGS))
    page = (MARKUP + spelled + SCRIPT).replace("CANARY2", f"127.0.0.2:{canary.second}")
    page = page.replace("CANARY", f"http://{host}").replace("HOST", host)
    report = {"Content-Security-Policy-Report-Only": f"img-src 'none'; report-uri http://{host}/report"}
    return {
        "/": (200, {"Link": f"<http://{host}/link-header>; rel=preload; as=image"}, page.encode()),
        "/redirect": (302, {"Location": f"http://{host}/redirected"}, b""),
        "/twice": (307, {"Location": "/redirect"}, b""),
        "/refresh-header": (200, {"Refresh": f"0;url=http://{host}/refresh-header"}, b"<p>x"),
        "/reports": (200, report, b"<img src=/x>"),
        "/robots.txt": (301, {"Location": f"http://{host}/robots"}, b""),
        **{
            f"/to/{n}": (302, {"Location": f"http://{in_header(name)}:{canary.port}/{n}"}, b"")
            for n, name in enumerate(SPELLINGS)
        },
    }


def in_header(name: str) -> str:
    """The bytes of UTF-8, as servers send them."""
    return name.encode().decode("latin-1")


def guard_of(*networks: str) -> Guard:
    return Guard(Policy(networks=tuple(map(ip_network, networks))), lookup=found)


def found(name: str) -> list[str]:
    """What the system makes of a name; of invented ones the canary's address."""
    if name.endswith("example"):
        return ["127.0.0.2"]
    return guard_module.system_lookup(name)


@pytest.mark.browser
async def test_nothing_on_a_page_reaches_an_address_that_is_not_allowed(serve: Any, see: Any, canary: Canary) -> None:
    page = await see(serve(pages(canary)) + "/", guard_of("127.0.0.1/32"), QUICK)
    assert page.views
    assert {"/redirect", "/twice", "/refresh-header", "/reports"} <= set(serve.asked)
    assert canary.heard == []


@pytest.mark.browser
async def test_the_same_page_reaches_it_where_it_is_allowed(serve: Any, see: Any, canary: Canary) -> None:
    """So the test above is one that can fail."""
    await see(serve(pages(canary)) + "/", guard_of("127.0.0.0/8"), QUICK)
    ways = set(canary.heard)
    assert ways >= CORE
    assert len(ways) >= 50
    assert {"open", "udp", "transport"}.isdisjoint(ways), "these leave the page or the gate"


@pytest.mark.browser
@pytest.mark.parametrize("url", ["http://127.0.0.2:PORT/", "http://evil.example:PORT/", "BASE/twice"])
async def test_a_page_that_is_not_allowed_says_so(serve: Any, see: Any, canary: Canary, url: str) -> None:
    base = serve(pages(canary))
    page = await see(url.replace("PORT", str(canary.port)).replace("BASE", base), guard_of("127.0.0.1/32"), QUICK)
    assert (page.reached, page.views, canary.heard) == (Reached.PRIVATE_ADDRESS, (), [])


@pytest.mark.browser
async def test_a_name_that_changes_its_address_is_checked_each_time(
    serve: Any, see: Any, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the page comes from where it may, then its name becomes the canary's."""
    monkeypatch.setattr(guard_module, "_REMEMBER", 0.0)
    asked: list[str] = []

    def changing(name: str) -> list[str]:
        asked.append(name)
        return ["127.0.0.1" if len(asked) == 1 else "127.0.0.2"]

    again = f"<img src='//rebound.example:{canary.port}/image'><iframe src='//rebound.example:{canary.port}/'></iframe>"
    base = serve({"/": f"<p>{again}"}).replace("127.0.0.1", "rebound.example")
    page = await see(f"{base}/", Guard(Policy(networks=(ip_network("127.0.0.1/32"),)), lookup=changing), QUICK)
    assert page.views, "the first address is the one that was connected to"
    assert len(asked) > 1
    assert canary.heard == []


class Curious(NoScout):
    """Wants links to be opened that lead to the canary."""

    def links(self, pages: tuple[PageCapture, ...]) -> tuple[str, ...]:
        """Those of the page's address, in every spelling; `#links` holds the canary's port."""
        base, port = pages[0].url.rpartition("/")[0].rpartition("/")[0], pages[0].url.rpartition("/")[2]
        ways = [f"{base}/to/{n}" for n in range(len(SPELLINGS))]
        return (*ways, *(f"http://{name}:{port}/link" for name in SPELLINGS), f"{base}/twice")


def judge(folder: SiteFolder) -> None:
    folder.write_audit(b"{}")


def visited(serve: Any, canary: Canary, run: Path, network: str) -> dict[str, Reached]:
    """Sites that are at the canary, lead to it, have their robots.txt there, and links to it: by plain HTTP."""
    base = serve({**pages(canary), f"/links/{canary.port}": "<p>x"})
    urls = [f"http://{name}:{canary.port}/" for name in SPELLINGS]
    urls += [f"{base}/to/{n}" for n in range(len(SPELLINGS))] + [f"{base}/twice", f"{base}/links/{canary.port}"]
    urls += [f"evil.example:{canary.port}", f"https://127.0.0.2:{canary.port}/"]
    settings = CrawlSettings(
        networks=(ip_network(network),),
        hosts=(("evil.example", "127.0.0.2"),),
        render="never",
        delay=0,
        retries=0,
        max_pages=0,
        connect_timeout=2,
        http_timeout=5,
    )
    done = list(sweep([Seed(url) for url in urls], run, settings, Curious(), judge))
    assert {one.problem for one in done} == {""}
    return {one.url.replace(base, ""): one.reached for one in done}


def test_no_plain_request_reaches_an_address_that_is_not_allowed(serve: Any, canary: Canary, tmp_path: Path) -> None:
    reached = visited(serve, canary, tmp_path, "127.0.0.1/32")
    assert canary.heard == []
    assert {"/robots.txt", "/twice", f"/links/{canary.port}"} <= set(serve.asked)
    links = reached.pop(f"/links/{canary.port}")
    assert links is Reached.OK
    assert Reached.OK not in reached.values()
    assert sum(one is Reached.PRIVATE_ADDRESS for one in reached.values()) > len(reached) * 0.8


def test_plain_requests_reach_it_where_that_is_allowed(serve: Any, canary: Canary, tmp_path: Path) -> None:
    """So the test above is one that can fail."""
    visited(serve, canary, tmp_path, "127.0.0.0/8")
    assert set(canary.heard) >= {"", "0", "4", "redirected", "link"}
