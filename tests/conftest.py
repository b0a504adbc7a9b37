"""Fixtures that tests of several stages share: a server on 127.0.0.1 and the browser's path. Kept small on purpose.

    def test_something(serve):
        base = serve({"/": "<h1>你好</h1>", "/x": (404, {"Content-Type": "text/plain"}, b"gone")})

`serve` starts a server that answers from a table (or a function of the path) and ends it after the test. Values are the
HTML, or a triple of status, headers and body. What is not in the table is a 404. `serve.asked` holds the paths that
were asked for, in order.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

Answer = str | tuple[int, dict[str, str], bytes]
Pages = Mapping[str, Answer] | Callable[[str], Answer | None]


class Site:
    """Servers of one test."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._servers: list[ThreadingHTTPServer] = []

    def __call__(self, pages: Pages) -> str:
        """Serve pages. Returns the address without a slash at its end, `http://127.0.0.1:PORT`."""
        server = _Server(("127.0.0.1", 0), _handler(pages, self.asked))
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that hangs up is no news."""


def _handler(pages: Pages, asked: list[str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = pages(self.path) if callable(pages) else pages.get(self.path)
            status, headers, body = found if isinstance(found, tuple) else (200 if found else 404, {}, None)
            data = body if body is not None else str(found or "not here").encode()
            self.send_response(status)
            for name, value in (
                {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))} | headers
            ).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def serve() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Path of the browser under test; a machine without one cannot run these tests, and says so."""
    from crawler.browser import find_browser

    return find_browser()
