"""Short pages as they stand on real sites, of invented firms: what each is, and must not be taken for."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from auditor.model import Service
from auditor.service import MAYBE, SURE, VisiblePage, infer
from crawler.capture import Role
from seeds.model import Seed, ServiceKind

URL = "https://www.example.cn/"
CASES = [json.loads(line) for line in Path(__file__).with_name("service_pages.jsonl").read_text("utf-8").splitlines()]
NONE = [case for case in CASES if case["expected"] == "none"]
UNSURE = [case for case in CASES if case["expected"] == "unsure"]
KINDS = [case for case in CASES if case["expected"] not in ("none", "unsure")]


def look(case: dict[str, Any], role: Role = Role.HOME) -> Service:
    page = VisiblePage(URL, role, case["title"], case["text"], tuple(case["controls"]))
    return infer((page,), Seed(url=URL))


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case["name"])
def test_services_are_surely_what_they_are(case: dict[str, Any]) -> None:
    found = look(case)
    assert ServiceKind(case["expected"]) in found.kinds, found
    assert found.confidence >= SURE, found
    assert found.evidence


@pytest.mark.parametrize("case", NONE, ids=lambda case: case["name"])
@pytest.mark.parametrize("role", [Role.HOME, Role.OTHER, Role.ABOUT])
def test_pages_that_offer_no_ai_are_not_taken_for_one(case: dict[str, Any], role: Role) -> None:
    assert look(case, role).kinds == (ServiceKind.NONE,), look(case, role)


@pytest.mark.parametrize("case", UNSURE, ids=lambda case: case["name"])
def test_doubtful_pages_stay_doubtful(case: dict[str, Any]) -> None:
    assert MAYBE <= look(case).confidence < SURE, look(case)


def test_recommendation_alone_is_not_generative() -> None:
    for case in KINDS:
        if case["expected"] == "recommendation":
            assert ServiceKind.GENERATIVE not in look(case).kinds


def test_the_table_is_broad() -> None:
    counts = Counter(case["expected"] for case in CASES)
    assert counts["generative"] >= 40
    assert counts["none"] >= 80
    assert len({case["name"] for case in CASES}) == len(CASES)
