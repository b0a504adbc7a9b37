from enum import StrEnum

import pytest

from auditor.model import Level, NumberKind, Outcome, Severity, Source, Target, Verdict
from crawler.capture import Reached, Role
from reports.i18n import WORDS, pick, say, word
from seeds.model import ModelSource, ServiceKind

GROUPS: dict[str, type[StrEnum]] = {
    "verdict": Verdict,
    "severity": Severity,
    "outcome": Outcome,
    "level": Level,
    "kind": NumberKind,
    "source": Source,
    "target": Target,
    "reached": Reached,
    "role": Role,
    "service": ServiceKind,
    "model": ModelSource,
}


@pytest.mark.parametrize("key", [f"{group}.{code}" for group, codes in GROUPS.items() for code in codes])
def test_every_code_has_words(key: str) -> None:
    assert key in WORDS


def test_both_languages_are_filled_and_differ() -> None:
    assert all(text.zh and text.en and text.zh != text.en for text in WORDS.values())


def test_unlawful_is_said_only_where_it_is_denied() -> None:
    assert [key for key, text in WORDS.items() if "违法" in text.zh] == ["proxy-note"]


def test_say_picks_the_language() -> None:
    assert (say("verdict", "zh"), say("verdict", "en")) == ("结论", "Verdict")
    assert pick(word("verdict.clean"), "en") == "Nothing found amiss"
