"""Whether a stored capture is one that a visit can have left: what its types do not say, and every reader relies on.

A file that was changed or made up is refused as a whole here, so that nothing that judges has to look out for it.
"""

from datetime import date
from itertools import count
from operator import lt
from urllib.parse import urlsplit

from crawler.capture import Shot, SiteCapture, Tree, View

_FAR = 1e100  # px: what is beyond has no area that a number can hold
_STYLES = 39  # columns of the first version
_SCALE = 100.0  # pixels of a picture a CSS pixel
_PIXELS = 1e9  # of a picture


def fault(capture: SiteCapture) -> str:
    """What is wrong with a capture, in a few words; "": nothing."""
    try:
        date.fromisoformat(capture.taken_at[:10])
        urlsplit(capture.site)
    except ValueError:
        return "no date or no address"
    for page in capture.pages:
        for view in page.views:
            if wrong := _view(view):
                return f"{wrong} in a view of page {capture.pages.index(page) + 1}"
    return ""


def _view(view: View) -> str:
    if not (view.width > 0 and view.height > 0 and -_FAR < view.content_width + view.content_height < _FAR):
        return "no size"
    if not all(map(_is_picture, (*view.shots, *((view.screenshot,) if view.screenshot else ())))):
        return "a picture of no size"
    trees = (view.tree, view.later) if view.later else (view.tree,)
    wrong = next(filter(None, map(_tree, trees)), "")
    if not wrong and any(not 0 <= one.node < len(view.tree.parent) for one in view.pictures or ()):
        return "words of a picture that is not there"
    return wrong


def _is_picture(shot: Shot) -> bool:
    """Whether a picture has a size, and one that a machine can hold."""
    _, _, width, height = shot.box
    return width >= 0 and height >= 0 and 0 < shot.scale < _SCALE and width * height * shot.scale**2 < _PIXELS


def _tree(tree: Tree) -> str:
    rows = len(tree.parent)
    if any(len(column) != rows for column in _columns(tree)):
        return "columns of different lengths"
    if not _is_ordered(tree.parent):
        return "a node before its parent"
    if min(tree.style, default=-1) < -1 or max(tree.style, default=-1) >= len(tree.styles):
        return "a style that is not there"
    if len(widths := {len(row) for row in tree.styles}) > 1 or min(widths, default=_STYLES) < _STYLES:
        return "too few styles"
    if any(len(pairs) % 2 for pairs in tree.attributes):
        return "names without values"
    if any(not 0 <= line[0] < rows or line[1] < 0 or line[2] < 0 for line in tree.lines):
        return "text of a node that is not there"
    if any(not 0 <= one[0] < rows for one in tree.scrollers):
        return "scrolling of a node that is not there"
    return ""


def _is_ordered(parent: tuple[int, ...]) -> bool:
    """Whether there is one root, the first, and every other node comes after its parent."""
    return parent[:1] in ((), (-1,)) and min(parent[1:], default=0) >= 0 and all(map(lt, parent, count()))


def _columns(tree: Tree) -> tuple[tuple[object, ...], ...]:
    return (
        *(tree.kind, tree.name, tree.text, tree.attributes, tree.box),
        *(tree.style, tree.paint, tree.ground, tree.opacity),
    )
