import csv
import re
from pathlib import Path

import pytest

import seeds
from seeds.model import Seed, ServiceKind
from seeds.readers import read

LIST = Path(seeds.__file__).parent / "ai-services.csv"


@pytest.fixture(scope="module")
def shipped() -> list[Seed]:
    return read(LIST, strict=True)[0]  # strict: no bad address, no address twice


def test_the_list_has_its_columns_and_is_worth_shipping(shipped: list[Seed]) -> None:
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["url", "name", "operator", "service", "notes"]
    assert len(shipped) == len(rows) - 1 >= 300
    assert all(cell == cell.strip() for row in rows for cell in row)


def test_every_row_has_an_address_with_scheme_and_a_name(shipped: list[Seed]) -> None:
    assert [s.url for s in shipped if not re.match(r"https?://[^/]+/", s.url)] == []
    assert [s.url for s in shipped if not s.name] == []


def test_operators_are_full_legal_names(shipped: list[Seed]) -> None:
    legal = re.compile(r"[^/;，,]{4,40}(?:公司|研究所|中心|大学（深圳）)")
    assert [s.operator for s in shipped if s.operator and not legal.fullmatch(s.operator)] == []


def test_it_says_that_it_is_a_starting_point(shipped: list[Seed]) -> None:
    assert all(s.notes and "起点，未核实" in s.notes and "starting point, not verified" in s.notes for s in shipped)


def test_it_holds_kinds_of_service_but_no_numbers(shipped: list[Seed]) -> None:
    kinds = {s.service for s in shipped}
    assert {ServiceKind.GENERATIVE, ServiceKind.RECOMMENDATION, ServiceKind.DEEP_SYNTHESIS, None} == kinds
    assert not re.search(r"网信算备|ICP备|公网安备|\d{8}", LIST.read_text(encoding="utf-8"))
