"""What a page shows only while a pointer rests on something.

gongshi moves no pointer. The page's own style sheets say what hovering would show: a rule with `:hover` whose last part
fits the hidden element. Only sheets that stand in the page are read; one in a file of its own is not captured.
"""

import re

from auditor.layout import Layout

Parts = frozenset[str]
"""The simple selectors of one compound: `div`, `.tip`, `#info`."""

MOST = 500  # rules of a page
REACH = 8  # ancestors of a text that may be what is shown

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SHOWS = re.compile(r"(?:display|visibility|opacity|height|transform|clip|clip-path)\s*:\s*(?!none|hidden|0\s*[;}])")
_HOVERED = re.compile(r":(?:hover|focus|focus-within)\b([^,]*)")
_SIMPLE = re.compile(r"[.#]?-?[A-Za-z_][\w-]*")
_PSEUDO = re.compile(r"::?[\w-]+(?:\([^)]*\))?")


def shown_on_hover(layout: Layout, row: int) -> bool:
    """Whether a rule of the page would show this hidden text, or what holds it, while something is hovered."""
    wanted = layout.companion(_shown)
    if not wanted:
        return False
    chain = [node for node in (row, *layout.ancestors(row)) if layout.tree.kind[node] == 1][:REACH]
    return any(parts <= _marks(layout, node) for node in chain for parts in wanted)


def _shown(layout: Layout) -> tuple[Parts, ...]:
    """What the page's rules for hovering show."""
    sheets = (text for row, text in enumerate(layout.tree.text) if text and _in_style(layout, row))
    rules = [rule for sheet in sheets if ":hover" in sheet or ":focus" in sheet for rule in _RULE.findall(sheet)[:MOST]]
    found = (_parts(tail) for head, body in rules if _SHOWS.search(body) for tail in _HOVERED.findall(head))
    return tuple(dict.fromkeys(parts for parts in found if parts))


def _in_style(layout: Layout, row: int) -> bool:
    parent = layout.tree.parent[row]
    return parent >= 0 and layout.tree.name[parent] == "style"


def _parts(tail: str) -> Parts:
    """The last compound behind `:hover`; none where the hovered element itself is what changes."""
    compounds = re.split(r"[\s>+~]+", _PSEUDO.sub("", tail).strip())
    return frozenset(_SIMPLE.findall(compounds[-1]))


def _marks(layout: Layout, row: int) -> Parts:
    classes = (layout.attribute(row, "class") or "").split()
    mark = layout.attribute(row, "id")
    return frozenset({layout.tree.name[row], *(f".{name}" for name in classes), *([f"#{mark}"] if mark else [])})
