"""Whether a stored capture is one that a visit can have left: what its types do not say, and every reader relies on.

A file that was changed or made up is refused as a whole here, so that nothing that judges has to look out for it.
"""

from datetime import date
from itertools import chain, count
from operator import lt

from crawler.capture import SiteCapture, Tree, View

_FAR = 1e100  # px: what is beyond has no area that a number can hold


def fault(capture: SiteCapture) -> str:
    """What is wrong with a capture, in a few words; "": nothing."""
    try:
        date.fromisoformat(capture.taken_at[:10])
    except ValueError:
        return "no date"
    for page in capture.pages:
        for view in page.views:
            if wrong := _view(view):
                return f"{wrong} in a view of page {capture.pages.index(page) + 1}"
    return ""


def _view(view: View) -> str:
    if not (view.width > 0 and view.height > 0 and -_FAR < view.content_width + view.content_height < _FAR):
        return "no size"
    trees = (view.tree, view.later) if view.later else (view.tree,)
    wrong = next(filter(None, map(_tree, trees)), "")
    if not wrong and any(not 0 <= one.node < len(view.tree.parent) for one in view.pictures or ()):
        return "words of a picture that is not there"
    return wrong


def _tree(tree: Tree) -> str:
    rows = len(tree.parent)
    if any(len(column) != rows for column in _columns(tree)):
        return "columns of different lengths"
    if not all(map(lt, tree.parent, count())) or min(tree.parent, default=-1) < -1:
        return "a node before its parent"
    if min(tree.style, default=-1) < -1 or max(tree.style, default=-1) >= len(tree.styles):
        return "a style that is not there"
    if len({len(row) for row in tree.styles}) > 1 or any(len(pairs) % 2 for pairs in tree.attributes):
        return "names without values"
    if any(not 0 <= line[0] < rows or line[1] < 0 or line[2] < 0 for line in tree.lines):
        return "text of a node that is not there"
    if any(not 0 <= one[0] < rows for one in tree.scrollers):
        return "scrolling of a node that is not there"
    return "" if _finite(tree) else "places that are no numbers"


def _columns(tree: Tree) -> tuple[tuple[object, ...], ...]:
    return (
        *(tree.kind, tree.name, tree.text, tree.attributes, tree.box),
        *(tree.style, tree.paint, tree.ground, tree.opacity),
    )


def _finite(tree: Tree) -> bool:
    """Whether places and sizes can be reckoned with."""
    places = (filter(None, tree.box), (line[3:] for line in tree.lines), (one[1:] for one in tree.scrollers))
    numbers = [*chain.from_iterable(chain(*places)), *tree.opacity]
    return max(numbers, default=0.0) < _FAR and min(numbers, default=0.0) > -_FAR
