import http.client
from collections.abc import Callable
from pathlib import Path

import pytest

from seeds import built
from seeds.addresses import SeedError

Ask = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site beside a file that is none of it."""
    (tmp_path / "secret.html").write_text("not the site's")
    files = {"index.html": "首页", "about.html": "关于", "docs/index.html": "文档", "a b/数.html": "数", "s.css": "p{}"}
    for name, text in files.items():
        (tmp_path / "dist" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dist" / name).write_text(text, "utf-8")
    (tmp_path / "dist" / "empty").mkdir()
    return tmp_path / "dist"


def ask(folder: Path, path: str) -> tuple[int, str, str]:
    """Status, media type and text of an answer; the path is sent as it is."""
    with built.serve(folder) as address:
        connection = http.client.HTTPConnection(address.split("/")[2], timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        told = answer.status, answer.headers["Content-Type"], answer.read().decode()
        connection.close()
        return told


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "首页"),
        ("/?x=1", "首页"),
        ("/about", "关于"),
        ("/about.html", "关于"),
        ("/about/", "关于"),
        ("/docs", "文档"),
        ("/docs/", "文档"),
        ("/a%20b/%E6%95%B0.html", "数"),
        ("/s.css", "p{}"),
    ],
)
def test_pages_are_found_as_static_hosts_find_them(site: Path, path: str, text: str) -> None:
    status, kind, body = ask(site, path)
    assert (status, body) == (200, text)
    assert kind.startswith("text/") and kind.endswith("charset=utf-8")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/empty/", "/../secret.html", "/%2e%2e/secret.html", "/docs/../../secret"]
)
def test_what_is_not_there_is_a_404_and_no_folder_is_listed(site: Path, path: str) -> None:
    status, _, body = ask(site, path)
    assert status == 404
    assert "index.html" not in body and "not the site's" not in body


def test_the_site_may_say_what_is_shown_instead(site: Path) -> None:
    (site / "404.html").write_text("没有", "utf-8")
    assert ask(site, "/nowhere")[::2] == (404, "没有")
    (site / "200.html").write_text("脚本写的", "utf-8")
    assert ask(site, "/chat/42")[::2] == (200, "脚本写的")


def test_a_folder_without_a_home_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"no index\.html"), built.serve(tmp_path):
        pass


def test_a_name_that_may_be_a_hosts_is_a_hosts(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "chat.example.cn").mkdir()
    monkeypatch.chdir(site)
    asked = ("chat.example.cn", "./chat.example.cn", "docs", "docs/", "nowhere", "https://docs/", "../dist")
    assert [built.is_folder(one) for one in asked] == [False, True, True, True, False, False, True]


def test_what_can_only_be_a_folder_and_is_none_is_missing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    asked = ("./nowhere", "nowhere/", "build/out", "~/nowhere-at-all", "docs/", "localhost/", "nowhere", "a.example/b")
    assert [built.is_missing(one) for one in asked] == [True, True, True, True, False, False, False, False]
    assert not built.is_missing("http://nowhere/")
