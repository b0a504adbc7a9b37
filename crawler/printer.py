"""Prints pages as PDF with the browser that visits sites. They run no script and reach no network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Error, sync_playwright

from crawler.browser import NoBrowserError, find_browser, is_root

Print = Callable[[str], bytes]


@contextmanager
def printer(wanted: str | None = None) -> Iterator[Print]:
    """A function from HTML to the bytes of a PDF, A4 or as the page says. Raises NoBrowserError."""
    with sync_playwright() as playwright:
        path = find_browser(playwright.chromium.executable_path, wanted)
        try:
            browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=not is_root())
        except Error as error:
            reason = error.message.splitlines()[0]
            raise NoBrowserError(
                f"浏览器 {path} 无法启动：{reason}", f"The browser {path} does not start: {reason}"
            ) from error
        page = browser.new_context(java_script_enabled=False, offline=True).new_page()

        def as_pdf(html: str) -> bytes:
            page.set_content(html, wait_until="load")
            return page.pdf(format="A4", prefer_css_page_size=True, print_background=True)

        yield as_pdf
        browser.close()
