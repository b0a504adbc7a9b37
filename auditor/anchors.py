"""Which link belongs to a number: the one that carries it, else one beside it that is about it."""

import re

from auditor import links
from auditor.model import Link, NumberKind, Target
from auditor.text import Words
from auditor.trees import ancestors, attribute, end
from crawler.capture import STYLES, Tree

ABOUT_FILING = re.compile(r"公示|备案|查询|核验|算法|公告|filing|record|verify", re.IGNORECASE)
"""Words of a neighbouring link that make it the link of the number: 公示内容, 备案查询, 点击查看算法公示 …"""

NUMBERED = re.compile(r"网信算备|ICP[备证]|公网安备|-20\d{6}", re.IGNORECASE)
"""Text that says which number a link carries: such a link belongs to that number alone."""

OFFICIAL = frozenset({Target.OFFICIAL, Target.OFFICIAL_RECORD, Target.ANNOUNCEMENT})
_CURSOR = STYLES.index("cursor")


def link_of(words: Words, row: int, kind: NumberKind, number: str | None, page: str) -> Link:
    """The link of the number that stands at tree row `row` of the page at address `page`."""
    carrier = next((a for a in ancestors(words.tree, row) if words.tree.name[a] == "a"), None)
    if carrier is not None:
        return _link(words.tree, carrier, kind, number, page)
    beside = [_link(words.tree, a, kind, number, page) for a in _neighbours(words, row, kind)]
    if beside:
        return beside[0]
    return Link(None, Target.NONE, clickable=_clickable(words.tree, row))


def _link(tree: Tree, row: int, kind: NumberKind, number: str | None, page: str) -> Link:
    href = attribute(tree, row, "href")
    clickable = href is None or not href.strip("# \t\n") or href.lower().startswith("javascript:void")
    acts = attribute(tree, row, "onclick") is not None
    return Link(href, links.target(href, kind, number, page), clickable=clickable and acts)


def _neighbours(words: Words, row: int, kind: NumberKind) -> list[int]:
    """Anchors in the block of `row` that speak of a filing and carry no number, nearest first."""
    tree, block = words.tree, words.blocks[row]
    near = [
        a
        for a in range(block, min(end(tree, block), row + 400))
        if tree.name[a] == "a" and words.blocks[a] in {block, a} and _speaks_of(words, a, kind)
    ]
    return sorted(near, key=lambda a: (abs(a - row), a))


def _speaks_of(words: Words, anchor: int, kind: NumberKind) -> bool:
    tree = words.tree
    text = "".join(tree.text[anchor : end(tree, anchor)])
    if NUMBERED.search(text):
        return False
    href = attribute(tree, anchor, "href") or ""
    return links.target(href, kind, None, "") in OFFICIAL or bool(ABOUT_FILING.search(text))


def _clickable(tree: Tree, row: int) -> bool:
    """Whether a script seems to make the number a link: a pointer, a role or a handler, but no address."""
    for _ in range(4):
        if row < 0:
            break
        if attribute(tree, row, "onclick") is not None or attribute(tree, row, "role") in {"link", "button"}:
            return True
        style = tree.style[row]
        if style >= 0 and tree.styles[style][_CURSOR] == "pointer":
            return True
        row = tree.parent[row]
    return False
