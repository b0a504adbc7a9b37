"""Answers that a whole run shares: an address outside the site is opened once a run, and all sites get that answer.

Official hosts are asked once a host, at their root, whatever the address: they are not to be hammered, and the first
site to come must not decide what the others are told.

    shared = SharedChecks(run)
    check = await shared.check("https://beian.example.gov.cn/#/index", plain.link)

An answer is kept in `RUN/hosts/`. Who is about to ask says so by a file of its own, so that other workers wait for the
answer instead of asking too.
"""

import asyncio
import contextlib
import hashlib
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from crawler.capture import LinkCheck
from crawler.store import Run, site_name, write_atomically

Ask = Callable[[str], Awaitable[LinkCheck]]

OFFICIAL = ("gov.cn",)
"""Domains whose hosts are asked once each."""

_ASKING = ".asking"
_STEP = 0.1  # seconds between two looks for another worker's answer
_PATIENCE = 120.0  # seconds after which a worker that wanted to ask counts as gone


def question_of(url: str) -> str:
    """The address that is opened to answer for `url`: itself without its fragment, of an official host its root.

    >>> question_of("https://beian.miit.gov.cn/#/Integrated/index")
    'https://beian.miit.gov.cn/'
    >>> question_of("https://www.example.com/a#b")
    'https://www.example.com/a'
    """
    parts = urlsplit(url)
    if is_official(parts.hostname or ""):
        return f"{parts.scheme}://{parts.netloc}/"
    return url.partition("#")[0]


def is_official(host: str) -> bool:
    """Whether a host belongs to an authority."""
    return any(host == domain or host.endswith(f".{domain}") for domain in OFFICIAL)


class SharedChecks:
    """The shared answers of a run, as one worker sees them."""

    def __init__(self, run: Run) -> None:
        self._folder = run.path / "hosts"
        self._asked: dict[str, asyncio.Task[LinkCheck]] = {}

    async def check(self, url: str, ask: Ask) -> LinkCheck:
        """The run's answer for an address; it is asked for where there is none yet. Raises OSError of the disk."""
        question = question_of(url)
        if question not in self._asked:
            self._asked[question] = asyncio.ensure_future(self._settled(question, ask))
        return replace(await asyncio.shield(self._asked[question]), url=url)

    async def _settled(self, question: str, ask: Ask) -> LinkCheck:
        path = self._folder / f"{site_name(question)}-{hashlib.sha256(question.encode()).hexdigest()[:8]}.json"
        until = time.monotonic() + _PATIENCE
        while (known := _read(path)) is None:
            if await asyncio.to_thread(_claim, path) or time.monotonic() > until:
                known = await ask(question)
                await asyncio.to_thread(write_atomically, path, msgspec.json.encode(known))
                path.with_suffix(_ASKING).unlink(missing_ok=True)
            else:
                await asyncio.sleep(_STEP)
        return known


def tidy(run: Run) -> None:
    """Forget who was about to ask when the run was stopped. Raises OSError."""
    for path in (run.path / "hosts").glob(f"*{_ASKING}"):
        path.unlink(missing_ok=True)


def _read(path: Path) -> LinkCheck | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=LinkCheck)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _claim(path: Path) -> bool:
    """Whether this worker is the one to ask."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path.with_suffix(_ASKING), os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        return True
    return False
