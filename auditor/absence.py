"""Why the browser made no box for something, and what keeps people from what it made one for.

Sources: HTML standard 15.3 (what is never rendered), CSS Containment 2 (`content-visibility`), HTML `details`.
"""

from collections.abc import Iterator

from auditor.layout import Layout

NEVER = frozenset(
    "head title meta script style template noscript noembed noframes link base datalist option optgroup param".split()
)
REFERRED = frozenset("defs symbol clippath mask pattern marker lineargradient radialgradient".split())
FALLBACK = frozenset("canvas video audio object iframe embed picture svg math textarea select meter progress".split())
"""Elements that show something else than the text in them."""


def absence(layout: Layout, row: int) -> tuple[str, str | None] | None:
    """The reason of the contract and, where a person should look, a doubt; None for what has a box.

    `("content-visibility", …)`: no box yet, but scrolling there makes the browser lay it out.
    """
    if layout.tree.kind[row] not in (1, 3):
        return "not-rendered", None
    if layout.laid_out(row):
        return unpainted(layout, row)
    return next(_reasons(layout, row), ("display-none", None))


def unpainted(layout: Layout, row: int) -> tuple[str, str | None] | None:
    """Why nobody sees what the browser laid out: in drawings it does so even for `display: none` and for what is only
    there to be referred to (SVG 2, chapter 5). What a `use` refers to is painted, at a place that is not told."""
    for node in (row, *layout.ancestors(row)):
        if layout.tree.name[node] == "svg" or layout.attribute(node, "id") in layout.companion(_used):
            return None
        if layout.style(node, "display") == "none":
            return "display-none", None
        if layout.tree.name[node] in REFERRED:
            return "not-rendered", None
    return None


def _used(layout: Layout) -> frozenset[str]:
    """The ids that `use` elements refer to."""
    uses = (row for row, name in enumerate(layout.tree.name) if name == "use")
    links = (layout.attribute(row, name) or "" for row in uses for name in ("href", "xlink:href"))
    return frozenset(link.partition("#")[2] for link in links if "#" in link)


def _reasons(layout: Layout, row: int) -> Iterator[tuple[str, str | None]]:
    inner = row
    for node in (row, *layout.ancestors(row)):
        name = layout.tree.name[node]
        skips = layout.style(node, "content-visibility")
        if name in NEVER or (name in FALLBACK and node != row and layout.tree.name[inner] != "#document"):
            yield "not-rendered", None
        elif name == "details" and layout.attribute(node, "open") is None and not _is_summary(layout, inner):
            yield "closed-details", "closed-details"
        elif skips == "hidden" or layout.attribute(node, "hidden") == "until-found":
            yield "not-rendered", None
        elif skips == "auto" and node != row:
            yield "content-visibility", "content-visibility"
        if layout.laid_out(node) and name != "details":
            return
        inner = node


def _is_summary(layout: Layout, row: int) -> bool:
    """Whether it is the summary of a `details`: its first, which shows while the rest is closed."""
    alike = (node for node in layout.children(layout.tree.parent[row]) if layout.tree.name[node] == "summary")
    return next(alike, None) == row


def inert(layout: Layout, row: int) -> str | None:
    """What makes a rendered part of the page unusable: `inert`, or `behind-modal`; None: nothing does."""
    around, modals = (row, *layout.ancestors(row)), layout.companion(_modals)
    own = next((at for at, node in enumerate(around) if node in modals), len(around))
    if any(layout.attribute(node, "inert") is not None for node in around[: own + 1]):
        return "inert"  # a modal dialog escapes that of what it stands in
    return "behind-modal" if any(node not in around for node in modals) else None


def _modals(layout: Layout) -> tuple[int, ...]:
    """Dialogs that were opened with `showModal`: only these, of dialogs, are in the top layer."""
    dialogs = (row for row, name in enumerate(layout.tree.name) if name == "dialog")
    return tuple(
        row for row in dialogs if layout.style(row, "overlay") == "auto" and layout.attribute(row, "popover") is None
    )
