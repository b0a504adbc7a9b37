"""The HTML of a page that no browser has laid out, in the shape of a tree without boxes."""

from lxml import etree, html

from crawler.capture import Tree

DEPTH = 200  # deeper elements are read as if they stood at this depth: libxml2's own limit is 256


def tree(source: str) -> Tree:
    """Parse HTML as received. Broken markup is read as libxml2 mends it; what cannot be parsed is an empty tree."""
    rows: list[tuple[int, int, str, str, tuple[str, ...]]] = []
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _tree([(-1, 9, "#document", "", ())])
    rows.append((-1, 9, "#document", "", ()))
    rows += [(0, 8, "#comment", node.text or "", ()) for node in root.itersiblings(etree.Comment, preceding=True)]
    _append(rows, root)
    rows += [(0, 8, "#comment", node.text or "", ()) for node in root.itersiblings(etree.Comment)]
    return _tree(rows)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", huge_tree=False, remove_pis=True)


def _append(rows: list[tuple[int, int, str, str, tuple[str, ...]]], root: html.HtmlElement) -> None:
    """Add the nodes below `root` in document order, text nodes as rows of their own."""
    places = {root: 0}
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        parent = places.get(element.getparent(), 0)
        if event == "start":
            places[element] = len(rows)
            pairs = tuple(str(part) for item in element.attrib.items() for part in item)
            rows.append((parent, 1, str(element.tag).lower(), "", pairs))
            if element.text:
                rows.append((places[element], 3, "#text", element.text, ()))
            continue
        if event == "comment":
            rows.append((parent, 8, "#comment", element.text or "", ()))
        if element.tail and element is not root:
            rows.append((parent, 3, "#text", element.tail, ()))


def _tree(rows: list[tuple[int, int, str, str, tuple[str, ...]]]) -> Tree:
    count = len(rows)
    return Tree(
        parent=tuple(row[0] for row in rows),
        kind=tuple(row[1] for row in rows),
        name=tuple(row[2] for row in rows),
        text=tuple(row[3] for row in rows),
        attributes=tuple(row[4] for row in rows),
        box=(None,) * count,
        style=(-1,) * count,
        paint=(-1,) * count,
        ground=(None,) * count,
        opacity=(1.0,) * count,
        styles=(),
        lines=(),
    )
