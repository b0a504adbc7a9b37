"""A built site served on this machine, so that it can be audited before it is deployed.

Answers as static hosts do: `/about` is `about.html` or `about/index.html`; what is not there is `404.html` with status
404, or `200.html`, where there is one, with status 200 (for sites whose scripts make the pages). No folder is listed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from seeds.addresses import SeedError


def is_folder(address: str) -> bool:
    """Whether what stands for an address is a folder: a path that exists; a name that may be a host's is a host's.

    >>> is_folder("chat.example.cn"), is_folder("https://chat.example.cn/"), is_folder(".")
    (False, False, True)
    """
    looks_like_a_path = address.startswith((".", "/", "~")) or "/" in address.rstrip("/") or "." not in address
    return "://" not in address and looks_like_a_path and Path(address).expanduser().is_dir()


def is_missing(address: str) -> bool:
    """Whether an address can only be a path, of a folder that is not there.

    >>> is_missing("./no-such-folder"), is_missing("no-such-folder/"), is_missing("a.example.cn/b")
    (True, True, False)
    """
    if "://" in address or is_folder(address):
        return False
    host = address.partition("/")[0]
    return address.startswith((".", "/", "~")) or ("/" in address and not set(host) & set(".:") and host != "localhost")


def name_of(folder: Path, below: Path) -> str:
    """What a folder is called in results: its path from `below`, or its whole path where it is elsewhere.

    >>> name_of(Path("/a/site/dist"), Path("/a/site")), name_of(Path("/b"), Path("/a")), name_of(Path("/a"), Path("/a"))
    ('dist/', '/b/', './')
    """
    inside = folder.relative_to(below).as_posix() if folder.is_relative_to(below) else folder.as_posix()
    return f"{inside}/"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1 while the context lasts; gives the address of its home page.

    Raises SeedError where the folder holds no `index.html`.
    """
    if not (folder / "index.html").is_file():
        raise SeedError(f"目录 {folder} 中没有 index.html", f"the folder {folder} holds no index.html")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder.resolve())))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Host(SimpleHTTPRequestHandler):
    """A static host."""

    def send_head(self) -> Any:
        """Find the file of the path; without one, answer with the page that the site has for that."""
        found = self._file(Path(self.translate_path(self.path)))
        if found is not None:
            self.path = "/" + quote(found.relative_to(self.directory).as_posix())
            return super().send_head()
        for name, status in (("200.html", HTTPStatus.OK), ("404.html", HTTPStatus.NOT_FOUND)):
            page = Path(self.directory, name)
            if page.is_file():
                return self._answer(status, page.read_bytes())
        return self._answer(HTTPStatus.NOT_FOUND, b"<!doctype html><title>404</title><h1>404</h1>")

    def _file(self, asked: Path) -> Path | None:
        places = (asked, asked / "index.html", asked.with_name(f"{asked.name}.html") if asked.name else asked)
        return next((one for one in places if one.is_file() and one.is_relative_to(self.directory)), None)

    def _answer(self, status: HTTPStatus, body: bytes) -> BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def guess_type(self, path: Any) -> str:
        """Texts are in UTF-8, as static hosts say of them."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, *_: object) -> None:
        """Say nothing."""
