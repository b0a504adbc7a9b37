import json
from collections.abc import Callable

from jsonschema import Draft202012Validator

from auditor.model import SiteAudit
from reports import Options, as_json
from reports.schema import schema


def lines(*audits: SiteAudit) -> list[dict[str, object]]:
    return [json.loads(line) for line in b"".join(as_json.render(audits, Options())).splitlines()]


def test_one_object_a_line(audit: SiteAudit, unreached: SiteAudit) -> None:
    assert [one["verdict"] for one in lines(audit, unreached)] == ["violation", "unreached"]


def test_what_is_written_can_be_read_again(audit: SiteAudit) -> None:
    assert as_json.decode(as_json.encode(audit)) == audit


def test_audits_follow_the_schema(audit: SiteAudit, unreached: SiteAudit, hostile: SiteAudit) -> None:
    validator = Draft202012Validator(schema())
    for one in lines(audit, unreached, hostile):
        validator.validate(one)


def test_the_schema_refuses_an_unknown_verdict(audit: SiteAudit) -> None:
    (one,) = lines(audit)
    assert not Draft202012Validator(schema()).is_valid(one | {"verdict": "guilty"})


def test_invisible_characters_are_escaped_not_lost(make_audit: Callable[..., SiteAudit]) -> None:
    data = as_json.encode(make_audit(detail="a\x9b31m\u202eb"))
    assert b"\\u009b" in data
    assert "\u202e" not in data.decode()
    assert json.loads(data)["detail"] == "a\x9b31m\u202eb"


def test_lone_surrogates_are_replaced(make_audit: Callable[..., SiteAudit]) -> None:
    assert json.loads(as_json.encode(make_audit(detail="\ud800")))["detail"] == "\ufffd"


def test_contract_keys(audit: SiteAudit) -> None:
    (one,) = lines(audit)
    assert one["schema"] == "gongshi.audit/1"
    assert {
        "site",
        "seed",
        "taken_at",
        "reached",
        "verdict",
        "service",
        "pages",
        "disclosures",
        "findings",
        "provenance",
    } <= one.keys()
