"""The HTML of a page that no browser has laid out, in the shape of a tree without boxes."""

from functools import lru_cache
from itertools import chain

from lxml import etree

from auditor.text import Words
from crawler.capture import Tree

LONG = 200_000  # characters of HTML whose tree is not kept

Row = tuple[int, int, str, str, tuple[str, ...]]
"""Row of the parent, kind, name, text and attributes of a node."""


def words(source: str) -> Words:
    """The words of HTML as received; those of the last pages are kept, as several ask for them."""
    return _kept(source) if len(source) <= LONG else Words(_parsed(source))


def tree(source: str) -> Tree:
    """Parse HTML as received. Broken markup is read as libxml2 mends it; what cannot be parsed is an empty tree.

    Elements deeper than libxml2's own limit of 256 are read as if they stood at that depth.
    """
    return words(source).tree


@lru_cache(maxsize=16)
def _kept(source: str) -> Words:
    return Words(_parsed(source))


def _parsed(source: str) -> Tree:
    rows: list[Row] = [(-1, 9, "#document", "", ())]
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), _parser())
    except (etree.XMLSyntaxError, ValueError):
        return _tree(rows)
    if root is not None:
        rows += [(0, 8, "#comment", node.text or "", ()) for node in root.itersiblings(etree.Comment, preceding=True)]
        _append(rows, root)
        rows += [(0, 8, "#comment", node.text or "", ()) for node in root.itersiblings(etree.Comment)]
    return _tree(rows)


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", huge_tree=False, remove_pis=True)


def _append(rows: list[Row], root: "etree._Element") -> None:
    """Add the nodes below `root` in document order, text nodes as rows of their own."""
    open_ = [0]  # rows of the elements that are not closed yet
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start":
            rows.append((open_[-1], 1, str(element.tag).lower(), "", tuple(chain.from_iterable(element.items()))))
            open_.append(len(rows) - 1)
            if element.text:
                rows.append((open_[-1], 3, "#text", element.text, ()))
            continue
        if event == "end":
            open_.pop()
        else:
            rows.append((open_[-1], 8, "#comment", element.text or "", ()))
        if element.tail and element is not root:
            rows.append((open_[-1], 3, "#text", element.tail, ()))


def _tree(rows: list[Row]) -> Tree:
    count = len(rows)
    parent, kind, name, text, attributes = zip(*rows, strict=True)
    return Tree(
        parent=parent,
        kind=kind,
        name=name,
        text=text,
        attributes=attributes,
        box=(None,) * count,
        style=(-1,) * count,
        paint=(-1,) * count,
        ground=(None,) * count,
        opacity=(1.0,) * count,
        styles=(),
        lines=(),
    )
