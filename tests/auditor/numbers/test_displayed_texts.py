"""Texts as they are displayed, and what a careful person reads in them: numbers, faulty ones, none at all.

`reads` holds the canonical number of each well-formed find and `kind~problem` of each that is not.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.model import Number
from auditor.numbers import find

TEXTS = [json.loads(line) for line in Path(__file__).with_name("displayed_texts.jsonl").read_text("utf-8").splitlines()]


def agrees(number: Number, wanted: str) -> bool:
    kind, _, problem = wanted.partition("~")
    if problem:
        return not number.well_formed and number.kind == kind and problem in number.problems
    return number.well_formed and number.number == wanted


@pytest.mark.parametrize("shown", TEXTS, ids=[str(i) for i in range(len(TEXTS))])
def test_a_text_reads_as_a_careful_person_reads_it(shown: dict[str, Any]) -> None:
    found = find(shown["text"])
    assert len(found) == len(shown["reads"]), (shown, found)
    assert all(map(agrees, found, shown["reads"])), (shown, found)
    assert all(shown["text"][number.start : number.end] == number.raw for number in found)
