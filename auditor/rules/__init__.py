"""The rule catalogue: one module a rule.

A rule's file holds all of it: `META` (title, requirement, basis, severity, remedy, in zh and en) and `check(facts)`.
The id of a rule is its file name with hyphens: `number_visible.py` is `number-visible`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol, runtime_checkable

from auditor import wording
from auditor.facts import Facts
from auditor.model import Citation, Disclosure, Evidence, NumberKind, Outcome, Severity, Text
from auditor.plugins import plugins


@dataclass(frozen=True, slots=True)
class Meta:
    """What a rule is, apart from its check."""

    category: str  # presence, format, link, prominence, consistency, combination …
    title: Text  # of a failure: a true sentence about the site
    requirement: Text
    basis: tuple[Citation, ...]
    severity: Severity  # of a failure, unless the ruling says otherwise
    remedy: Text


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a check says: outcome, why in a sentence, and where it can be seen."""

    outcome: Outcome
    message: Text
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None  # where it differs from the rule's
    html: str | None = None  # what to paste, where that is the remedy


@runtime_checkable
class Rule(Protocol):
    """A module of this package."""

    META: Meta

    def check(self, facts: Facts) -> Ruling:
        """Judge one site."""
        ...


def passed(zh: str, en: str, evidence: Iterable[Evidence] = ()) -> Ruling:
    """The requirement is met."""
    return Ruling(Outcome.PASSED, Text(zh, en), tuple(evidence))


def failed(
    zh: str, en: str, evidence: Iterable[Evidence], severity: Severity | None = None, html: str | None = None
) -> Ruling:
    """The requirement is not met, and the evidence shows it."""
    return Ruling(Outcome.FAILED, Text(zh, en), tuple(evidence), severity, html)


def review(zh: str, en: str, evidence: Iterable[Evidence] = (), severity: Severity | None = None) -> Ruling:
    """It may not be met: a person has to look."""
    return Ruling(Outcome.NEEDS_REVIEW, Text(zh, en), tuple(evidence), severity)


def not_applicable(zh: str, en: str) -> Ruling:
    """The rule has nothing to say about this site."""
    return Ruling(Outcome.NOT_APPLICABLE, Text(zh, en))


def no_number(*of: NumberKind) -> Ruling:
    """The rule is about numbers of these kinds, and the site shows none of its own."""
    what = wording.kinds(of)
    return not_applicable(
        f"未见网站自己展示的{what.zh}，本项不适用。", f"The site shows no {what.en} of its own: nothing to judge."
    )


def out_of_sight() -> Ruling:
    """The site shows numbers, none of which was in sight when the page was captured."""
    return not_applicable(
        "编号滚动经过或悬停时才出现，采集画面中无从测量；见 number-persistent。",
        "The numbers run by or open on hover, and were out of sight when captured: see number-persistent.",
    )


def unlisted() -> Ruling:
    """The rule needs the official lists, and none is loaded."""
    return not_applicable(
        "未核对：未加载官方备案清单（见 gongshi registry import）。",
        "Not checked: no register loaded (see gongshi registry import).",
    )


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its id, in order of name."""
    import auditor.rules as package

    return {m.__name__.rpartition(".")[2].replace("_", "-"): m for m in plugins(package) if isinstance(m, Rule)}


__all__ = [
    "Citation",
    "Disclosure",
    "Meta",
    "Rule",
    "Ruling",
    "catalogue",
    "failed",
    "no_number",
    "not_applicable",
    "passed",
    "review",
    "unlisted",
]
