"""Ways through a tree of nodes."""

from collections.abc import Iterator

from crawler.capture import Tree


def attribute(tree: Tree, row: int, name: str) -> str | None:
    """The value of an attribute, None where the element has none of that name."""
    pairs = tree.attributes[row]
    if name not in pairs:
        return None
    return next((pairs[i + 1] for i in range(0, len(pairs) - 1, 2) if pairs[i] == name), None)


def ancestors(tree: Tree, row: int) -> Iterator[int]:
    """The row itself, its parent, and so on to the root."""
    while row >= 0:
        yield row
        row = tree.parent[row]


def end(tree: Tree, row: int) -> int:
    """The row after the last descendant of `row`."""
    last = row + 1
    while last < len(tree.parent) and tree.parent[last] >= row:
        last += 1
    return last
