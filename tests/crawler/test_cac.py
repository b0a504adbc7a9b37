import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from crawler.cac import STATE, Update, attachments, update

DOCX = b"PK\x03\x04 a list"
PDF = b"%PDF-1.7 a list"
NOTICES = "/api/notice/list"
PAGE = "/2026-05/06/c_1.htm"


class Authority:
    """A server of our own that stands for the CAC: paths and what they answer."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | int | str] = {NOTICES: b'{"errno": 0, "datas": []}'}
        self.asked: list[tuple[str, str, str]] = []
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                authority.asked.append((self.path, self.headers.get("Referer", ""), self.headers.get("User-Agent", "")))
                answer = authority.answers.get(self.path, 404)
                if self.headers.get("Referer") is None or "Mozilla" not in self.headers.get("User-Agent", ""):
                    answer = b""
                self.send_response(answer if isinstance(answer, int) else 302 if isinstance(answer, str) else 200)
                if isinstance(answer, str):
                    self.send_header("Location", answer)
                self.end_headers()
                if isinstance(answer, bytes):
                    self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.site = f"http://127.0.0.1:{self.server.server_port}/"

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]


@pytest.fixture
def cac() -> Iterator[Authority]:
    authority = Authority()
    thread = threading.Thread(target=authority.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield authority
    authority.server.shutdown()
    thread.join()
    authority.server.server_close()


@pytest.fixture
def run(cac: Authority, tmp_path: Path) -> Callable[..., Update]:
    def go(pages: tuple[str, ...] = (PAGE,)) -> Update:
        return update(tmp_path / "lists", cac.site, cac.site, pages, delay=0, sleep=lambda _: None)

    return go


def file(name: str) -> str:
    return f"/cms/pub/interact/downloadfile.jsp?filepath={quote(name)}x&fText={quote(name)}"


def page(*names: str) -> bytes:
    links = "".join(f'<p><a href="{file(name).replace("&", "&amp;")}">附件</a></p>' for name in names)
    return f'<html><meta charset="utf-8"><a href="/">首页</a><a href="javascript:;">分享</a>{links}</html>'.encode()


def test_lists_of_a_page_are_fetched_under_their_names(cac: Authority, run: Callable[..., Update]) -> None:
    cac.answers |= {
        PAGE: page("清单（2026年5月）.docx", "说明.docx"),
        file("清单（2026年5月）.docx"): DOCX,
        file("说明.docx"): PDF,
    }
    result = run()
    assert [(path.name, path.read_bytes()) for path in result.files] == [
        ("清单（2026年5月）.docx", DOCX),
        ("说明.docx", PDF),
    ]
    assert result.missed == ()


def test_requests_carry_referer_and_a_browsers_agent(cac: Authority, run: Callable[..., Update]) -> None:
    cac.answers |= {PAGE: page("a.docx"), file("a.docx"): DOCX}
    run()
    path, referer, agent = cac.asked[-1]
    assert (path, referer) == (file("a.docx"), cac.site.rstrip("/") + PAGE)
    assert agent.startswith("Mozilla/5.0 (")


def test_everything_is_fetched_again(cac: Authority, run: Callable[..., Update]) -> None:
    cac.answers |= {PAGE: page("a.docx"), file("a.docx"): DOCX}
    run()
    cac.answers[file("a.docx")] = DOCX + b" with remarks"
    assert run().files[0].read_bytes().endswith(b"remarks")


def test_interrupted_update_goes_on(cac: Authority, run: Callable[..., Update], tmp_path: Path) -> None:
    cac.answers |= {PAGE: page("a.docx", "b.docx"), file("a.docx"): DOCX, file("b.docx"): 500}
    first = run()
    assert [path.name for path in first.files] == ["a.docx"]
    assert (tmp_path / "lists" / STATE).exists()
    cac.answers[file("b.docx")] = DOCX
    cac.asked.clear()
    second = run()
    assert [path.name for path in second.files] == ["a.docx", "b.docx"]
    assert file("a.docx") not in cac.paths()
    assert not (tmp_path / "lists" / STATE).exists()


def test_state_that_is_old_or_broken_is_left_aside(cac: Authority, run: Callable[..., Update], tmp_path: Path) -> None:
    cac.answers |= {PAGE: page("a.docx"), file("a.docx"): DOCX}
    run()
    url = cac.site.rstrip("/") + file("a.docx")
    for state in (json.dumps({"started": 0, "done": {url: "a.docx"}}), "{", "[]", '{"started": "x", "done": 1}'):
        (tmp_path / "lists" / STATE).write_text(state)
        cac.asked.clear()
        run()
        assert file("a.docx") in cac.paths()


@pytest.mark.parametrize(
    ("answer", "why"), [(b"", "empty"), (b"\n<html>login", "web page"), (b"{}", "neither"), (404, "404"), (503, "503")]
)
def test_answer_that_is_no_list_is_told(
    cac: Authority, run: Callable[..., Update], answer: bytes | int, why: str
) -> None:
    cac.answers |= {PAGE: page("a.docx", "b.docx"), file("a.docx"): answer, file("b.docx"): DOCX}
    result = run()
    assert [path.name for path in result.files] == ["b.docx"]
    (miss,) = result.missed
    assert miss.url.endswith(file("a.docx")) and why in miss.en and miss.zh


def test_server_errors_are_tried_again_and_refusals_are_not(cac: Authority, run: Callable[..., Update]) -> None:
    cac.answers |= {PAGE: page("a.docx", "b.docx"), file("a.docx"): 503, file("b.docx"): 403}
    run()
    assert (cac.paths().count(file("a.docx")), cac.paths().count(file("b.docx"))) == (3, 1)


def test_page_that_is_gone_does_not_stop_the_others(cac: Authority, run: Callable[..., Update]) -> None:
    cac.answers |= {PAGE: page("a.docx"), file("a.docx"): DOCX, "/2026-01/01/c_2.htm": b"<p>no file here"}
    result = run(("/2020-01/01/c_0.htm", "/2026-01/01/c_2.htm", PAGE))
    assert len(result.files) == 1
    assert [urlsplit(miss.url).path for miss in result.missed] == ["/2020-01/01/c_0.htm"]
    assert [urlsplit(bare).path for bare in result.bare] == ["/2026-01/01/c_2.htm"]


def test_notices_lead_to_new_batches_and_cancellations(cac: Authority, run: Callable[..., Update]) -> None:
    notices = [
        {
            "noticeId": "notice_1",
            "type": 3,
            "title": "第二十批",
            "content": f"{cac.site.rstrip('/')}/2026-09/01/c_9.htm",
        },
        {"noticeId": "notice_2", "type": 1, "title": "注销公告", "content": "x"},
        {"noticeId": "notice_3", "type": 3, "title": "别处", "content": "http://127.0.0.2:9/2026-09/01/c_9.htm"},
        "noise",
    ]
    cancellation = "/api/file/fileDownLoad?noticeId=notice_2"
    cac.answers |= {
        NOTICES: json.dumps({"datas": notices}).encode(),
        "/2026-09/01/c_9.htm": page("new.docx"),
        file("new.docx"): DOCX,
        cancellation: PDF,
    }
    result = run(())
    assert [path.name for path in result.files] == ["new.docx", "注销公告.pdf"]
    assert result.missed == ()


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"datas": 1}', 500])
def test_notices_that_cannot_be_read_are_told(cac: Authority, run: Callable[..., Update], answer: bytes | int) -> None:
    cac.answers |= {NOTICES: answer, PAGE: page("a.docx"), file("a.docx"): DOCX}
    result = run()
    assert len(result.files) == len(result.missed) == 1


def test_nothing_is_asked_of_other_hosts(cac: Authority, run: Callable[..., Update]) -> None:
    elsewhere = "http://127.0.0.2:9/a.docx"
    cac.answers |= {PAGE: f'<a href="{elsewhere}">a</a><a href="/b.docx">b</a>'.encode(), "/b.docx": elsewhere}
    result = run()
    assert result.files == ()
    assert ["another site" in miss.en for miss in result.missed] == [True]


def test_two_lists_of_one_name_stay_two_files(cac: Authority, run: Callable[..., Update]) -> None:
    first, second = "/downloadfile.jsp?filepath=1&fText=a.docx", "/downloadfile.jsp?filepath=2&fText=a.docx"
    links = "".join(f'<a href="{path.replace("&", "&amp;")}">a</a>' for path in (first, second))
    cac.answers |= {PAGE: links.encode(), first: DOCX, second: PDF}
    assert {path.read_bytes() for path in run().files} == {DOCX, PDF}


def test_names_cannot_leave_the_folder(cac: Authority, run: Callable[..., Update], tmp_path: Path) -> None:
    path = f"/downloadfile.jsp?filepath=1&fText={quote('../../etc/a.docx')}"
    cac.answers |= {PAGE: f'<a href="{path.replace("&", "&amp;")}">a</a>'.encode(), path: DOCX}
    result = run()
    assert result.missed == ()
    (only,) = result.files
    assert only.parent == tmp_path / "lists"


def test_pauses_between_requests(cac: Authority, tmp_path: Path) -> None:
    cac.answers |= {PAGE: page("a.docx"), file("a.docx"): DOCX}
    pauses: list[float] = []
    told: list[str] = []
    update(tmp_path, cac.site, cac.site, (PAGE,), delay=2.0, sleep=pauses.append, tell=told.append)
    assert pauses == [2.0, 2.0]
    assert len(told) == 3


def test_attachments_of_odd_pages() -> None:
    assert attachments(b"", "https://a.example/") == ()
    assert attachments(b"<a href='http://[bad'>x</a><a href='f/b.PDF'>x</a>", "https://a.example/d/") == (
        ("https://a.example/d/f/b.PDF", "x"),
    )
