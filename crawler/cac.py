"""Fetches the official lists from the pages on which the CAC announces them.

Lists that were published long ago are issued again with new remarks (已注销), so an update fetches everything again.
The server answers with an empty body or a web page to those who send no Referer and no browser's user agent; names and
extensions of its files cannot be trusted.
"""

import contextlib
import hashlib
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from lxml import etree, html

SITE = "https://www.cac.gov.cn/"
SYSTEM = "https://beian.cac.gov.cn/"

PAGES = (
    "2022-08/12/c_1661927474338504.htm",  # 境内互联网信息服务算法备案清单, added to
    "2024-04/02/c_1713729983803145.htm",  # 生成式人工智能服务已备案信息, added to
    # 生成式人工智能服务: notices of one period
    "2025-01/08/c_1738034725920930.htm",
    "2025-09/10/c_1759222982377536.htm",
    "2026-01/09/c_1769688009588554.htm",
    "2026-03/17/c_1775482074695536.htm",
    "2026-05/13/c_1780413225190669.htm",
    "2026-07/10/c_1785427810632554.htm",
    "2026-07/15/c_1785861480767004.htm",
    # 境内深度合成服务算法备案清单: one page a batch; newer ones are told by the filing system's notices
    "2023-06/20/c_1688910683316256.htm",
    "2023-09/01/c_1695224377544009.htm",
    "2024-01/05/c_1706119043746644.htm",
    "2024-02/18/c_1709925427424332.htm",
    "2024-04/11/c_1714509267496697.htm",
    "2024-06/12/c_1719783421546747.htm",
    "2024-08/05/c_1724541639039621.htm",
    "2024-11/01/c_1732152604917193.htm",
    "2024-12/20/c_1736389545949567.htm",
    "2025-03/12/c_1743480314931271.htm",
    "2025-05/19/c_1749365589879703.htm",
    "2025-07/14/c_1754207718303963.htm",
    "2025-09/11/c_1759222331638208.htm",
    "2025-11/06/c_1764156698314535.htm",
    "2026-01/07/c_1769516642440314.htm",
    "2026-03/12/c_1775050837565188.htm",
    "2026-05/06/c_1779809434590762.htm",
    "2026-07/17/c_1786032856662750.htm",
)
NOTICES = "api/notice/list"
NOTICE_FILE = "api/file/fileDownLoad?noticeId="
STATE = ".update.json"

MAX_FILE = 64 << 20  # bytes
_FRESH = 24 * 3600  # seconds after which an unfinished update starts anew
_AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
_MAGIC = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")
_EXTENSIONS = (".docx", ".doc", ".xlsx", ".xls", ".pdf", ".csv")
_CAC_PAGE = re.compile(r"https?://[^\s\"'<>]+?/\d{4}-\d\d/\d\d/c_\d+\.html?")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\:*?\"<>|]+")


@dataclass(frozen=True, slots=True)
class Miss:
    """An address that gave no list, and why."""

    url: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Update:
    """What an update brought."""

    files: tuple[Path, ...]  # every list of this update, those of an interrupted run included
    missed: tuple[Miss, ...]  # the next update asks for these alone, within a day
    bare: tuple[str, ...]  # pages that were read and link no file


