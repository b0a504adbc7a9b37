"""The sample sites hold what `sites.toml` says of them. Judged here without gongshi's own finder, layout or rules."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Page, sync_playwright

from crawler.browser import find_browser
from seeds.model import ModelSource, ServiceKind
from seeds.samples import FOLDER, serve, sites

SITES = {site["host"]: site for site in sites()}
OPEN = {host: site for host, site in SITES.items() if "reached" not in site["expected"]}
KEYS = {"verdict", "reached", "kinds", "failed", "review", "passed", "open", "others", "disclosures"}


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, str]]:
    with serve() as pairs:
        yield {urlsplit(url).netloc.partition(".")[0]: url for _, url in pairs}


def get(url: str) -> tuple[int, str, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection("127.0.0.1", parts.port or 80, timeout=5)
    try:
        connection.request("GET", parts.path or "/", headers={"Host": parts.netloc})
        answer = connection.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()
    finally:
        connection.close()


def written(host: str) -> str:
    return "\n".join(p.read_bytes().decode("gb18030" if host == "daohe-noodles" else "utf-8") for p in pages(host))


def pages(host: str) -> list[Any]:
    return [p for p in sorted((FOLDER / host).iterdir()) if p.suffix in {".html", ".js", ".json"}]


def test_seeds_say_what_the_list_declares() -> None:
    with serve() as pairs:
        seeds = {seed.url.split("//")[1].partition(".")[0]: seed for seed, url in pairs if seed.url == url}
    assert len(seeds) == len(SITES) >= 14
    assert seeds["qingwen-writer"].service is ServiceKind.GENERATIVE
    assert seeds["qingwen-writer"].model is ModelSource.API
    assert seeds["daohe-noodles"].service is None


def test_list_and_folders_are_the_same_sites() -> None:
    assert set(SITES) == {p.name for p in FOLDER.iterdir() if p.is_dir()}
    assert len({site["operator"] for site in SITES.values()}) == len(SITES)


@pytest.mark.parametrize("site", SITES.values(), ids=lambda site: site["host"])
def test_expectations_are_complete(site: dict[str, Any]) -> None:
    expected = site["expected"]
    assert {"verdict", "failed", "review", "passed", "open", "disclosures"} <= set(expected) <= KEYS
    stands = [rule for key in ("failed", "review", "passed", "open") for rule in expected[key]]
    assert len(stands) == len(set(stands)), "a rule stands twice"
    assert bool(expected["failed"]) == (expected["verdict"][0] in {"violation", "warning"})


@pytest.mark.parametrize("host", OPEN)
def test_numbers_stand_in_the_files_or_in_the_picture(host: str) -> None:
    text = written(host)
    for disclosure in SITES[host]["expected"]["disclosures"]:
        shown = disclosure.get("number", disclosure.get("raw"))
        assert (shown in text) != (disclosure.get("source") == "image"), shown


@pytest.mark.parametrize("host", OPEN)
def test_algorithm_numbers_keep_the_form_unless_that_is_the_defect(host: str) -> None:
    for digits in re.findall(r"网信算备(\d+)号", written(host)):
        holds = len(digits) == 21 and sum(int(d) * 2 ** (20 - i) for i, d in enumerate(digits)) % 10 == 1
        assert holds == (host not in {"lanxi-assistant", "zhuying-translate"})


def test_others_numbers_are_as_many_as_the_list_says() -> None:
    found = set(re.findall(r"网信算备\d{21}号|[A-Za-z]+-[A-Za-z]+-\d{12}", written("yantai-news")))
    assert len(found) == SITES["yantai-news"]["expected"]["others"]


@pytest.mark.parametrize("host", OPEN)
def test_every_page_and_every_link_of_a_site_answers(host: str, served: dict[str, str]) -> None:
    todo, seen = [served[host]], set()
    while todo:
        url = todo.pop()
        if url in seen or urlsplit(url).netloc != urlsplit(served[host]).netloc:
            continue
        seen.add(url)
        status, kind, body = get(url)
        assert status == 200, url
        if kind == "text/html":
            links = lxml.html.fromstring(body).xpath("//a/@href | //img/@src | //link/@href | //script/@src")
            todo += [urljoin(url, str(link)) for link in links]
    assert len(seen) >= 4


def test_links_lead_to_this_machine_authorities_or_reserved_names() -> None:
    hosts = {urlsplit(link).hostname for host in OPEN for link in re.findall(r'https?://[^"\s<`]+', written(host))}
    authorities = {"beian.cac.gov.cn", "beian.miit.gov.cn", "beian.mps.gov.cn"}
    assert all(name in authorities or str(name).endswith(".example") for name in hosts), hosts


def test_firewall_refuses_every_path(served: dict[str, str]) -> None:
    for path in ("", "about.html", "robots.txt"):
        status, kind, body = get(served["tingzhou-answer"] + path)
        assert (status, kind) == (403, "text/html")
        assert "拦截" in body.decode()


def test_unknown_names_and_paths_are_not_found(served: dict[str, str]) -> None:
    assert get(served["xingyu-chat"] + "missing.html")[0] == 404
    assert get(served["xingyu-chat"] + "../sites.toml")[0] == 404
    port = urlsplit(served["xingyu-chat"]).port
    assert get(f"http://nobody.localhost:{port}/")[0] == 404
    assert get(f"http://..localhost:{port}/sites.toml")[0] == 404


def test_old_pages_are_gb2312_and_say_so(served: dict[str, str]) -> None:
    body = get(served["daohe-noodles"])[2]
    assert b'charset="gb2312"' in body
    assert "稻禾面馆" in body.decode("gb2312")


def test_two_servers_run_side_by_side() -> None:
    with serve() as first, serve() as second:
        assert first[0][1] != second[0][1]
        assert get(first[0][1])[0] == get(second[0][1])[0] == 200


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        yield browser.new_page(viewport={"width": 390, "height": 844})
        browser.close()


@pytest.mark.browser
def test_hidden_numbers_are_hidden(page: Page, served: dict[str, str]) -> None:
    page.goto(served["wudao-code"])
    styles = page.evaluate(
        """() => [".filing", ".model", ".dot"].map(name => getComputedStyle(document.querySelector("footer " + name)))
             .map(s => [s.display, s.color, s.backgroundColor, s.fontSize])"""
    )
    assert styles[0][0] == "none"
    assert styles[1][1] == styles[1][2]
    assert styles[2][3] == "1px"


@pytest.mark.browser
@pytest.mark.parametrize("name", ["", "about.html", "product.html", "agreement.html"])
def test_phone_bar_covers_the_filing_line_and_not_the_icp_line(page: Page, served: dict[str, str], name: str) -> None:
    page.goto(served["weilan-companion"] + name)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    bar, lines = page.evaluate(
        """() => [document.querySelector(".tabbar").getBoundingClientRect().top,
            [...document.querySelectorAll("footer p")].map(p => [p.innerText, p.getBoundingClientRect().top,
              p.getBoundingClientRect().bottom])]"""
    )
    filing = next(line for line in lines if "网信算备" in line[0])
    icp = next(line for line in lines if "ICP备" in line[0])
    assert bar <= filing[1] and filing[2] <= 844
    assert icp[2] <= bar


@pytest.mark.browser
@pytest.mark.parametrize("host", ["jingluo-search", "tinglan-platform"])
def test_script_built_footers_show_numbers_that_the_html_does_not_hold(
    host: str, page: Page, served: dict[str, str]
) -> None:
    assert "网信算备" not in get(served[host])[2].decode()
    page.goto(served[host])
    numbers = [d["number"] for d in SITES[host]["expected"]["disclosures"]]
    snapshot = page.context.new_cdp_session(page)
    page.wait_for_timeout(800)
    laid_out = "".join(snapshot.send("DOMSnapshot.captureSnapshot", {"computedStyles": []})["strings"])
    assert all(number in laid_out for number in numbers)
