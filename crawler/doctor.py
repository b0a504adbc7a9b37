"""What this machine lacks: browser, fonts, OCR, registers, space. Each answer comes with what to do."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from threading import Thread

ROOM = 1_000_000_000
"""Bytes that should be free: a few hundred sites with their pictures."""

STALE = 92
"""Days after which the registers should be fetched again: the CAC publishes a list about every second month."""

TWO_CHARACTERS_DIFFER = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext("2d");
  const drawn = (character) => {
    pen.clearRect(0, 0, 48, 48);
    pen.font = "40px sans-serif";
    pen.fillText(character, 2, 40);
    return canvas.toDataURL();
  };
  return drawn("算") !== drawn("备") && drawn("备") !== drawn(" ");
}"""
"""Whether the browser draws Chinese characters: without a font all of them are the same box."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str  # browser, loopback, fonts, ocr, registry, disk, folder
    ok: bool
    needed: bool  # False: gongshi works without it and says what it could not tell
    what: Said
    advice: Said  # what to do where it is not ok


def examine(registry: Path | None = None, folder: Path | None = None) -> tuple[Check, ...]:
    """Look at this machine: the register file, and the folder where runs will be written (None: the working directory).

    Starts the browser once, opens no address but 127.0.0.1, leaves nothing behind. Never raises: what fails is a check.
    """
    place = folder or Path.cwd()
    return (*_browser(), _ocr(), *([_registry(registry)] if registry else []), _disk(place), _folder(place))


def _browser() -> tuple[Check, ...]:
    from playwright.sync_api import Error, sync_playwright

    from crawler.browser import NoBrowserError, find_browser, is_root

    with sync_playwright() as playwright:
        try:
            path = find_browser(playwright.chromium.executable_path)
            browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=not is_root(), timeout=20_000)
        except NoBrowserError as error:
            return (_no_browser(str(error)),)
        except Error as error:
            return (_no_browser(f"{path} does not start: {_first_line(error.message)}"),)
        what = Said(f"浏览器 {browser.version}（{path}）", f"browser {browser.version} ({path})")
        page = browser.new_page(locale="zh-CN")
        try:
            with _server() as url:
                page.goto(url, timeout=10_000)
            shown: tuple[Check, ...] = (_loopback(None), _fonts(bool(page.evaluate(TWO_CHARACTERS_DIFFER))))
        except Error as error:
            shown = (_loopback(_first_line(error.message)),)
        browser.close()
    return (Check("browser", True, True, what, _BROWSER), *shown)


def _first_line(message: str) -> str:
    return message.partition("\n")[0] or "no reason given"


_BROWSER = Said(
    "请安装 chromium-headless-shell、Chromium、Chrome 或 Edge（Debian、Ubuntu：apt-get install "
    "chromium-headless-shell；其他系统：playwright install chromium），或将 GONGSHI_BROWSER 设为浏览器路径",
    "install chromium-headless-shell, Chromium, Chrome or Edge (Debian, Ubuntu: apt-get install "
    "chromium-headless-shell; elsewhere: playwright install chromium), or set GONGSHI_BROWSER to the path of one",
)


def _no_browser(detail: str) -> Check:
    return Check(
        "browser", False, True, Said(f"没有可用的浏览器：{detail}", f"no browser can be used: {detail}"), _BROWSER
    )


def _loopback(problem: str | None) -> Check:
    if problem is None:
        what = Said("浏览器可以访问本机 127.0.0.1", "the browser reaches 127.0.0.1")
    else:
        what = Said("浏览器无法访问本机 127.0.0.1", f"the browser does not reach 127.0.0.1: {problem}")
    advice = Said(
        "所有页面都经本机端口访问：请检查代理设置和本机防火墙",
        "every page is fetched through a port of this machine: look at proxy settings and the local firewall",
    )
    return Check("loopback", problem is None, True, what, advice)


def _fonts(ok: bool) -> Check:
    what = (
        Said("中文字体", "font with Chinese characters")
        if ok
        else Said("缺少中文字体", "no font with Chinese characters")
    )
    advice = Said(
        "安装中文字体，否则字号、遮挡等测量都不准确（Debian、Ubuntu：apt-get install fonts-noto-cjk）",
        "install one, or every size that is measured is wrong (Debian, Ubuntu: apt-get install fonts-noto-cjk)",
    )
    return Check("fonts", ok, True, what, advice)


def _ocr() -> Check:
    advice = Said(
        "不读取图片中的文字；需要时安装：pip install 'gongshi[ocr]'",
        "pictures are not read; to have them read: pip install 'gongshi[ocr]'",
    )
    try:
        import_module("rapidocr")
        import_module("onnxruntime")
    except ImportError as error:
        return Check("ocr", False, False, Said(f"文字识别不可用：{error}", f"no OCR: {error}"), advice)
    return Check("ocr", True, False, Said("文字识别（OCR）", "OCR"), advice)


def _registry(file: Path) -> Check:
    advice = Said(
        "运行 gongshi registry update，或用 gongshi registry import 导入备案清单",
        "run gongshi registry update, or gongshi registry import with the official lists",
    )
    try:
        days = int((time.time() - file.stat().st_mtime) // 86_400)
    except OSError:
        missing = Said(f"没有备案清单：{file}", f"no registers: {file}")
        return Check("registry", False, False, missing, advice)
    what = Said(f"备案清单，{days} 天前更新：{file}", f"registers, {days} days old: {file}")
    return Check("registry", days <= STALE, False, what, advice)


def _disk(folder: Path) -> Check:
    advice = Said("请清理磁盘，或用 -o 选择其他位置", "make room, or choose another place with -o")
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check("disk", False, True, Said(f"无法读取磁盘空间：{error}", f"free space unknown: {error}"), advice)
    what = Said(f"可用磁盘空间 {free / 1e9:.1f} GB：{folder}", f"{free / 1e9:.1f} GB free: {folder}")
    return Check("disk", free >= ROOM, True, what, advice)


def _folder(folder: Path) -> Check:
    advice = Said("请更改权限，或在其他目录运行", "change its permissions, or work in another folder")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        what = Said(f"目录不可写：{folder}（{error.strerror}）", f"cannot write to {folder} ({error.strerror})")
        return Check("folder", False, True, what, advice)
    return Check("folder", True, True, Said(f"目录可写：{folder}", f"can write to {folder}"), advice)


class _Blank(BaseHTTPRequestHandler):
    """Answers everything with an empty page."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b'<!DOCTYPE html><html lang="zh-CN"><title>gongshi</title>')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base class
        """Say nothing."""


@contextmanager
def _server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Blank) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
