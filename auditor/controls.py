"""What form controls show: the value of a field or a button, a placeholder, the chosen option of a list.

These words are as visible as any other, disabled or not, but the browser keeps them in shadow trees of its own, which
it does not hand over. Here they are written into the tree as text, where the control's inner box puts them.

Sources: HTML standard 4.10.5 to 4.10.11 and 15.5 (which control shows what); the value is that of the markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.layout import breadth
from auditor.trees import ancestors, attribute, end
from crawler.capture import STYLES, Box, Tree

CONTROLS = frozenset({"input", "textarea", "select"})
SHOW_NO_WORDS = frozenset("hidden password checkbox radio file image color range date month week time number".split())
SHOW_NO_WORDS |= {"datetime-local"}
"""Types of `input` that show dots, marks, or nothing that could be a filing number."""

BUTTONS = frozenset({"button", "submit", "reset"})
MOST_LINES = 500  # of a text field
LINE = 1.2  # of the font size
PLACEHOLDER = "rgb(117, 117, 117)"
"""Chromium's own colour of placeholders; the style of `::placeholder` is not captured."""

_FILL, _SIZE = STYLES.index("-webkit-text-fill-color"), STYLES.index("font-size")


@dataclass(frozen=True, slots=True)
class _Words:
    row: int  # of the node that the words are put into
    text: str
    lines: tuple[tuple[int, int, Box], ...]  # start, length, box
    like: int  # row of the element whose style they have
    pale: bool = False  # a placeholder


def shown(tree: Tree) -> Tree:
    """The tree with the words that its controls show; itself, if there are none."""
    inner: dict[int, Box] = {row: (x, y, width, height) for row, x, y, width, height, *_ in tree.scrollers}
    controls = (row for row, name in enumerate(tree.name) if name in CONTROLS and tree.style[row] >= 0)
    found = [words for row in controls if (box := inner.get(row, tree.box[row])) for words in _words(tree, row, box)]
    return _written(tree, found) if found else tree


def is_entry(tree: Tree, row: int) -> bool:
    """Whether a visitor types or chooses there: what it shows is a hint or a choice then, no statement of the site.

    A button, and a field that is disabled or read-only, tell something.
    """
    control = next((node for node in ancestors(tree, row) if tree.name[node] in CONTROLS), None)
    if control is None:
        return False
    shut = any(attribute(tree, control, name) is not None for name in ("disabled", "readonly"))
    return not shut and _kind(tree, control) not in BUTTONS


def _kind(tree: Tree, row: int) -> str:
    """The type of an `input`; "" of other controls."""
    return (attribute(tree, row, "type") or "text").strip().lower() if tree.name[row] == "input" else ""


def _written(tree: Tree, found: Sequence[_Words]) -> Tree:
    text, box, style, paint, styles = (
        [*column] for column in (tree.text, tree.box, tree.style, tree.paint, tree.styles)
    )
    lines = [*tree.lines]
    for words in found:
        text[words.row], number = words.text, tree.style[words.like]
        if words.pale:
            styles.append((*tree.styles[number][:_FILL], PLACEHOLDER, *tree.styles[number][_FILL + 1 :]))
            number = len(styles) - 1
        box[words.row] = box[words.row] or tree.box[words.like]
        style[words.row], paint[words.row] = number, tree.paint[words.like]
        lines += [(words.row, start, length, *place) for start, length, place in words.lines]
    columns = {"text": text, "box": box, "style": style, "paint": paint, "styles": styles, "lines": lines}
    return replace(tree, **{name: tuple(column) for name, column in columns.items()})


def _words(tree: Tree, row: int, box: Box) -> Iterator[_Words]:
    size = float(tree.styles[tree.style[row]][_SIZE].removesuffix("px") or 0)
    if tree.name[row] == "select":
        yield from _options(tree, row, box, size)
        return
    kept = next((node for node in range(row + 1, end(tree, row)) if tree.kind[node] == 3), None)
    field = tree.name[row] == "textarea"
    kind = _kind(tree, row)
    value = (tree.text[kept] if field and kept else attribute(tree, row, "value")) or ""
    hint = attribute(tree, row, "placeholder") or ""
    if kind in SHOW_NO_WORDS or not (value or (hint and kind not in BUTTONS)):
        return
    text = value or hint
    lines = _wrapped(text, box, size) if field else (_line(text, box, size, centred=kind in BUTTONS),)
    yield _Words(kept if field and value and kept else row, text, lines, row, pale=not value)


def _options(tree: Tree, row: int, box: Box, size: float) -> Iterator[_Words]:
    """Of a list that drops down the chosen option, or the first; of one that stands open each, where it is laid out."""
    options = [node for node in range(row + 1, end(tree, row)) if tree.name[node] == "option"]
    open_ = [node for node in options if tree.style[node] >= 0]
    chosen = [node for node in options if attribute(tree, node, "selected") is not None][-1:]
    for node in open_ or chosen or options[:1]:
        kept = next((text for text in range(node + 1, end(tree, node)) if tree.kind[text] == 3), None)
        place = tree.box[node] or box
        if kept and tree.text[kept].strip():
            yield _Words(kept, tree.text[kept], (_line(tree.text[kept], place, size),), node if open_ else row)


def _line(text: str, box: Box, size: float, *, centred: bool = False) -> tuple[int, int, Box]:
    x, y, width, height = box
    wide, high = breadth(text) * size, LINE * size
    left = x + max(width - wide, 0.0) / 2 if centred else x
    return 0, _units(text), (left, y + (height - high) / 2, wide, high)


def _wrapped(text: str, box: Box, size: float) -> tuple[tuple[int, int, Box], ...]:
    """The lines of a text field, broken where the next character would not fit."""
    x, y, width, _ = box
    lines: list[tuple[int, int, Box]] = []
    start = at = 0
    wide = 0.0
    for character in (*text, "\n"):
        step = breadth(character) * size
        if character == "\n" or (wide + step > width and wide):
            lines.append((start, at - start, (x, y + len(lines) * LINE * size, wide, LINE * size)))
            start, wide = at + (character == "\n"), 0.0
        at += _units(character)
        wide += step if character != "\n" else 0.0
        if len(lines) == MOST_LINES:
            break
    return tuple(line for line in lines if line[1])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
