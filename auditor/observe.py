"""From a capture to the facts that rules ask about."""

import datetime
import re
from dataclasses import replace

from auditor import disclosures, static, stores
from auditor.facts import Facts, PageFacts
from auditor.model import Disclosure, Target
from auditor.ownership import COMPANY
from auditor.policy import Policy
from auditor.registry import Register
from auditor.repetition import Repetition
from auditor.service import VisiblePage, infer
from auditor.shots import Read, no_pictures
from auditor.text import Words
from auditor.trees import attribute, end
from crawler.capture import PageCapture, Reached, Role, SiteCapture, Tree, View

COPYRIGHT = re.compile(r"©|\(c\)|copyright|版权所有", re.IGNORECASE)
CONTROLS = frozenset({"textarea", "input", "button", "select"})
MOST_CONTROLS = 200
ANSWERED_AN_ERROR = frozenset({Reached.HTTP_4XX, Reached.HTTP_5XX})
NOT_OURS_TO_DOUBT = frozenset({Target.OFFICIAL, Target.OFFICIAL_RECORD, Target.ANNOUNCEMENT})
"""Links to authorities keep their class: their systems answer strangers with errors."""


def facts(capture: SiteCapture, policy: Policy, register: Register | None = None, read: Read = no_pictures) -> Facts:
    """Everything that the rules ask about one site; `read` gives its stored pictures."""
    capture = replace(capture, pages=tuple(stores.classified(page) for page in capture.pages))
    today = datetime.date.fromisoformat(capture.taken_at[:10])
    readings = [_Reading(page) for page in capture.pages]
    names = _names(capture, readings)
    broken = {check.url for check in capture.links if check.reached in ANSWERED_AN_ERROR}
    repetition = Repetition(capture.pages)
    found = [
        _opened(d, broken)
        for page in capture.pages
        for d in disclosures.of_page(page, names, today, register, read, repetition)
    ]
    own = [reading for reading in readings if reading.store is None or reading.page.clicks == 0]
    visible = [reading.visible for reading in own if reading.page.reached is Reached.OK]
    return Facts(
        capture=capture,
        pages=tuple(reading.facts for reading in readings),
        disclosures=tuple(found),
        service=infer(visible, capture.seed, found),
        policy=policy,
        register=register,
    )


def visible_page(page: PageCapture) -> VisiblePage:
    """What a person can see of a page, as the service is inferred from it."""
    return _Reading(page).visible


def _opened(d: Disclosure, broken: set[str]) -> Disclosure:
    """The disclosure, its link marked where opening it was answered with an error."""
    if d.link.href not in broken or d.link.target in NOT_OURS_TO_DOUBT:
        return d
    return replace(d, link=replace(d.link, target=Target.BROKEN))


class _Reading:
    """One page, as its words are needed more than once."""

    def __init__(self, page: PageCapture) -> None:
        self.page = page
        self.view: View | None = page.views[0] if page.views else None
        self.static = static.words(page.html).not_laid_out.text if page.html else ""
        self.text = Words(self.view.tree).laid_out.text if self.view else self.static
        self.store = stores.read(page) if page.role is Role.STORE else None

    @property
    def visible(self) -> VisiblePage:
        page = self.page
        text = stores.about_app(self.text) if self.store else self.text
        return VisiblePage(page.final_url or page.url, page.role, page.title, text, self._controls())

    @property
    def facts(self) -> PageFacts:
        page = self.page
        return PageFacts(
            url=page.final_url or page.url,
            role=page.role,
            clicks=page.clicks,
            reached=page.reached,
            text=self.text,
            static_text=self.static,
            rendered=bool(page.views),
            store=self.store is not None,
            app=self.store.app if self.store else None,
            developer=self.store.developer if self.store else None,
        )

    def _controls(self) -> tuple[str, ...]:
        """What a person can type into or press, e.g. `textarea:向我提问`."""
        words = Words(self.view.tree) if self.view else static.words(self.page.html or "")
        tree = words.tree
        rows = [
            row
            for row, (name, pairs) in enumerate(zip(tree.name, tree.attributes, strict=True))
            if (name in CONTROLS or ("contenteditable" in pairs and _is_editable(tree, row)))
            and (tree.style[row] >= 0 or self.view is None)
        ]
        return tuple(_control(tree.name[row], words, row) for row in rows[:MOST_CONTROLS])


def _is_editable(tree: Tree, row: int) -> bool:
    return attribute(tree, row, "contenteditable") in {"", "true"}


def _control(name: str, words: Words, row: int) -> str:
    tree = words.tree
    kind = attribute(tree, row, "type") if name == "input" else None
    label = next((v for a in ("placeholder", "aria-label", "value", "title") if (v := attribute(tree, row, a))), "")
    if not label:
        inner = range(row + 1, min(row + 20, end(tree, row)))
        label = "".join(tree.text[i] for i in inner if tree.kind[i] == 3)
    return f"{name if kind in (None, 'text') else f'{name}[{kind}]'}:{label.strip()[:60]}"


def _names(capture: SiteCapture, readings: list[_Reading]) -> tuple[str, ...]:
    """What the operator and its product are called: declared, or in the copyright line of the home page."""
    declared = [name for name in (capture.seed.name, capture.seed.operator) if name]
    home = next((r for r in readings if r.page.role is Role.HOME), None)
    lines = [line for line in home.text.split("\n") if COPYRIGHT.search(line[:500])] if home else []
    return (*declared, *(m.group() for line in lines[:5] for m in COMPANY.finditer(line[:500])))
