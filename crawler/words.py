"""The words of a page: its HTML without scripts and styles. By a parser: patterns take minutes on hostile markup."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from crawler.decode import clean

MOST = 1_000_000  # characters that are looked at
_FIRST = (8_000, 64_000)
"""Characters in which a few words are looked for first: parsing is most of the work, 0.12 ms for 10,000 characters."""

_SILENT = frozenset({"script", "style", "noscript", "template", "title"})


@lru_cache(maxsize=2)
def parse(text: str) -> "etree._Element | None":
    """The document of an HTML text; None for one that has none. Kept, as several ask for it: not to be changed."""
    try:
        return etree.fromstring(clean(text).encode(), etree.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def words_of(text: str, enough: int = MOST) -> str:
    """The title and the words between the tags, a space for each run of white space.

    `enough`: characters after which the rest of the words is left out.

    >>> words_of("<title>A</title><style>x</style><p>b <b>c</b></p><!-- d --><script>e</script>")
    'A b c'
    >>> words_of("<meta charset=utf-8><title>A</title><section>b</section>")  # no body: libxml2 puts it into the head
    'A b'
    """
    for most in (*(most for most in _FIRST if enough < most // 4), MOST):
        words = _words(text[:most], enough)
        if len(words) >= enough or len(text) <= most:
            break
    return words


def _words(text: str, enough: int) -> str:
    document = parse(text)
    if document is None:
        return ""
    words = (document.findtext(".//title") or "").split()
    left = enough - sum(map(len, words)) - len(words)
    for piece in _texts(document):
        if left < 0:
            break
        new = piece.split()
        left -= sum(map(len, new)) + len(new)
        words += new
    return " ".join(words)


def _texts(document: "etree._Element") -> Iterator[str]:
    """What stands between the tags, in its order; what is no word parts none: a comment, a script."""
    walk = etree.iterwalk(document, events=("start", "end", "comment", "pi"))
    piece = ""
    for event, element in walk:
        silent = element.tag in _SILENT or event in ("comment", "pi")
        if silent and event == "start":
            walk.skip_subtree()
        elif silent:
            piece += element.tail or ""
        else:
            yield piece
            piece = (element.text if event == "start" else element.tail) or ""
    yield piece
