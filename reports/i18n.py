"""Every word that a report shows of itself, in both languages: one table, `words.txt`. Findings bring their own words.

A code has the key `group.code`, e.g. `reached.dns`. Plain wording: a report says what was seen and what a text
asks for, and leaves the legal conclusion to the authority.
"""

from pathlib import Path
from typing import Literal

from auditor.model import Text

Language = Literal["zh", "en"]


def _read(table: str) -> dict[str, Text]:
    lines = (line for line in table.splitlines() if line and not line.startswith("#"))
    return {key: Text(zh, en) for key, zh, en in (line.split(" | ") for line in lines)}


WORDS = _read((Path(__file__).parent / "words.txt").read_text("utf-8"))


def word(key: str) -> Text:
    """The words of a key; a code that the table does not know (a newer rule's, say) is shown as it is.

    >>> word("target.none").en
    'no link'
    >>> word("problem.newer-code").zh
    'newer-code'
    """
    return WORDS.get(key) or Text(key.rpartition(".")[2], key.rpartition(".")[2])


def say(key: str, language: Language) -> str:
    """The words of a key in one language."""
    return pick(word(key), language)


def labelled(label: str, text: str, language: Language) -> str:
    """A text after what it is.

    >>> labelled("网站", "示例", "zh"), labelled("Site", "example", "en")
    ('网站：示例', 'Site: example')
    """
    return label + ("：" if language == "zh" else ": ") + text


def pick(text: Text, language: Language) -> str:
    """A text in one language."""
    return text.zh if language == "zh" else text.en
