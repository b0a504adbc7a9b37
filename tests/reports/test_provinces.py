from collections.abc import Callable

import pytest

from auditor.model import Disclosure, NumberKind, SiteAudit
from reports.provinces import PROVINCES, province, province_name


def test_there_are_31() -> None:
    assert len(PROVINCES) == len({name.en for name in PROVINCES.values()} | {"Shaanxi"}) == 31


@pytest.mark.parametrize(
    ("kind", "number", "own", "letter"),
    [
        (NumberKind.ICP, "川ICP备2099999901号", True, "蜀"),
        (NumberKind.POLICE, "沪公网安备31010999999999号", True, "沪"),
        (NumberKind.ICP, "萌ICP备20990001号", True, ""),
        (NumberKind.ICP, "京ICP备2099999901号", False, ""),
        (NumberKind.ICP, None, True, ""),
        (NumberKind.ALGORITHM, "网信算备310115900000101240011号", True, ""),
    ],
)
def test_the_first_letter_tells(
    make_audit: Callable[..., SiteAudit],
    make_disclosure: Callable[..., Disclosure],
    kind: NumberKind,
    number: str | None,
    own: bool,
    letter: str,
) -> None:
    audit = make_audit(disclosures=(make_disclosure(kind=kind, number=number, own=own),))
    assert province(audit) == letter


def test_no_letter_is_no_province() -> None:
    assert province_name("").en == "no ICP or police number seen"
