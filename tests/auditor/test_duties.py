from itertools import product

import pytest

from auditor.duties import TABLE, Audience, Certainty, Duty, Origin, Owed, duties
from auditor.model import Service
from auditor.service import SURE
from seeds.model import ModelSource, ServiceKind

GEN, DEEP, REC = ServiceKind.GENERATIVE, ServiceKind.DEEP_SYNTHESIS, ServiceKind.RECOMMENDATION
ALGORITHM = {"algorithm-number": "due", "algorithm-link": "due"}


def service(
    *kinds: ServiceKind,
    model: ModelSource | None = None,
    declared: bool = True,
    confidence: float = 1.0,
    evidence: tuple[str, ...] = (),
) -> Service:
    return Service(kinds, model, declared, confidence, evidence)


def plain(found: tuple[Duty, ...]) -> dict[str, str]:
    return {str(duty.what): str(duty.certainty) for duty in found}


@pytest.mark.parametrize(
    ("kind", "origin", "audience", "rows", "expected"),
    [
        (GEN, Origin.OWN, Audience.PUBLIC, {"A"}, ALGORITHM | {"model-number": "due"}),
        (DEEP, Origin.OWN, Audience.PUBLIC, {"A"}, ALGORITHM | {"model-or-registration": "probably"}),
        (GEN, Origin.UNKNOWN, Audience.PUBLIC, {"A/B"}, ALGORITHM | {"model-or-registration": "due"}),
        (
            GEN,
            Origin.API,
            Audience.PUBLIC,
            {"B"},
            ALGORITHM
            | {"model-or-registration": "due", "upstream-model": "probably", "registration-number": "probably"},
        ),
        (
            GEN,
            Origin.API,
            Audience.LIMITED,
            {"C"},
            {"upstream-model": "probably", "algorithm-number": "not-due", "registration-number": "not-due"},
        ),
        (
            GEN,
            Origin.OWN,
            Audience.LIMITED,
            {"C"},
            {"algorithm-number": "not-due", "registration-number": "not-due"},
        ),
        (REC, Origin.UNKNOWN, Audience.LIMITED, {"C"}, {"algorithm-number": "not-due"}),
        (GEN, Origin.OWN, Audience.BUSINESS, {"D"}, ALGORITHM | {"model-number": "probably"}),
        (DEEP, Origin.API, Audience.BUSINESS, {"D"}, ALGORITHM | {"model-number": "probably"}),
        (REC, Origin.UNKNOWN, Audience.PUBLIC, {"E"}, ALGORITHM | {"algorithm-notice": "due"}),
        (
            GEN,
            Origin.OWN,
            Audience.INTERNAL,
            {"F"},
            {"algorithm-number": "not-due", "model-number": "not-due", "registration-number": "not-due"},
        ),
        (
            GEN,
            Origin.FOREIGN,
            Audience.PUBLIC,
            {"G"},
            {"algorithm-number": "probably", "algorithm-link": "probably", "model-or-registration": "probably"},
        ),
        (GEN, Origin.TUNED, Audience.PUBLIC, {"H"}, ALGORITHM | {"model-number": "due"}),
        (GEN, Origin.DEVICE, Audience.PUBLIC, {"I"}, ALGORITHM | {"model-number": "due"}),
        (
            GEN,
            Origin.DEVICE_OPEN,
            Audience.PUBLIC,
            {"I"},
            {"algorithm-number": "not-due", "model-number": "not-due"},
        ),
    ],
)
def test_every_row(
    kind: ServiceKind, origin: Origin, audience: Audience, rows: set[str], expected: dict[str, str]
) -> None:
    found = duties(service(kind), audience, origin)
    assert {duty.row for duty in found} == rows
    assert plain(found) == expected


@pytest.mark.parametrize("case", list(product((GEN, DEEP, REC), Origin, Audience)))
def test_every_service_meets_exactly_one_row(case: tuple[ServiceKind, Origin, Audience]) -> None:
    kind, origin, audience = case
    rows = [row for row in TABLE if kind in row.kinds and origin in row.origins and audience in row.audiences]
    assert len(rows) == 1


def test_the_table_has_all_rows_in_both_languages_with_a_basis() -> None:
    assert {letter for row in TABLE for letter in row.label.split("/")} == set("ABCDEFGHI")
    for row in TABLE:
        assert row.service.zh and row.service.en
        assert row.owed
        assert all(basis and all(b.zh and b.en for b in basis) for _, _, basis in row.owed)
    for duty in duties(service(GEN, model=ModelSource.API)):
        assert duty.text.zh and duty.text.en
        assert "违法" not in duty.text.zh


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (service(GEN, model=ModelSource.OWN), "A"),
        (service(GEN, model=ModelSource.API), "B"),
        (service(GEN), "A/B"),
        (service(GEN, evidence=("境外模型 foreign model: “gpt-4o”",)), "G"),
        (service(GEN, model=ModelSource.API, evidence=("境外模型 foreign model: “gpt-4o”",)), "B"),
        (service(REC), "E"),
    ],
)
def test_the_row_is_told_from_the_service(given: Service, row: str) -> None:
    assert {duty.row for duty in duties(given)} == {row}


def test_no_service_owes_nothing() -> None:
    assert duties(service(ServiceKind.NONE)) == ()


def test_two_kinds_owe_what_each_owes_and_the_stronger_holds() -> None:
    found = duties(service(REC, GEN, evidence=("境外模型 foreign model: “gpt-4o”",)))
    assert plain(found) == ALGORITHM | {"algorithm-notice": "due", "model-or-registration": "probably"}
    assert len({duty.what for duty in found}) == len(found)
    assert [duty.certainty for duty in found] == sorted((duty.certainty for duty in found), key=list(Certainty).index)


@pytest.mark.parametrize(
    ("declared", "confidence", "sure"), [(True, 1.0, True), (False, SURE, True), (False, SURE - 0.01, False)]
)
def test_of_a_doubtful_service_nothing_is_surely_due(declared: bool, confidence: float, sure: bool) -> None:
    found = duties(service(GEN, model=ModelSource.OWN, declared=declared, confidence=confidence))
    assert (Certainty.DUE in {duty.certainty for duty in found}) is sure
    assert Owed.ALGORITHM_NUMBER in {duty.what for duty in found}
