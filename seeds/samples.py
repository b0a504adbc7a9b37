"""Sample sites of invented companies, served on this machine.

They show what gongshi does without touching anybody's site, and are what the end-to-end tests visit. A site is a folder
below `samples/`; `http://HOST.localhost:PORT/` leads to it (names under `localhost` are this machine: RFC 6761, 6.3).
One that holds `403.html` answers everything with it. `samples/sites.toml` says what an audit of each must find.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from seeds.model import ModelSource, Seed, ServiceKind

FOLDER = Path(__file__).with_name("samples")


@contextmanager
def serve(port: int = 0) -> Iterator[tuple[tuple[Seed, str], ...]]:
    """Serve the sample sites on 127.0.0.1 while the context lasts; each seed comes with the address of its home page.

    Port 0 takes a free one. Raises OSError where the port is taken.
    """
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Site, directory=str(FOLDER)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield tuple((_seed(site, url), url) for site in sites() for url in [_address(site, server.server_port)])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sites() -> tuple[dict[str, Any], ...]:
    """The list of sample sites as it stands in `samples/sites.toml`, which also says what each key means."""
    return tuple(tomllib.loads((FOLDER / "sites.toml").read_text("utf-8"))["site"])


def _address(site: dict[str, Any], port: int) -> str:
    return f"http://{site['host']}.localhost:{port}/"


def _seed(site: dict[str, Any], url: str) -> Seed:
    return Seed(
        url=url,
        name=site["name"],
        operator=site["operator"],
        service=ServiceKind(site["service"]) if "service" in site else None,
        model=ModelSource(site["model"]) if "model" in site else None,
        notes=site["zh"],
    )


class _Site(SimpleHTTPRequestHandler):
    """Serves `directory`/HOST for requests to HOST.localhost."""

    def send_head(self) -> Any:
        """Pick the folder by the name that the request asks for, then serve as usual."""
        name = self.headers.get("Host", "").partition(":")[0].removesuffix(".localhost")
        folder = FOLDER / name
        if name not in {site["host"] for site in sites()}:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.directory = str(folder)
        if (folder / "403.html").exists():
            return self._refuse((folder / "403.html").read_text("utf-8"))
        return super().send_head()

    def _refuse(self, page: str) -> None:
        body = page.encode()
        self.send_response(HTTPStatus.FORBIDDEN)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base class
        """Say nothing: progress is the caller's to tell."""
