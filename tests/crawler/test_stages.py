"""Which sites get a browser, and why: plain HTTP first for all of them."""

from pathlib import Path
from typing import Any

import pytest

from auditor.scout import NumberScout
from crawler.capture import SiteCapture
from crawler.settings import CrawlSettings
from crawler.site import in_sample, is_shell
from crawler.store import Run, SiteFolder
from crawler.sweep import sweep
from seeds.model import Seed, ServiceKind

LONG = "手工制作的家具，用料讲究。" * 30
NUMBER = "网信算备110108900411701250015号"
QUICK = CrawlSettings(allow_private=True, delay=0, quiet_timeout=1.5, load_timeout=5, mobile=False, retries=0)


def page(body: str) -> str:
    return f"<!doctype html><meta charset=utf-8><title>某站</title><p>{LONG}</p>{body}"


SITES: dict[str, tuple[dict[str, str], str]] = {
    "noodles": ({"/": page("<a href=/about>关于我们</a>"), "/about": page("")}, ""),
    "chat": ({"/": page(f"<footer>{NUMBER}</footer>")}, "number"),
    "comment": ({"/": page(f"<!-- {NUMBER} -->")}, "number"),
    "labelled": ({"/": page("<footer>算法备案：</footer>")}, "filing"),
    "assistant": ({"/": page("<h1>有什么可以帮你？</h1><textarea placeholder=随便问></textarea>AI")}, "service"),
    "speaks": ({"/": page("<p>我们使用人工智能</p>")}, "words"),
    "described": ({"/": page("") + "<meta name=description content=AI绘画工具>"}, "words"),
    "spa": ({"/": "<!doctype html><div id=app></div><script>app.textContent = 1</script>"}, "script"),
    "mount": ({"/": page("<div id=root></div><script>1</script>")}, "script"),
    "deep": ({"/": page("<a href=/gs>备案公示</a>"), "/gs": page(NUMBER)}, "number"),
    "deep-spa": ({"/": page("<a href=/gs>备案公示</a>"), "/gs": "<div id=app></div><script></script>"}, "script"),
    "blocked": ({"/": "<title>安全验证</title><p>请完成下方验证后继续访问 AI</p>"}, ""),
    "parked": ({"/": "<h1>该域名已过期</h1><p>AI</p>"}, ""),
    "dead": ({}, ""),
}


def judge(folder: SiteFolder) -> None:
    folder.write_audit(b"{}")


def swept(serve: Any, run: Path, settings: CrawlSettings, **sites: Seed) -> dict[str, SiteCapture]:
    """The captures of sites, by name; `sites` gives seeds that say more than an address."""
    seeds = {}
    for name in sites or SITES:
        base = serve(SITES[name][0]).replace("127.0.0.1", f"{name}.localhost")
        given = sites.get(name, Seed(""))
        seeds[name] = Seed(f"{base}/", service=given.service, numbers=given.numbers)
    assert {done.problem for done in sweep(seeds.values(), run, settings, NumberScout(), judge)} == {""}
    return {name: Run(run).folder(seed.url).read() for name, seed in seeds.items()}


@pytest.mark.browser
def test_a_browser_is_for_those_that_may_have_something_to_show(serve: Any, tmp_path: Path) -> None:
    captures = swept(serve, tmp_path, QUICK)
    assert {name: capture.browser_because for name, capture in captures.items()} == {
        name: because for name, (_, because) in SITES.items()
    }
    for name, capture in captures.items():
        assert bool(capture.pages[0].views) == bool(SITES[name][1]), name
        assert (capture.custody.browser is not None) == bool(SITES[name][1]), name
    assert [page.views != () for page in captures["deep"].pages] == [True, True], "the disclosure page and its home"
    assert [page.url.rpartition("/")[2] for page in captures["noodles"].pages] == ["", "about"]
    assert serve.asked.count("/about") == 1


@pytest.mark.browser
def test_what_the_list_declares_is_looked_at(serve: Any, tmp_path: Path) -> None:
    seed = Seed("", service=ServiceKind.GENERATIVE)
    assert swept(serve, tmp_path / "1", QUICK, noodles=seed)["noodles"].browser_because == "declared"
    numbered = Seed("", numbers=(NUMBER,))
    assert swept(serve, tmp_path / "2", QUICK, noodles=numbered)["noodles"].browser_because == "declared"


@pytest.mark.browser
def test_a_sample_of_the_others_is_looked_at_all_the_same(serve: Any, tmp_path: Path) -> None:
    always = swept(serve, tmp_path, CrawlSettings(**_kept(QUICK), sample=1.0), noodles=Seed(""), dead=Seed(""))
    assert {name: capture.browser_because for name, capture in always.items()} == {"noodles": "sample", "dead": ""}


@pytest.mark.browser
def test_always_and_never(serve: Any, tmp_path: Path) -> None:
    always = CrawlSettings(**_kept(QUICK), render="always")
    found = swept(serve, tmp_path / "always", always, noodles=Seed(""))["noodles"]
    assert (found.browser_because, [bool(page.views) for page in found.pages]) == ("always", [True, True])
    never = CrawlSettings(**_kept(QUICK), render="never")
    found = swept(serve, tmp_path / "never", never, chat=Seed("", service=ServiceKind.GENERATIVE))["chat"]
    assert (found.browser_because, found.pages[0].views, found.custody.browser) == ("", (), None)


def _kept(settings: CrawlSettings) -> dict[str, Any]:
    names = ("allow_private", "delay", "quiet_timeout", "load_timeout", "mobile", "retries")
    return {name: getattr(settings, name) for name in names}


@pytest.mark.parametrize(
    ("html", "shell"),
    [
        ("<div id=app></div><script src=/a.js></script>", True),
        (f"<div id=app>{LONG}</div><script src=/a.js></script>", False),
        (f"<div id=__nuxt></div><p>{LONG}</p><script></script>", True),
        (f"<p>{LONG}</p><script></script>", False),
        ("<p>short</p>", False),
        ("<frameset><frame src=/x></frameset>", True),
        ("<iframe src=/x></iframe>", True),
        ("<meta http-equiv='refresh' content='0;url=/x'>", True),
        ("", False),
    ],
)
def test_pages_that_something_else_fills(html: str, shell: bool) -> None:
    assert is_shell(html) is shell


def test_the_sample_is_the_same_every_time_and_about_as_large_as_asked() -> None:
    urls = [f"https://s{number}.example/" for number in range(5000)]
    chosen = [url for url in urls if in_sample(url, 0.02)]
    assert 60 <= len(chosen) <= 140
    assert chosen == [url for url in urls if in_sample(url, 0.02)]
    assert (in_sample(urls[0], 0.0), in_sample(urls[0], 1.0)) == (False, True)
