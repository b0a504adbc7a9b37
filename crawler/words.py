"""The words of a page: its HTML without scripts and styles. By a parser: patterns take minutes on hostile markup."""

from lxml import etree

from crawler.snapshot import clean

MOST = 1_000_000  # characters that are looked at

_SILENT = ("script", "style", "noscript", "template", "title")


def parse(text: str) -> "etree._Element | None":
    """The document of an HTML text; None for one that has none."""
    try:
        return etree.fromstring(clean(text).encode(), etree.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def words_of(text: str) -> str:
    """The title and the words between the tags, a space for each run of white space.

    >>> words_of("<title>A</title><style>x</style><p>b <b>c</b></p><!-- d --><script>e</script>")
    'A b c'
    >>> words_of("<meta charset=utf-8><title>A</title><section>b</section>")  # no body: libxml2 puts it into the head
    'A b'
    """
    document = parse(text[:MOST])
    if document is None:
        return ""
    title = document.findtext(".//title") or ""
    etree.strip_elements(document, etree.Comment, etree.ProcessingInstruction, *_SILENT, with_tail=False)
    return " ".join(f"{title} {' '.join(map(str, document.itertext()))}".split())
