"""How well `find` reads labelled texts.

    python benchmarks/numbers_accuracy.py [LABELLED.jsonl] [--show]

Each line has a `text` and `expected`: a list of `kind`, `raw`, `number`, `well_formed`. A find counts when kind,
canonical number (letter case aside: the register's own varies) and raw agree; the same number twice in a text is one.
Recall and precision are about readable numbers; of the malformed (readable or not) it is counted how many are reported
as malformed. Kinds that no line of the file expects are left out, since its labeller did not look for them.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from auditor.model import Number
from auditor.numbers import find

DEFAULT = Path(__file__).parents[2] / "shared/corpus/displayed-numbers.jsonl"


def key(kind: str, number: str, raw: str) -> tuple[str, str, str]:
    """What must agree."""
    return kind, number.lower(), raw


def wanted(expected: Iterable[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """The readable numbers that a line expects."""
    return {key(each["kind"], each["number"], each["raw"]) for each in expected if each["number"]}


def got(numbers: Iterable[Number]) -> set[tuple[str, str, str]]:
    """The readable numbers that were found."""
    return {key(each.kind, each.number, each.raw) for each in numbers if each.number}


def told_malformed(expected: dict[str, Any], numbers: Sequence[Number]) -> bool:
    """Whether something malformed of the kind was found that shares characters with the expected raw text."""
    return any(
        number.kind == expected["kind"]
        and not number.well_formed
        and (number.raw in expected["raw"] or expected["raw"] in number.raw)
        for number in numbers
    )


def score(lines: Sequence[dict[str, Any]], show: bool) -> str:
    """The three figures, and the differences where asked for."""
    kinds = {each["kind"] for line in lines for each in line["expected"]}
    right = expected = found = malformed = told = extra = 0
    for line in lines:
        numbers = [number for number in find(line["text"]) if number.kind in kinds]
        want, have = wanted(line["expected"]), got(numbers)
        right += len(want & have)
        expected += len(want)
        found += len(have)
        faults = [each for each in line["expected"] if not each["well_formed"]]
        missed = [each["raw"] for each in faults if not told_malformed(each, numbers)]
        malformed += len(faults)
        told += len(faults) - len(missed)
        wrong = sum(not number.well_formed for number in numbers) - len(faults) + len(missed)
        extra += max(wrong, 0)
        if show and (want != have or missed or wrong > 0):
            unread = [number.raw for number in numbers if not number.well_formed]
            print(line["id"], "missed", list(want - have), "extra", list(have - want), "untold", missed, "bad", unread)
    return (
        f"recall {right / expected:.3f} ({right} of {expected})  precision {right / found:.3f} ({right} of {found})  "
        f"malformed reported {told / malformed:.3f} ({told} of {malformed}); "
        f"further ones reported as malformed: {extra}"
    )


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name != "--show"]
    source = Path(names[0]) if names else DEFAULT
    if not source.exists():
        sys.exit(f"numbers_accuracy: no labelled texts at {source}; name a JSONL file")
    print(score([json.loads(line) for line in source.read_text("utf-8").splitlines()], "--show" in sys.argv))
