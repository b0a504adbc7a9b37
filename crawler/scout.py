"""What the crawler asks the auditor: where to point the camera, which links to try. The crawler knows no rule."""

from typing import Protocol

from crawler.capture import Box, PageCapture, View


class Scout(Protocol):
    """Looks at what was captured and says what more is needed. Pure and quick: it runs between two browser calls, in
    a thread.

    A scout is handed to worker processes, so it must be picklable.
    """

    def worth_a_browser(self, page: PageCapture) -> str | None:
        """Why a site one of whose pages plain HTTP saw so (`page.html`) deserves a browser, in a word; None: no reason.

        To be generous: a site for which no page gives a reason is never rendered.
        """

    def deserves_view(self, page: PageCapture) -> bool:
        """Whether a page that only plain HTTP has seen holds something whose display must be judged.

        Asked of pages that the browser would skip (agreements, policies, others); `page.html` is what was received.
        """

    def places(self, page: PageCapture, view: View) -> tuple[Box, ...]:
        """Boxes of the page (CSS pixels) to take pictures of, surroundings included, most important first."""

    def pictures(self, page: PageCapture, view: View) -> tuple[int, ...]:
        """Rows of the pictures whose words are worth reading (OCR), most important first; only a few."""

    def look_again(self, view: View) -> bool:
        """Whether the page deserves a second look some seconds later (toasts, carousels, countdowns)."""

    def links(self, pages: tuple[PageCapture, ...]) -> tuple[str, ...]:
        """Absolute addresses to check. One outside the site is opened once a run, an official host once."""


class NoScout:
    """Asks for nothing: pages are captured with the pictures of their viewports only."""

    def worth_a_browser(self, page: PageCapture) -> str | None:
        """Always."""
        return "asked"

    def deserves_view(self, page: PageCapture) -> bool:
        """Never."""
        return False

    def places(self, page: PageCapture, view: View) -> tuple[Box, ...]:
        """Nowhere."""
        return ()

    def pictures(self, page: PageCapture, view: View) -> tuple[int, ...]:
        """None."""
        return ()

    def look_again(self, view: View) -> bool:
        """Never."""
        return False

    def links(self, pages: tuple[PageCapture, ...]) -> tuple[str, ...]:
        """None."""
        return ()