class _NoListError(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(slots=True)
class Client:
    """A slow and plain HTTP client for the two official hosts."""

    hosts: frozenset[str]  # host:port that may be asked; redirects elsewhere are refused
    delay: float = 2.0  # seconds between two requests
    timeout: float = 60.0
    tries: int = 3
    sleep: Callable[[float], object] = time.sleep
    _asked: bool = False
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(_Redirects(self.hosts))

    def get(self, url: str, referer: str) -> bytes:
        """The body of an answer. Raises `_NoListError` after the last try."""
        for attempt in range(1, self.tries + 1):
            if self._asked:
                self.sleep(self.delay * 2 ** (attempt - 1))
            self._asked = True
            try:
                return self._once(url, referer)
            except urllib.error.HTTPError as error:
                problem = _NoListError(f"服务器回答 {error.code}", f"the server answered {error.code}")
                if error.code < 500 and error.code != 429:
                    break
            except (OSError, HTTPException) as error:
                problem = _NoListError(f"网络错误：{error}", f"network error: {error}")
        raise problem

    def _once(self, url: str, referer: str) -> bytes:
        request = urllib.request.Request(_ascii(url), headers={"User-Agent": _AGENT, "Referer": referer})
        with self._opener.open(request, timeout=self.timeout) as answer:
            body: bytes = answer.read(MAX_FILE + 1)
        if len(body) > MAX_FILE:
            raise _NoListError(f"文件超过 {MAX_FILE >> 20} MB", f"larger than {MAX_FILE >> 20} MB")
        return body


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, hosts: frozenset[str]) -> None:
        self.hosts = hosts

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not _allowed(newurl, self.hosts):
            raise _NoListError(f"转向其他网站 {newurl[:200]}", f"redirected to another site, {newurl[:200]}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def update(
    folder: Path,
    site: str = SITE,
    system: str = SYSTEM,
    pages: Iterable[str] = PAGES,
    *,
    delay: float = 2.0,
    sleep: Callable[[float], object] = time.sleep,
    tell: Callable[[str], object] = lambda _: None,
) -> Update:
    """Fetch all lists into a folder.

    An update that was interrupted goes on where it stopped; one that is complete starts again from the first list.
    `tell` is called with each address before it is asked for. Raises `OSError` where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hosts = frozenset(urlsplit(address).netloc for address in (site, system))
    run = _Run(folder, Client(hosts, delay=delay, sleep=sleep), tell)
    told, notices = run.notices(system)
    for page in dict.fromkeys([urljoin(site, page) for page in pages] + told):
        for url, name in run.links(page):
            run.fetch(url, name, page)
    for url, name in notices:
        run.fetch(url, name, system)
    return run.finish()


class _Run:
    """One update: what is done stands in the state file after each list."""

    def __init__(self, folder: Path, client: Client, tell: Callable[[str], object]) -> None:
        self.folder = folder
        self.client = client
        self.tell = tell
        self.state = folder / STATE
        self.started, self.done = _resumed(self.state)
        self.missed: list[Miss] = []
        self.bare: list[str] = []
        self.wanted: dict[str, None] = {}

    def get(self, url: str, referer: str) -> bytes | None:
        self.tell(url)
        try:
            return self.client.get(url, referer)
        except _NoListError as error:
            self.missed.append(Miss(url, error.zh, error.en))
            return None

    def notices(self, system: str) -> tuple[list[str], list[tuple[str, str]]]:
        """Pages of batches that the filing system announces, and the files of its cancellation notices."""
        address = urljoin(system, NOTICES)
        body = self.get(address, system)
        if body is None:
            return [], []
        try:
            notices = [notice for notice in json.loads(body)["datas"] if isinstance(notice, dict)]
        except (ValueError, KeyError, TypeError):
            self.missed.append(Miss(address, "不是公告列表", "no list of notices"))
            return [], []
        told = [page for notice in notices for page in _CAC_PAGE.findall(str(notice.get("content", "")))]
        files = [
            (urljoin(system, NOTICE_FILE + quote(str(notice.get("noticeId", "")))), f"{notice['title']}.pdf")
            for notice in notices
            if "注销" in str(notice.get("title", ""))
        ]
        return [page for page in told if _allowed(page, self.client.hosts)], files

    def links(self, page: str) -> list[tuple[str, str]]:
        body = self.get(page, page)
        if body is None:
            return []
        found = [(url, name) for url, name in attachments(body, page) if _allowed(url, self.client.hosts)]
        if not found:
            self.bare.append(page)
        return found

    def fetch(self, url: str, name: str, referer: str) -> None:
        """Fetch one list, unless this update already has it."""
        if url in self.wanted:
            return
        self.wanted[url] = None
        if url in self.done and (self.folder / self.done[url]).is_file():
            return
        body = self.get(url, referer)
        problem = None if body is None else _no_list(body)
        if problem:
            self.missed.append(Miss(url, *problem))
        elif body is not None:
            self.keep(url, _safe(name), body)

    def keep(self, url: str, name: str, body: bytes) -> None:
        if name in self.done.values():
            name = f"{hashlib.sha256(url.encode()).hexdigest()[:8]}-{name}"
        _write(self.folder / name, body)
        self.done[url] = name
        _write(self.state, json.dumps({"started": self.started, "done": self.done}, ensure_ascii=False).encode())

    def finish(self) -> Update:
        if not self.missed:
            with contextlib.suppress(FileNotFoundError):
                self.state.unlink()
        files = tuple(self.folder / self.done[url] for url in self.wanted if url in self.done)
        return Update(files, tuple(self.missed), tuple(self.bare))


def attachments(page: bytes, address: str) -> tuple[tuple[str, str], ...]:
    """Absolute address and name of every file that an announcement links."""
    try:
        document = html.document_fromstring(page)
    except (etree.ParserError, ValueError):
        return ()
    found: dict[str, str] = {}
    for link in document.iterfind(".//a[@href]"):
        with contextlib.suppress(ValueError):  # an address that is none
            url = urljoin(address, link.get("href", "").strip())
            if "downloadfile" in url.lower() or urlsplit(url).path.lower().endswith(_EXTENSIONS):
                found.setdefault(url, _name(url, " ".join(map(str, link.itertext()))))
    return tuple(found.items())


def _name(url: str, label: str) -> str:
    parts = urlsplit(url)
    told = parse_qs(parts.query).get("fText", [""])[0]
    return told or label.strip() or unquote(parts.path.rpartition("/")[2])


def _safe(name: str) -> str:
    return _UNSAFE.sub(" ", name)[:100].strip(" .") or "list"


def _no_list(body: bytes) -> tuple[str, str] | None:
    if not body.strip():
        return "空内容", "an empty body"
    if body.startswith(_MAGIC) or b"%PDF-" in body[:1024]:
        return None
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return "是网页，不是文件", "a web page instead of a file"
    return "不是 Word、Excel 或 PDF 文件", "neither Word, Excel nor PDF"


def _allowed(url: str, hosts: frozenset[str]) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc in hosts


def _ascii(url: str) -> str:
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def _resumed(state: Path) -> tuple[float, dict[str, str]]:
    now = time.time()
    try:
        data = json.loads(state.read_bytes())
        if 0 <= now - float(data["started"]) < _FRESH:
            return float(data["started"]), {str(url): _safe(str(name)) for url, name in data["done"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # no state, or one that cannot be used: start from the beginning
    return now, {}


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
