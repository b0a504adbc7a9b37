"""The golden cases of prominence, answered by gongshi, Playwright's `is_visible()` and axe-core's colour-contrast.

    npm install --prefix FOLDER axe-core
    GONGSHI_PEERS=FOLDER python benchmarks/prominence_peers.py

Without axe-core (it is a development tool, and stays outside the checkout) its column is left out, and the script says
so. What is asked: of Playwright, whether the element that holds the number is visible; of axe-core, whether contrast
is sufficient (4.5, or 3 for large letters), for the cases that tell a contrast or that it can't be told.
The cases are gongshi's own, so its own result only says that all of them pass; the table is about the differences.
"""

import importlib.util
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from playwright.sync_api import Frame, JSHandle, Page, sync_playwright

from crawler.browser import find_browser

ROOT = Path(__file__).parent.parent
LARGE = 24.0  # px, 18 pt: WCAG asks for 3:1 from here on

FIND = """number => {
    const within = root => {
        for (const node of root.querySelectorAll('*')) {
            for (const child of node.childNodes)
                if (child.nodeType === 3 && child.data.includes(number) && node.localName !== 'style') return node
            const found = node.shadowRoot && within(node.shadowRoot)
            if (found) return found
        }
        return null
    }
    return within(document)
}"""
CONTRAST = """async ([element]) => {
    const found = await axe.run({runOnly: ['color-contrast'], elementRef: true, resultTypes: ['passes', 'incomplete']})
    for (const kind of ['violations', 'passes', 'incomplete'])
        for (const rule of found[kind]) for (const node of rule.nodes)
            if (node.element === element) return kind
    return 'not judged'
}"""
WHY = {
    "transparent": "Playwright looks at boxes and `visibility`, not at opacity or colour",
    "clipped": "Playwright does not look at what clips an element",
    "off-screen": "Playwright does not look at where a box stands",
    "covered": "Playwright does not look at what is painted over an element (its clicks do)",
    "same-colour": "Playwright does not look at colours",
    "tiny": "Playwright takes any box that is not empty, whatever the size of its letters",
    "zero-size": "Playwright looks at the element's own box, not at those that hold it",
    "inert": "Playwright does not look at `inert` and modal dialogs",
    "visibility-hidden": "Playwright looks at the visibility inside a frame, not at that of the frame",
    "closed-details": "Playwright sees into details",
    "display-none": "Playwright finds the box of the picture that stands in the place of the text (`content: url()`)",
    "not-rendered": "Playwright finds a box, of the element or of what it falls back from",
    "seen": "Playwright takes an element for hidden whose own box is empty, although its text shows",
}


def golden() -> ModuleType:
    """The module of the golden cases."""
    spec = importlib.util.spec_from_file_location("golden", ROOT / "tests" / "prominence" / "test_golden.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def holder(page: Page, number: str) -> tuple[Frame, JSHandle] | None:
    """The element that holds the number, in whatever frame."""
    for frame in page.frames:
        found = frame.evaluate_handle(FIND, number)
        if found.as_element():
            return frame, found
    return None


def axe_source() -> str | None:
    """The script of axe-core, where there is one."""
    folder = os.environ.get("GONGSHI_PEERS")
    file = Path(folder) / "node_modules" / "axe-core" / "axe.min.js" if folder else None
    return file.read_text(encoding="utf-8") if file and file.is_file() else None


def sufficient(case: dict[str, Any], font: float | None) -> str | None:
    """What a right answer on contrast is, in axe's words; None where the case says nothing about it."""
    if case.get("doubt") in ("over-image", "gradient", "filter", "blend"):
        return "incomplete"
    contrast = case.get("contrast")
    if contrast is None or "picture" in case:
        return "violations" if case.get("why") == "same-colour" and "picture" not in case else None
    lowest = contrast[0] if isinstance(contrast, list) else contrast
    return "passes" if lowest >= (3.0 if (font or 0) >= LARGE else 4.5) else "violations"


def table(title: str, right: int, asked: int, wrong: Iterable[str]) -> None:
    """Print one peer's result and where it differs from the cases."""
    print(f"\n{title}: {right} of {asked} right ({right / asked:.1%})")
    for line in wrong:
        print(f"  {line}")


def main() -> None:
    """Ask all three and print where they differ."""
    cases, axe = golden(), axe_source()
    own, seen, judged = [], [], []
    wrong_own, wrong_seen, wrong_judged = [], Counter[str](), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        pages = {name: cases.open_page(browser, name) for name in cases.SIZES}
        for name, case in cases.CASES.items():
            page = pages[case.get("view", "desktop")]
            found, _ = cases.measure_case(page, case)
            own.append(found.visible == ("why" not in case) and found.doubt == case.get("doubt"))
            wrong_own += [] if own[-1] else [f"{name}: {found}"]
            place = holder(page, cases.NUMBER)
            if place is None:
                continue
            frame, handle = place
            element = handle.as_element()
            assert element is not None
            seen.append(element.is_visible() == ("why" not in case))
            if not seen[-1]:
                why = case.get("why", "seen")
                wrong_seen[why if isinstance(why, str) else why[0]] += 1
            expected = sufficient(case, found.font_px)
            if axe and expected and frame == page.main_frame:
                page.evaluate(axe)
                answer = page.evaluate(CONTRAST, [handle])
                judged.append(answer == expected)
                wrong_judged += [] if judged[-1] else [f"{name}: {answer}, expected {expected}"]
        browser.close()
    table("gongshi", sum(own), len(own), wrong_own)
    reasons = (f"{count:3} {why}: {WHY.get(why, '')}" for why, count in wrong_seen.most_common())
    table("Playwright is_visible()", sum(seen), len(seen), reasons)
    if axe:
        table("axe-core color-contrast", sum(judged), len(judged), wrong_judged)
    else:
        print(
            "\naxe-core: not asked; install it with npm and set GONGSHI_PEERS to its folder (see the top of this file)."
        )


if __name__ == "__main__":
    main()
